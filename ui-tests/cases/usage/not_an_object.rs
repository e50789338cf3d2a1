use kubist::prelude::*;

fn name<K: Object>(object: &K) -> Option<&str> {
    object.object_meta().name.as_deref()
}

fn main() {
    name(&String::from("front"));
}
