//! Pure: amounts of resources are kept in thousandths.

use kubist_structural::quantity::Quantity;
use serde_json::Value;

use crate::builtin::types::{self, Struct, Type};

/// Rounds every amount of a resource up to a thousandth.
pub(super) fn round(of: &Struct, object: &mut Value) {
    let Value::Object(fields) = object else {
        return;
    };
    for (name, value) in fields {
        if let Some(field) = of.field(name) {
            round_value(&field.ty, value);
        }
    }
}

fn round_value(ty: &Type, value: &mut Value) {
    match (ty, value) {
        (Type::Struct(id), value) => round(types::get(*id), value),
        (Type::List(item), Value::Array(values)) => {
            values.iter_mut().for_each(|value| round_value(item, value));
        }
        (Type::Map(member), Value::Object(amounts)) if **member == Type::Quantity => {
            for amount in amounts.values_mut() {
                if let Some(Ok(mut exact)) = amount.as_str().map(Quantity::parse) {
                    exact.round_up(-3);
                    *amount = exact.to_string().into();
                }
            }
        }
        _ => {}
    }
}
