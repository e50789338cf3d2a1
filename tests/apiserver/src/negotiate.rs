//! Pure: which form of an answer a client takes.

/// The forms that this server has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Json,
    /// All groups, versions and resources in one document.
    AggregatedDiscovery,
}

/// The first form that `accept` names and this server has; `discovery` tells whether the aggregated one is there.
pub(crate) fn negotiate(accept: &str, discovery: bool) -> Option<Form> {
    if accept.trim().is_empty() {
        return Some(Form::Json);
    }
    accept.split(',').find_map(|range| {
        let mut parts = range.split(';').map(str::trim);
        let media = parts.next().unwrap_or_default();
        if !matches!(media, "application/json" | "application/*" | "*/*") {
            return None;
        }
        let parameters: Vec<&str> = parts.collect();
        let value = |name: &str| {
            parameters.iter().find_map(|parameter| parameter.strip_prefix(name)?.strip_prefix('='))
        };
        match value("as") {
            None => Some(Form::Json),
            Some("APIGroupDiscoveryList") if discovery && value("v") == Some("v2") => {
                Some(Form::AggregatedDiscovery)
            }
            Some(_) => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_form_wins() {
        let discovery =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";
        assert_eq!(negotiate(discovery, true), Some(Form::AggregatedDiscovery));
        assert_eq!(negotiate(discovery, false), Some(Form::Json));
        let table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
        assert_eq!(negotiate(table, false), Some(Form::Json));
        assert_eq!(negotiate("application/vnd.kubernetes.protobuf", false), None);
        assert_eq!(negotiate("", false), Some(Form::Json));
    }
}
