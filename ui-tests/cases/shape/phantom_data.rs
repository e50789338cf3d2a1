use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    of: std::marker::PhantomData<String>,
}

fn main() {}
