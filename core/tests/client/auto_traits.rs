use k8s_openapi::api::apps::v1::Deployment;
use kubist::api::{AllNamespaces, Api, Patch, ResourceListWatch};
use kubist::client::Client;
use kubist::config::Config;
use kubist::rest::{ApplyParams, Request, RestClient};
use kubist::transport::{ResponseBody, Transport};
use kubist::watch::{ListRequest, ListWatch, WatchRequest};

use crate::fake::Fake;

fn shared<T: Clone + Send + Sync + 'static>() {}
fn sendable<T: Send + 'static>() {}
fn check(_future: impl Send) {}

#[test]
fn handles_are_shared_between_threads() {
    shared::<Client>();
    shared::<Api<Deployment>>();
    shared::<AllNamespaces<Deployment>>();
    shared::<kubist::dynamic::DynamicClient>();
    shared::<ResourceListWatch>();
    shared::<RestClient>();
    shared::<Transport>();
    shared::<Config>();
    shared::<Request>();
    shared::<kubist::Error>();
    sendable::<ResponseBody>();
}

#[test]
fn the_futures_of_all_calls_can_be_spawned_and_do_nothing_until_polled() {
    let fake = Fake::script([]);
    let client = fake.client();
    let api = client.namespaced::<Deployment>("shop");
    let all = client.all::<Deployment>();
    let (object, patch) = (Deployment::default(), Patch::Merge(serde_json::Value::Null));
    let (apply, source) = (ApplyParams::manager("me"), api.list_watch());
    check(Client::try_default());
    check(client.install(&[]));
    check(client.server_version());
    check(client.discovery().resources());
    check(client.discovery().openapi().paths());
    let mapper = client.rest_mapper();
    check(mapper.resource("x"));
    check(client.apply_all(&[], &apply));
    check(client.delete_all(&[]));
    let scales = client.scales("shop");
    check(scales.scale(kubist::resource::GroupVersionResource::new("", "v1", "x"), "x", 1));
    check(client.rest().stream(Request::get("/x")));
    check(api.get("x"));
    check(api.list());
    check(api.create(&object));
    check(api.replace(&object));
    check(api.patch("x", &patch));
    check(api.apply("x", &object, &apply));
    check(api.delete("x"));
    check(api.scale("x", 1));
    check(all.list());
    check(source.list(ListRequest::default()));
    check(source.watch(WatchRequest::default()));
    assert!(fake.seen().is_empty());
}
