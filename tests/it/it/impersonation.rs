//! Acting as somebody else: what the real server makes of it.

use std::collections::BTreeMap;

use k8s_openapi::api::authentication::v1::{SelfSubjectReview, TokenRequest, UserInfo};
use k8s_openapi::api::core::v1::{ConfigMap, Namespace, ServiceAccount};
use k8s_openapi::api::rbac::v1::{PolicyRule, Role, RoleBinding, RoleRef, Subject};
use kubist::Client;
use kubist::config::{AuthInfo, Config, Impersonation, Kubeconfig, Overrides};
use kubist::rest::Request;

use crate::cluster::Cluster;

async fn acting_as(cluster: &Cluster, user: Impersonation) -> Client {
    Client::new(Config::from_kubeconfig(&cluster.kubeconfig).unwrap().impersonate(user)).unwrap()
}

async fn who_am_i(client: &Client) -> UserInfo {
    let request = Request::post("/apis/authentication.k8s.io/v1/selfsubjectreviews");
    let review: SelfSubjectReview =
        client.rest().json(request.json(&SelfSubjectReview::default())).await.unwrap();
    review.status.unwrap().user_info.unwrap()
}

pub(crate) async fn the_server_sees_whom_the_program_acts_as(cluster: Cluster) {
    let jane = Impersonation::new("jane@example.com")
        .uid("06f6ce97")
        .group("developers")
        .group("Jürgens group")
        .extra("scopes", "view")
        .extra("scopes", "edit")
        .extra("example.com/käse 100%", "x");
    let seen = who_am_i(&acting_as(&cluster, jane).await).await;
    assert_eq!(seen.username.as_deref(), Some("jane@example.com"));
    assert_eq!(seen.uid.as_deref(), Some("06f6ce97"));
    let groups = seen.groups.unwrap();
    for group in ["developers", "Jürgens group", "system:authenticated"] {
        assert!(groups.iter().any(|known| known == group), "{groups:?}");
    }
    let expected = BTreeMap::from([
        ("scopes".to_owned(), vec!["view".to_owned(), "edit".to_owned()]),
        ("example.com/käse 100%".to_owned(), vec!["x".to_owned()]),
    ]);
    assert_eq!(seen.extra, Some(expected));

    // The same out of a kubeconfig.
    let user = AuthInfo::default().act_as("joe").act_as_uid("7").act_as_group("g").act_as_extra("k", "v");
    let kubeconfig = Kubeconfig::parse(&cluster.kubeconfig).unwrap();
    let config = kubeconfig.config_with(&Overrides::default().auth_info(user)).unwrap();
    let seen = who_am_i(&Client::new(config).unwrap()).await;
    assert_eq!((seen.username.as_deref(), seen.uid.as_deref()), (Some("joe"), Some("7")));
    assert_eq!(seen.extra, Some(BTreeMap::from([("k".to_owned(), vec!["v".to_owned()])])));
}

pub(crate) async fn who_is_acted_as_may_do_what_that_user_may(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let mut role = Role {
        rules: Some(vec![PolicyRule {
            api_groups: Some(vec![String::new()]),
            resources: Some(vec!["configmaps".to_owned()]),
            verbs: vec!["list".to_owned()],
            ..PolicyRule::default()
        }]),
        ..Role::default()
    };
    role.metadata.name = Some("readers".to_owned());
    cluster.client.namespaced::<Role>(&namespace).create(&role).await.unwrap();
    let mut binding = RoleBinding {
        role_ref: RoleRef {
            api_group: Some("rbac.authorization.k8s.io".to_owned()),
            kind: "Role".to_owned(),
            name: "readers".to_owned(),
        },
        subjects: Some(vec![Subject {
            api_group: Some("rbac.authorization.k8s.io".to_owned()),
            kind: "Group".to_owned(),
            name: "readers".to_owned(),
            namespace: None,
        }]),
        ..RoleBinding::default()
    };
    binding.metadata.name = Some("readers".to_owned());
    cluster.client.namespaced::<RoleBinding>(&namespace).create(&binding).await.unwrap();

    let reader = acting_as(&cluster, Impersonation::new("jane").group("readers")).await;
    let maps = reader.namespaced::<ConfigMap>(&namespace);
    // The server learns of a binding a moment later.
    while maps.list().await.is_err_and(|error| error.is_forbidden()) {
        tokio::task::yield_now().await;
    }
    let mut map = ConfigMap::default();
    map.metadata.name = Some("a".to_owned());
    let error = maps.create(&map).await.unwrap_err();
    assert!(
        error.is_forbidden() && format!("{error:#}").contains("User \"jane\" cannot create"),
        "{error:#}"
    );
    let robot = acting_as(&cluster, Impersonation::service_account(&namespace, "robot")).await;
    let error = robot.cluster::<Namespace>().get("default").await.unwrap_err();
    assert!(error.is_forbidden(), "{error:#}");
    let name = format!("system:serviceaccount:{namespace}:robot");
    assert_eq!(who_am_i(&robot).await.username, Some(name));
}

pub(crate) async fn who_may_not_act_as_somebody_is_told_so(cluster: Cluster) {
    let namespace = cluster.namespace().await;
    let mut robot = ServiceAccount::default();
    robot.metadata.name = Some("robot".to_owned());
    cluster.client.namespaced::<ServiceAccount>(&namespace).create(&robot).await.unwrap();
    let path = format!("/api/v1/namespaces/{namespace}/serviceaccounts/robot/token");
    let body = r#"{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"audiences":[]}}"#;
    let request = Request::post(path).body("application/json", body);
    let answer: TokenRequest = cluster.client.rest().json(request).await.unwrap();

    let config =
        Config::from_kubeconfig(&cluster.kubeconfig).unwrap().token(answer.status.unwrap().token.unwrap());
    let robot = Client::new(config.clone()).unwrap();
    assert_eq!(who_am_i(&robot).await.username, Some(format!("system:serviceaccount:{namespace}:robot")));
    let joe = Client::new(config.impersonate(Impersonation::new("joe").group("system:masters"))).unwrap();
    let error = joe.cluster::<Namespace>().get("default").await.unwrap_err();
    assert!(error.is_forbidden() && format!("{error:#}").contains("cannot impersonate"), "{error:#}");
    // What cannot be sent is refused here, and not left out.
    let nothing = Config::from_kubeconfig(&cluster.kubeconfig).unwrap();
    let nothing = nothing.impersonate(Impersonation::new("").group("system:masters"));
    assert!(Client::new(nothing).is_err());
}
