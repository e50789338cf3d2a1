//! Pure: the Go structs behind the built-in kinds, as the data file tells them.
#![allow(dead_code)]
use serde_json::Value;
pub(crate) type StructId = usize;
#[derive(Debug)]
pub(crate) struct Struct {
    pub(crate) name: String,
    pub(crate) openapi: String,
    fields: Vec<Field>,
}
impl Struct {
    pub(crate) fn field(&self, json: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.json == json)
    }
    pub(crate) fn by_number(&self, n: u32) -> Option<&Field> {
        self.fields.iter().find(|f| f.number == n)
    }
    pub(crate) fn fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter()
    }
}
#[derive(Debug)]
pub(crate) enum ListTopology {
    Atomic,
    Set,
    Map(Vec<String>),
}
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) json: String,
    pub(crate) go: String,
    pub(crate) number: u32,
    pub(crate) ty: Type,
    pub(crate) required: bool,
    pub(crate) pointer: bool,
    pub(crate) omitempty: bool,
    pub(crate) list: Option<ListTopology>,
    pub(crate) map_atomic: bool,
    pub(crate) merge_key: Option<String>,
    pub(crate) merge: bool,
    pub(crate) retain_keys: bool,
    pub(crate) default: Option<Value>,
    pub(crate) enums: Vec<String>,
}
#[derive(Debug)]
pub(crate) enum Type {
    String,
    Bool,
    Int32,
    Int64,
    Float64,
    Bytes,
    Time,
    MicroTime,
    Duration,
    Quantity,
    IntOrString,
    Raw,
    FieldsV1,
    Struct(StructId),
    List(Box<Type>),
    Map(Box<Type>),
}
pub(crate) fn get(_: StructId) -> &'static Struct {
    unimplemented!()
}
pub(crate) fn of_gvk(_: &str, _: &str) -> Option<&'static Struct> {
    None
}
