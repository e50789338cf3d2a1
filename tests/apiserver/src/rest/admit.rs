//! Pure: from the body of a write to an object that may be stored.

use serde_json::Value;

use crate::crd;
use crate::kinds::Kind;
use crate::meta;
use crate::query::FieldValidation;
use crate::rest::builtin;
use crate::schema::defaulting;
use crate::schema::field_error::FieldError;
use crate::schema::prune;
use crate::schema::validate;
use crate::status::Status;

/// Checks that the body is what the path says, prunes it, fills in its defaults and drops its nulls. Unknown
/// fields end in `warnings` or in a refusal.
pub(crate) fn decode(
    kind: &Kind,
    object: &mut Value,
    validation: FieldValidation,
    warnings: &mut Vec<String>,
) -> Result<(), Status> {
    prune(kind, object, validation, warnings)?;
    fill(kind, object);
    if let Some(custom) = &kind.custom {
        defaulting::drop_nulls(object, &custom.schema);
    }
    Ok(())
}

/// The part of decoding that an applied configuration goes through, too: its nulls stay, to be refused.
pub(crate) fn prune(
    kind: &Kind,
    object: &mut Value,
    validation: FieldValidation,
    warnings: &mut Vec<String>,
) -> Result<(), Status> {
    check_type(kind, object)?;
    let handled = |why: String| {
        let name = &kind.kind;
        Status::bad_request(format!(
            "{name} in version \"{}\" cannot be handled as a {name}: {why}",
            kind.version
        ))
    };
    let mut unknown = meta::coerce(object).map_err(handled)?;
    match &kind.custom {
        Some(custom) => {
            unknown.extend(prune::prune(object, &custom.schema));
            if let Some(text) = &custom.deprecation {
                warnings.push(text.clone());
            }
        }
        None if kind.is_definition() => unknown.extend(crd::keywords::tidy(object).map_err(handled)?),
        None => {
            builtin::drop_nulls(object);
            builtin::check_types(kind, object).map_err(handled)?;
        }
    }
    unknown.sort();
    let unknown: Vec<String> = unknown.into_iter().map(|path| format!("unknown field \"{path}\"")).collect();
    match validation {
        FieldValidation::Ignore => {}
        FieldValidation::Warn => warnings.extend(unknown),
        FieldValidation::Strict if unknown.is_empty() => {}
        FieldValidation::Strict => {
            return Err(handled(format!("strict decoding error: {}", unknown.join(", "))));
        }
    }
    Ok(())
}

/// Defaults.
pub(crate) fn fill(kind: &Kind, object: &mut Value) {
    match &kind.custom {
        Some(custom) => defaulting::apply_defaults(object, &custom.schema),
        None if kind.is_definition() => crd::defaults::fill(object),
        None => builtin::default(kind, object),
    }
}

fn check_type(kind: &Kind, object: &mut Value) -> Result<(), Status> {
    let Some(map) = object.as_object_mut() else {
        return Err(Status::bad_request(
            "couldn't get version/kind; json parse error: json: cannot unmarshal value into Go value of type struct",
        ));
    };
    let expected = kind.api_version();
    let text = |name: &str| map.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (version, name) = (text("apiVersion"), text("kind"));
    if kind.custom.is_some() && name.is_empty() {
        return Err(Status::bad_request(format!(
            "the object provided is unrecognized (must be of type {}): Object 'Kind' is missing in '{}'",
            kind.kind,
            Value::Object(map.clone())
        )));
    }
    if !version.is_empty() && version != expected {
        return Err(Status::bad_request(format!(
            "the API version in the data ({version}) does not match the expected API version ({expected})"
        )));
    }
    if !name.is_empty() && name != kind.kind {
        if kind.custom.is_some() {
            let error = FieldError::invalid("kind", name.as_str(), format!("must be {}", kind.kind));
            return Err(Status::invalid(&kind.group, &name, &object_name(map), &[error]));
        }
        let internal =
            if kind.group.is_empty() { "core" } else { kind.group.split('.').next().unwrap_or_default() };
        return Err(Status::bad_request(format!(
            "{name} in version \"{version}\" cannot be handled as a {own}: converting ({version}.{name}) to ({internal}.{own}): unknown conversion",
            version = kind.version,
            own = kind.kind
        )));
    }
    map.insert("apiVersion".to_owned(), expected.into());
    map.insert("kind".to_owned(), kind.kind.clone().into());
    Ok(())
}

fn object_name(map: &serde_json::Map<String, Value>) -> String {
    map.get("metadata")
        .and_then(|metadata| metadata.get("name"))
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// Everything that forbids storing `object`; `old` is what it replaces.
pub(crate) fn validate(kind: &Kind, object: &Value, old: Option<&Value>) -> Result<(), Status> {
    let mut errors = match old {
        None => meta::rules::validate(object, kind),
        Some(old) => meta::rules::validate_update(object, old, kind),
    };
    match &kind.custom {
        Some(custom) => {
            errors.extend(validate::validate(object, &custom.schema));
            if errors.is_empty() {
                errors.extend(validate::validate_lists(object, &custom.schema));
            }
        }
        None if kind.is_definition() => errors.extend(crd::validate::validate(object, old)),
        None => {
            errors.extend(builtin::validate(kind, object));
            if let Some(old) = old {
                errors.extend(builtin::validate_update(kind, object, old));
            }
        }
    }
    if kind.custom.is_none() {
        meta::rules::told_once(&mut errors);
    }
    if errors.is_empty() {
        return Ok(());
    }
    Err(Status::invalid(&kind.group, &kind.kind, meta::text(object, "name"), &errors))
}
