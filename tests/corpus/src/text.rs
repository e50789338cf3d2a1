//! Strings of many types.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use arbitrary::{Arbitrary, Unstructured};
use kubist::prelude::*;
use serde_json::json;

use crate::entry::Entry;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A13Spec {
    any: IpAddr,
    four: Ipv4Addr,
    six: Ipv6Addr,
}
kind!(A13, A13Spec);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A13SocketSpec {
    #[arbitrary(with = socket)]
    value: SocketAddr,
}
kind!(A13Socket, A13SocketSpec);

/// The flow of an IPv6 address is not written.
fn socket(u: &mut Unstructured<'_>) -> arbitrary::Result<SocketAddr> {
    Ok(match u.arbitrary()? {
        SocketAddr::V6(six) => SocketAddrV6::new(*six.ip(), six.port(), 0, six.scope_id()).into(),
        four @ SocketAddr::V4(_) => four,
    })
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A14Spec {
    #[serde(with = "seconds")]
    #[schema(with = String, pattern = "^[0-9]{1,9}s$")]
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(Duration::from_secs(u.int_in_range(0..=999_999_999)?)))]
    timeout: Duration,
}
kind!(A14, A14Spec);

/// A duration of whole seconds as Go writes it.
mod seconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(value: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        format!("{}s", value.as_secs()).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        let text = String::deserialize(deserializer)?;
        let seconds = text.strip_suffix('s').and_then(|seconds| seconds.parse().ok());
        seconds.map(Duration::from_secs).ok_or_else(|| D::Error::custom("not a number of seconds"))
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A16Spec {
    #[schema(with = String, format = "uuid")]
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(uuid::Uuid::from_u128(u.arbitrary()?)))]
    id: uuid::Uuid,
    #[serde(with = "uri")]
    #[schema(with = String, format = "uri", pattern = "^https?://[a-z0-9]+(\\.[a-z0-9]+)*/[A-Za-z0-9/._-]*$")]
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(page(u.arbitrary()?)))]
    page: http::Uri,
}
kind!(A16, A16Spec);

fn page(number: u32) -> http::Uri {
    format!("https://example.com/page/{number}").parse().expect("a URI")
}

/// A URI as a string.
mod uri {
    use http::Uri;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(value: &Uri, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Uri, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Schema, Arbitrary)]
pub(crate) struct A17Spec {
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(PathBuf::from(String::arbitrary(u)?)))]
    path: PathBuf,
    #[arbitrary(with = |u: &mut Unstructured<'_>| Ok(Cow::Owned(u.arbitrary()?)))]
    cow: Cow<'static, str>,
    boxed: Box<str>,
    shared: Arc<str>,
}
kind!(A17, A17Spec);

fn a17(text: &str) -> A17Spec {
    A17Spec { path: text.into(), cow: text.to_owned().into(), boxed: text.into(), shared: text.into() }
}

pub(crate) fn entries() -> Vec<Entry> {
    vec![addresses(), sockets(), durations(), names(), owners()]
}

const STRICT_IPV4: &str =
    r"^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$";

fn addresses() -> Entry {
    let four = Ipv4Addr::new(255, 255, 255, 255);
    Entry::new::<A13>([
        A13Spec { any: Ipv4Addr::new(1, 2, 3, 4).into(), four, six: Ipv6Addr::LOCALHOST },
        A13Spec {
            any: Ipv6Addr::UNSPECIFIED.into(),
            four: Ipv4Addr::UNSPECIFIED,
            six: Ipv4Addr::new(1, 2, 3, 4).to_ipv6_mapped(),
        },
    ])
    .field(
        "any",
        json!({
            "type": "string",
            "anyOf": [{"format": "ipv4", "pattern": STRICT_IPV4}, {"format": "ipv6"}],
        }),
    )
    // The server takes a list for a string with a format, unless no list is long enough.
    // The format alone takes `01.2.3.4` and `::ffff:1.2.3.4`, which the Rust type does not read.
    .field(
        "four",
        json!({"type": "string", "format": "ipv4", "pattern": STRICT_IPV4, "minItems": 1, "maxItems": 0}),
    )
    .field("six", json!({"type": "string", "format": "ipv6", "minItems": 1, "maxItems": 0}))
    .refuses("any", json!("01.2.3.4"))
    .refuses("any", json!("1.2.3"))
    .refuses("any", json!("::ffff:01.2.3.4"))
    .refuses("four", json!("01.2.3.4"))
    .refuses("four", json!("::ffff:1.2.3.4"))
    .refuses("four", json!("::1"))
    .refuses("four", json!(""))
    .refuses("six", json!("1.2.3.4"))
    .refuses("six", json!("x"))
}

fn sockets() -> Entry {
    let of_scope = SocketAddrV6::new(Ipv6Addr::LOCALHOST, 80, 0, 7);
    Entry::new::<A13Socket>(
        [([1, 2, 3, 4], 0).into(), (Ipv6Addr::LOCALHOST, 65535).into(), of_scope.into()]
            .map(|value| A13SocketSpec { value }),
    )
    // The pattern of an IPv6 address is long; what it takes says more.
    .any_schema()
    .says("/spec/versions/0/schema/openAPIV3Schema/properties/spec/required", json!(["value"]))
    .refuses("value", json!("1.2.3.4"))
    .refuses("value", json!("1.2.3.4:65536"))
    .refuses("value", json!("01.2.3.4:80"))
    .refuses("value", json!("::1:80"))
    .refuses("value", json!("[:::]:80"))
    .refuses("value", json!("[::1]"))
}

fn durations() -> Entry {
    Entry::new::<A14>([0, 90, 999_999_999].map(|seconds| A14Spec { timeout: Duration::from_secs(seconds) }))
        .field("timeout", json!({"type": "string", "pattern": "^[0-9]{1,9}s$"}))
        .refuses("timeout", json!("3 days"))
        .refuses("timeout", json!({"secs": 1, "nanos": 0}))
}

fn names() -> Entry {
    Entry::new::<A16>([
        A16Spec { id: uuid::Uuid::nil(), page: page(1) },
        A16Spec { id: uuid::Uuid::max(), page: "http://a.b/".parse().expect("a URI") },
    ])
    .field("id", json!({"type": "string", "format": "uuid", "minItems": 1, "maxItems": 0}))
    .field(
        "page",
        json!({
            "type": "string", "format": "uri", "minItems": 1, "maxItems": 0,
            "pattern": r"^https?://[a-z0-9]+(\.[a-z0-9]+)*/[A-Za-z0-9/._-]*$",
        }),
    )
    .refuses("id", json!("x"))
    .refuses("id", json!([]))
    .refuses("id", json!(["x"]))
    .refuses("id", json!("{00000000-0000-0000-0000-000000000000}"))
    .refuses("page", json!("/path"))
}

fn owners() -> Entry {
    Entry::new::<A17>([a17("a/b"), a17("")])
        .field("path", json!({"type": "string"}))
        .field("cow", json!({"type": "string"}))
        .field("boxed", json!({"type": "string"}))
        .field("shared", json!({"type": "string"}))
        .refuses("path", json!(["a", "b"]))
        .refuses("cow", json!(1))
        .refuses("boxed", json!({}))
        .refuses("shared", json!(false))
}
