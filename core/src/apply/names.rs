//! Pure: the names that a struct has in JSON, asked of the struct itself.

use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;

/// The JSON name of a field of `T`, where its name in Rust follows from it as in `k8s-openapi`:
/// `external_ips` is `externalIPs`, `type_` is `type`.
pub(super) fn json_name<T: DeserializeOwned>(rust: &str) -> Option<&'static str> {
    let names = names::<T>();
    let wanted = plain(rust);
    // `$ref`, the one name that Rust had to change.
    let also = wanted.strip_suffix("path").unwrap_or(&wanted);
    let find = |wanted: &str| names.iter().copied().find(|name| plain(name) == wanted);
    find(&wanted).or_else(|| find(also))
}

/// The letters and digits of a name.
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// A struct tells serde the names of its fields when it is to be decoded.
fn names<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut names: &'static [&'static str] = &[];
    // It ends with an error always: there is nothing to decode.
    drop(T::deserialize(Listener { names: &mut names }));
    names
}

struct Listener<'a> {
    names: &'a mut &'static [&'static str],
}

impl<'de> Deserializer<'de> for Listener<'_> {
    type Error = serde::de::value::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Self::Error> {
        *self.names = fields;
        Err(Self::Error::custom("only the names were wanted"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(Self::Error::custom("only the names were wanted"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::core::v1::{PodSpec, ServiceSpec};
    use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::JSONSchemaProps;
    use k8s_openapi::apimachinery::pkg::apis::meta::v1::Condition;

    use super::*;

    #[test]
    fn the_names_of_kubernetes_are_found_however_they_are_spelled() {
        assert_eq!(json_name::<ServiceSpec>("external_ips"), Some("externalIPs"));
        assert_eq!(json_name::<ServiceSpec>("cluster_ip"), Some("clusterIP"));
        assert_eq!(json_name::<Box<ServiceSpec>>("type_"), Some("type"));
        assert_eq!(json_name::<Option<PodSpec>>("host_pid"), Some("hostPID"));
        assert_eq!(json_name::<Condition>("last_transition_time"), Some("lastTransitionTime"));
        assert_eq!(json_name::<JSONSchemaProps>("ref_path"), Some("$ref"));
        assert_eq!(
            json_name::<JSONSchemaProps>("x_kubernetes_int_or_string"),
            Some("x-kubernetes-int-or-string")
        );
        assert_eq!(json_name::<PodSpec>("replicas"), None);
        assert_eq!(json_name::<String>("replicas"), None);
    }
}
