//! Pure: ConfigMaps, Secrets and namespaces.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kubist_structural::field_error::FieldError;
use serde_json::Value;

use crate::builtin::validate::at::At;
use crate::builtin::validate::errors::Errors;
use crate::builtin::validate::format;
use crate::builtin::validate::rule::{Change, Rule, Rules};

/// What the data of one object may amount to.
const LIMIT: usize = 1024 * 1024;

pub(super) const CONFIG_MAP: Rules = &[("", Rule::Check(config_map))];
pub(super) const CONFIG_MAP_CHANGES: &[Change] = &[Change::Check(immutable_data), Change::Rules(CONFIG_MAP)];

pub(super) const SECRET: Rules =
    &[("data", Rule::Check(keys)), ("data", Rule::Check(size)), ("", Rule::Check(by_type))];
pub(super) const SECRET_CHANGES: &[Change] =
    &[Change::ImmutableText("type"), Change::Check(immutable_data), Change::Rules(SECRET)];

pub(super) const NAMESPACE: Rules = &[("spec.finalizers", Rule::Check(finalizers))];

fn keys(at: &At<'_>, errors: &mut Errors) {
    for (key, place) in at.entries() {
        for why in format::config_key(key) {
            errors.invalid_as(&place, key, why);
        }
    }
}

/// The bytes that base64 text stands for.
fn bytes(at: &At<'_>) -> Vec<u8> {
    STANDARD.decode(at.text()).unwrap_or_default()
}

fn size(at: &At<'_>, errors: &mut Errors) {
    let total: usize = at.entries().iter().map(|(_, place)| bytes(place).len()).sum();
    if total > LIMIT {
        errors.too_long(at, LIMIT as u64);
    }
}

fn config_map(at: &At<'_>, errors: &mut Errors) {
    let (data, binary) = (at.at("data"), at.at("binaryData"));
    for (key, place) in data.entries() {
        for why in format::config_key(key) {
            errors.invalid_as(&place, key, why);
        }
        if binary.value.get(key).is_some() {
            errors.invalid_as(&place, key, "duplicate of key present in binaryData");
        }
    }
    keys(&binary, errors);
    let texts: usize = data.entries().iter().map(|(_, place)| place.text().len()).sum();
    let total = texts + binary.entries().iter().map(|(_, place)| bytes(place).len()).sum::<usize>();
    if total > LIMIT {
        // The mistake is the whole object's.
        let mut error = FieldError::too_long("data", LIMIT as u64);
        error.field = "[]".to_owned();
        errors.push(error);
    }
}

/// What is once immutable stays so.
fn immutable_data(new: &At<'_>, old: &At<'_>, errors: &mut Errors) {
    if !old.at("immutable").flag() {
        return;
    }
    const WHY: &str = "field is immutable when `immutable` is set";
    if !new.at("immutable").flag() {
        errors.forbidden(&new.at("immutable"), WHY);
    }
    for field in ["data", "binaryData"] {
        if new.at(field).value != old.at(field).value {
            errors.forbidden(&new.at(field), WHY);
        }
    }
}

/// What each type of secret must hold.
fn by_type(at: &At<'_>, errors: &mut Errors) {
    const ACCOUNT: &str = "kubernetes.io/service-account.name";
    let data = at.at("data");
    let entry = |key: &str| At::new(data.key(key), data.value.get(key).unwrap_or(&Value::Null));
    match at.at("type").text() {
        "kubernetes.io/service-account-token" => {
            let annotations = at.at("metadata.annotations");
            let name = annotations.value.get(ACCOUNT).and_then(Value::as_str).unwrap_or_default();
            if name.is_empty() {
                errors.required(&annotations.named(annotations.key(ACCOUNT)), "");
            }
        }
        "kubernetes.io/dockercfg" => registry(&entry(".dockercfg"), errors),
        "kubernetes.io/dockerconfigjson" => registry(&entry(".dockerconfigjson"), errors),
        "kubernetes.io/basic-auth" => {
            let parts = [entry("username"), entry("password")];
            if parts.iter().all(|part| !part.is_set()) {
                parts.iter().for_each(|part| errors.required(part, ""));
            }
        }
        "kubernetes.io/ssh-auth" => Rule::Required("").judge(&entry("ssh-privatekey"), errors),
        "kubernetes.io/tls" => {
            for key in ["tls.crt", "tls.key"] {
                Rule::Present("").judge(&entry(key), errors);
            }
        }
        _ => {}
    }
}

/// The configuration of a registry must be a JSON object.
fn registry(at: &At<'_>, errors: &mut Errors) {
    if !at.is_set() {
        return errors.required(at, "");
    }
    let content = bytes(at);
    let why = match serde_json::from_slice::<Value>(&content) {
        Ok(Value::Object(_) | Value::Null) => return,
        Ok(other) => {
            let found = crate::meta::go_type(&other);
            format!("json: cannot unmarshal {found} into Go value of type map[string]interface {{}}")
        }
        Err(_) => match content.first().map(|byte| char::from(*byte)) {
            None => "unexpected end of JSON input".to_owned(),
            Some('{' | '[' | '"') => "unexpected end of JSON input".to_owned(),
            Some(c) => format!("invalid character '{c}' looking for beginning of value"),
        },
    };
    errors.invalid_as(at, "<secret contents redacted>", why);
}

fn finalizers(at: &At<'_>, errors: &mut Errors) {
    for finalizer in at.items() {
        let place = finalizer.named(&at.path);
        errors.format(&place, format::qualified);
        let is_standard = matches!(finalizer.text(), "kubernetes" | "orphan" | "foregroundDeletion");
        if !finalizer.text().contains('/') && !is_standard {
            let why = "name is neither a standard finalizer name nor is it fully qualified";
            errors.invalid_text(&place, why);
        }
    }
}
