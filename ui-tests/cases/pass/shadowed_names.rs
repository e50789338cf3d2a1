// Everything that an expansion could name is something else here.
#![deny(warnings)]
#![allow(dead_code, unused_macros)]

mod kubist {}
mod serde {}
mod core {}
mod std {}
mod alloc {}
mod serde_json {}
mod __kubist {}

struct Option;
struct Result;
struct String;
struct Vec;
struct Box;
struct Node;
struct Field;
struct Rules;
struct Schema;
struct Resource;
struct Index;
struct ObjectMeta;
struct Some;
struct None;
struct Ok;
struct Err;
trait Default {}
trait Into {}
trait Clone {}
trait Iterator {}
trait Serialize {}
trait Deserialize {}
trait Serializer {}
fn drop() {}

macro_rules! assert { () => {} }
macro_rules! panic { () => {} }
macro_rules! format { () => {} }
macro_rules! vec { () => {} }
macro_rules! matches { () => {} }
macro_rules! unreachable { () => {} }
macro_rules! concat { () => {} }

#[derive(::kubist::Resource)]
#[resource(
    group = "example.com", version = "v1", scope = Namespaced, short = "web",
    scale(replicas = spec.replicas, ready = status?.ready),
    column("Ready", status?.ready), index(bucket = spec.bucket, mode = spec.mode, tag = spec.tags[]),
)]
pub struct Website {
    metadata: ::kubist::prelude::ObjectMeta,
    spec: Spec,
    status: ::std::option::Option<Status>,
}

#[derive(::kubist::serde::Serialize, ::kubist::serde::Deserialize, ::kubist::Schema)]
#[serde(crate = "::kubist::serde")]
pub struct Spec {
    #[schema(pattern = "^gs://", max_length = 100)]
    bucket: ::std::string::String,
    #[serde(default)]
    #[schema(minimum = 0)]
    replicas: i32,
    mode: Mode,
    #[serde(default)]
    #[schema(max_items = 3, items(min_length = 1))]
    tags: ::std::vec::Vec<::std::string::String>,
}

#[derive(::kubist::serde::Serialize, ::kubist::serde::Deserialize, ::kubist::Schema)]
#[serde(crate = "::kubist::serde")]
pub enum Mode {
    Full,
    Quick,
}

#[derive(::std::default::Default, ::kubist::serde::Serialize, ::kubist::serde::Deserialize, ::kubist::Schema)]
#[serde(crate = "::kubist::serde", default)]
pub struct Status {
    ready: i32,
}

fn main() {
    let _ = Website::crd();
    let _ = (Mode::Full, Mode::Quick);
}
