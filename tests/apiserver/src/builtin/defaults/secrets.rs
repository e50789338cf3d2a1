//! Pure: the texts of a secret become its data.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::builtin::defaults::edit;

/// Moves `stringData` into `data`. It is never given back.
pub(super) fn fold_string_data(object: &mut Value) {
    let Some(Value::Object(texts)) = object.as_object_mut().and_then(|object| object.remove("stringData"))
    else {
        return;
    };
    let data = edit::make(object, &["data"]);
    for (key, text) in texts {
        if let Some(text) = text.as_str() {
            data.insert(key, STANDARD.encode(text).into());
        }
    }
}
