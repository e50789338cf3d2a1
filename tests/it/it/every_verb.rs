//! Every verb with its options, on a built-in and on a custom kind, over both versions of HTTP.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use futures_util::TryStreamExt;
use http::{Response, Version};
use k8s_openapi::api::core::v1::{ConfigMap, Namespace};
use kubist::api::{Api, Patch};
use kubist::config::Config;
use kubist::prelude::*;
use kubist::resource::{Allows, Listable, Object, verb};
use kubist::rest::{
    ApplyParams, DeleteParams, DeletionPropagation, FieldValidation, GetParams, ListParams, WriteParams,
};
use kubist::transport::ResponseBody;
use kubist::watch::WatchEvent;
use kubist_envtest::{ControlPlane, Options};
use serde_json::{Value, json};
use tower::util::MapResponseLayer;

use crate::cluster::Cluster;
use crate::website::{Website, website};

/// A kind with all verbs.
trait Everything:
    Object
    + Clone
    + Debug
    + Listable
    + Allows<verb::Get>
    + Allows<verb::List>
    + Allows<verb::Watch>
    + Allows<verb::Create>
    + Allows<verb::Update>
    + Allows<verb::Patch>
    + Allows<verb::Delete>
    + Allows<verb::DeleteCollection>
{
    fn named(name: &str) -> Self;
}

impl Everything for ConfigMap {
    fn named(name: &str) -> Self {
        let mut map = Self::default();
        map.metadata.name = Some(name.to_owned());
        map
    }
}

impl Everything for Website {
    fn named(name: &str) -> Self {
        website(name, "gs://a", 1)
    }
}

fn label<'a, K: Object>(object: &'a K, name: &str) -> Option<&'a str> {
    object.object_meta().labels.as_ref()?.get(name).map(String::as_str)
}

fn with_label<K: Object>(mut object: K, name: &str, value: &str) -> K {
    let labels = object.object_meta_mut().labels.get_or_insert_with(BTreeMap::new);
    labels.insert(name.to_owned(), value.to_owned());
    object
}

fn names<K: Object>(objects: &[K]) -> Vec<&str> {
    objects.iter().filter_map(|object| object.object_meta().name.as_deref()).collect()
}

async fn reads_and_writes<K: Everything>(api: &Api<K>) {
    let dry = WriteParams::default().dry_run();
    api.create_with(&K::named("a"), &dry).await.unwrap();
    assert!(api.get_opt("a").await.unwrap().is_none(), "a dry run stores nothing");
    let me = WriteParams::default().field_manager("me").field_validation(FieldValidation::Strict);
    let created = api.create_with(&with_label(K::named("a"), "color", "red"), &me).await.unwrap();
    let managers = created.object_meta().managed_fields.iter().flatten();
    assert!(managers.filter_map(|entry| entry.manager.as_deref()).any(|manager| manager == "me"));
    assert!(api.create(&K::named("a")).await.unwrap_err().is_already_exists());

    let cached = api.get_with("a", &GetParams::default().not_older_than("0")).await.unwrap();
    assert_eq!(cached.object_meta().uid, created.object_meta().uid);
    let blue = with_label(created.clone(), "color", "blue");
    assert_eq!(label(&api.replace_with(&blue, &dry).await.unwrap(), "color"), Some("blue"));
    assert_eq!(label(&api.get("a").await.unwrap(), "color"), Some("red"));
    let replaced = api.replace_with(&blue, &me).await.unwrap();
    assert!(api.replace(&created).await.unwrap_err().is_conflict(), "it is an old one");

    let merge = Patch::Merge(json!({"metadata": {"labels": {"color": null, "size": "xl"}}}));
    assert_eq!(label(&api.patch_with("a", &merge, &dry).await.unwrap(), "size"), Some("xl"));
    let patched = api.patch_with("a", &merge, &me).await.unwrap();
    assert_eq!((label(&patched, "color"), label(&patched, "size")), (None, Some("xl")));
    let operation = json!({"op": "replace", "path": "/metadata/labels/size", "value": "m"});
    assert_eq!(label(&api.patch("a", &Patch::Json(vec![operation])).await.unwrap(), "size"), Some("m"));
    assert_ne!(replaced.object_meta().resource_version, patched.object_meta().resource_version);

    let updated = api.update_with("a", |object| *object = with_label(object.clone(), "size", "s")).await;
    assert_eq!(label(&updated.unwrap(), "size"), Some("s"));
    let made = api.entry("b").or_create(|| with_label(K::named("b"), "size", "s")).await.unwrap();
    let found = api.entry("b").or_create(|| panic!("it is there")).await.unwrap();
    assert_eq!(made.object_meta().uid, found.object_meta().uid);
}

async fn applies<K: Everything>(api: &Api<K>, spec: Value) {
    let part = |team: &str| {
        let mut part = json!({"metadata": {"labels": {"team": team}}});
        part.as_object_mut().unwrap().extend(spec.as_object().unwrap().clone());
        part
    };
    let (me, you) = (ApplyParams::manager("me"), ApplyParams::manager("you"));
    api.apply("c", part("web"), &me.clone().dry_run()).await.unwrap();
    assert!(api.get_opt("c").await.unwrap().is_none());
    api.apply("c", part("web"), &me.clone().field_validation(FieldValidation::Strict)).await.unwrap();
    let conflict = api.apply("c", part("db"), &you).await.unwrap_err();
    assert!(conflict.is_conflict(), "{conflict:#}");
    let taken = api.apply("c", part("db"), &you.clone().force()).await.unwrap();
    assert_eq!(label(&taken, "team"), Some("db"));
}

async fn lists_and_watches<K: Everything>(api: &Api<K>) {
    let all = api.list().await.unwrap();
    assert_eq!(names(&all.items), ["a", "b", "c"]);
    let version = all.metadata.resource_version.clone();
    let page = api.list_with(&ListParams::default().limit(2)).await.unwrap();
    assert_eq!(names(&page.items), ["a", "b"]);
    let token = page.metadata.continue_token.unwrap();
    let rest = api.list_with(&ListParams::default().limit(2).continue_from(token)).await.unwrap();
    assert_eq!((names(&rest.items), rest.metadata.continue_token), (vec!["c"], None));
    let streamed: Vec<K> =
        api.list_stream(&ListParams::default().limit(1)).into_stream().try_collect().await.unwrap();
    assert_eq!(names(&streamed), ["a", "b", "c"]);
    let exact = api.list_with(&ListParams::default().limit(9).exactly(&version)).await.unwrap();
    assert_eq!(exact.metadata.resource_version, version);
    let small = api.list_with(&ListParams::default().labels("size in (s),!team")).await.unwrap();
    assert_eq!(names(&small.items), ["a", "b"]);
    let timely = ListParams::default().timeout(std::time::Duration::from_secs(20));
    let one = api.clone().fields("metadata.name=b").list_with(&timely).await.unwrap();
    assert_eq!(names(&one.items), ["b"]);

    let mut events = api.clone().labels("watched").watch(&version).await.unwrap();
    api.create(&with_label(K::named("d"), "watched", "yes")).await.unwrap();
    api.patch("d", &Patch::Merge(json!({"metadata": {"labels": {"watched": null}}}))).await.unwrap();
    let mut seen = Vec::new();
    while seen.len() < 2 {
        match events.try_next().await.unwrap().expect("the watch goes on") {
            WatchEvent::Added(object) => seen.push(("added", object.object_key().name().to_owned())),
            WatchEvent::Deleted(object) => seen.push(("deleted", object.object_key().name().to_owned())),
            _ => {}
        }
    }
    assert_eq!(seen, [("added", "d".to_owned()), ("deleted", "d".to_owned())]);
}

async fn deletes<K: Everything>(api: &Api<K>) {
    let uid = api.get("a").await.unwrap().object_meta().uid.clone().unwrap();
    let other = DeleteParams::default().uid("11111111-1111-1111-1111-111111111111");
    assert!(api.delete_with("a", &other).await.unwrap_err().is_conflict());
    let other = DeleteParams::default().resource_version("1");
    assert!(api.delete_with("a", &other).await.unwrap_err().is_conflict());
    let params = DeleteParams::default().uid(uid).grace_period_seconds(0);
    api.delete_with("a", &params.clone().dry_run()).await.unwrap();
    api.get("a").await.unwrap();
    let params = params.propagation(DeletionPropagation::Background);
    assert!(api.delete_with("a", &params).await.unwrap().is_none());
    assert!(api.delete("a").await.unwrap_err().is_not_found());

    // One with a finalizer stays, and the server says so.
    let keep = Patch::Merge(json!({"metadata": {"finalizers": ["it.example.com/keep"]}}));
    api.patch("b", &keep).await.unwrap();
    let left = api.delete("b").await.unwrap().expect("it is still there");
    assert!(left.object_meta().deletion_timestamp.is_some());
    api.patch("b", &Patch::Merge(json!({"metadata": {"finalizers": null}}))).await.unwrap();
    assert!(api.get_opt("b").await.unwrap().is_none());

    let which = ListParams::default().labels("team=db");
    api.delete_collection(&DeleteParams::default().dry_run(), &which).await.unwrap();
    assert_eq!(names(&api.list().await.unwrap().items), ["c", "d"]);
    api.delete_collection(&DeleteParams::default(), &which).await.unwrap();
    assert_eq!(names(&api.list().await.unwrap().items), ["d"]);
    api.delete("d").await.unwrap();
}

async fn everything<K: Everything>(api: &Api<K>, spec: Value) {
    reads_and_writes(api).await;
    applies(api, spec).await;
    lists_and_watches(api).await;
    deletes(api).await;
}

pub(crate) async fn a_built_in_kind_has_every_verb(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let maps = cluster.client.namespaced::<ConfigMap>(&namespace);
    // The list may hold what controllers put into every namespace.
    everything(&maps.fields("metadata.name!=kube-root-ca.crt"), json!({"data": {"a": "b"}})).await;
}

pub(crate) async fn a_custom_kind_has_every_verb(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    everything(&sites, json!({"spec": {"bucket": "gs://a", "replicas": 2}})).await;
    // What a custom kind cannot: the server knows no keys of its lists.
    sites.create(&website("front", "gs://a", 1)).await.unwrap();
    let strategic = Patch::Strategic(json!({"spec": {"replicas": 3}}));
    let error = sites.patch("front", &strategic).await.unwrap_err();
    assert_eq!(error.code(), Some(415), "{error:#}");
}

pub(crate) async fn a_kind_of_the_cluster_has_every_verb(cluster: Cluster) {
    let namespaces = cluster.client.cluster::<Namespace>();
    let mut made = Namespace::default();
    made.metadata.generate_name = Some("verbs-".to_owned());
    made = with_label(made, "it", "verbs");
    let created = namespaces.create(&made).await.unwrap();
    let name = created.metadata.name.as_deref().unwrap();
    let strategic = Patch::Strategic(json!({"metadata": {"labels": {"size": "xl"}}}));
    assert_eq!(label(&namespaces.patch(name, &strategic).await.unwrap(), "size"), Some("xl"));
    let listed = namespaces.clone().labels("it=verbs").list().await.unwrap();
    assert!(names(&listed.items).contains(&name));
    let left = namespaces.delete(name).await.unwrap();
    let phase = left.and_then(|left| left.status?.phase);
    assert!(phase.is_none_or(|phase| phase == "Terminating"));
}

/// A client that keeps the versions of its answers.
fn listening(client: &Client) -> (Client, Arc<Mutex<Vec<Version>>>) {
    let versions = Arc::<Mutex<Vec<Version>>>::default();
    let kept = Arc::clone(&versions);
    let layer = MapResponseLayer::new(move |answer: Response<ResponseBody>| {
        kept.lock().unwrap().push(answer.version());
        answer
    });
    (client.clone().with_layer(layer), versions)
}

async fn all_over(client: &Client, namespace: &str, version: Version) {
    let (client, versions) = listening(client);
    everything(&client.namespaced::<Website>(namespace), json!({"spec": {"bucket": "gs://a"}})).await;
    let versions = versions.lock().unwrap();
    assert!(versions.len() > 40, "{}", versions.len());
    assert!(versions.iter().all(|found| *found == version), "{versions:?}");
}

pub(crate) async fn all_of_it_goes_over_one_version_of_http(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    all_over(&cluster.client, &namespace, Version::HTTP_2).await;
}

async fn over_http1(client: Client) {
    client.install(&[Website::crd()]).await.unwrap();
    all_over(&client, "default", Version::HTTP_11).await;
}

pub(crate) async fn all_of_it_goes_over_http_1(_: Cluster) {
    let options = Options::default().apiserver_arg("--disable-http2-serving=true");
    let server = ControlPlane::start_with(options).await.unwrap();
    let config = Config::from_kubeconfig(server.kubeconfig_token()).unwrap();
    over_http1(Client::new(config).unwrap()).await;
}
