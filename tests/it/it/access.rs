//! What is said to those who may not: RBAC, and tokens that are no more.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use k8s_openapi::api::authentication::v1::{
    BoundObjectReference, SelfSubjectReview, TokenRequestSpec, UserInfo,
};
use k8s_openapi::api::core::v1::{ConfigMap, Secret, ServiceAccount};
use k8s_openapi::api::rbac::v1::{Role, RoleBinding};
use kubist::api::Patch;
use kubist::apply;
use kubist::config::Config;
use kubist::prelude::*;
use kubist::rest::{ApplyParams, DeleteParams, ListParams};
use kubist::{Error, ErrorKind};
use serde_json::{Value, json};

use crate::cluster::Cluster;
use crate::website::{Website, website};

fn config(cluster: &Cluster) -> Config {
    Config::from_kubeconfig(&cluster.kubeconfig).unwrap()
}

async fn who_am_i(client: &Client) -> kubist::Result<UserInfo> {
    let review = client.cluster::<SelfSubjectReview>().create(&SelfSubjectReview::default()).await?;
    Ok(review.status.unwrap().user_info.unwrap())
}

/// A client of the service account `robot`, which may do nothing yet.
async fn robot(cluster: &Cluster, namespace: &str) -> Client {
    let accounts = cluster.client.namespaced::<ServiceAccount>(namespace);
    accounts.entry("robot").or_create(ServiceAccount::default).await.unwrap();
    let token = accounts.create_token("robot", &TokenRequestSpec::default()).await.unwrap();
    Client::new(config(cluster).token(token.status.unwrap().token.unwrap())).unwrap()
}

/// Gives `robot` these verbs on websites, and takes others away.
async fn allow(cluster: &Cluster, namespace: &str, verbs: &[&str]) {
    let admin = ApplyParams::manager("admin").force();
    let rules = json!([{"apiGroups": ["example.com"], "resources": ["websites"], "verbs": verbs}]);
    let role = json!({"rules": rules});
    cluster.client.namespaced::<Role>(namespace).apply("robot", role, &admin).await.unwrap();
    let binding = apply!(RoleBinding {
        subjects: [{ kind: "ServiceAccount", name: "robot", namespace: namespace }],
        role_ref: { api_group: "rbac.authorization.k8s.io", kind: "Role", name: "robot" },
    });
    cluster.client.namespaced::<RoleBinding>(namespace).apply("robot", binding, &admin).await.unwrap();
}

/// What the server says when it knows the right: it may take a moment to.
async fn until<T>(mut ask: impl AsyncFnMut() -> kubist::Result<T>) -> T {
    loop {
        match ask().await {
            Ok(answer) => return answer,
            Err(error) if error.is_forbidden() => tokio::task::yield_now().await,
            Err(error) => panic!("{error:#}"),
        }
    }
}

fn denied(result: Result<impl Sized, Error>, verb: &str, namespace: &str) {
    let Err(error) = result else { panic!("{verb} was allowed") };
    assert!(error.is_forbidden() && error.kind() == ErrorKind::Status, "{error:?}");
    assert!(
        !error.is_unauthorized() && !error.is_outcome_unknown() && error.attempts().len() < 2,
        "{error:?}"
    );
    let text = format!("{error:#}");
    let who = format!("User \"system:serviceaccount:{namespace}:robot\" cannot {verb} resource \"websites");
    assert!(text.contains(&who), "{text}");
}

pub(crate) async fn what_rbac_denies_is_forbidden_verb_by_verb(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let elsewhere = cluster.namespace().await;
    let client = robot(&cluster, &namespace).await;
    let sites = client.namespaced::<Website>(&namespace);
    let site = website("front", "gs://a", 1);
    let merge = Patch::Merge(json!({"spec": {"replicas": 2}}));
    denied(sites.get("front").await, "get", &namespace);
    denied(sites.get_opt("front").await, "get", &namespace);

    allow(&cluster, &namespace, &["get", "list", "watch"]).await;
    let listed = until(async || sites.list().await).await;
    assert!(listed.items.is_empty());
    assert!(sites.get("front").await.unwrap_err().is_not_found());
    drop(sites.watch(&listed.metadata.resource_version).await.unwrap());
    denied(sites.create(&site).await, "create", &namespace);
    denied(sites.replace(&site).await, "update", &namespace);
    denied(sites.patch("front", &merge).await, "patch", &namespace);
    denied(sites.apply("front", &site, &ApplyParams::manager("robot")).await, "patch", &namespace);
    denied(sites.patch_status("front", &merge).await, "patch", &namespace);
    denied(sites.scale("front", 3).await, "patch", &namespace);
    denied(sites.delete("front").await, "delete", &namespace);
    let all = sites.delete_collection(&DeleteParams::default(), &ListParams::default()).await;
    denied(all, "deletecollection", &namespace);
    denied(client.namespaced::<Website>(&elsewhere).list().await, "list", &namespace);
    denied(client.all::<Website>().list().await, "list", &namespace);
    let maps = client.namespaced::<ConfigMap>(&namespace).list().await.unwrap_err();
    assert!(maps.is_forbidden() && maps.to_string().contains("list configmaps"), "{maps:#}");

    allow(&cluster, &namespace, &["create", "get", "patch"]).await;
    until(async || sites.create(&site).await).await;
    assert_eq!(sites.patch("front", &merge).await.unwrap().spec.replicas, 2);
    denied(sites.patch_status("front", &merge).await, "patch", &namespace);
    denied(sites.list().await, "list", &namespace);
}

pub(crate) async fn a_token_that_is_no_more_is_unauthorized(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let robot = robot(&cluster, &namespace).await;
    assert_eq!(
        who_am_i(&robot).await.unwrap().username,
        Some(format!("system:serviceaccount:{namespace}:robot"))
    );
    let secrets = cluster.client.namespaced::<Secret>(&namespace);
    let secret = secrets.entry("bound").or_create(Secret::default).await.unwrap();
    let bound = TokenRequestSpec {
        bound_object_ref: Some(BoundObjectReference {
            api_version: Some("v1".to_owned()),
            kind: Some("Secret".to_owned()),
            name: secret.metadata.name,
            uid: secret.metadata.uid,
        }),
        ..TokenRequestSpec::default()
    };
    let for_others =
        TokenRequestSpec { audiences: Some(vec!["somebody-else".to_owned()]), ..TokenRequestSpec::default() };
    let accounts = cluster.client.namespaced::<ServiceAccount>(&namespace);
    let bound = accounts.create_token("robot", &bound).await.unwrap().status.unwrap().token.unwrap();
    let for_others =
        accounts.create_token("robot", &for_others).await.unwrap().status.unwrap().token.unwrap();
    let client = |token: &str| Client::new(config(&cluster).token(token)).unwrap();

    // The server remembers for some seconds whom it has let in: nobody has used this token yet.
    secrets.delete("bound").await.unwrap();
    for (client, token) in [(client(&bound), &bound), (client(&for_others), &for_others)] {
        let error = who_am_i(&client).await.unwrap_err();
        assert!(error.is_unauthorized() && !error.is_forbidden(), "{error:?}");
        assert!(!format!("{error:#} {error:?} {client:?}").contains(&**token));
        let create = client.namespaced::<Website>(&namespace).create(&website("front", "gs://a", 1)).await;
        let error = create.unwrap_err();
        assert!(error.is_unauthorized() && !error.is_outcome_unknown(), "{error:?}");
    }
    let (head, signature) = bound.rsplit_once('.').unwrap();
    let forged = format!("{head}.{}", signature.chars().rev().collect::<String>());
    assert!(who_am_i(&client(&forged)).await.unwrap_err().is_unauthorized());
}

pub(crate) async fn a_token_that_expired_is_unauthorized(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let accounts = cluster.client.namespaced::<ServiceAccount>(&namespace);
    accounts.entry("robot").or_create(ServiceAccount::default).await.unwrap();
    let given = accounts.create_token("robot", &TokenRequestSpec::default()).await.unwrap();
    let given = given.status.unwrap().token.unwrap();
    let claims = URL_SAFE_NO_PAD.decode(given.split('.').nth(1).unwrap()).unwrap();
    let mut claims: Value = serde_json::from_slice(&claims).unwrap();
    let client = |token: &str| Client::new(config(&cluster).token(token)).unwrap();
    // Nothing but its age is wrong with the other one.
    who_am_i(&client(&cluster.sign_token(&claims))).await.unwrap();

    let issued = claims["iat"].as_i64().unwrap();
    for (name, age) in [("iat", 7200), ("nbf", 7200), ("exp", 3600)] {
        claims[name] = (issued - age).into();
    }
    let expired = client(&cluster.sign_token(&claims));
    assert!(who_am_i(&expired).await.unwrap_err().is_unauthorized());
    let create = expired.namespaced::<Website>(&namespace).create(&website("front", "gs://a", 1)).await;
    let error = create.unwrap_err();
    assert!(error.is_unauthorized() && !error.is_outcome_unknown(), "{error:?}");
}
