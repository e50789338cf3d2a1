//! Pure: objects as messages show them: in the API server's own, unversioned form, which has the names that
//! Go's fields have and leaves nothing out.

use std::fmt::Write as _;

use serde_json::Value;

use crate::builtin::types::{self, Field, Struct, Type};
use crate::builtin::validate::at::At;
use crate::builtin::validate::diff;

/// Fields that are pointers in the versions only.
const VALUES: [(&str, &str); 5] = [
    ("RollingUpdateDaemonSet", "MaxSurge"),
    ("RollingUpdateDaemonSet", "MaxUnavailable"),
    ("RollingUpdateDeployment", "MaxSurge"),
    ("RollingUpdateDeployment", "MaxUnavailable"),
    ("RollingUpdateStatefulSetStrategy", "Partition"),
];

/// JSON whose members keep their order.
enum Node {
    Leaf(String),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
}

/// What stands at `at`, a value of the Go type `name`, such as `core.v1.Taint` or `[]core.v1.Taint`.
pub(super) fn show(at: &At<'_>, name: &str) -> String {
    if !at.is_set() {
        return "null".to_owned();
    }
    let mut text = String::new();
    node(at.value, &parse(name)).write(&mut text, None);
    text
}

/// Like [`show`]; what is missing is shown as a struct without any content.
pub(super) fn show_or_zero(at: &At<'_>, name: &str) -> String {
    let empty = Value::Object(serde_json::Map::new());
    show(&At::new("", if at.is_set() { at.value } else { &empty }), name)
}

/// How two values of the Go type `name` differ, line by line.
pub(super) fn difference(old: &Value, new: &Value, name: &str) -> String {
    let ty = parse(name);
    let lines = |value: &Value| -> Vec<String> {
        let mut text = String::new();
        node(value, &ty).write(&mut text, Some(0));
        text.lines().map(str::to_owned).collect()
    };
    diff::unified(&lines(old), &lines(new))
}

fn parse(name: &str) -> Type {
    if let Some(item) = name.strip_prefix("[]") {
        return Type::List(Box::new(parse(item)));
    }
    types::find(&format!("io.k8s.api.{name}")).map_or(Type::Json, Type::Struct)
}

fn node(value: &Value, ty: &Type) -> Node {
    match (ty, value) {
        (Type::Struct(id), _) => Node::Object(members(value, types::get(*id))),
        (Type::List(item), Value::Array(items)) => {
            Node::List(items.iter().map(|value| node(value, item)).collect())
        }
        (Type::Map(item), Value::Object(map)) => {
            Node::Object(map.iter().map(|(key, value)| (key.clone(), node(value, item))).collect())
        }
        (_, Value::Array(items)) => Node::List(items.iter().map(|value| node(value, &Type::Json)).collect()),
        (_, Value::Object(map)) => {
            Node::Object(map.iter().map(|(key, value)| (key.clone(), node(value, &Type::Json))).collect())
        }
        (_, leaf) => Node::Leaf(escape(&leaf.to_string())),
    }
}

/// Go escapes what HTML would take for its own.
fn escape(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// What a field of Go that nobody set holds.
fn zero(field: &Field) -> Node {
    let leaf = |text: &str| Node::Leaf(text.to_owned());
    match &field.ty {
        _ if field.pointer => leaf("null"),
        Type::String => leaf("\"\""),
        Type::Bool => leaf("false"),
        Type::Int32 | Type::Int64 | Type::Float64 | Type::IntOrString => leaf("0"),
        Type::Quantity => leaf("\"0\""),
        Type::Struct(id) => Node::Object(members(&Value::Null, types::get(*id))),
        _ => leaf("null"),
    }
}

fn members(value: &Value, of: &Struct) -> Vec<(String, Node)> {
    // What all versions share is written as in every version.
    let is_shared = of.openapi.starts_with("io.k8s.apimachinery.");
    let mut members = Vec::new();
    for field in of.fields() {
        let found = value.get(&field.json).filter(|value| !value.is_null());
        if !of.api_version.is_empty() && matches!(field.json.as_str(), "apiVersion" | "kind") {
            continue;
        }
        if is_shared {
            if let Some(found) = found {
                members.push((field.json.clone(), node(found, &field.ty)));
            } else if !field.omitempty {
                members.push((field.json.clone(), zero(field)));
            }
            continue;
        }
        if let Type::Struct(id) = &field.ty
            && field.json == "metadata"
        {
            members.extend(self::members(found.unwrap_or(&Value::Null), types::get(*id)));
            continue;
        }
        let field =
            &Field { pointer: field.pointer && !VALUES.contains(&(&of.name, &field.go)), ..field.clone() };
        let shown = found.map_or_else(|| zero(field), |found| node(found, &field.ty));
        members.push((field.go.clone(), shown));
    }
    members
}

impl Node {
    /// Writes JSON, one line for each member when there is an `indent`.
    fn write(&self, text: &mut String, indent: Option<usize>) {
        let (ends, parts): (_, Vec<(Option<&str>, &Self)>) = match self {
            Self::Leaf(leaf) => return text.push_str(leaf),
            Self::List(items) => (['[', ']'], items.iter().map(|item| (None, item)).collect()),
            Self::Object(members) => {
                (['{', '}'], members.iter().map(|(name, node)| (Some(name.as_str()), node)).collect())
            }
        };
        let deeper = indent.map(|indent| indent + 1);
        let line = |text: &mut String, indent: Option<usize>| {
            if let Some(indent) = indent {
                text.push('\n');
                text.extend(std::iter::repeat_n(' ', indent));
            }
        };
        text.push(ends[0]);
        let is_empty = parts.is_empty();
        for (index, (name, part)) in parts.into_iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            line(text, deeper);
            if let Some(name) = name {
                let space = if indent.is_some() { " " } else { "" };
                let _ = write!(text, "{}:{space}", Value::from(name));
            }
            part.write(text, deeper);
        }
        if !is_empty {
            line(text, indent);
        }
        text.push(ends[1]);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_is_left_out_and_fields_have_their_go_names() {
        let taint = json!({"key": "a", "effect": "NoSchedule"});
        let shown = show(&At::new("", &taint), "core.v1.Taint");
        assert_eq!(shown, "{\"Key\":\"a\",\"Value\":\"\",\"Effect\":\"NoSchedule\",\"TimeAdded\":null}");
    }

    #[test]
    fn only_the_lines_around_a_difference_are_shown() {
        let (old, new) = (json!({"hostname": "a"}), json!({"hostname": "b"}));
        let difference = difference(&old, &new, "core.v1.PodSpec");
        assert!(difference.starts_with("@@ "), "{difference}");
        assert!(difference.contains("\n- \"Hostname\": \"a\",\n+ \"Hostname\": \"b\",\n"), "{difference}");
        assert_eq!(difference.lines().count(), 9, "{difference}");
    }
}
