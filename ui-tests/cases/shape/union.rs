use kubist::prelude::*;

#[derive(Clone, Copy, Schema)]
union Spec {
    a: i32,
    b: u32,
}

fn main() {}
