use kubist::conversion::{RoundTrip, there_and_back};
use kubist::prelude::*;

use crate::website::{v1, v1alpha1, v1beta1};

fn site(source: &str) -> v1alpha1::Website {
    v1alpha1::Website::new("front", v1alpha1::WebsiteSpec { source: source.to_owned(), note: None })
}

kubist::conversion_tests! {
    v1alpha1_survives_and_v1_too: v1alpha1::Website => v1::Website, samples([site("a/b/c")]);
}

#[test]
fn what_is_lost_is_named_with_the_object_that_showed_it() {
    let test = || RoundTrip::<v1beta1::Website, v1::Website>::new();
    let error = test().check().unwrap_err();
    let text = format!("{error:#}");
    assert!(
        text.starts_with("from v1beta1 to v1 and back: {\"apiVersion\":\"example.com/v1beta1\""),
        "{text}"
    );
    assert!(
        text.ends_with(
            "`metadata.labels` was {\"case\":\"1\"} and is gone, `metadata.name` was \"object-1\" and is gone"
        ),
        "{text}"
    );
    // Losses that are declared are fine, and must be real.
    let declared = || test().not_in_hub("metadata").only_in_hub("metadata").only_in_hub("spec.folder");
    declared().only_in_hub("spec.note").assert();
    let text = format!("{:#}", declared().check().unwrap_err());
    assert!(text.contains("`spec.note` was "), "{text}");
    let stale = declared().only_in_hub("spec.note").only_in_hub("spec.bucket").check().unwrap_err();
    assert_eq!(format!("{stale:#}"), "`spec.bucket` of v1 was never lost in v1beta1");
}

#[test]
fn a_given_object_must_be_convertible_and_random_ones_mostly() {
    let error = RoundTrip::<v1alpha1::Website, v1::Website>::new().samples([site("a/")]).check().unwrap_err();
    assert!(format!("{error:#}").ends_with(": the way there: `spec.source` ends with a slash"), "{error:#}");
}

#[test]
fn one_object_can_be_looked_at_alone() {
    let front = v1::Website::new("front", v1::WebsiteSpec { bucket: "a".into(), folder: None, note: None });
    assert_eq!(there_and_back::<_, v1alpha1::Website>(front).unwrap(), []);
    // A bucket with a slash is read back as bucket and folder.
    let spec = v1::WebsiteSpec { bucket: "a/b".into(), folder: None, note: None };
    let losses = there_and_back::<_, v1alpha1::Website>(v1::Website::new("front", spec)).unwrap();
    let texts: Vec<_> = losses.iter().map(ToString::to_string).collect();
    assert_eq!(texts, ["`spec.bucket` was \"a/b\" and is \"a\"", "`spec.folder` was not there and is \"b\""]);
    assert_eq!(v1::Website::META.version, "v1");
}
