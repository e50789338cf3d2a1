// Names of fields that are keywords, names of the expansion's own variables, or not ASCII.
#![deny(warnings)]

use kubist::prelude::*;

#[derive(Clone, Debug, PartialEq, Resource)]
#[resource(
    group = "example.com", version = "v1", scope = Namespaced,
    column("Type", spec.r#type), column("Self", spec.self_), column("Größe", spec.größe),
    index(r#type = spec.r#type, self_ = spec.self_, name = name),
)]
pub struct Website {
    metadata: ObjectMeta,
    name: String,
    names: Vec<String>,
    spec: Spec,
    _private: bool,
    wire: i32,
    object: i32,
    error: i32,
    deserializer: i32,
    __kubist: i32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema)]
#[serde(rename_all = "camelCase")]
pub struct Spec {
    r#type: String,
    self_: String,
    r#match: Option<i32>,
    größe: i32,
    #[schema(pattern = "^a$", rule("self != 'b'"))]
    r#in: String,
    node: i32,
    schema: i32,
    _reserved: i32,
}

fn main() {
    let spec = Spec {
        r#type: "t".to_owned(),
        self_: "s".to_owned(),
        r#match: None,
        größe: 1,
        r#in: "a".to_owned(),
        node: 1,
        schema: 2,
        _reserved: 3,
    };
    let site = Website::new("front", "n".to_owned(), Vec::new(), spec, true, 1, 2, 3, 4, 5);
    assert_eq!((site.metadata.name.as_deref(), site.name.as_str()), (Some("front"), "n"));
    let yaml = kubist::crd::to_yaml(&[Website::crd()]);
    for text in ["jsonPath: .spec.type", "jsonPath: .spec.self", "in:", "match:", "größe:", "__kubist:", "_private:"] {
        assert!(yaml.contains(text), "{text}: {yaml}");
    }
    let _ = (Website::BY_TYPE, Website::BY_SELF_, Website::BY_NAME);
}
