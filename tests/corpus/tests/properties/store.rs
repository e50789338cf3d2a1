//! What the server would do with a value, without a server.

use kubist_structural::node::Node;
use kubist_structural::number;
use kubist_structural::value::defaults::{apply_defaults, drop_nulls};
use kubist_structural::value::prune::prune;
use kubist_structural::value::resource::validate_resource;
use serde_json::{Value, json};

/// The schema of a kind, of which one field is looked at.
pub(crate) struct Store {
    schema: Node,
    part: &'static str,
}

impl Store {
    /// `part` is `spec` or `status`.
    pub(crate) fn new(root: &Value, part: &'static str) -> Self {
        Self { schema: Node::parse(root), part }
    }

    /// What is stored of a field that is created, or what is wrong with it.
    pub(crate) fn write(&self, value: &Value) -> Result<Value, Vec<String>> {
        let mut object = json!({"spec": {}, self.part: value});
        prune(&mut object, &self.schema);
        apply_defaults(&mut object, &self.schema);
        drop_nulls(&mut object, &self.schema);
        let errors = validate_resource(&object, None, &self.schema);
        if !errors.is_empty() {
            return Err(errors.iter().map(ToString::to_string).collect());
        }
        number::normalise(&mut object);
        Ok(object[self.part].take())
    }
}
