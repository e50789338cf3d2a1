//! Pure: the body of a built-in kind, read as Go's decoder reads it into the kind's struct.

use base64::Engine as _;
use kubist_structural::quantity::Quantity;
use serde_json::{Map, Value};

use crate::builtin::scalars;
use crate::builtin::time;
use crate::builtin::types::{self, Field, Struct, Type};
use crate::json::{self, Node, Strict};

/// Reads `node` into a struct; mistakes that only strict decoding minds are left in `strict`. The result holds what
/// was given, not yet what Go writes for it: see [`crate::builtin::shape`].
///
/// # Errors
/// Go's text about a value that does not fit.
pub(crate) fn decode(of: &'static Struct, node: &Node, strict: &mut Strict) -> Result<Value, String> {
    let mut decoder = Decoder { strict, path: String::new(), stack: Vec::new(), of: "", failed: None };
    let target = Target { ty: &Type::Raw, pointer: false, name: "" };
    let value = match node {
        Node::Null => Value::Object(Map::new()),
        Node::Map(fields) => decoder.fields(of, fields, Map::new())?,
        other => {
            let name = scalars::struct_name(of);
            decoder.misfit(other.go_type(), &Target { name: &name, ..target });
            Value::Null
        }
    };
    decoder.failed.map_or(Ok(value), Err)
}

/// Where a value goes.
struct Target<'a> {
    ty: &'a Type,
    pointer: bool,
    /// Go's name of the type, where it is not what the type itself tells.
    name: &'a str,
}

struct Decoder<'a> {
    strict: &'a mut Strict,
    /// The place in the document, with indices.
    path: String,
    /// The place in the structs, without them.
    stack: Vec<String>,
    /// The innermost struct.
    of: &'static str,
    /// The first value that does not fit. Reading goes on, since a later mistake may be graver.
    failed: Option<String>,
}

impl Decoder<'_> {
    fn context(&self, found: &str, wanted: &str) -> String {
        if self.of.is_empty() {
            return format!("json: cannot unmarshal {found} into Go value of type {wanted}");
        }
        let place = self.stack.join(".");
        format!("json: cannot unmarshal {found} into Go struct field {}.{place} of type {wanted}", self.of)
    }

    fn misfit(&mut self, found: &str, target: &Target<'_>) {
        let wanted =
            if target.name.is_empty() { scalars::type_name(target.ty) } else { target.name.to_owned() };
        let why = self.context(found, &wanted);
        self.failed.get_or_insert(why);
    }

    fn fields(
        &mut self,
        of: &'static Struct,
        fields: &[(String, Node)],
        mut into: Map<String, Value>,
    ) -> Result<Value, String> {
        let (path, outer) = (self.path.len(), self.of);
        let depth = self.stack.len();
        let mut seen: Vec<&str> = Vec::new();
        for (name, node) in fields {
            if path > 0 {
                self.path.push('.');
            }
            self.path.push_str(name);
            let Some(field) = of.field(name) else {
                self.strict.unknown(&self.path);
                self.path.truncate(path);
                continue;
            };
            if seen.contains(&name.as_str()) {
                self.strict.duplicate(&self.path);
            } else {
                seen.push(name);
            }
            self.of = &of.name;
            self.stack.extend(scalars::embedded(of, name).into_iter().map(str::to_owned));
            self.stack.push(name.clone());
            let before = into.remove(name);
            if let Some(value) = self.value(&Target::of(field), node, before)? {
                into.insert(name.clone(), value);
            }
            self.stack.truncate(depth);
            self.path.truncate(path);
            self.of = outer;
        }
        Ok(Value::Object(into))
    }

    /// The value of `node`; nothing for what stays nil or zero. A value that does not fit is noted.
    fn value(
        &mut self,
        target: &Target<'_>,
        node: &Node,
        before: Option<Value>,
    ) -> Result<Option<Value>, String> {
        match (target.ty, node) {
            (_, Node::Null) => {
                let keeps = matches!(
                    target.ty,
                    Type::String | Type::Bool | Type::Int32 | Type::Int64 | Type::Float64 | Type::Struct(_)
                );
                return Ok(before.filter(|_| keeps && !target.pointer));
            }
            (Type::Struct(id), Node::Map(fields)) => {
                let into = match before {
                    Some(Value::Object(map)) => map,
                    _ => Map::new(),
                };
                return self.fields(types::get(*id), fields, into).map(Some);
            }
            (Type::List(item), Node::List(nodes)) => return self.list(target, item, nodes).map(Some),
            (Type::Map(item), Node::Map(fields)) => {
                return self.map(target, item, fields, before).map(Some);
            }
            (
                Type::Raw
                | Type::Json
                | Type::FieldsV1
                | Type::SchemaOrBool
                | Type::SchemaOrArray
                | Type::SchemaOrStrings,
                node,
            ) => {
                return Ok(Some(json::to_value(node, "", &mut Strict::default())));
            }
            (Type::Time | Type::MicroTime | Type::Duration | Type::Quantity | Type::IntOrString, node) => {
                return self.special(target.ty, node).map(Some);
            }
            _ => {}
        }
        Ok(self.scalar(target, node).or(before))
    }

    fn list(&mut self, target: &Target<'_>, item: &Type, nodes: &[Node]) -> Result<Value, String> {
        let path = self.path.len();
        let item = Target { ty: item, pointer: false, name: scalars::element(target.name) };
        let mut items = Vec::with_capacity(nodes.len());
        for (index, node) in nodes.iter().enumerate() {
            self.path.push_str(&format!("[{index}]"));
            let value = self.value(&item, node, None)?;
            items.push(value.unwrap_or_else(|| scalars::zero(item.ty)));
            self.path.truncate(path);
        }
        Ok(Value::Array(items))
    }

    fn map(
        &mut self,
        target: &Target<'_>,
        item: &Type,
        fields: &[(String, Node)],
        before: Option<Value>,
    ) -> Result<Value, String> {
        let path = self.path.len();
        let item = Target { ty: item, pointer: false, name: scalars::element(target.name) };
        let mut map = match before {
            Some(Value::Object(map)) => map,
            _ => Map::new(),
        };
        let mut seen: Vec<&str> = Vec::new();
        for (name, node) in fields {
            self.path.push('.');
            self.path.push_str(name);
            if seen.contains(&name.as_str()) {
                self.strict.duplicate(&self.path);
            } else {
                seen.push(name);
            }
            let value = self.value(&item, node, None)?.unwrap_or_else(|| scalars::zero(item.ty));
            map.insert(name.clone(), value);
            self.path.truncate(path);
        }
        Ok(Value::Object(map))
    }

    fn scalar(&mut self, target: &Target<'_>, node: &Node) -> Option<Value> {
        let value = match (target.ty, node) {
            (Type::String, Node::String(text)) => Some(text.clone().into()),
            (Type::Bool, Node::Bool(flag)) => Some((*flag).into()),
            (Type::Int32, Node::Number(text)) => text.parse::<i32>().ok().map(Value::from),
            (Type::Int64, Node::Number(text)) => text.parse::<i64>().ok().map(Value::from),
            (Type::Float64, Node::Number(text)) => {
                text.parse::<f64>().ok().filter(|float| float.is_finite()).map(scalars::float)
            }
            (Type::Bytes, Node::String(text)) => match scalars::base64(text) {
                Ok(bytes) => Some(base64::engine::general_purpose::STANDARD.encode(bytes).into()),
                Err(why) => {
                    self.failed.get_or_insert(why);
                    return None;
                }
            },
            _ => None,
        };
        if value.is_none() {
            let found = match (target.ty, node) {
                (Type::Int32 | Type::Int64 | Type::Float64, Node::Number(text)) => format!("number {text}"),
                _ => node.go_type().to_owned(),
            };
            self.misfit(&found, target);
        }
        value
    }

    /// Types that read themselves; their mistakes end the reading.
    fn special(&self, ty: &Type, node: &Node) -> Result<Value, String> {
        match (ty, node) {
            (Type::Time, Node::String(text)) => Ok(time::seconds(text)?.into()),
            (Type::MicroTime, Node::String(text)) => Ok(time::micros(text)?.into()),
            (Type::Duration | Type::IntOrString, Node::String(text)) => Ok(text.clone().into()),
            (Type::Quantity, node) => {
                let text = match node {
                    Node::String(text) | Node::Number(text) => text.trim(),
                    _ => "?",
                };
                Ok(Quantity::parse(text)?.to_string().into())
            }
            (Type::IntOrString, Node::Number(text)) => {
                let number = text.parse::<i32>().map(Value::from);
                number.map_err(|_| self.context(&format!("number {text}"), "int32"))
            }
            (Type::IntOrString, node) => Err(self.context(node.go_type(), "int32")),
            (_, node) => Err(self.context(node.go_type(), "string")),
        }
    }
}

impl<'a> Target<'a> {
    fn of(field: &'a Field) -> Self {
        Self { ty: &field.ty, pointer: field.pointer, name: scalars::field_type(field) }
    }
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
