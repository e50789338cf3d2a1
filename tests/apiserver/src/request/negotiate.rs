//! Pure: which form of an answer a client takes.

use http::Method;

use crate::kinds::Kind;
use crate::request::route::{Route, Target};
use crate::status::Status;

/// How an answer is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Media {
    #[default]
    Json,
    Yaml,
}

impl Media {
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Yaml => "application/yaml",
        }
    }
}

/// What is shown in place of the object itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Convert {
    Table,
    PartialObjectMetadata,
    PartialObjectMetadataList,
    /// All groups, versions and resources in one document.
    AggregatedDiscovery,
}

/// What a path can show besides the object itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endpoint {
    /// Nothing else: errors, and documents that are not objects.
    Plain,
    /// The roots of discovery.
    Discovery,
    /// Resources, which some show as a table and all by their metadata.
    Resource { table: bool },
}

/// The form that a client gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Accepted {
    pub(crate) media: Media,
    /// With line breaks and indentation.
    pub(crate) pretty: bool,
    pub(crate) convert: Option<Convert>,
    /// Whether the meta types are wanted as `v1beta1`.
    pub(crate) beta: bool,
}

impl Accepted {
    /// The apiVersion of tables and metadata.
    pub(crate) fn meta_version(self) -> &'static str {
        if self.beta { "meta.k8s.io/v1beta1" } else { "meta.k8s.io/v1" }
    }
}

/// One range of an Accept header.
struct Clause<'a> {
    media: (&'a str, &'a str),
    quality: f32,
    parameters: Vec<(&'a str, &'a str)>,
}

/// The first form that `accept` names and the endpoint has; JSON when it names none.
pub(crate) fn negotiate(accept: &str, endpoint: Endpoint) -> Option<Accepted> {
    if accept.is_empty() {
        return Some(Accepted::default());
    }
    clauses(accept).iter().find_map(|clause| {
        let media = [Media::Json, Media::Yaml].into_iter().find(|media| {
            let name = media.content_type().strip_prefix("application/");
            match clause.media {
                ("*", "*") | ("application", "*") => true,
                ("application", subtype) => name == Some(subtype),
                _ => false,
            }
        })?;
        accept_parameters(&clause.parameters, media, endpoint)
    })
}

/// The ranges of an Accept header, the wanted ones first.
fn clauses(accept: &str) -> Vec<Clause<'_>> {
    let mut clauses: Vec<Clause<'_>> = Vec::new();
    for clause in accept.split(',').filter_map(clause) {
        let place =
            clauses.iter().rposition(|other| !goes_before(&clause, other)).map_or(0, |place| place + 1);
        clauses.insert(place, clause);
    }
    clauses
}

/// As the API server orders them: a more exact range goes before a wider one even where it is wanted less.
fn goes_before(left: &Clause<'_>, right: &Clause<'_>) -> bool {
    left.quality > right.quality
        || left.media.0 != "*" && right.media.0 == "*"
        || left.media.1 != "*" && right.media.1 == "*"
}

fn clause(text: &str) -> Option<Clause<'_>> {
    let mut parts = text.split(';');
    let range = parts.next()?.trim_matches(' ');
    let media = match range.split_once('/') {
        None if range == "*" => ("*", "*"),
        None => return None,
        Some((_, subtype)) if subtype.is_empty() || subtype.contains('/') => return None,
        Some((kind, subtype)) => (kind.trim_matches(' '), subtype.trim_matches(' ')),
    };
    let mut clause = Clause { media, quality: 1.0, parameters: Vec::new() };
    for (name, value) in parts.filter_map(|part| part.split_once('=')) {
        if value.is_empty() || value.contains('=') {
            continue;
        }
        match name.trim_matches(' ') {
            "q" => clause.quality = value.parse().unwrap_or(0.0),
            name => clause.parameters.push((name, value.trim_matches(' '))),
        }
    }
    Some(clause)
}

/// The form that the parameters ask for, if the endpoint has it; unknown parameters say nothing.
fn accept_parameters(parameters: &[(&str, &str)], media: Media, endpoint: Endpoint) -> Option<Accepted> {
    let value = |name: &str| parameters.iter().rfind(|(key, _)| *key == name).map(|(_, value)| *value);
    let pretty = value("pretty") == Some("1");
    match value("stream") {
        None | Some("watch") if media == Media::Json => {}
        None => {}
        Some(_) => return None,
    }
    if value("sv").is_some_and(|version| endpoint == Endpoint::Plain || version != "v1") {
        return None;
    }
    let target = (value("as"), value("g"), value("v"));
    if target == (None, None, None) {
        return Some(Accepted { media, pretty, convert: None, beta: false });
    }
    let (kind, group, version) = (target.0?, target.1?, target.2?);
    let convert = match (endpoint, kind, group, version) {
        (Endpoint::Discovery, "APIGroupDiscoveryList", "apidiscovery.k8s.io", "v2") => {
            Convert::AggregatedDiscovery
        }
        (Endpoint::Resource { table: true }, "Table", "meta.k8s.io", "v1" | "v1beta1") => Convert::Table,
        (Endpoint::Resource { .. }, "PartialObjectMetadata", "meta.k8s.io", "v1" | "v1beta1") => {
            Convert::PartialObjectMetadata
        }
        (Endpoint::Resource { .. }, "PartialObjectMetadataList", "meta.k8s.io", "v1" | "v1beta1") => {
            Convert::PartialObjectMetadataList
        }
        _ => return None,
    };
    Some(Accepted { media, pretty, convert: Some(convert), beta: version == "v1beta1" })
}

/// What the router of built-in paths knows.
const OBJECTS: &[&str] = &["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"];
const STREAMS: &[&str] =
    &["application/json;stream=watch", "application/vnd.kubernetes.protobuf;stream=watch"];

/// Whether the router lets a request through that may be answered with `types`: it knows media types but no
/// wildcards below `*/*`, and looks at no parameters.
fn route_to(accept: &str, types: &[&str], streams: &[&str]) -> Result<(), Status> {
    let media = |range: &str| range.split(';').next().unwrap_or_default().trim_matches(' ').to_owned();
    let is_known = |media: String| media == "*/*" || types.contains(&media.as_str());
    if accept.is_empty() || accept.split(',').map(media).any(is_known) {
        return Ok(());
    }
    Err(Status::not_routable(&[types, streams].concat().join(", ")))
}

/// The built-in kinds whose status is not shown as a table.
const PLAIN_STATUS: [&str; 4] =
    ["apiservices", "customresourcedefinitions", "devicetaintrules", "resourceclaims"];

/// Whether a request for a resource gets as far as its kind.
pub(crate) fn check_route(accept: &str, kind: &Kind, target: &Target, method: &Method) -> Result<(), Status> {
    if kind.custom.is_some() {
        return Ok(());
    }
    let streams = if method == Method::GET && target.name.is_none() { STREAMS } else { &[] };
    route_to(accept, OBJECTS, streams)
}

/// The form of an answer about a resource.
pub(crate) fn resource(accept: &str, kind: &Kind, target: &Target) -> Result<Accepted, Status> {
    let has_table = match target.subresource.as_deref() {
        None => !kind.is_virtual(),
        Some("status") => kind.custom.is_some() || !PLAIN_STATUS.contains(&kind.plural.as_str()),
        Some("scale") => true,
        Some(_) => false,
    };
    negotiate(accept, Endpoint::Resource { table: has_table }).ok_or_else(Status::not_acceptable)
}

/// The form of a document of discovery; `built_in` tells whether it is about the server's own kinds.
pub(crate) fn document(accept: &str, route: &Route, built_in: bool) -> Result<Accepted, Status> {
    match route {
        Route::Index | Route::Unknown => return Ok(Accepted::default()),
        Route::Version => {
            route_to(accept, &["application/json"], &[])?;
            return Ok(Accepted::default());
        }
        Route::Core => route_to(accept, OBJECTS, &[])?,
        Route::GroupVersion { .. } if built_in => route_to(accept, OBJECTS, &[])?,
        _ => {}
    }
    let endpoint =
        if matches!(route, Route::Core | Route::Groups) { Endpoint::Discovery } else { Endpoint::Plain };
    negotiate(accept, endpoint).ok_or_else(Status::not_acceptable)
}

/// Whether answers are to be easy to read: the client says so, or it is one that people type into.
pub(crate) fn is_pretty(parameter: Option<&str>, agent: &str) -> bool {
    match parameter {
        Some(wanted) => matches!(wanted, "1" | "t" | "T" | "true" | "TRUE" | "True"),
        None => ["curl", "Wget", "Mozilla/5.0"].iter().any(|human| agent.starts_with(human)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RESOURCE: Endpoint = Endpoint::Resource { table: true };

    fn resource(accept: &str) -> Option<Accepted> {
        negotiate(accept, RESOURCE)
    }

    #[test]
    fn the_first_known_form_wins() {
        let discovery =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";
        let convert = |accept: &str, endpoint| negotiate(accept, endpoint).map(|accepted| accepted.convert);
        assert_eq!(convert(discovery, Endpoint::Discovery), Some(Some(Convert::AggregatedDiscovery)));
        assert_eq!(convert(discovery, Endpoint::Plain), Some(None));
        let table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
        assert_eq!(convert(table, RESOURCE), Some(Some(Convert::Table)));
        assert_eq!(convert(table, Endpoint::Resource { table: false }), Some(None));
        assert_eq!(convert(table, Endpoint::Plain), Some(None));
        assert_eq!(convert("application/json;as=Table", RESOURCE), None);
        assert_eq!(convert("application/json;as=Table;v=v2;g=meta.k8s.io", RESOURCE), None);
    }

    #[test]
    fn media_types_are_found_by_quality() {
        let media = |accept: &str| resource(accept).map(|accepted| accepted.media);
        assert_eq!(media(""), Some(Media::Json));
        assert_eq!(media("*/*"), Some(Media::Json));
        assert_eq!(media("application/json;q=0.5,application/yaml"), Some(Media::Yaml));
        assert_eq!(media("application/json;q=0"), Some(Media::Json));
        assert_eq!(media("application/json;charset=utf-8"), Some(Media::Json));
        assert_eq!(media("application/vnd.kubernetes.protobuf,application/json"), Some(Media::Json));
        assert_eq!(media("application/vnd.kubernetes.protobuf"), None);
        assert_eq!(media("text/html"), None);
        assert_eq!(media("application/json;stream=watch"), Some(Media::Json));
        assert_eq!(media("application/json;stream=other"), None);
        assert!(resource("application/json;pretty=1").is_some_and(|accepted| accepted.pretty));
    }

    #[test]
    fn the_router_knows_no_partial_wildcards() {
        let passes = |accept: &str| route_to(accept, OBJECTS, &[]).is_ok();
        assert!(passes("") && passes("*/*") && passes("text/html, application/json;q=0"));
        assert!(!passes("application/*") && !passes("text/html"));
        let accept = "application/json;as=Table;g=meta.k8s.io;v=v1";
        assert_eq!(document(accept, &Route::Version, true), Ok(Accepted::default()));
        assert!(document(accept, &Route::Core, true).is_err());
    }

    #[test]
    fn people_get_line_breaks() {
        assert!(is_pretty(Some("true"), "kubectl") && is_pretty(None, "curl/8"));
        assert!(!is_pretty(Some("0"), "curl/8") && !is_pretty(None, "kubectl"));
    }
}
