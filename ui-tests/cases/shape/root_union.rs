use kubist::prelude::*;

#[derive(Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced)]
union Website {
    a: u32,
    b: i32,
}

fn main() {}
