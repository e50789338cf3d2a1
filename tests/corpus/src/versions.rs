//! Several versions of a kind in one definition.

use arbitrary::Arbitrary;
use kubist::conversion::ConversionWebhook;
use kubist::crd::CustomResourceDefinition;
use kubist::prelude::*;
use serde_json::json;

use crate::entry::Entry;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct Size {
    size: i32,
}
kind!(A120, Size);
kind!(A121, Size);
kind!(A122, Size);

/// The versions of which no object is stored.
mod v1alpha1 {
    use kubist::prelude::*;

    use super::Size;

    #[derive(Clone, Debug, Resource)]
    #[resource(group = "corpus.example.com", version = "v1alpha1", scope = Namespaced, storage = false)]
    pub(crate) struct A120 {
        metadata: ObjectMeta,
        spec: Size,
    }

    #[derive(Clone, Debug, Resource)]
    #[resource(
        group = "corpus.example.com", version = "v1alpha1", scope = Namespaced, storage = false, served = false
    )]
    pub(crate) struct A121 {
        metadata: ObjectMeta,
        spec: Size,
    }

    #[derive(Clone, Debug, Resource)]
    #[resource(group = "corpus.example.com", version = "v1alpha1", scope = Namespaced, storage = false)]
    pub(crate) struct A122 {
        metadata: ObjectMeta,
        spec: Size,
    }
}

fn two_versions() -> CustomResourceDefinition {
    kubist::crd! { v1alpha1::A120, A120 }
}

fn one_served() -> CustomResourceDefinition {
    kubist::crd! { v1alpha1::A121, A121 }
}

fn converted() -> CustomResourceDefinition {
    let webhook = ConversionWebhook::service("default", "conversion").path("/convert").port(8443);
    webhook.add_to(kubist::crd! { v1alpha1::A122, A122 }).expect("a webhook that the server takes")
}

pub(crate) fn entries() -> Vec<Entry> {
    let number = json!({"type": "integer", "format": "int32"});
    let one = || [Size { size: 1 }];
    vec![
        Entry::new::<A120>(one())
            .field("size", number.clone())
            .defined_by(two_versions)
            .says("/spec/versions/0/name", json!("v1"))
            .says("/spec/versions/0/storage", json!(true))
            .says("/spec/versions/1/name", json!("v1alpha1"))
            .says("/spec/versions/1/storage", json!(false))
            .says("/spec/versions/1/served", json!(true))
            .refuses("size", json!("1")),
        Entry::new::<A121>(one())
            .field("size", number.clone())
            .defined_by(one_served)
            .says("/spec/versions/1/name", json!("v1alpha1"))
            .says("/spec/versions/1/storage", json!(false))
            .says("/spec/versions/1/served", json!(false))
            .refuses("size", json!("1")),
        Entry::new::<A122>(one())
            .field("size", number)
            .defined_by(converted)
            .says(
                "/spec/conversion",
                json!({
                    "strategy": "Webhook",
                    "webhook": {
                        "clientConfig": {
                            "service": {
                                "namespace": "default", "name": "conversion",
                                "path": "/convert", "port": 8443,
                            },
                        },
                        "conversionReviewVersions": ["v1"],
                    },
                }),
            )
            .refuses("size", json!("1")),
    ]
}
