//! What the server would do with a value, without a server.

use kubist::crd::CustomResourceDefinition;
use kubist::schema::{StructuralSchema, structural};
use serde_json::{Value, json};

/// The schema of a kind, of which one field is looked at.
pub(crate) struct Store {
    schema: StructuralSchema,
    part: &'static str,
    /// What every object needs besides.
    object: Value,
}

impl Store {
    /// `part` is `spec` or `status`.
    pub(crate) fn new(crd: &CustomResourceDefinition, part: &'static str) -> Self {
        let version = &crd.spec.versions[0].name;
        let object = json!({
            "apiVersion": format!("{}/{version}", crd.spec.group), "kind": crd.spec.names.kind,
            "metadata": {"name": "x"}, "spec": {},
        });
        let schema = structural(crd, version).expect("the definition has its version");
        Self { schema, part, object }
    }

    /// What is stored of a field that is written, or what is wrong with it.
    pub(crate) fn write(&self, value: &Value) -> Result<Value, Vec<String>> {
        let mut object = self.object.clone();
        object[self.part] = value.clone();
        let written = match self.part {
            "status" => self.schema.update_status(&object, &self.object),
            _ => self.schema.create(&object),
        };
        match written {
            Ok(written) => Ok(written.object.get(self.part).cloned().unwrap_or_default()),
            Err(errors) => Err(errors.iter().map(ToString::to_string).collect()),
        }
    }
}
