//! The verbs.

use std::sync::Arc;

use bytes::Bytes;
use http::Method;
use serde_json::Value;

use crate::cluster::{Cluster, view};
use crate::kinds::Kind;
use crate::request::negotiate::Accepted;
use crate::request::query::Query;
use crate::request::route::Target;
use crate::status::Status;
use crate::storage::{Key, Stored};
use crate::tokens::User;

pub(crate) mod admit;
pub(crate) mod applied;
pub(crate) mod binding;
pub(crate) mod body;
pub(crate) mod declared;
pub(crate) mod definitions;
pub(crate) mod delete;
pub(crate) mod delete_collection;
pub(crate) mod delete_options;
pub(crate) mod eviction;
pub(crate) mod form;
pub(crate) mod garbage;
pub(crate) mod grace;
pub(crate) mod namespaces;
pub(crate) mod options;
pub(crate) mod page;
pub(crate) mod part;
pub(crate) mod patch;
pub(crate) mod prepare;
mod protection;
pub(crate) mod read;
pub(crate) mod requests;
pub(crate) mod review;
pub(crate) mod scale;
pub(crate) mod streams;
pub(crate) mod subresource;
pub(crate) mod token;
pub(crate) mod typed;
pub(crate) mod watch;
pub(crate) mod write;

/// One request for a resource.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) kind: Arc<Kind>,
    pub(crate) target: Target,
    pub(crate) query: Query,
    pub(crate) content_type: String,
    /// The form of the answer.
    pub(crate) accepted: Accepted,
    pub(crate) body: Bytes,
    /// Now, as timestamps are written.
    pub(crate) now: String,
    /// The first word of the User-Agent: the field manager of writes that name none.
    pub(crate) agent: String,
    pub(crate) warnings: Vec<String>,
    /// Who asks.
    pub(crate) user: User,
}

/// What a verb gives back.
#[derive(Debug)]
pub(crate) enum Answer {
    Json { code: u16, body: Bytes },
    Watch(Box<watch::Watch>),
}

impl Answer {
    fn value(code: u16, value: &Value) -> Self {
        Self::Json { code, body: Bytes::from(value.to_string()) }
    }

    /// There is nothing to say.
    fn empty() -> Self {
        Self::Json { code: 204, body: Bytes::new() }
    }

    fn stored(code: u16, stored: &Stored, kind: &Kind) -> Self {
        Self::Json { code, body: encode(stored, kind) }
    }
}

/// The JSON of an object as `kind` shows it.
pub(crate) fn encode(stored: &Stored, kind: &Kind) -> Bytes {
    match view(stored, kind) {
        std::borrow::Cow::Borrowed(_) => stored.json(),
        std::borrow::Cow::Owned(object) => Bytes::from(object.to_string()),
    }
}

impl Call {
    /// The key of the object that the path names.
    fn key(&self) -> Result<Key, Status> {
        let name = self.target.name.clone().ok_or_else(Status::method_not_allowed)?;
        Ok(Key { namespace: self.target.namespace.clone().unwrap_or_default(), name })
    }

    fn manager(&self) -> String {
        self.query.get("fieldManager").map_or_else(|| self.agent.clone(), str::to_owned)
    }
}

/// A verb that answers at once; lists and watches may have to wait and are in `read`.
pub(crate) fn perform(cluster: &mut Cluster, method: &Method, call: &mut Call) -> Result<Answer, Status> {
    let answer = act(cluster, method, call)?;
    form::answer(answer, call)
}

fn act(cluster: &mut Cluster, method: &Method, call: &mut Call) -> Result<Answer, Status> {
    let named = call.target.name.is_some();
    if call.target.subresource.is_some() {
        return subresource::perform(cluster, method, call);
    }
    match *method {
        Method::POST if call.kind.is_virtual() => review::create(cluster, call),
        Method::GET if named => read::get(cluster, call),
        // The real server does not look at the name in the path of a custom resource.
        Method::POST if !named || call.kind.custom.is_some() => write::create(cluster, call),
        Method::PUT if named => write::replace(cluster, call),
        Method::PATCH if named => patch::patch(cluster, call),
        Method::DELETE if named => delete::delete(cluster, call),
        Method::DELETE if call.kind.has_verb("deletecollection") => {
            delete_collection::delete_collection(cluster, call)
        }
        Method::PUT | Method::PATCH if call.kind.custom.is_some() => {
            Err(Status::bad_request("name must be provided"))
        }
        _ => Err(not_allowed(&call.kind, method)),
    }
}

pub(crate) fn not_allowed(kind: &Kind, method: &Method) -> Status {
    if kind.custom.is_none() {
        return Status::method_not_allowed();
    }
    let verb = match method.as_str() {
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => "delete",
        _ => "get",
    };
    Status::not_supported(kind, verb)
}

/// The answer to a path that is not served: an object among built-in kinds, plain text elsewhere.
pub(crate) fn missing(built_in: bool) -> Status {
    if built_in { Status::unknown_resource() } else { Status::no_such_resource() }
}

/// Whether the path has the parts that the kind's scope asks for.
pub(crate) fn check_scope(kind: &Kind, target: &Target, method: &Method) -> Result<(), Status> {
    if !kind.namespaced && target.namespace.is_some() {
        return Err(missing(kind.custom.is_none()));
    }
    let is_built_in = kind.custom.is_none();
    if target.name.is_some() && kind.is_virtual() {
        return Err(missing(is_built_in));
    }
    if kind.namespaced && target.namespace.is_none() {
        if target.name.is_some() || kind.is_virtual() {
            return Err(missing(is_built_in));
        }
        if method != Method::GET {
            return Err(if is_built_in { Status::method_not_allowed() } else { Status::no_such_resource() });
        }
    }
    if kind.is_virtual() && method != Method::POST {
        return Err(Status::method_not_allowed());
    }
    subresource::check(kind, target, method)
}
