use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Spec {
    file: std::ffi::OsString,
}

fn main() {}
