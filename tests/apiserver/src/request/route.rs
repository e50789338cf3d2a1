//! Pure: what a path asks for.

/// What a request is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    Version,
    Health,
    /// `/`: the list of paths.
    Index,
    /// `/api`
    Core,
    /// `/apis`
    Groups,
    /// `/apis/{group}`
    Group(String),
    /// `/api/v1` and `/apis/{group}/{version}`
    GroupVersion {
        group: String,
        version: String,
    },
    /// `/openapi/v2`
    OpenApiV2,
    /// `/openapi/v3` and what is below it.
    OpenApiV3(Option<String>),
    Resource(Target),
    Unknown,
}

/// A resource, or one object of it, or a part of that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) group: String,
    pub(crate) version: String,
    pub(crate) namespace: Option<String>,
    pub(crate) resource: String,
    pub(crate) name: Option<String>,
    pub(crate) subresource: Option<String>,
    /// The old spelling `/api/v1/watch/…`.
    pub(crate) watch: bool,
}

/// Reads a path, still percent-encoded.
pub(crate) fn parse(path: &str) -> Route {
    let Some(parts) = path.trim_matches('/').split('/').map(decode).collect::<Option<Vec<String>>>() else {
        return Route::Unknown;
    };
    let texts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match texts.as_slice() {
        [""] => Route::Index,
        ["version"] => Route::Version,
        ["openapi", "v2"] => Route::OpenApiV2,
        ["openapi", "v3"] if !path.ends_with('/') => Route::OpenApiV3(None),
        ["openapi", "v3", rest @ ..] => {
            let slash = if path.ends_with('/') { "/" } else { "" };
            Route::OpenApiV3(Some(rest.join("/") + slash))
        }
        ["healthz" | "readyz" | "livez"] => Route::Health,
        ["api"] => Route::Core,
        ["apis"] => Route::Groups,
        ["apis", group] => Route::Group((*group).to_owned()),
        ["api", version] => Route::GroupVersion { group: String::new(), version: (*version).to_owned() },
        ["apis", group, version] => {
            Route::GroupVersion { group: (*group).to_owned(), version: (*version).to_owned() }
        }
        ["api", version, rest @ ..] => target("", version, rest),
        ["apis", group, version, rest @ ..] => target(group, version, rest),
        _ => Route::Unknown,
    }
}

fn target(group: &str, version: &str, parts: &[&str]) -> Route {
    let (watch, parts) = match parts {
        ["watch", rest @ ..] if !rest.is_empty() => (true, rest),
        _ => (false, parts),
    };
    let (namespace, parts) = match parts {
        // An object of the namespaces themselves, or one of its two subresources.
        ["namespaces", _] | ["namespaces", _, "status" | "finalize"] => (None, parts),
        ["namespaces", namespace, rest @ ..] if !rest.is_empty() => (Some(*namespace), rest),
        _ => (None, parts),
    };
    let (resource, name, subresource) = match parts {
        [resource] => (resource, None, None),
        [resource, name] => (resource, Some(*name), None),
        [resource, name, subresource @ ..] => (resource, Some(*name), Some(subresource.join("/"))),
        [] => return Route::Unknown,
    };
    let owned = |part: &str| Some(part.to_owned()).filter(|part| !part.is_empty());
    Route::Resource(Target {
        group: group.to_owned(),
        version: version.to_owned(),
        namespace: namespace.and_then(owned),
        resource: (*resource).to_owned(),
        name: name.and_then(owned),
        subresource: subresource.filter(|part| !part.is_empty()),
        watch,
    })
}

/// Decodes `%41`; nothing when the text is not decodable.
pub(crate) fn decode(text: &str) -> Option<String> {
    String::from_utf8(decode_bytes(text)?).ok()
}

/// Decodes `%41`, to whatever bytes that gives.
pub(crate) fn decode_bytes(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push((high * 16 + low) as u8);
        } else {
            bytes.push(byte);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resource(path: &str) -> Target {
        match parse(path) {
            Route::Resource(target) => target,
            other => panic!("{path}: {other:?}"),
        }
    }

    #[test]
    fn paths_of_objects_and_subresources() {
        let target = resource("/apis/example.com/v1/namespaces/shop/websites/front/status");
        assert_eq!(target.namespace.as_deref(), Some("shop"));
        assert_eq!((target.resource.as_str(), target.name.as_deref()), ("websites", Some("front")));
        assert_eq!(target.subresource.as_deref(), Some("status"));
        let target = resource("/api/v1/namespaces/shop");
        assert_eq!(
            (target.resource.as_str(), target.name.as_deref(), target.namespace),
            ("namespaces", Some("shop"), None)
        );
        let target = resource("/api/v1/namespaces/shop/status");
        assert_eq!(target.subresource.as_deref(), Some("status"));
        assert_eq!(resource("/api/v1/watch/pods"), Target { watch: true, ..resource("/api/v1/pods") });
        assert_eq!(resource("/api/v1/namespaces//configmaps").namespace, None);
    }

    #[test]
    fn paths_that_are_not_resources() {
        assert_eq!(parse("/"), Route::Index);
        assert_eq!(parse("/apis/example.com"), Route::Group("example.com".to_owned()));
        assert_eq!(parse("/nothing/here"), Route::Unknown);
        assert_eq!(parse("/api/v1/pods/%zz"), Route::Unknown);
    }
}
