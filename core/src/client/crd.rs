//! Pure: what is to be done about a custom resource definition.

use std::collections::BTreeSet;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::{
    CustomResourceDefinition, CustomResourceDefinitionSpec,
};

use crate::conversion::check_conversion;
use crate::error::{Error, Result};
use crate::upgrade::normal;

/// The stored definition, changed to what is desired; `None` when it is so already.
///
/// Labels and annotations are added, never taken away: others may have put theirs. So with the certificates of a
/// conversion webhook, which an injector may have put there: the same webhook without any keeps those that it has.
pub(crate) fn update(
    desired: &CustomResourceDefinition,
    stored: &CustomResourceDefinition,
) -> Option<CustomResourceDefinition> {
    let mut updated = stored.clone();
    let metadata = &mut updated.metadata;
    for (given, kept) in [
        (&desired.metadata.labels, &mut metadata.labels),
        (&desired.metadata.annotations, &mut metadata.annotations),
    ] {
        if let Some(given) = given.as_ref().filter(|given| !given.is_empty()) {
            let kept = kept.get_or_insert_default();
            kept.extend(given.iter().map(|(key, value)| (key.clone(), value.clone())));
        }
    }
    let desired = with_certificates(&desired.spec, &stored.spec);
    let same_spec = normal(&desired) == normal(&stored.spec);
    if same_spec && updated.metadata == stored.metadata {
        return None;
    }
    if !same_spec {
        updated.spec = desired;
    }
    Some(updated)
}

/// The desired spec, with the stored certificates where it has the same webhook without any.
fn with_certificates(
    desired: &CustomResourceDefinitionSpec,
    stored: &CustomResourceDefinitionSpec,
) -> CustomResourceDefinitionSpec {
    let mut desired = desired.clone();
    let kept = stored.conversion.as_ref().and_then(|stored| stored.webhook.as_ref()?.client_config.as_ref());
    let given = desired.conversion.as_mut().and_then(|given| given.webhook.as_mut()?.client_config.as_mut());
    if let (Some(given), Some(kept)) = (given, kept)
        && given.ca_bundle.is_none()
        && given.url == kept.url
        && given.service.is_some() == kept.service.is_some()
    {
        given.ca_bundle.clone_from(&kept.ca_bundle);
    }
    desired
}

/// What the server has not done yet with a definition; `None` when it is established.
pub(crate) fn not_established(crd: &CustomResourceDefinition) -> Option<String> {
    let conditions = crd.status.iter().flat_map(|status| status.conditions.iter().flatten());
    let find = |name: &str| conditions.clone().find(|condition| condition.type_ == name);
    if let Some(names) = find("NamesAccepted")
        && names.status == "False"
    {
        let reason = names.reason.as_deref().unwrap_or("no reason");
        let message = names.message.as_deref().unwrap_or_default();
        return Some(format!("its names are not accepted: {reason}: {message}"));
    }
    match find("Established") {
        Some(established) if established.status == "True" => None,
        _ => Some("it is not established".to_owned()),
    }
}

/// The name of a definition.
pub(crate) fn name(crd: &CustomResourceDefinition) -> Result<&str> {
    let name = crd.metadata.name.as_deref().unwrap_or_default();
    if name.is_empty() {
        return Err(Error::invalid("a custom resource definition has no name"));
    }
    Ok(name)
}

/// Refuses definitions of which one has no name, or two have the same: the second would overwrite the first. And
/// conversions that the server takes and then never gets to work.
pub(crate) fn check(crds: &[CustomResourceDefinition]) -> Result<()> {
    let mut names = BTreeSet::new();
    for crd in crds {
        let name = name(crd)?;
        if !names.insert(name) {
            let message = format!("{name} is given twice; put its versions into one `crd!`");
            return Err(Error::invalid(message));
        }
        if let Some(conversion) = &crd.spec.conversion {
            check_conversion(conversion).map_err(|error| error.during(name))?;
        }
    }
    Ok(())
}

/// The paths of discovery and of the list, for each version that is served.
pub(crate) fn served_paths(crd: &CustomResourceDefinition) -> Vec<(String, String)> {
    let spec = &crd.spec;
    let served = spec.versions.iter().filter(|version| version.served);
    served
        .map(|version| {
            let discovery = format!("/apis/{}/{}", spec.group, version.name);
            let list = format!("{discovery}/{}", spec.names.plural);
            (discovery, list)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceConversion;
    use serde_json::{Value, json};

    use super::*;

    fn websites() -> CustomResourceDefinition {
        serde_json::from_value(json!({
            "apiVersion": "apiextensions.k8s.io/v1",
            "kind": "CustomResourceDefinition",
            "metadata": {"name": "websites.example.com"},
            "spec": {
                "group": "example.com",
                "names": {"kind": "Website", "plural": "websites", "shortNames": []},
                "scope": "Namespaced",
                "versions": [
                    {"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": {
                        "type": "object", "properties": {"spec": {"type": "array", "default": []}},
                    }}},
                    {"name": "v0", "served": false, "storage": false},
                ],
            },
        }))
        .unwrap()
    }

    /// As the server would store it.
    fn stored() -> CustomResourceDefinition {
        let mut crd = websites();
        crd.metadata.resource_version = Some("7".to_owned());
        crd.metadata.labels = Some([("theirs".to_owned(), "x".to_owned())].into());
        crd.spec.names.singular = Some("website".to_owned());
        crd.spec.names.list_kind = Some("WebsiteList".to_owned());
        crd.spec.names.short_names = None;
        crd.spec.conversion = Some(CustomResourceConversion { strategy: "None".to_owned(), webhook: None });
        crd
    }

    #[test]
    fn what_the_server_filled_in_is_no_change() {
        assert_eq!(update(&websites(), &stored()), None);
    }

    #[test]
    fn a_changed_schema_is_put_into_what_is_stored() {
        let mut desired = websites();
        let schema = &mut desired.spec.versions[0].schema.as_mut().unwrap().open_api_v3_schema;
        schema.as_mut().unwrap().properties.as_mut().unwrap().clear();
        let updated = update(&desired, &stored()).unwrap();
        assert_eq!(updated.metadata.resource_version.as_deref(), Some("7"));
        assert_eq!(updated.spec, desired.spec);
        // A default that is an empty list is data.
        let mut desired = websites();
        let schema = &mut desired.spec.versions[0].schema.as_mut().unwrap().open_api_v3_schema;
        let properties = schema.as_mut().unwrap().properties.as_mut().unwrap();
        properties.get_mut("spec").unwrap().default = None;
        assert!(update(&desired, &stored()).is_some());
    }

    #[test]
    fn certificates_that_were_injected_stay_and_others_replace_them() {
        let webhook = |certificates: Option<&str>, name: &str| {
            let mut crd = stored();
            let service = json!({"namespace": "shop", "name": name});
            let config = json!({"caBundle": certificates, "service": service});
            let webhook = json!({"clientConfig": config, "conversionReviewVersions": ["v1"]});
            let conversion = json!({"strategy": "Webhook", "webhook": webhook});
            crd.spec.conversion = Some(serde_json::from_value(conversion).unwrap());
            crd
        };
        let stored = webhook(Some("YQ=="), "web");
        assert_eq!(update(&webhook(None, "web"), &stored), None);
        let moved = update(&webhook(None, "other"), &stored).unwrap();
        assert_eq!(moved.spec, webhook(Some("YQ=="), "other").spec);
        let renewed = webhook(Some("Yg=="), "web");
        assert_eq!(update(&renewed, &stored).unwrap().spec, renewed.spec);
        assert_eq!(update(&websites(), &stored).unwrap().spec, websites().spec);
    }

    #[test]
    fn labels_are_added_and_those_of_others_stay() {
        let mut desired = websites();
        desired.metadata.labels = Some([("ours".to_owned(), "y".to_owned())].into());
        let updated = update(&desired, &stored()).unwrap();
        let labels = updated.metadata.labels.clone().unwrap();
        assert_eq!(labels.into_keys().collect::<Vec<_>>(), ["ours", "theirs"]);
        assert_eq!(updated.spec, stored().spec);
        assert_eq!(update(&desired, &updated), None);
    }

    #[test]
    fn a_refused_name_is_told_with_the_servers_reason() {
        let with = |conditions: Value| {
            let mut crd = websites();
            crd.status = Some(serde_json::from_value(json!({"conditions": conditions})).unwrap());
            crd
        };
        assert_eq!(not_established(&websites()).unwrap(), "it is not established");
        let refused = json!([
            {"type": "NamesAccepted", "status": "False", "reason": "PluralConflict", "message": "taken"},
            {"type": "Established", "status": "False"},
        ]);
        assert_eq!(
            not_established(&with(refused)).unwrap(),
            "its names are not accepted: PluralConflict: taken"
        );
        let good = json!([
            {"type": "NamesAccepted", "status": "True"}, {"type": "Established", "status": "True"},
        ]);
        assert_eq!(not_established(&with(good)), None);
    }

    #[test]
    fn only_served_versions_are_waited_for() {
        assert_eq!(
            served_paths(&websites()),
            [("/apis/example.com/v1".to_owned(), "/apis/example.com/v1/websites".to_owned())]
        );
    }
}
