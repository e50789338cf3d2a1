//! What the server would do with a value, without a server.

use kubist_structural::node::Node;
use kubist_structural::number;
use kubist_structural::value::defaults::{apply_defaults, drop_nulls};
use kubist_structural::value::prune::prune;
use kubist_structural::value::resource::validate_resource;
use serde_json::{Value, json};

/// The schema of a spec.
pub(crate) struct Store {
    /// Of an object with nothing but a spec.
    schema: Node,
}

impl Store {
    pub(crate) fn new(schema: &Value) -> Self {
        Self { schema: Node::parse(&json!({"type": "object", "properties": {"spec": schema}})) }
    }

    /// What is stored of a spec that is created, or what is wrong with it.
    pub(crate) fn write(&self, spec: &Value) -> Result<Value, Vec<String>> {
        let mut object = json!({"spec": spec});
        prune(&mut object, &self.schema);
        apply_defaults(&mut object, &self.schema);
        drop_nulls(&mut object, &self.schema);
        let errors = validate_resource(&object, None, &self.schema);
        if !errors.is_empty() {
            return Err(errors.iter().map(ToString::to_string).collect());
        }
        number::normalise(&mut object);
        Ok(object["spec"].take())
    }
}
