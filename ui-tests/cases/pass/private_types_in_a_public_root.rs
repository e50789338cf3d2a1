//! The types of the fields may be less visible than the root.
#![deny(private_bounds)]

use kubist::prelude::*;

mod kinds {
    use super::*;

    #[derive(Clone, Debug, Resource)]
    #[resource(group = "example.com", version = "v1", scope = Namespaced)]
    pub struct Website {
        metadata: ObjectMeta,
        spec: WebsiteSpec,
        status: Option<WebsiteStatus>,
    }

    #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
    pub(super) struct WebsiteSpec {
        bucket: String,
    }

    #[derive(Clone, Debug, Serialize, Deserialize, Schema)]
    struct WebsiteStatus {
        ready: i32,
    }
}

fn main() {
    let _ = kinds::Website::crd();
}
