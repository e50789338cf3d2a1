//! Pure: from the bytes of an object to its name and version, without reading further than needed.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::error::Error;
use crate::resource::ObjectKey;
use crate::watch::decode::{unnamed, unreadable};

/// Key, uid and version of an object, borrowed from its bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Header<'a> {
    pub(crate) namespace: Option<Cow<'a, str>>,
    pub(crate) name: Cow<'a, str>,
    pub(crate) uid: Option<Cow<'a, str>>,
    pub(crate) resource_version: Cow<'a, str>,
}

impl Header<'_> {
    pub(crate) fn key(&self) -> ObjectKey {
        ObjectKey::new(self.namespace.as_deref(), &self.name)
    }
}

/// Reads name and version of an object that is known to be JSON. A uid or version that is not a string is
/// taken for missing.
///
/// kube-apiserver writes them first, so that most of the object is not looked at.
///
/// # Errors
///
/// When this is no object, or its name or namespace cannot be told.
pub(crate) fn header(object: &[u8]) -> Result<Header<'_>, Error> {
    let found = scan(object).map_err(unreadable)?;
    let name = found.name.filter(|name| !name.is_empty() && !found.astray);
    Ok(Header {
        namespace: found.namespace,
        name: name.ok_or_else(unnamed)?,
        uid: found.uid,
        resource_version: found.resource_version.unwrap_or_default(),
    })
}

/// The version of an object that is known to be JSON, if it has one.
pub(crate) fn version(object: &[u8]) -> Option<String> {
    scan(object).ok()?.resource_version.map(Cow::into_owned)
}

fn scan(object: &[u8]) -> Result<Found<'_>, serde_json::Error> {
    let mut found = Found::default();
    let mut json = serde_json::Deserializer::from_slice(object);
    match Level::Object(&mut found).deserialize(&mut json) {
        // serde has no other way to stop early.
        Err(_) if found.enough => Ok(found),
        Err(error) => Err(error),
        Ok(()) => Ok(found),
    }
}

/// A string, borrowed where it can be: serde does not borrow a `Cow` inside of an `Option`.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// What should be a string or null.
struct MaybeText;

impl<'a> DeserializeSeed<'a> for MaybeText {
    /// An error when it is something else.
    type Value = Result<Option<Cow<'a, str>>, serde_json::Error>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let value: &RawValue = Deserialize::deserialize(deserializer)?;
        let text = serde_json::from_str::<Option<Text<'a>>>(value.get());
        Ok(text.map(|text| text.map(|Text(text)| text)))
    }
}

#[derive(Default)]
struct Found<'a> {
    namespace: Option<Cow<'a, str>>,
    name: Option<Cow<'a, str>>,
    uid: Option<Cow<'a, str>>,
    resource_version: Option<Cow<'a, str>>,
    /// There is a namespace, but nobody can tell which.
    astray: bool,
    /// There is nothing more to be found.
    enough: bool,
}

impl Found<'_> {
    fn is_complete(&self) -> bool {
        self.namespace.is_some()
            && self.name.is_some()
            && self.uid.is_some()
            && self.resource_version.is_some()
    }
}

/// Where in the object the reader is.
enum Level<'f, 'a> {
    Object(&'f mut Found<'a>),
    Metadata(&'f mut Found<'a>),
}

impl<'a> DeserializeSeed<'a> for Level<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for Level<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<(), M::Error> {
        match self {
            Self::Object(found) => {
                while let Some(Text(key)) = map.next_key()? {
                    if key == "metadata" {
                        map.next_value_seed(Level::Metadata(found))?;
                        found.enough = true;
                        return Err(M::Error::custom("enough"));
                    }
                    map.next_value::<IgnoredAny>()?;
                }
            }
            Self::Metadata(found) => {
                while let Some(Text(key)) = map.next_key()? {
                    let field = match &*key {
                        "namespace" => &mut found.namespace,
                        "name" => &mut found.name,
                        "uid" => &mut found.uid,
                        "resourceVersion" => &mut found.resource_version,
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            continue;
                        }
                    };
                    match map.next_value_seed(MaybeText)? {
                        Ok(text) => *field = text,
                        Err(_) => found.astray |= key == "namespace",
                    }
                    if found.is_complete() {
                        found.enough = true;
                        return Err(M::Error::custom("enough"));
                    }
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn a_header_is_borrowed_unless_it_is_escaped() {
        let plain = header(br#"{"metadata":{"name":"a","namespace":"n"}}"#).unwrap();
        assert!(matches!(plain.name, Cow::Borrowed("a")));
        assert_eq!(plain.key().to_string(), "n/a");
        let escaped = header(br#"{"metadata":{"name":"\u0061"}}"#).unwrap();
        assert_eq!((&*escaped.name, escaped.namespace), ("a", None));
    }

    #[test]
    fn a_uid_or_version_that_is_no_string_is_missing() {
        let object = br#"{"metadata":{"uid":{"a":[5]},"name":"a","resourceVersion":7,"namespace":"n"}}"#;
        let header = header(object).unwrap();
        assert_eq!(header.key().to_string(), "n/a");
        assert_eq!((header.uid, &*header.resource_version), (None, ""));
        assert_eq!(version(object), None);
    }

    #[test]
    fn what_has_no_name_has_no_header() {
        for object in [
            "null",
            "[]",
            "{}",
            r#"{"metadata":{}}"#,
            r#"{"metadata":null}"#,
            r#"{"metadata":{"name":""}}"#,
            r#"{"metadata":{"name":7}}"#,
            r#"{"metadata":{"name":"a","namespace":7}}"#,
        ] {
            assert_eq!(header(object.as_bytes()).unwrap_err().kind(), ErrorKind::Decode, "{object}");
        }
    }

    fn text() -> impl Strategy<Value = Option<Option<String>>> {
        prop::option::weighted(0.8, prop::option::weighted(0.8, "[a-c\"\\\\é]{0,3}"))
    }

    proptest! {
        #[test]
        fn a_header_says_what_the_whole_object_says(
            fields in (text(), text(), text(), text()),
            order in Just(vec!["name", "namespace", "uid", "resourceVersion", "labels", "managedFields"]).prop_shuffle(),
            before in any::<bool>(),
        ) {
            let value = |name: &str| match name {
                "name" => fields.0.clone().map(Value::from),
                "namespace" => fields.1.clone().map(Value::from),
                "uid" => fields.2.clone().map(Value::from),
                "resourceVersion" => fields.3.clone().map(Value::from),
                // Other things of the same name, further down.
                _ => Some(json!({"name": "x", "metadata": {"uid": "y"}, "resourceVersion": [1]})),
            };
            let metadata: Vec<String> = order
                .iter()
                .filter_map(|name| value(name).map(|value| format!("{name:?}:{value}")))
                .collect();
            let metadata = format!("\"metadata\":{{{}}}", metadata.join(","));
            let spec = r#""spec":{"metadata":{"name":"z"}}"#;
            let object = if before { format!("{{{spec},{metadata}}}") } else { format!("{{{metadata},{spec}}}") };
            // The oracle reads everything.
            let whole: Value = serde_json::from_str(&object).unwrap();
            let field = |name: &str| whole["metadata"][name].as_str();
            match header(object.as_bytes()) {
                Ok(header) => {
                    prop_assert_eq!(Some(&*header.name), field("name"));
                    prop_assert_eq!(header.namespace.as_deref(), field("namespace"));
                    prop_assert_eq!(header.uid.as_deref(), field("uid"));
                    prop_assert_eq!(&*header.resource_version, field("resourceVersion").unwrap_or_default());
                }
                Err(_) => prop_assert!(field("name").unwrap_or_default().is_empty()),
            }
            let version = version(object.as_bytes());
            prop_assert_eq!(version.as_deref(), field("resourceVersion"));
        }
    }
}
