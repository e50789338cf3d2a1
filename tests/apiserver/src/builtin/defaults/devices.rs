//! Pure: how many devices a claim asks for.

use serde_json::{Value, json};

use crate::builtin::defaults::edit::{self, Fields};

/// Who asks for an exact count of devices and names none wants one. `path` leads to the devices of a claim.
pub(super) fn fill(object: &mut Value, path: &[&str]) {
    let Some(devices) = edit::at(object, path) else {
        return;
    };
    for request in edit::items(devices, "requests") {
        if let Some(Value::Object(exactly)) = request.get_mut("exactly") {
            count(exactly);
        }
        edit::items(request, "firstAvailable").for_each(count);
    }
}

fn count(request: &mut Fields) {
    if edit::text(request, "allocationMode") == "ExactCount" && edit::is_absent(request, "count") {
        request.insert("count".to_owned(), json!(1));
    }
}
