//! Pure: what a person may have meant by the name of a resource.

/// One reading of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name<'a> {
    pub(super) resource: &'a str,
    /// Any, where there is none.
    pub(super) group: Option<&'a str>,
    pub(super) version: Option<&'a str>,
}

/// How a name can be read, in the order in which it is tried: `deployments.v1.apps` has a version and a group,
/// or is in the group `v1.apps`.
pub(super) fn readings(name: &str) -> Vec<Name<'_>> {
    let Some((resource, rest)) = name.split_once('.') else {
        return vec![Name { resource: name, group: None, version: None }];
    };
    let mut readings = Vec::new();
    if let Some((version, group)) = rest.split_once('.') {
        // `pods.v1.` is in the core group.
        readings.push(Name { resource, group: Some(group), version: Some(version) });
    }
    readings.push(Name { resource, group: Some(rest), version: None });
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_kubectl_reads_it() {
        let read = |name| {
            let readings = readings(name).into_iter();
            readings.map(|name| (name.resource, name.version, name.group)).collect::<Vec<_>>()
        };
        assert_eq!(read("po"), [("po", None, None)]);
        assert_eq!(read("deploy.apps"), [("deploy", None, Some("apps"))]);
        let both = [("deploy", Some("v1"), Some("apps")), ("deploy", None, Some("v1.apps"))];
        assert_eq!(read("deploy.v1.apps"), both);
        assert_eq!(read("pods.v1.")[0], ("pods", Some("v1"), Some("")));
    }
}
