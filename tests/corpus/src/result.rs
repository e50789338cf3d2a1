//! The enum of the standard library that has a form in JSON.

use arbitrary::Arbitrary;
use kubist::prelude::*;
use serde_json::json;

use crate::entry::Entry;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A92Spec {
    value: Result<i32, String>,
}
kind!(A92, A92Spec);

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        Entry::new::<A92>([Ok(1), Err("x".to_owned())].map(|value| A92Spec { value }))
            .field(
                "value",
                json!({
                    "type": "object",
                    "properties": {
                        "Ok": {"type": "integer", "format": "int32"}, "Err": {"type": "string"},
                    },
                    "oneOf": [{"required": ["Ok"]}, {"required": ["Err"]}],
                }),
            )
            .refuses("value", json!({"Ok": 1, "Err": "x"}))
            .refuses_at("spec.value.Ok", "value", json!({"Ok": "x"})),
    ]
}
