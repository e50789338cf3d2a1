// Keywords as field names, in the struct and in paths.
#![deny(warnings)]

use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced, column("Type", spec.r#type), index(by_type = spec.r#type))]
pub struct Website {
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
pub struct Spec {
    r#type: String,
}

fn main() {
    let crd = Website::crd();
    let column = &crd.spec.versions[0].additional_printer_columns.as_ref().unwrap()[0];
    assert_eq!(column.json_path, ".spec.type");
}
