use kubist::prelude::*;

mod v1alpha1 {
    use kubist::prelude::*;

    #[derive(Clone, Debug, Resource)]
    #[resource(
        group = "example.com", version = "v1alpha1", scope = Namespaced, storage = false, served = false,
        deprecated = "use v1", annotation("a", "old"), annotation("b", "old"),
    )]
    pub(crate) struct Gadget {
        metadata: ObjectMeta,
        name: String,
    }
}

mod v1 {
    use kubist::prelude::*;

    #[derive(Clone, Debug, Resource)]
    #[resource(group = "example.com", version = "v1", scope = Namespaced, annotation("a", "new"))]
    pub(crate) struct Gadget {
        metadata: ObjectMeta,
        title: String,
    }
}

mod v2beta1 {
    use kubist::prelude::*;

    #[derive(Clone, Debug, Resource)]
    #[resource(group = "example.com", version = "v2beta1", scope = Namespaced, storage = false, deprecated)]
    pub(crate) struct Gadget {
        metadata: ObjectMeta,
    }
}

#[test]
fn each_version_is_what_its_type_says_in_the_order_of_kubernetes() {
    let crd = kubist::crd! { v1alpha1::Gadget, v2beta1::Gadget, v1::Gadget };
    let shown: Vec<_> = crd
        .spec
        .versions
        .iter()
        .map(|version| (&*version.name, version.served, version.storage, version.deprecated))
        .collect();
    assert_eq!(
        shown,
        [
            ("v1", true, true, None),
            ("v2beta1", true, false, Some(true)),
            ("v1alpha1", false, false, Some(true)),
        ]
    );
    assert_eq!(crd.spec.versions[2].deprecation_warning.as_deref(), Some("use v1"));
    let schemas: Vec<_> = crd.spec.versions.iter().map(|version| version.schema.clone()).collect();
    let alone = |crd: kubist::crd::CustomResourceDefinition| crd.spec.versions[0].schema.clone();
    let types = [alone(v1::Gadget::crd()), alone(v2beta1::Gadget::crd()), alone(v1alpha1::Gadget::crd())];
    assert_eq!(schemas, types);
    let annotations: Vec<_> = crd.metadata.annotations.iter().flatten().collect();
    assert_eq!(annotations, [(&"a".to_owned(), &"new".to_owned()), (&"b".to_owned(), &"old".to_owned())]);
}

#[test]
fn the_order_of_writing_changes_nothing_and_one_version_is_its_own_definition() {
    let one = kubist::crd! { v1alpha1::Gadget, v2beta1::Gadget, v1::Gadget };
    let other = kubist::crd! { v1::Gadget, v1alpha1::Gadget, v2beta1::Gadget, };
    assert_eq!(serde_json::to_string(&one).unwrap(), serde_json::to_string(&other).unwrap());
    assert_eq!(kubist::crd! { v1::Gadget }, v1::Gadget::crd());
    assert_eq!(v1::Gadget::META.gvr().to_string(), "gadgets.example.com");
}

#[test]
fn a_webhook_is_part_of_the_declaration() {
    use kubist::conversion::ConversionWebhook;

    const PLACE: &str = "/convert";
    let crd = kubist::crd! {
        v1alpha1::Gadget,
        v1::Gadget,
        conversion = ConversionWebhook::service("shop", "gadgets").path(PLACE),
    };
    let conversion = crd.spec.conversion.unwrap();
    assert_eq!(conversion, ConversionWebhook::service("shop", "gadgets").path(PLACE).conversion());
}
