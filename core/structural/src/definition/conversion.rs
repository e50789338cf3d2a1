//! Pure: the checks of a definition's conversion.

use serde_json::Value;

use crate::field_error::FieldError;
use crate::names;
use crate::node::strings;

type Errors = Vec<FieldError>;

const CONFIG: &str = "spec.conversion.webhookClientConfig";
const REVIEWS: &str = "spec.conversion.conversionReviewVersions";

/// Checks `spec.conversion`.
pub(crate) fn check(spec: &Value, errors: &mut Errors) {
    let Some(conversion) = spec.get("conversion") else {
        return;
    };
    let webhook = conversion.get("webhook");
    let config = webhook.and_then(|webhook| webhook.get("clientConfig"));
    let reviews = strings(webhook.and_then(|webhook| webhook.get("conversionReviewVersions")));
    match conversion.get("strategy").and_then(Value::as_str).unwrap_or_default() {
        "Webhook" => {
            check_config(config, errors);
            check_reviews(&reviews, errors);
        }
        "None" => {
            let why = "should not be set when strategy is not set to Webhook";
            if config.is_some() {
                errors.push(FieldError::forbidden(CONFIG, why));
            }
            if !reviews.is_empty() {
                errors.push(FieldError::forbidden(REVIEWS, why));
            }
        }
        "" => errors.push(FieldError::required("spec.conversion.strategy", "")),
        other => {
            let supported = ["None".to_owned(), "Webhook".to_owned()];
            errors.push(FieldError::not_supported("spec.conversion.strategy", other, &supported));
        }
    }
}

fn check_config(config: Option<&Value>, errors: &mut Errors) {
    let Some(config) = config else {
        errors.push(FieldError::required(CONFIG, "required when strategy is set to Webhook"));
        return;
    };
    match (config.get("url").and_then(Value::as_str), config.get("service")) {
        (Some(url), None) => check_url(url, errors),
        (None, Some(service)) => check_service(service, errors),
        _ => errors.push(FieldError::required(CONFIG, "exactly one of url or service is required")),
    }
}

fn check_url(url: &str, errors: &mut Errors) {
    const FORM: &str = "; desired format: https://host[/path]";
    let path = format!("{CONFIG}.url");
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let authority = rest.split('/').next().unwrap_or_default();
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let mut wrong = |value: &str, why: &str| errors.push(FieldError::invalid(&path, value, why));
    if scheme != "https" {
        wrong(scheme, &format!("'https' is the only allowed URL scheme{FORM}"));
    }
    if host.is_empty() {
        wrong(host, &format!("host must be specified{FORM}"));
    }
    if !user.is_empty() {
        wrong(user, "user information is not permitted in the URL");
    }
    if !fragment.is_empty() {
        wrong(fragment, "fragments are not permitted in the URL");
    }
    if !query.is_empty() {
        wrong(query, "query parameters are not permitted in the URL");
    }
}

fn check_service(service: &Value, errors: &mut Errors) {
    let text = |name: &str| service.get(name).and_then(Value::as_str).unwrap_or_default();
    // The real server mixes the two up in what it says; clients see its words.
    for (missing, named) in [("namespace", "name"), ("name", "namespace")] {
        if text(missing).is_empty() {
            errors.push(FieldError::required(&format!("{CONFIG}.service.{named}"), ""));
        }
    }
    let port = service.get("port").and_then(Value::as_i64).unwrap_or(443);
    if !(1..=65535).contains(&port) {
        let why = "port is not valid: must be between 1 and 65535, inclusive";
        errors.push(FieldError::invalid(&format!("{CONFIG}.service.port"), port, why));
    }
    let path = text("path");
    if path.is_empty() || path == "/" {
        return;
    }
    let field = format!("{CONFIG}.service.path");
    if !path.starts_with('/') {
        errors.push(FieldError::invalid(&field, path, "must start with a '/'"));
    }
    let mut chars = path.chars();
    chars.next();
    let steps = chars.as_str();
    for (index, step) in steps.strip_suffix('/').unwrap_or(steps).split('/').enumerate() {
        if step.is_empty() {
            errors.push(FieldError::invalid(&field, path, format!("segment[{index}] may not be empty")));
        } else if let Err(why) = names::check_subdomain(step) {
            errors.push(FieldError::invalid(&field, path, format!("segment[{index}]: {why}")));
        }
    }
}

fn check_reviews(reviews: &[String], errors: &mut Errors) {
    if reviews.is_empty() {
        errors.push(FieldError::required(REVIEWS, ""));
        return;
    }
    for (index, version) in reviews.iter().enumerate() {
        let path = format!("{REVIEWS}[{index}]");
        if reviews[..index].contains(version) {
            errors.push(FieldError::invalid(&path, version.as_str(), "duplicate version"));
        } else if let Err(why) = names::check_dns1035(version) {
            errors.push(FieldError::invalid(&path, version.as_str(), why));
        }
    }
    if !reviews.iter().any(|version| version == "v1" || version == "v1beta1") {
        let shown = Value::from(reviews.to_vec());
        errors.push(FieldError::invalid(REVIEWS, shown, "must include at least one of v1, v1beta1"));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields(conversion: Value) -> Vec<String> {
        let mut errors = Vec::new();
        check(&json!({ "conversion": conversion }), &mut errors);
        errors.into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn a_webhook_needs_exactly_one_address_and_a_known_review() {
        let webhook = |config: Value| json!({"strategy": "Webhook", "webhook": {"clientConfig": config, "conversionReviewVersions": ["v1"]}});
        assert!(fields(json!({"strategy": "None"})).is_empty());
        assert!(fields(webhook(json!({"url": "https://a.b/c"}))).is_empty());
        assert_eq!(
            fields(webhook(json!({"url": "http://a.b/c"}))),
            ["spec.conversion.webhookClientConfig.url"]
        );
        assert_eq!(fields(webhook(json!({}))), ["spec.conversion.webhookClientConfig"]);
        assert_eq!(fields(json!({"strategy": "Foo"})), ["spec.conversion.strategy"]);
        assert_eq!(fields(json!({"strategy": "Webhook"})).len(), 2);
    }
}
