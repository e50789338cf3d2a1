//! Pure: which part of a schema expressions can see, and its types.

use std::collections::BTreeMap;

use crate::cel::escape::escape;
use crate::cel::types::Type;
use crate::node::{Additional, Node as Schema};

/// The schema as expressions see it: at the root of an object `apiVersion`, `kind` and the name are always there.
pub(super) fn visible(schema: &Schema, is_root: bool) -> Schema {
    let mut visible = schema.clone();
    for part in visible.properties.values_mut() {
        *part = self::visible(part, part.embedded);
    }
    if let Some(items) = &mut visible.items {
        **items = self::visible(items, items.embedded);
    }
    if let Additional::Schema(values) = &mut visible.additional {
        **values = self::visible(values, values.embedded);
    }
    if is_root && !has_metadata(&visible) {
        let text = Schema { kind: "string".to_owned(), ..Schema::default() };
        let known = visible.properties.get("metadata");
        let capped = |name: &str, most: u64| {
            let own = known.and_then(|metadata| metadata.properties.get(name)?.bounds.max_length);
            let mut capped = text.clone();
            capped.bounds.max_length = Some(own.map_or(most, |own| own.min(most)));
            (name.to_owned(), capped)
        };
        // A suffix that is made has a byte at least.
        let names = [capped("name", 253), capped("generateName", 252)];
        let metadata = Schema { kind: "object".to_owned(), properties: names.into(), ..Schema::default() };
        visible.properties.insert("kind".to_owned(), text.clone());
        visible.properties.insert("apiVersion".to_owned(), text);
        visible.properties.insert("metadata".to_owned(), metadata);
    }
    visible
}

fn has_metadata(schema: &Schema) -> bool {
    let is = |schema: Option<&Schema>, kind: &str| schema.is_some_and(|schema| schema.kind == kind);
    let metadata = schema.properties.get("metadata");
    let name = |name: &str| is(metadata.and_then(|metadata| metadata.properties.get(name)), "string");
    is(schema.properties.get("kind"), "string")
        && is(schema.properties.get("apiVersion"), "string")
        && is(metadata, "object")
        && name("name")
        && name("generateName")
}

/// The type of the values of a visible schema; `None` where expressions cannot see them.
pub(super) fn type_of(schema: &Schema) -> Option<Type> {
    if schema.int_or_string {
        return Some(Type::Dyn);
    }
    Some(match schema.kind.as_str() {
        "array" => Type::list(type_of(schema.items.as_ref()?)?),
        "object" => match &schema.additional {
            Additional::Schema(values) => Type::map(Type::String, type_of(values)?),
            Additional::Unset | Additional::Allowed(_) => {
                let fields = schema.properties.iter();
                let fields = fields.filter_map(|(name, field)| Some((escape(name)?, type_of(field)?)));
                Type::object(fields.collect::<BTreeMap<_, _>>())
            }
        },
        "string" => match schema.format.as_str() {
            "byte" => Type::Bytes,
            "duration" => Type::Duration,
            "date" | "date-time" => Type::Timestamp,
            _ => Type::String,
        },
        "boolean" => Type::Bool,
        "number" => Type::Double,
        "integer" => Type::Int,
        _ => return None,
    })
}
