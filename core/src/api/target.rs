use std::borrow::Cow;

use http::Method;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Status;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use crate::apply::apply_body;
use crate::error::{Error, Result};
use crate::resource::{ApiResource, GroupVersionResource, ObjectKey, Resource, Scope};
use crate::rest::{
    ListParams, Request, ResourcePath, RestClient, check_name, decode, decode_deleted, decode_written,
};
use crate::schema::Node;

/// The groups that the server serves by itself.
const BUILT_IN: [&str; 23] = [
    "",
    "admissionregistration.k8s.io",
    "apiextensions.k8s.io",
    "apiregistration.k8s.io",
    "apps",
    "authentication.k8s.io",
    "authorization.k8s.io",
    "autoscaling",
    "batch",
    "certificates.k8s.io",
    "coordination.k8s.io",
    "discovery.k8s.io",
    "events.k8s.io",
    "flowcontrol.apiserver.k8s.io",
    "internal.apiserver.k8s.io",
    "networking.k8s.io",
    "node.k8s.io",
    "policy",
    "rbac.authorization.k8s.io",
    "resource.k8s.io",
    "scheduling.k8s.io",
    "storage.k8s.io",
    "storagemigration.k8s.io",
];

/// Asks for the metadata of an object alone. Who does not know how answers with the whole object, whose metadata is
/// read.
const METADATA: &str = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
/// Asks for a list of that.
const METADATA_LIST: &str =
    "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

/// What a handle points at, known at run time: a dynamic kind needs no more than this.
#[derive(Clone)]
pub(crate) struct Target {
    rest: RestClient,
    gvr: GroupVersionResource,
    /// Empty where it is known at run time only, and nobody has said it.
    kind: Cow<'static, str>,
    namespace: Option<String>,
    refused: Option<Error>,
    selectors: ListParams,
    /// Where the kind has one, what can be null is known.
    schema: Option<&'static Node>,
    /// Whether to ask for the metadata of objects and no more.
    metadata_only: bool,
}

impl Target {
    pub(crate) fn of<K: Resource>(rest: RestClient) -> Self {
        let meta = K::META;
        Self {
            rest,
            gvr: meta.gvr(),
            kind: Cow::Borrowed(meta.kind),
            namespace: None,
            refused: None,
            selectors: ListParams::default(),
            schema: meta.schema,
            metadata_only: meta.metadata_only,
        }
    }

    /// A resource that is known at run time: in a namespace, or without one.
    pub(crate) fn at(
        rest: RestClient,
        resource: &ApiResource,
        namespace: Option<String>,
        metadata_only: bool,
    ) -> Self {
        let target = Self {
            rest,
            gvr: resource.gvr.clone(),
            kind: resource.kind.clone(),
            namespace: None,
            refused: None,
            selectors: ListParams::default(),
            schema: None,
            metadata_only,
        };
        match namespace {
            Some(_) if resource.scope == Some(Scope::Cluster) => {
                target.refusing(format!("{resource} is cluster-scoped: it has no namespace"))
            }
            Some(namespace) => target.in_namespace(namespace),
            None => target,
        }
    }

    /// A target to which nothing is sent, and why.
    pub(crate) fn refusing(mut self, problem: String) -> Self {
        self.refused = Some(Error::invalid(problem));
        self
    }

    pub(crate) fn in_namespace(mut self, namespace: String) -> Self {
        self.refused = check_name("namespace", &namespace).err();
        self.namespace = Some(namespace);
        self
    }

    pub(crate) fn namespace(&self) -> Option<&str> {
        self.namespace.as_deref()
    }

    /// The body of an apply of this part of an object.
    pub(crate) fn apply_body(&self, object: Value, name: &str) -> Result<Vec<u8>> {
        let kind = Some(&*self.kind).filter(|kind| !kind.is_empty());
        apply_body(object, &self.gvr.api_version(), kind, name, self.schema)
    }

    pub(crate) fn add_labels(&mut self, selector: &str) {
        self.selectors = std::mem::take(&mut self.selectors).labels(selector);
    }

    pub(crate) fn add_fields(&mut self, selector: &str) {
        self.selectors = std::mem::take(&mut self.selectors).fields(selector);
    }

    /// The params of a call within the handle's own selectors.
    pub(crate) fn within_selectors(&self, params: &ListParams) -> ListParams {
        let mut params = params.clone();
        if let Some(labels) = &self.selectors.labels {
            params = params.labels(labels);
        }
        if let Some(fields) = &self.selectors.fields {
            params = params.fields(fields);
        }
        params
    }

    /// Whether objects of this kind are questions, answered at once and never stored, so that they need no name: the
    /// reviews of tokens and of access.
    pub(crate) fn is_of_questions(&self) -> bool {
        matches!(&*self.gvr.group, "authentication.k8s.io" | "authorization.k8s.io")
    }

    /// `websites.example.com in "shop"`
    pub(crate) fn description(&self) -> String {
        match &self.namespace {
            Some(namespace) => format!("{} in {namespace:?}", self.gvr),
            None => self.gvr.to_string(),
        }
    }

    /// `get websites.example.com/status "shop/front"`
    pub(crate) fn about(&self, verb: &str, name: &str, subresource: Option<&str>) -> String {
        let key = ObjectKey::new(self.namespace(), name).to_string();
        let gvr = &self.gvr;
        match subresource {
            Some(subresource) => format!("{verb} {gvr}/{subresource} {key:?}"),
            None => format!("{verb} {gvr} {key:?}"),
        }
    }

    fn path(&self) -> ResourcePath<'_> {
        let path = ResourcePath::new(&self.gvr);
        match self.namespace() {
            Some(namespace) => path.namespace(namespace),
            None => path,
        }
    }

    fn request(&self, method: Method, path: &ResourcePath<'_>) -> Request {
        let mut request = Request::to(method, path);
        if self.metadata_only {
            request = request.accept(METADATA);
        }
        if let Some(error) = &self.refused {
            request.refuse(error.clone());
        }
        request
    }

    /// A request to the whole collection.
    pub(crate) fn collection(&self, method: Method) -> Request {
        let request = self.request(method, &self.path());
        // Metadata cannot be created, and every other answer is a list.
        if self.metadata_only { request.accept(METADATA_LIST) } else { request }
    }

    /// The request of a list, made one of a watch: its events hold objects, not lists.
    pub(crate) fn watching(&self, request: Request) -> Request {
        if self.metadata_only { request.accept(METADATA) } else { request }
    }

    /// A request to one object or its subresource.
    pub(crate) fn object(&self, method: Method, name: &str, subresource: Option<&str>) -> Request {
        let path = self.path().name(name);
        let path = match subresource {
            Some(subresource) => path.subresource(subresource),
            None => path,
        };
        self.request(method, &path)
    }

    pub(crate) fn rest(&self) -> &RestClient {
        &self.rest
    }

    /// Sends, decodes, and says in an error what was being done.
    pub(crate) async fn json<T: DeserializeOwned>(
        &self,
        request: Request,
        about: impl FnOnce() -> String,
    ) -> Result<T> {
        let decode = if request.method == Method::GET { decode } else { decode_written };
        let answer = self.rest.send(request).await;
        let answer = answer.and_then(|answer| decode(answer.headers(), answer.body()));
        answer.map_err(|error| self.explain(error).during(about()))
    }

    /// Sends a request whose answer says no more than that it was carried out.
    pub(crate) async fn done(&self, request: Request, about: impl FnOnce() -> String) -> Result<()> {
        let answer = self.rest.send(request).await;
        let answer = answer.and_then(|answer| decode_deleted::<IgnoredAny>(answer.headers(), answer.body()));
        answer.map(drop).map_err(|error| self.explain(error).during(about()))
    }

    /// An error of the server, with what it means for this resource: where the server does not know the path
    /// of a custom resource, most likely its definition was never installed.
    pub(crate) fn explain(&self, error: Error) -> Error {
        let custom = !BUILT_IN.contains(&&*self.gvr.group);
        match error.status() {
            Some(status) if custom && error.is_unknown_path() => {
                let (gvr, version) = (&self.gvr, &self.gvr.version);
                let message =
                    format!("the cluster does not serve {gvr}/{version}; is its definition installed?");
                Error::from_status(Status { message: Some(message), ..status.clone() })
            }
            _ => error,
        }
    }
}
