//! Pure: the schema of a type of another crate, out of its `schemars::JsonSchema`.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::check::is_string_format;
use super::node::{Node, Shape};

impl Node {
    /// The schema that a type has for schemars, for `#[schema(schemars)]`. It is made when the program runs.
    ///
    /// What a structural schema cannot say (alternatives of different types, tuples of different types, recursion) becomes
    /// "any JSON"; [`schemars_gaps`] lists such places.
    #[must_use]
    pub const fn of_schemars<T: JsonSchema>() -> Self {
        Self::new(Shape::Foreign(|| convert::<T>().0))
    }
}

/// Where the schema of `#[schema(schemars)]` says less than the type: JSON paths at which anything is accepted.
///
/// # Examples
///
/// ```
/// #[derive(schemars::JsonSchema)]
/// struct Limits {
///     cpu: f64,
///     pair: (String, bool),
/// }
///
/// assert_eq!(kubist::schema::schemars_gaps::<Limits>(), [".pair[]"]);
/// ```
#[must_use]
pub fn schemars_gaps<T: JsonSchema>() -> Vec<String> {
    convert::<T>().1
}

fn convert<T: JsonSchema>() -> (Value, Vec<String>) {
    let whole = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>().to_value();
    let mut converter = Converter {
        definitions: whole.get("$defs").cloned().unwrap_or_default(),
        open: Vec::new(),
        gaps: Vec::new(),
    };
    let schema = converter.schema(&whole, "");
    (Value::Object(schema), converter.gaps)
}

/// Keywords that mean the same in a structural schema.
const SAME: [&str; 15] = [
    "default",
    "description",
    "enum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "required",
    "title",
];

struct Converter {
    definitions: Value,
    /// The definitions that are being written out: one that refers to itself ends there.
    open: Vec<String>,
    gaps: Vec<String>,
}

impl Converter {
    fn any(&mut self, path: &str) -> Map<String, Value> {
        self.gaps.push(path.to_owned());
        object(json!({"nullable": true, "x-kubernetes-preserve-unknown-fields": true}))
    }

    fn schema(&mut self, schema: &Value, path: &str) -> Map<String, Value> {
        let Some(map) = schema.as_object() else { return self.any(path) };
        if let Some(name) = map.get("$ref").and_then(Value::as_str) {
            return self.reference(name, map, path);
        }
        if let Some([inner]) = map.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
            let inner = self.schema(inner, path);
            return over(inner, map);
        }
        for key in ["anyOf", "oneOf"] {
            if let Some(branches) = map.get(key).and_then(Value::as_array) {
                return self.alternatives(branches, map, path);
            }
        }
        self.plain(map, path)
    }

    fn reference(&mut self, name: &str, map: &Map<String, Value>, path: &str) -> Map<String, Value> {
        let name = name.trim_start_matches("#/$defs/");
        let Some(definition) = self.definitions.get(name).cloned() else { return self.any(path) };
        if self.open.iter().any(|open| open == name) {
            return self.any(path);
        }
        self.open.push(name.to_owned());
        let schema = self.schema(&definition, path);
        self.open.pop();
        over(schema, map)
    }

    /// Of alternatives a structural schema knows: a value or null, and sets of strings.
    fn alternatives(
        &mut self,
        branches: &[Value],
        map: &Map<String, Value>,
        path: &str,
    ) -> Map<String, Value> {
        let is_null = |branch: &&Value| branch.get("type").is_some_and(|name| name == "null");
        let (nulls, others): (Vec<&Value>, Vec<&Value>) = branches.iter().partition(is_null);
        let names: Option<Vec<Value>> = others
            .iter()
            .map(|branch| names_of(branch))
            .collect::<Option<Vec<_>>>()
            .map(|names| names.into_iter().flatten().collect());
        let mut schema = match (others.as_slice(), names) {
            ([one], _) => self.schema(one, path),
            (_, Some(names)) => object(json!({"type": "string", "enum": names})),
            _ => return over(self.any(path), map),
        };
        if !nulls.is_empty() {
            schema.insert("nullable".to_owned(), Value::Bool(true));
        }
        over(schema, map)
    }

    fn plain(&mut self, map: &Map<String, Value>, path: &str) -> Map<String, Value> {
        let Some((name, nullable)) = type_of(map) else { return over(self.any(path), map) };
        let mut schema = Map::new();
        for key in SAME {
            if let Some(value) = map.get(key) {
                schema.insert(key.to_owned(), value.clone());
            }
        }
        if let Some(only) = map.get("const") {
            schema.insert("enum".to_owned(), json!([only]));
        }
        if nullable {
            schema.insert("nullable".to_owned(), Value::Bool(true));
        }
        for (key, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            if let Some(number) = map.get(key).filter(|number| number.is_number()) {
                schema.insert(bound.to_owned(), number.clone());
                schema.insert(key.to_owned(), Value::Bool(true));
            }
        }
        schema.insert("type".to_owned(), Value::from(name.as_str()));
        format(map, &name, &mut schema);
        match name.as_str() {
            "array" => {
                let items = match (map.get("items"), map.get("prefixItems")) {
                    (Some(items), None) => self.schema(items, &format!("{path}[]")),
                    _ => self.any(&format!("{path}[]")),
                };
                schema.insert("items".to_owned(), Value::Object(items));
            }
            "object" => self.members(map, path, &mut schema),
            _ => {}
        }
        schema
    }

    fn members(&mut self, map: &Map<String, Value>, path: &str, schema: &mut Map<String, Value>) {
        let mut properties = Map::new();
        for (name, property) in map.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let property = self.schema(property, &format!("{path}.{name}"));
            properties.insert(name.clone(), Value::Object(property));
        }
        let values = map.get("additionalProperties");
        if !properties.is_empty() {
            schema.insert("properties".to_owned(), Value::Object(properties));
            if values.is_some_and(|values| values != &Value::Bool(false)) {
                schema.insert("x-kubernetes-preserve-unknown-fields".to_owned(), Value::Bool(true));
            }
            return;
        }
        match values {
            Some(values @ Value::Object(_)) => {
                let values = self.schema(values, &format!("{path}{{}}"));
                schema.insert("additionalProperties".to_owned(), Value::Object(values));
            }
            Some(Value::Bool(false)) => {}
            _ => {
                schema.insert("x-kubernetes-preserve-unknown-fields".to_owned(), Value::Bool(true));
            }
        }
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// What stands beside a reference is said of the place, and comes first.
fn over(mut schema: Map<String, Value>, map: &Map<String, Value>) -> Map<String, Value> {
    for key in ["default", "description", "title"] {
        if let Some(value) = map.get(key) {
            schema.insert(key.to_owned(), value.clone());
        }
    }
    schema
}

/// The strings that a branch allows, if those are all that it says.
fn names_of(branch: &Value) -> Option<Vec<Value>> {
    let names = match (branch.get("const"), branch.get("enum")) {
        (Some(name), _) => vec![name.clone()],
        (None, Some(Value::Array(names))) => names.clone(),
        _ => return None,
    };
    names.iter().all(Value::is_string).then_some(names)
}

/// The one type beside null.
fn type_of(map: &Map<String, Value>) -> Option<(String, bool)> {
    match map.get("type") {
        Some(Value::String(name)) if name != "null" => Some((name.clone(), false)),
        Some(Value::Array(names)) => {
            let mut others = names.iter().filter_map(Value::as_str).filter(|name| *name != "null");
            let (first, more) = (others.next()?, others.next());
            more.is_none().then(|| (first.to_owned(), names.len() > 1))
        }
        None if map.get("const").is_some_and(Value::is_string) => Some(("string".to_owned(), false)),
        _ => None,
    }
}

/// The format, where the API server knows it; the bounds of other integers are in `minimum` and `maximum`.
fn format(map: &Map<String, Value>, name: &str, schema: &mut Map<String, Value>) {
    let Some(format) = map.get("format").and_then(Value::as_str) else { return };
    let known = match (name, format) {
        ("integer", "int8" | "uint8" | "int16" | "uint16" | "int32") => "int32",
        ("integer", _) => "int64",
        ("number", "float" | "double") => format,
        ("string", _) if is_string_format(format) => format,
        _ => return,
    };
    schema.insert("format".to_owned(), Value::from(known));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "read by schemars")]
    struct Foreign {
        /// How many.
        count: u16,
        name: Option<String>,
        mode: Mode,
        labels: BTreeMap<String, i64>,
        inner: Vec<Inner>,
        mixed: Mixed,
        tree: Option<Box<Foreign>>,
    }

    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "read by schemars")]
    enum Mode {
        Fast,
        /// Takes its time.
        Slow,
    }

    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "read by schemars")]
    struct Inner {
        ratio: f32,
    }

    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "read by schemars")]
    enum Mixed {
        Number(i32),
        Text(String),
    }

    #[test]
    fn what_a_structural_schema_can_say_is_said_and_the_rest_is_listed() {
        let (schema, gaps) = convert::<Foreign>();
        let property = |name: &str| &schema["properties"][name];
        assert_eq!(
            property("count"),
            &json!({"type": "integer", "format": "int32", "minimum": 0, "maximum": 65535, "description": "How many."})
        );
        assert_eq!(property("name"), &json!({"type": "string", "nullable": true}));
        assert_eq!(property("mode")["enum"], json!(["Fast", "Slow"]));
        assert_eq!(property("labels")["additionalProperties"], json!({"type": "integer", "format": "int64"}));
        assert_eq!(
            property("inner")["items"]["properties"]["ratio"],
            json!({"type": "number", "format": "float"})
        );
        assert_eq!(property("mixed")["x-kubernetes-preserve-unknown-fields"], true);
        assert_eq!(gaps, [".mixed", ".tree"]);
        assert_eq!(schema["required"], json!(["count", "mode", "labels", "inner", "mixed"]));
    }
}
