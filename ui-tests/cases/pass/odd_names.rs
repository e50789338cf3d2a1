// Names of fields that the expansion uses too, and attribute values that come out of a macro.
#![deny(warnings)]

use kubist::prelude::*;

macro_rules! website {
    ($group:literal, $name:ident) => {
        #[derive(Clone, Debug, Resource)]
        #[resource(group = $group, version = "v1", scope = Namespaced)]
        pub struct $name {
            metadata: ObjectMeta,
            name: String,
            object: i32,
            keys: i32,
            value: i32,
            serializer: i32,
            wire: i32,
        }
    };
}

website!("example.com", Website);

#[derive(Clone, Copy, Debug, Serialize, Deserialize, Schema)]
pub enum Mode {
    Full,
    Quick,
}

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Cluster, index(mode = mode))]
pub struct Backup {
    metadata: ObjectMeta,
    mode: Mode,
}

fn main() {
    let site = Website::new("front", "a".to_owned(), 1, 2, 3, 4, 5);
    assert_eq!(site.object_key().name(), "front");
    let backup = Backup::new("b", Mode::Full);
    let key = kubist::resource::Key::<0>::into_key(backup.mode);
    assert_eq!(key, kubist::resource::Key::into_key("Full"));
    let _ = Mode::Quick;
}

