// Documentation that a macro puts together compiles; an attribute between its lines changes nothing.
#![deny(warnings, missing_docs)]
//! A crate.

use kubist::prelude::*;

macro_rules! documented {
    ($text:expr, $name:ident) => {
        #[doc = $text]
        #[derive(Clone, Debug, Resource)]
        #[resource(group = "example.com", version = "v1", scope = Namespaced)]
        pub struct $name {
            metadata: ObjectMeta,
            #[doc = $text]
            spec: Spec,
        }
    };
}

documented!("A site.", Website);
documented!(concat!("A ", "blog."), Blog);

#[doc = concat!("What is ", "wanted.")]
#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
pub struct Spec {
    #[doc = include_str!("field_names.rs")]
    bucket: String,
    /// First.
    #[serde(default)]
    /// Second.
    #[doc(hidden)]
    #[doc(alias = "count")]
    replicas: i32,
    /** A block.
     */
    mode: Mode,
}

#[doc = concat!("Of ", "names.")]
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Schema)]
pub enum Mode {
    #[doc = concat!("Every", "thing.")]
    Full,
    /// Little.
    Quick,
}

fn main() {
    let yaml = kubist::crd::to_yaml(&[Website::crd(), Blog::crd()]);
    assert!(yaml.contains("description: A site."), "{yaml}");
    assert!(yaml.contains("First. Second.") || yaml.contains("First.\n"), "{yaml}");
    assert!(yaml.contains("description: A block."), "{yaml}");
    let _ = (Mode::Full, Mode::Quick);
}
