//! One request, from its bytes to its answer.

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::FutureExt as _;
use futures_util::stream;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, Request, Response};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, Limited, StreamBody};
use hyper::body::{Frame, Incoming};
use serde_json::Value;
use tokio::sync::Notify;

use crate::discovery;
use crate::encoding;
use crate::faults::{Fault, RecordedRequest};
use crate::negotiate::{self, Accepted, Convert, Endpoint, negotiate};
use crate::query::{ListOptions, Query};
use crate::rest::{self, Answer, Call, page, read, watch::Watch};
use crate::route::{self, Route, Target};
use crate::server::Shared;
use crate::status::Status;

/// The largest body that is taken.
const BODY_LIMIT: usize = 3 * 1024 * 1024;
/// How long a request for a version from the future waits for it.
const FRESH: Duration = Duration::from_secs(3);

pub(crate) type Body = UnsyncBoxBody<Bytes, Infallible>;

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
        failure(&Status::new(500, "InternalError", "Internal error occurred: the request panicked"))
    }))
}

async fn respond(shared: Arc<Shared>, close: Arc<Notify>, request: Request<Incoming>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let query_text = parts.uri.query().unwrap_or_default().to_owned();
    let Ok(body) = Limited::new(body, BODY_LIMIT).collect().await else {
        return failure(&Status::too_large(BODY_LIMIT));
    };
    let body = body.to_bytes();
    let mut headers = parts.headers.clone();
    headers.remove(AUTHORIZATION);
    let sent = parts.uri.path_and_query().map_or_else(|| path.clone(), ToString::to_string);
    shared.faults.record(RecordedRequest {
        method: parts.method.clone(),
        path: sent,
        headers,
        body: body.clone(),
    });
    match shared.faults.take(&parts.method, &path, &query_text) {
        None => {}
        Some(Fault::Answer { code, headers, body }) => return injected(code, &headers, body),
        Some(Fault::Close) => {
            close.notify_one();
            return std::future::pending().await;
        }
    }
    let route = route::parse(&path);
    if !is_allowed(&shared, &route, &parts.headers) {
        return failure(&Status::unauthorized());
    }
    let query = Query::parse(&query_text);
    match route {
        Route::Resource(target) => resource(shared, parts.method, &parts.headers, target, query, body).await,
        route => document(&shared, &parts.method, &parts.headers, &route),
    }
    .unwrap_or_else(|status| failure_as(&status, header(&parts.headers, &ACCEPT)))
}

fn header<'a>(headers: &'a HeaderMap, name: &http::HeaderName) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn is_allowed(shared: &Shared, route: &Route, headers: &HeaderMap) -> bool {
    let Some(token) = &shared.token else {
        return true;
    };
    let given = header(headers, &AUTHORIZATION);
    if given.is_empty() {
        return matches!(route, Route::Health | Route::Version);
    }
    given.strip_prefix("Bearer ").is_some_and(|given| given == token)
}

/// Everything that is not a resource.
fn document(
    shared: &Shared,
    method: &Method,
    headers: &HeaderMap,
    route: &Route,
) -> Result<Response<Body>, Status> {
    if *method != Method::GET && *method != Method::HEAD {
        return Err(if *route == Route::Unknown {
            Status::no_such_resource()
        } else {
            Status::method_not_allowed()
        });
    }
    if *route == Route::Health {
        return Ok(text(200, "ok"));
    }
    let is_discovery = matches!(route, Route::Core | Route::Groups);
    let endpoint = if is_discovery { Endpoint::Discovery } else { Endpoint::Plain };
    let accepted = negotiate(header(headers, &ACCEPT), endpoint)
        .ok_or_else(|| Status::not_acceptable(rest::NO_MEDIA))?;
    let registry = Arc::clone(&shared.lock().registry);
    let value = match (route, accepted.convert) {
        (Route::Core | Route::Groups, Some(Convert::AggregatedDiscovery)) => {
            let value = discovery::aggregated(&registry, *route == Route::Core);
            let mut response = json(200, Bytes::from(value.to_string()));
            let form = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(form));
            response.headers_mut().insert(http::header::VARY, HeaderValue::from_static("Accept"));
            return Ok(response);
        }
        (Route::Version, _) => Some(discovery::version()),
        (Route::Index, _) => Some(discovery::index(&registry)),
        (Route::Core, _) => Some(discovery::core_versions(&shared.address)),
        (Route::Groups, _) => Some(discovery::groups(&registry)),
        (Route::Group(group), _) => discovery::group(&registry, group),
        (Route::GroupVersion { group, version }, _) => discovery::resources(&registry, group, version),
        (Route::Health | Route::Resource(_) | Route::Unknown, _) => None,
    };
    value
        .map(|value| encoded(200, accepted, Bytes::from(value.to_string())))
        .ok_or_else(Status::no_such_resource)
}

async fn resource(
    shared: Arc<Shared>,
    method: Method,
    headers: &HeaderMap,
    target: Target,
    query: Query,
    body: Bytes,
) -> Result<Response<Body>, Status> {
    let registry = Arc::clone(&shared.lock().registry);
    let kind = registry.find(&target.group, &target.version, &target.resource).cloned().ok_or_else(|| {
        let mut siblings = registry.in_version(&target.group, &target.version);
        rest::missing(siblings.any(|kind| kind.custom.is_none()))
    })?;
    rest::check_scope(&kind, &target, &method)?;
    let mut accepted = rest::accept(header(headers, &ACCEPT), &kind, &target, &method)?;
    accepted.pretty |= negotiate::is_pretty(query.get("pretty"), header(headers, &USER_AGENT));
    let agent = header(headers, &USER_AGENT).split('/').next().unwrap_or_default();
    let warnings = kind.deprecation().into_iter().map(str::to_owned).collect();
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
    };
    let answer = perform(&shared, &method, &mut call).await?;
    let mut response = match answer {
        Answer::Json { code, body } => encoded(code, accepted, body),
        Answer::Watch(watch) => stream_of(*watch, shared),
    };
    for warning in &call.warnings {
        let quoted = warning.replace('\\', "\\\\").replace('"', "\\\"");
        if let Ok(value) = HeaderValue::from_str(&format!("299 - \"{quoted}\"")) {
            response.headers_mut().append(http::header::WARNING, value);
        }
    }
    Ok(response)
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
    if let Some(custom) = &call.kind.custom {
        call.warnings.extend(custom.deprecation.clone());
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

fn response(code: u16, content_type: &'static str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() =
        http::StatusCode::from_u16(code).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(http::header::CACHE_CONTROL, HeaderValue::from_static("no-cache, private"));
    response
}

fn json(code: u16, body: Bytes) -> Response<Body> {
    response(code, "application/json", Full::new(body).boxed_unsync())
}

fn text(code: u16, text: &'static str) -> Response<Body> {
    let body = Full::new(Bytes::from_static(text.as_bytes())).boxed_unsync();
    response(code, "text/plain; charset=utf-8", body)
}

/// An answer in JSON, written as the client takes it.
fn encoded(code: u16, accepted: Accepted, body: Bytes) -> Response<Body> {
    let body = encoding::encode(accepted, body);
    response(code, accepted.media.content_type(), Full::new(body).boxed_unsync())
}

fn failure(status: &Status) -> Response<Body> {
    failure_as(status, "")
}

/// A failure in a form that the client takes; as readable JSON when it takes none.
fn failure_as(status: &Status, accept: &str) -> Response<Body> {
    if status.is_page_not_found() {
        return text(404, "404 page not found\n");
    }
    let readable = Accepted { pretty: true, ..Accepted::default() };
    let accepted = negotiate(accept, Endpoint::Plain).unwrap_or(readable);
    let body: Value = status.to_value();
    let mut response = encoded(status.code, accepted, Bytes::from(body.to_string()));
    if let Some(seconds) = status.retry_after() {
        response.headers_mut().insert(http::header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn injected(code: u16, headers: &[(String, String)], body: Bytes) -> Response<Body> {
    let mut response = json(code, body);
    response.headers_mut().remove(CONTENT_TYPE);
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (name.parse::<http::HeaderName>(), HeaderValue::from_str(value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

fn stream_of(watch: Watch, shared: Arc<Shared>) -> Response<Body> {
    let frames = stream::unfold((watch, shared), async |(mut watch, shared)| {
        let chunk = watch.next(&shared).await?;
        Some((Ok::<_, Infallible>(Frame::data(chunk)), (watch, shared)))
    });
    response(200, "application/json", StreamBody::new(frames).boxed_unsync())
}
