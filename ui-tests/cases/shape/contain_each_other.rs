use kubist::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct Folder {
    files: Vec<File>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
struct File {
    folder: Box<Folder>,
}

fn main() {}
