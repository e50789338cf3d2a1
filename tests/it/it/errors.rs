//! What is said when something is refused.

use kubist::config::Config;
use kubist::prelude::*;
use kubist::{Client, ErrorKind};

use crate::cluster::Cluster;
use crate::website::{Website, website};

pub(crate) async fn each_refusal_says_verb_resource_and_name(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    let missing = sites.get("absent").await.unwrap_err();
    assert!(missing.is_not_found());
    assert_eq!(missing.to_string(), format!("get websites.example.com \"{namespace}/absent\""));
    assert_eq!(
        format!("{missing:#}"),
        format!("get websites.example.com \"{namespace}/absent\": websites.example.com \"absent\" not found")
    );
    let invalid = sites.create(&website("high", "gs://a", 101)).await.unwrap_err();
    assert_eq!(invalid.to_string(), format!("create websites.example.com \"{namespace}/high\""));
    let elsewhere = cluster.client.namespaced::<Website>("no-such-namespace");
    let error = elsewhere.create(&website("front", "gs://a", 1)).await.unwrap_err();
    assert!(error.is_not_found() && format!("{error:#}").contains("no-such-namespace"), "{error:#}");
}

/// A kind that nobody installs.
#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v1", scope = Namespaced)]
struct Ghost {
    metadata: ObjectMeta,
}

/// Another version of a kind that is installed.
#[derive(Clone, Debug, Resource)]
#[resource(group = "example.com", version = "v7", kind = "Website", scope = Namespaced)]
struct LaterWebsite {
    metadata: ObjectMeta,
}

pub(crate) async fn a_kind_or_version_that_is_not_installed_is_named(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let ghosts = cluster.client.namespaced::<Ghost>(&namespace);
    let later = cluster.client.namespaced::<LaterWebsite>(&namespace);
    for (error, served) in [
        (ghosts.list().await.unwrap_err(), "ghosts.example.com/v1"),
        (ghosts.get_opt("front").await.unwrap_err(), "ghosts.example.com/v1"),
        (ghosts.create(&Ghost::new("front")).await.unwrap_err(), "ghosts.example.com/v1"),
        (later.list().await.unwrap_err(), "websites.example.com/v7"),
    ] {
        let said = format!(": the cluster does not serve {served}; is its definition installed?");
        assert!(format!("{error:#}").ends_with(&said), "{error:#}");
        assert!(error.is_not_found());
    }
}

pub(crate) async fn a_name_that_would_change_the_path_is_refused_before_it_is_sent(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let sites = cluster.client.namespaced::<Website>(&namespace);
    for name in ["", ".", "..", "a/b", "../nodes", "a%2fb", "a?watch=1", "a#b"] {
        let error = sites.get(name).await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Invalid, None), "{name:?}: {error:#}");
        let namespaced = cluster.client.namespaced::<Website>(name);
        assert_eq!(namespaced.list().await.unwrap_err().kind(), ErrorKind::Invalid, "{name:?}");
    }
}

pub(crate) async fn a_wrong_token_is_unauthorized_and_stays_secret(cluster: Cluster) {
    let config = Config::from_kubeconfig(&cluster.kubeconfig).unwrap().token("a-wrong-token-that-is-secret");
    let client = Client::new(config.clone()).unwrap();
    let error = client.all::<Website>().list().await.unwrap_err();
    assert!(error.is_unauthorized(), "{error:#}");
    for text in [format!("{error:#}"), format!("{error:?}"), format!("{config:?}"), format!("{client:?}")] {
        assert!(!text.contains("secret"), "{text}");
    }
}

pub(crate) async fn the_server_of_another_ca_is_not_talked_to(cluster: Cluster) {
    let other = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let config =
        Config::from_kubeconfig(&cluster.kubeconfig).unwrap().certificate_authority(other.cert.pem());
    let error = Client::new(config).unwrap().all::<Website>().list().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error:#}");
    assert!(format!("{error:#}").contains("certificate"), "{error:#}");
}
