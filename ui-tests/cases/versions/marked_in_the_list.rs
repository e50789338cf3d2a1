mod v1 {
    use kubist::prelude::*;

    #[derive(Clone, Debug, Resource)]
    #[resource(group = "example.com", version = "v1", scope = Namespaced)]
    pub struct Website {
        metadata: ObjectMeta,
    }
}

mod v2 {
    use kubist::prelude::*;

    #[derive(Clone, Debug, Resource)]
    #[resource(group = "example.com", version = "v2", scope = Namespaced)]
    pub struct Website {
        metadata: ObjectMeta,
    }
}

fn main() {
    let _ = kubist::crd! { v1::Website, v2::Website (storage) };
}
