//! One request, from its bytes to its answer.

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::FutureExt as _;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT, X_CONTENT_TYPE_OPTIONS};
use http::request::Parts;
use http::{HeaderMap, Method, Request, Response};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use tokio::sync::Notify;

use crate::discovery;
use crate::faults::{Fault, RecordedRequest};
use crate::health::{self, Health};
use crate::openapi::serve::Document;
use crate::request::duration;
use crate::request::negotiate::{self, Convert};
use crate::request::paths::{self, Refusal};
use crate::request::query::{ListOptions, Query};
use crate::request::route::{self, Route, Target};
use crate::rest::{self, Answer, Call, page, read, watch::Watch};
use crate::shared::Shared;
use crate::status::Status;
use crate::tokens::{self, User};
use crate::wire;
use crate::wire::answers::{self, Body};

/// The largest body that is taken.
const BODY_LIMIT: usize = 3 * 1024 * 1024;
/// How long a request for a version from the future waits for it.
const FRESH: Duration = Duration::from_secs(3);

/// Answers a request, whatever happens inside.
pub(crate) async fn handle(
    shared: Arc<Shared>,
    close: Arc<Notify>,
    request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    let line = format!("{} {}", request.method(), request.uri().path());
    let answer = AssertUnwindSafe(respond(shared, close, request)).catch_unwind().await;
    Ok(answer.unwrap_or_else(|_| {
        tracing::error!(request = line, "a request panicked");
        answers::panicked()
    }))
}

async fn respond(shared: Arc<Shared>, close: Arc<Notify>, request: Request<Incoming>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let accept = header(&parts.headers, &ACCEPT);
    let body = match Limited::new(body, BODY_LIMIT).collect().await {
        Ok(body) => body.to_bytes(),
        // Nobody reads the body of these.
        Err(_) if parts.method == Method::GET || !path.starts_with("/api") => Bytes::new(),
        Err(_) => return answers::failure(&Status::too_large(BODY_LIMIT), accept),
    };
    record(&shared, &parts, &body);
    match shared.faults.take(&parts.method, &path, parts.uri.query().unwrap_or_default()) {
        None => {}
        Some(Fault::Answer { code, headers, body }) => return answers::injected(code, &headers, body),
        Some(Fault::Close) => {
            close.notify_one();
            return std::future::pending().await;
        }
        Some(Fault::Panic) => overturn(&shared),
    }
    match answer(shared, &parts, &path, body).await {
        Ok(response) => response,
        Err(Refusal::Malformed(why)) => answers::malformed(why),
        Err(Refusal::Unclear) => {
            let why = "failed to create RequestInfo: unable to determine kind and namespace from url";
            answers::text(500, format!("Internal Server Error: \"{0}\": {why}, {0}\n", parts.uri))
        }
        Err(Refusal::Status(status)) => answers::failure(&status, accept),
    }
}

fn record(shared: &Shared, parts: &Parts, body: &Bytes) {
    let mut headers = parts.headers.clone();
    headers.remove(AUTHORIZATION);
    let sent = parts.uri.path_and_query().map_or_else(|| parts.uri.path().to_owned(), ToString::to_string);
    let body = body.clone();
    shared.faults.record(RecordedRequest { method: parts.method.clone(), path: sent, headers, body });
}

/// Panics where it hurts most: in the middle of a change.
fn overturn(shared: &Shared) {
    let _state = shared.lock();
    std::panic::panic_any("a panic was ordered for this request");
}

async fn answer(
    shared: Arc<Shared>,
    parts: &Parts,
    path: &str,
    body: Bytes,
) -> Result<Response<Body>, Refusal> {
    let registry = Arc::clone(&shared.lock().registry);
    let is_own = |group: &str| {
        !group.is_empty() && registry.iter().any(|kind| kind.group == group && kind.custom.is_none())
    };
    paths::check_host(parts)?;
    paths::check(path, is_own)?;
    let route = route::parse(&paths::plain(path));
    let query = Query::parse(parts.uri.query().unwrap_or_default());
    let health = health::parse(path);
    let user = user(&shared, health.is_some() || route == Route::Version, &parts.headers);
    let user = user.ok_or_else(|| Refusal::Status(Status::unauthorized()))?;
    if let Some(health) = health {
        return Ok(healthy(health, &query));
    }
    check_timeout(&parts.method, &route, &query).map_err(Refusal::Status)?;
    match route {
        Route::Resource(target) => resource(shared, user, parts, target, query, body).await,
        Route::OpenApiV2 => Ok(wire::openapi::second(&registry, &parts.headers)),
        Route::OpenApiV3(name) => {
            let hash = query.get("hash");
            Ok(wire::openapi::third(&registry, name.as_deref(), hash, &parts.headers))
        }
        route => document(&shared, &parts.method, &parts.headers, &route),
    }
    .map_err(|status| {
        Refusal::Status(if status.is_page_not_found() { paths::nowhere(path, is_own) } else { status })
    })
}

/// The time that a request gives itself must be one; that of a watch has a name of its own.
fn check_timeout(method: &Method, route: &Route, query: &Query) -> Result<(), Status> {
    let watches = *method == Method::GET
        && matches!(route, Route::Resource(target) if target.watch || query.flag("watch") == Some(true));
    let Some(given) = query.get("timeout").filter(|_| !watches) else {
        return Ok(());
    };
    duration::check(given)
        .map_err(|why| Status::bad_request(format!("invalid timeout specified in the request URL - {why}")))
}

fn healthy(health: Health<'_>, query: &Query) -> Response<Body> {
    match health {
        Health::All { name } => {
            let text = health::report(name, query.has("verbose"), &query.all("exclude"));
            answers::text(200, text)
        }
        Health::One => {
            let mut response = answers::text(200, "ok");
            response.headers_mut().remove(X_CONTENT_TYPE_OPTIONS);
            response
        }
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &http::HeaderName) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Who sends the request, if it may be answered: who has the server's token, or a service account with one of its own.
/// What is `public` may come without a token, but not with a wrong one.
fn user(shared: &Shared, public: bool, headers: &HeaderMap) -> Option<User> {
    let Some(own) = &shared.token else {
        return Some(User::admin());
    };
    let given = header(headers, &AUTHORIZATION);
    let Some((scheme, token)) = given.split_once(' ') else {
        return (public && given.is_empty()).then(User::admin);
    };
    let token = token.trim();
    if !scheme.eq_ignore_ascii_case("bearer") {
        return None;
    }
    if token == own {
        return Some(User::admin());
    }
    let audiences = [tokens::AUDIENCE.to_owned()];
    let now = jiff::Timestamp::now().as_second();
    shared.lock().issuer.identify(token, &audiences, now).map(|(user, _)| user)
}

/// Everything that is not a resource.
fn document(
    shared: &Shared,
    method: &Method,
    headers: &HeaderMap,
    route: &Route,
) -> Result<Response<Body>, Status> {
    // What lists groups does not ask how it is asked.
    let any_method = matches!(route, Route::Index | Route::Groups | Route::Group(_) | Route::Unknown);
    if *method != Method::GET && !any_method {
        return Err(Status::method_not_allowed());
    }
    let registry = Arc::clone(&shared.lock().registry);
    let built_in = matches!(route, Route::GroupVersion { group, version }
        if registry.in_version(group, version).any(|kind| kind.custom.is_none()));
    let accepted = negotiate::document(header(headers, &ACCEPT), route, built_in)?;
    let value = match (route, accepted.convert) {
        (Route::Core | Route::Groups, Some(Convert::AggregatedDiscovery)) => {
            let value = discovery::aggregated(&registry, *route == Route::Core);
            return Ok(answers::tagged(Document::new(&value), discovery::AGGREGATED, headers));
        }
        (Route::Version, _) => Some(discovery::version()),
        (Route::Index, _) => Some(discovery::index(&registry)),
        (Route::Core, _) => Some(discovery::core_versions(&shared.address)),
        (Route::Groups, _) => Some(discovery::groups(&registry)),
        (Route::Group(group), _) => discovery::group(&registry, group),
        (Route::GroupVersion { group, version }, _) => discovery::resources(&registry, group, version),
        (Route::Health | Route::Resource(_) | Route::OpenApiV2 | Route::OpenApiV3(_) | Route::Unknown, _) => {
            None
        }
    };
    value
        .map(|value| answers::encoded(200, accepted, Bytes::from(value.to_string())))
        .ok_or_else(Status::no_such_resource)
}

async fn resource(
    shared: Arc<Shared>,
    user: User,
    parts: &Parts,
    target: Target,
    query: Query,
    body: Bytes,
) -> Result<Response<Body>, Status> {
    let (method, headers) = (&parts.method, &parts.headers);
    let registry = Arc::clone(&shared.lock().registry);
    let kind = registry.find(&target.group, &target.version, &target.resource).cloned().ok_or_else(|| {
        let mut siblings = registry.in_version(&target.group, &target.version);
        rest::missing(siblings.any(|kind| kind.custom.is_none()))
    })?;
    paths::check_namespace(&kind, parts.uri.path(), method)?;
    rest::check_scope(&kind, &target, method)?;
    paths::check_target(&kind, &target)?;
    if target.watch && *method != Method::GET {
        return Err(Status::method_not_allowed());
    }
    let accept = header(headers, &ACCEPT);
    negotiate::check_route(accept, &kind, &target, method)?;
    let warnings: Vec<String> = kind.warning.iter().cloned().collect();
    let mut accepted = match negotiate::resource(accept, &kind, &target) {
        Ok(accepted) => accepted,
        Err(status) => return Ok(answers::warned(answers::failure(&status, accept), &warnings)),
    };
    accepted.pretty |= negotiate::is_pretty(query.get("pretty"), header(headers, &USER_AGENT));
    let agent = header(headers, &USER_AGENT).split('/').next().unwrap_or_default();
    let mut call = Call {
        kind,
        target,
        query,
        content_type: header(headers, &CONTENT_TYPE).to_owned(),
        accepted,
        body,
        now: shared.now(),
        agent: if agent.is_empty() { "unknown".to_owned() } else { agent.to_owned() },
        warnings,
        user,
    };
    let response = match perform(&shared, method, &mut call).await {
        Ok(Answer::Json { code, body }) => answers::encoded(code, accepted, body),
        Ok(Answer::Watch(watch)) => answers::stream_of(*watch, shared),
        Err(status) if status.is_page_not_found() => return Err(status),
        // What was noticed on the way is told also of a request that fails.
        Err(status) => answers::failure(&status, accept),
    };
    Ok(answers::warned(response, &call.warnings))
}

async fn perform(shared: &Shared, method: &Method, call: &mut Call) -> Result<Answer, Status> {
    if *method != Method::GET {
        let mut cluster = shared.lock();
        let answer = rest::perform(&mut cluster, method, call);
        shared.written.set(cluster.store.version());
        return answer;
    }
    if call.target.name.is_some() && !call.target.watch {
        wait_for(shared, call.query.get_version()?).await?;
        return rest::perform(&mut shared.lock(), method, call);
    }
    if call.target.subresource.is_some() {
        return Err(Status::method_not_allowed());
    }
    let mut options = call.query.list_options(call.target.watch)?;
    if let Some(name) = call.target.name.take() {
        options.name(&name)?;
    }
    many(shared, call, &options).await
}

async fn many(shared: &Shared, call: &Call, options: &ListOptions) -> Result<Answer, Status> {
    let wanted = options.start.as_ref().map_or(options.version, |start| start.version).unwrap_or(0);
    if !options.watch {
        wait_for(shared, wanted).await?;
        let page = page::select(&shared.lock(), &call.kind, call.target.namespace.as_deref(), options)?;
        return read::list(call, &page);
    }
    if options.send_initial_events == Some(true) {
        // A version that does not come is an event of the watch, not a failure of the request.
        let _reached = wait_for(shared, wanted).await;
    }
    let mut cluster = shared.lock();
    Ok(Answer::Watch(Box::new(Watch::start(&mut cluster, call, options, shared)?)))
}

/// Waits a moment for a version that is not there yet.
async fn wait_for(shared: &Shared, wanted: u64) -> Result<(), Status> {
    let current = shared.lock().store.version();
    if wanted <= current {
        return Ok(());
    }
    let mut written = shared.written.listen();
    let reached = written.wait_for(|version| *version >= wanted);
    match tokio::time::timeout(FRESH, reached).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(Status::version_too_large(wanted, shared.lock().store.version())),
    }
}
