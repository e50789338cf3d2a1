//! Clusters as kubeconfigs describe them.

use std::process::Command;

use futures_util::StreamExt;
use k8s_openapi::api::core::v1::{ConfigMap, Namespace};
use kubist::Client;
use kubist::config::{AuthInfo, Cluster as ClusterInfo, Config, Context, Kubeconfig, Overrides};

use crate::cluster::Cluster;
use crate::proxy_server::{ProxyServer, Speaks};

/// A name that is nowhere.
const HOST: &str = "kubist.invalid";

fn with(kubeconfig: &Kubeconfig, cluster: ClusterInfo) -> kubist::Result<Client> {
    Client::new(kubeconfig.config_with(&Overrides::default().cluster_info(cluster))?)
}

/// Where the cluster of a kubeconfig is.
fn address(kubeconfig: &Kubeconfig) -> std::net::SocketAddr {
    let (_, cluster) = kubeconfig.clusters().next().unwrap();
    cluster.server().trim_start_matches("https://").trim_end_matches('/').parse().unwrap()
}

/// Calls, a list and a watch go through each kind of proxy, to a host whose name only the proxy knows.
pub(crate) async fn proxies_are_in_between(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let kubeconfig = Kubeconfig::parse(&cluster.kubeconfig).unwrap();
    let server = address(&kubeconfig);
    for (speaks, scheme) in [
        (Speaks::Http, "http://me:hunter2@"),
        (Speaks::Socks { login: false }, "socks5://"),
        (Speaks::Socks { login: true }, "socks5://me:hunter2@"),
    ] {
        let proxy = ProxyServer::start(speaks, None, server).await;
        let behind = ClusterInfo::new(format!("https://{HOST}:6443"))
            .tls_server_name("localhost")
            .proxy_url(format!("{scheme}{}", proxy.address));
        let client = with(&kubeconfig, behind).unwrap();
        let maps = client.namespaced::<ConfigMap>(&namespace);
        let mut map = ConfigMap::default();
        map.metadata.generate_name = Some("k-".to_owned());
        let created = maps.create(&map).await.unwrap().metadata;
        let (name, version) = (created.name.unwrap(), created.resource_version.unwrap());
        assert!(maps.list().await.unwrap().into_iter().any(|map| map.metadata.name.as_ref() == Some(&name)));
        let mut watch = maps.watch(&version).await.unwrap();
        maps.delete(&name).await.unwrap();
        watch.next().await.unwrap().unwrap();
        let seen = proxy.seen();
        assert!(!seen.is_empty() && seen.iter().all(|line| line.contains("kubist.invalid:6443")), "{seen:?}");
    }
}

pub(crate) async fn the_servers_certificate_has_the_name_that_was_given(cluster: Cluster) {
    let kubeconfig = Kubeconfig::parse(&cluster.kubeconfig).unwrap();
    let named = |name: &str| with(&kubeconfig, ClusterInfo::default().tls_server_name(name)).unwrap();
    named("localhost").cluster::<Namespace>().get("default").await.unwrap();
    let error = named("kubist.invalid").cluster::<Namespace>().get("default").await.unwrap_err();
    let text = format!("{error:#}");
    assert!(text.contains("the server's certificate is for another name"), "{text}");
}

pub(crate) async fn a_kubeconfig_that_was_written_is_read_by_kubectl_and_the_other_way_round(
    cluster: Cluster,
) {
    // Both halves run it, where there is a kubectl.
    let Some(kubectl) = std::env::var_os("KUBEBUILDER_ASSETS")
        .map(|assets| std::path::Path::new(&assets).join("kubectl"))
        .filter(|kubectl| kubectl.exists())
    else {
        return;
    };
    let path =
        std::env::temp_dir().join(format!("kubist-it-{}-{}", std::process::id(), address_of(&cluster)));
    let given = Kubeconfig::parse(&cluster.kubeconfig).unwrap();
    let (_, info) = given.clusters().next().unwrap();
    let (_, user) = given.users().next().unwrap();
    let loader = Config::loader().file(&path);
    let write = loader.modify(|kubeconfig| {
        kubeconfig.set_cluster("1e3", info.clone());
        kubeconfig.set_user("yes", user.clone());
        kubeconfig.set_user("other", AuthInfo::default().basic("~", " x ").act_as_group("0x1f"));
        kubeconfig.set_context("on", Context::new("1e3", "yes").in_namespace("default"));
        kubeconfig.set_current_context("on");
        Ok(())
    });
    write.await.unwrap();

    let run = |arguments: &[&str]| {
        let output = Command::new(&kubectl).arg("--kubeconfig").arg(&path).args(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(run(&["get", "namespace", "default", "-o", "name"]), "namespace/default\n");
    run(&["config", "set-context", "on", "--namespace", "shop"]);
    run(&["config", "set", "clusters.1e3.tls-server-name", "localhost"]);
    let config = loader.load().unwrap();
    assert_eq!(config.namespace(), "shop");
    Client::new(config).unwrap().cluster::<Namespace>().get("default").await.unwrap();
    let read = loader.kubeconfig().unwrap();
    assert!(*read.user("other").unwrap() == AuthInfo::default().basic("~", " x ").act_as_group("0x1f"));
    std::fs::remove_file(&path).unwrap();
}

fn address_of(cluster: &Cluster) -> String {
    address(&Kubeconfig::parse(&cluster.kubeconfig).unwrap()).port().to_string()
}
