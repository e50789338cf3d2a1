// Where types contain each other, one field ends it.
#![deny(warnings)]

use kubist::prelude::*;

#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced)]
pub struct Disk {
    metadata: ObjectMeta,
    spec: Folder,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
pub struct Folder {
    files: Vec<File>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
pub struct File {
    #[schema(schemaless)]
    folder: Option<Box<Folder>>,
}

fn main() {
    let disk = Disk::new("a", Folder { files: vec![File { folder: Some(Box::new(Folder { files: vec![] })) }] });
    assert!(disk.spec.files[0].folder.as_ref().is_some_and(|folder| folder.files.is_empty()));
    let _ = (Disk::crd(), disk.object_key());
}
