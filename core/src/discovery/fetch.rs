use bytes::Bytes;
use futures_util::future::join;
use futures_util::{StreamExt, stream};
use http::Response;
use serde::de::DeserializeOwned;

use super::groups::{ApiGroup, ServerResources, VersionAnswer};
use super::wire::{ACCEPT, ApiVersions, GroupDiscoveryList, GroupList, ResourceList, is_aggregated};
use crate::error::Result;
use crate::rest::{Request, RestClient, decode};

/// How many versions are asked for at a time.
const REQUESTS_MAX: usize = 16;

/// Asks the server for everything it serves.
pub(super) async fn fetch(rest: &RestClient) -> Result<ServerResources> {
    let (core, named) = join(root(rest, "/api"), root(rest, "/apis")).await;
    let core = match core {
        // A server may have no core group, or keep it to itself.
        Err(error) if error.is_not_found() || error.is_forbidden() => None,
        core => Some(core?),
    };
    let (mut groups, mut failures, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
    for (answer, is_core) in [(core, true), (Some(named?), false)] {
        let Some(answer) = answer else {
            continue;
        };
        if is_aggregated(answer.headers()) {
            let (found, stale) = json::<GroupDiscoveryList>(&answer)?.read();
            groups.extend(found);
            failures.extend(stale);
        } else {
            let listed = if is_core {
                json::<ApiVersions>(&answer)?.read()
            } else {
                json::<GroupList>(&answer)?.read()
            };
            unknown.extend(versions(&listed));
            groups.extend(listed);
        }
    }
    let mut found = ServerResources::new(groups, failures);
    found.put(fetch_versions(rest, unknown).await);
    Ok(found)
}

/// Asks for the resources of some versions, a few at a time.
pub(super) async fn fetch_versions(rest: &RestClient, versions: Vec<(String, String)>) -> Vec<VersionAnswer> {
    let requests = versions.into_iter().map(async |(group, version)| {
        let path =
            if group.is_empty() { format!("/api/{version}") } else { format!("/apis/{group}/{version}") };
        let answer: Result<ResourceList> = rest.json(Request::get(path)).await;
        let found = answer.map(|list| list.read(&group, &version));
        VersionAnswer { group, version, found }
    });
    stream::iter(requests).buffered(REQUESTS_MAX).collect().await
}

fn versions(groups: &[ApiGroup]) -> Vec<(String, String)> {
    let named = |group: &ApiGroup| {
        group.versions.iter().map(|version| (group.name.clone(), version.version.clone())).collect::<Vec<_>>()
    };
    groups.iter().flat_map(named).collect()
}

async fn root(rest: &RestClient, path: &str) -> Result<Response<Bytes>> {
    rest.send(Request::get(path).accept(ACCEPT)).await
}

fn json<T: DeserializeOwned>(answer: &Response<Bytes>) -> Result<T> {
    decode(answer.headers(), answer.body())
}
