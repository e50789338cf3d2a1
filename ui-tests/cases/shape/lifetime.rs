use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Schema)]
struct Spec<'a> {
    bucket: &'a str,
}

fn main() {}
