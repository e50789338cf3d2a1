use kubist::conversion::{ConversionWebhook, check_conversion};
use kubist::crd::CustomResourceDefinition;
use serde_json::{Value, json};

use crate::website::v1;

fn problem(webhook: ConversionWebhook<'_>) -> String {
    let text = format!("{:#}", webhook.add_to(v1::Website::crd()).unwrap_err());
    text.strip_prefix("the conversion webhook: ").unwrap().to_owned()
}

#[test]
fn a_webhook_becomes_the_conversion_of_a_definition() {
    let pem = rcgen::generate_simple_self_signed(["a".to_owned()]).unwrap().cert.pem();
    let webhook =
        ConversionWebhook::service("shop", "web").path("/convert").port(8443).ca_bundle(pem.as_bytes());
    let crd: CustomResourceDefinition = webhook.add_to(v1::Website::crd()).unwrap();
    let mut conversion = serde_json::to_value(&crd.spec.conversion).unwrap();
    let bundle = conversion["webhook"]["clientConfig"]["caBundle"].take();
    assert!(bundle.as_str().unwrap().starts_with("LS0tLS1CRUdJTi"), "the PEM in base64");
    assert_eq!(
        conversion,
        json!({"strategy": "Webhook", "webhook": {
            "clientConfig": {
                "service": {"namespace": "shop", "name": "web", "path": "/convert", "port": 8443},
                "caBundle": null,
            },
            "conversionReviewVersions": ["v1"],
        }})
    );
    assert!(check_conversion(crd.spec.conversion.as_ref().unwrap()).is_ok());
    let url = ConversionWebhook::url("https://a.example.com/convert").add_to(v1::Website::crd()).unwrap();
    let config = url.spec.conversion.unwrap().webhook.unwrap().client_config.unwrap();
    assert_eq!((config.url.as_deref(), config.service), (Some("https://a.example.com/convert"), None));
}

#[test]
fn what_the_server_would_refuse_is_refused_with_the_reason() {
    let service = ConversionWebhook::service("shop", "web");
    for (webhook, expected) in [
        (ConversionWebhook::service("", "web"), "the service has no namespace"),
        (ConversionWebhook::service("shop", ""), "the service has no name"),
        (
            ConversionWebhook::service("shop", "Web"),
            "`Web` is not the name of a service: lower-case letters, digits and `-`, at most 63",
        ),
        (service.port(0), "the port of a service is between 1 and 65535"),
        (service.path("convert"), "the path `convert` must begin with `/`"),
        (service.path("/a//b"), "the path `/a//b` has an empty step"),
        (ConversionWebhook::url("https://a?b"), "`https://a?b` has a query; write `https://host/path`"),
        (ConversionWebhook::url("https://a").path("/b"), "path and port belong into the URL"),
        (service.ca_bundle(b"junk"), "`ca_bundle` holds no certificate in PEM"),
    ] {
        assert_eq!(problem(webhook), expected);
    }
}

#[test]
fn a_conversion_block_from_elsewhere_is_checked_too() {
    let check = |block: Value| match check_conversion(&serde_json::from_value(block).unwrap()) {
        Ok(()) => "good".to_owned(),
        Err(error) => format!("{error:#}").strip_prefix("the conversion webhook: ").unwrap().to_owned(),
    };
    let service = json!({"namespace": "a", "name": "b"});
    let with = |config: Value, versions: Value| {
        check(
            json!({"strategy": "Webhook", "webhook": {"clientConfig": config, "conversionReviewVersions": versions}}),
        )
    };
    assert_eq!(check(json!({"strategy": "None"})), "good");
    assert_eq!(with(json!({"service": service}), json!(["v2", "v1"])), "good");
    assert_eq!(
        with(json!({"service": service}), json!(["v2"])),
        "`conversionReviewVersions` must contain `v1`"
    );
    assert_eq!(
        with(json!({"service": service}), json!(["v1", "v1"])),
        "`v1` is listed twice in `conversionReviewVersions`"
    );
    assert_eq!(
        with(json!({"service": service}), json!(["v1", "V2"])),
        "`V2` in `conversionReviewVersions` is not the name of a version"
    );
    assert_eq!(
        with(json!({"service": service, "url": "https://a"}), json!(["v1"])),
        "it has `service` and `url`; one of them"
    );
    assert_eq!(with(json!({}), json!(["v1"])), "it has neither `service` nor `url`");
    assert_eq!(check(json!({"strategy": "Webhook"})), "it is missing, with the strategy `Webhook`");
    assert_eq!(check(json!({"strategy": "Hook"})), "`Hook` is not a strategy: write `None` or `Webhook`");
    assert_eq!(
        check(json!({"strategy": "None", "webhook": {"conversionReviewVersions": ["v1"]}})),
        "it says nothing with the strategy `None`: write `Webhook`"
    );
}
