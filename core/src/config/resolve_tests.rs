use super::*;
use crate::config::environment::fake::FakeEnvironment;

const PEM: &str = "UEVN";

fn with_user(user: &str) -> Kubeconfig {
    with("server: 'https://c:6443'", user)
}

fn with(cluster: &str, user: &str) -> Kubeconfig {
    Kubeconfig::parse(&format!(
        "
        current-context: dev
        clusters: [{{name: c, cluster: {{{cluster}}}}}]
        users: [{{name: u, user: {{{user}}}}}]
        contexts: [{{name: dev, context: {{cluster: c, user: u}}}}]
        "
    ))
    .unwrap()
}

fn failure(kubeconfig: &Kubeconfig) -> String {
    let resolved = resolve(kubeconfig, &Overrides::default(), &FakeEnvironment::default());
    format!("{:#}", resolved.unwrap_err())
}

fn resolved(kubeconfig: &Kubeconfig) -> String {
    format!("{:?}", resolve(kubeconfig, &Overrides::default(), &FakeEnvironment::default()).unwrap())
}

const EXEC: &str =
    "exec: {command: aws, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never}";
const OIDC: &str = "auth-provider: {name: oidc, config: {idp-issuer-url: 'https://i', client-id: k}}";

#[test]
fn a_plugin_is_asked_where_there_is_nothing_else_and_told_about_the_cluster() {
    for (user, expected) in [
        (EXEC.to_owned(), "exec"),
        (format!("{EXEC}, token: x"), "token"),
        (format!("{EXEC}, username: me"), "basic"),
        (format!("{EXEC}, client-certificate-data: {PEM}, client-key-data: {PEM}"), "client certificate"),
        (OIDC.to_owned(), "oidc"),
        (format!("{OIDC}, token: x"), "token"),
    ] {
        let text = resolved(&with_user(&user));
        assert!(text.contains(&format!("credentials: {expected:?}")), "{user}: {text}");
    }
    let kubeconfig = with(
        &format!(
            "server: 'https://c', tls-server-name: name, certificate-authority-data: {PEM}, \
             proxy-url: 'http://p', extensions: [{{name: client.authentication.k8s.io/exec, extension: {{a: 1}}}}]"
        ),
        "exec: {command: aws, apiVersion: client.authentication.k8s.io/v1beta1, provideClusterInfo: true, \
         args: [x], env: [{name: N, value: v}], installHint: hint}",
    );
    let config = resolve(&kubeconfig, &Overrides::default(), &FakeEnvironment::default()).unwrap();
    let Credentials::Exec(exec, _) = &config.credentials else {
        panic!("there is no plugin");
    };
    assert_eq!(
        (&*exec.command, &exec.args, &exec.env),
        ("aws", &vec!["x".to_owned()], &vec![("N".to_owned(), "v".to_owned())])
    );
    assert_eq!(exec.install_hint.as_deref(), Some("hint"));
    let told = exec.cluster.as_ref().unwrap();
    assert_eq!((&*told.server, told.tls_server_name.as_deref()), ("https://c", Some("name")));
    assert_eq!(
        (told.certificate_authority.as_deref(), told.proxy_url.as_deref()),
        (Some(&b"PEM"[..]), Some("http://p"))
    );
    assert_eq!(told.config, Some(serde_json::json!({"a": 1})));
}

#[test]
fn a_plugin_or_provider_that_cannot_be_is_named_with_its_user() {
    for (user, said) in [
        ("auth-provider: {name: gcp, config: {access-token: hunter2}}", "gke-gcloud-auth-plugin"),
        ("auth-provider: {name: oidc}", "idp-issuer-url is missing"),
        (
            "exec: {command: aws, apiVersion: client.authentication.k8s.io/v1alpha1, interactiveMode: Never}",
            "v1alpha1",
        ),
        (
            "exec: {command: aws, apiVersion: client.authentication.k8s.io/v1}",
            "field exec.interactiveMode is missing",
        ),
        (
            "exec: {command: aws, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Sometimes}",
            "interactiveMode \"Sometimes\" is unknown",
        ),
        ("tokenFile: /missing, password: hunter2", "tokenFile and password exclude each other"),
    ] {
        let text = failure(&with_user(user));
        assert!(text.contains("user \"u\": ") && text.contains(said) && !text.contains("hunter2"), "{text}");
    }
    // A field that is there and null asks for nothing.
    resolved(&with_user("exec: null, auth-provider: null, username: null, token: x"));
}

#[test]
fn a_wrong_entry_is_named_with_its_problem_and_without_a_secret() {
    let table = [
        (with("", ""), "cluster \"c\": field server is missing"),
        (
            with("server: 'https://c', certificate-authority-data: 'hunter2!'", ""),
            "cluster \"c\": field certificate-authority-data is not base64",
        ),
        (
            with(
                &format!(
                    "server: 'https://c', certificate-authority-data: {PEM}, \
                     insecure-skip-tls-verify: true"
                ),
                "",
            ),
            "cluster \"c\": certificate-authority and insecure-skip-tls-verify exclude each other",
        ),
        (
            with_user(&format!("client-certificate-data: {PEM}")),
            "user \"u\": there is a client-certificate but no client-key",
        ),
        (
            with_user(&format!("client-key-data: {PEM}")),
            "user \"u\": there is a client-key but no client-certificate",
        ),
        (with_user("tokenFile: /missing"), "user \"u\": tokenFile /missing cannot be read: entity not found"),
        (
            with_user(&format!("client-certificate: /missing, client-key-data: {PEM}")),
            "user \"u\": client-certificate /missing cannot be read: entity not found",
        ),
    ];
    for (kubeconfig, expected) in table {
        assert_eq!(failure(&kubeconfig), expected);
    }
}

#[test]
fn a_name_that_is_missing_is_told_with_those_that_are_there() {
    let kubeconfig = with_user("token: x");
    let config = |overrides| resolve(&kubeconfig, &overrides, &FakeEnvironment::default());
    assert_eq!(
        config(Overrides::default().context("prod")).unwrap_err().to_string(),
        "there is no context \"prod\" (contexts: dev)"
    );
    let mut kubeconfig = with_user("");
    kubeconfig.current_context.clear();
    assert_eq!(failure(&kubeconfig), "no current-context is set (contexts: dev)");
    let mut kubeconfig = with_user("");
    kubeconfig.users.clear();
    assert_eq!(failure(&kubeconfig), "there is no user \"u\" (users: none)");
}

#[test]
fn credentials_are_those_of_the_user_and_never_go_in_the_clear() {
    for (user, credentials) in [
        ("", "none"),
        ("token: x", "token"),
        ("token: x, tokenFile: /missing", "token file"),
        ("client-certificate-data: UEVN, client-key-data: UEVN", "client certificate"),
    ] {
        let text = resolved(&with_user(user));
        assert!(text.contains(&format!("credentials: {credentials:?}")), "{text}");
    }
    let text = resolved(&with("server: 'http://c'", "token: x"));
    assert!(text.contains("credentials: \"none\""), "{text}");
}

#[test]
fn relative_paths_are_relative_to_the_file_and_data_goes_without_a_path() {
    let environment = FakeEnvironment::default()
        .with_file(
            "/etc/kube/config",
            "
            current-context: dev
            clusters:
            - name: c
              cluster:
                server: 'https://c'
                certificate-authority: pki/ca.pem
                tls-server-name: other
            users: [{name: u, user: {tokenFile: token}}]
            contexts: [{name: dev, context: {cluster: c, user: u, namespace: shop}}]
            ",
        )
        .with_file("/etc/kube/pki/ca.pem", "from the file")
        .with_file("/etc/kube/token", "secret");
    let path = Path::new("/etc/kube/config");
    let mut kubeconfig = Kubeconfig::read_from(path, &environment).unwrap();
    let config = resolve(&kubeconfig, &Overrides::default(), &environment).unwrap();
    assert_eq!(config.tls.ca.as_deref(), Some(b"from the file".as_slice()));
    assert_eq!(config.tls.server_name.as_deref(), Some("other"));
    assert_eq!(config.namespace(), "shop");
    let cluster = &mut kubeconfig.clusters[0].cluster;
    cluster.certificate_authority_data = "UE\nVN".to_owned();
    let error = resolve(&kubeconfig, &Overrides::default(), &environment).unwrap_err();
    let said = "certificate-authority and certificate-authority-data exclude each other";
    assert_eq!(format!("{error:#}"), format!("cluster \"c\": {said}"));
    kubeconfig.clusters[0].cluster.certificate_authority = "".into();
    let config = resolve(&kubeconfig, &Overrides::default(), &environment).unwrap();
    assert_eq!(config.tls.ca.as_deref(), Some(b"PEM".as_slice()));
}

#[test]
fn a_server_without_a_scheme_speaks_tls_where_tls_is_set_up() {
    let text = resolved(&with("server: 'c:6443', insecure-skip-tls-verify: true", ""));
    assert!(text.contains("https://c:6443"), "{text}");
    let text = resolved(&with("server: 'localhost:8080'", ""));
    assert!(text.contains("http://localhost:8080"), "{text}");
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let kubeconfig = with(
        "proxy-url: 'ftp://hunter2', certificate-authority: /missing",
        "token: hunter2, username: me, client-key-data: '!', as-uid: '7', exec: {env: [{value: hunter2}]}, \
         auth-provider: {name: oidc}",
    );
    let text = failure(&kubeconfig);
    assert!(text.starts_with("the configuration has "), "{text}");
    for said in [
        "cluster \"c\": certificate-authority /missing cannot be read: entity not found; ",
        "cluster \"c\": proxy-url: the URL of the proxy cannot be used: ",
        "cluster \"c\": field server is missing; ",
        "user \"u\": token and username exclude each other; ",
        "user \"u\": exec and auth-provider exclude each other; ",
        "user \"u\": there is a client-key but no client-certificate; ",
        "user \"u\": field exec.command is missing; ",
        "user \"u\": field exec.apiVersion is missing; ",
        "user \"u\": a variable in exec.env has no name; ",
        "user \"u\": field exec.interactiveMode is missing; it must be one of Never, IfAvailable and Always; ",
        "user \"u\": field client-key-data is not base64; ",
        "user \"u\": as-uid, as-groups and as-user-extra are nothing without a user in as",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("hunter2"), "{text}");
}

#[test]
fn every_entry_is_validated_whether_it_is_used_or_not() {
    let kubeconfig = Kubeconfig::parse(
        "
        current-context: gone
        clusters: [{name: c, cluster: {server: 'https://c'}}, {name: d, cluster: {}}]
        users: [{name: u, user: {as-groups: [g]}}]
        contexts:
        - {name: fine, context: {cluster: c, user: u, namespace: shop}}
        - {name: bad, context: {cluster: e, user: v, namespace: Not_A_Name}}
        - {name: empty}
        ",
    );
    let error = kubeconfig.unwrap().validate().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the kubeconfig has 7 problems: cluster \"d\": field server is missing; \
         user \"u\": as-uid, as-groups and as-user-extra are nothing without a user in as; \
         context \"bad\": there is no cluster \"e\" (clusters: c, d); \
         context \"bad\": there is no user \"v\" (users: u); \
         context \"bad\": namespace \"Not_A_Name\" is not the name of a namespace; \
         context \"empty\": field cluster is missing; \
         there is no context \"gone\" (contexts: bad, empty, fine)"
    );
    with_user("token: x").validate().unwrap();
}

#[test]
fn whom_to_act_as_and_the_proxy_are_those_of_the_kubeconfig() {
    let text = resolved(&with(
        "server: 'http://c', proxy-url: 'http://me:hunter2@p:3128', disable-compression: true",
        "token: x, as: jane, as-uid: '7', as-groups: [dev], as-user-extra: {scopes: [view], none: []}",
    ));
    assert!(text.contains("http://p:3128") && !text.contains("hunter2"), "{text}");
    assert!(text.contains("compression: false"), "{text}");
    let expected = Impersonation::new("jane").uid("7").group("dev").extra("scopes", "view");
    assert!(text.contains(&format!("{expected:?}")), "not even over plain HTTP it is left out: {text}");
    assert_eq!(
        failure(&with_user("token: x, as-groups: [dev]")),
        "user \"u\": as-uid, as-groups and as-user-extra are nothing without a user in as"
    );
}

/// The cluster of a kubeconfig with one CA, after these overrides.
fn overridden(cluster: Cluster) -> Config {
    let kubeconfig =
        with(&format!("server: 'https://c', tls-server-name: name, certificate-authority-data: {PEM}"), "");
    let overrides = Overrides::default().cluster_info(cluster);
    resolve(&kubeconfig, &overrides, &FakeEnvironment::default().with_file("/ca", "other")).unwrap()
}

#[test]
fn an_override_replaces_what_belongs_together() {
    let insecure = overridden(Cluster::default().insecure_skip_tls_verify(true));
    assert!(insecure.tls.insecure && insecure.tls.ca.is_none());
    let file = overridden(Cluster::default().certificate_authority("/ca"));
    assert_eq!(file.tls.ca.as_deref(), Some(b"other".as_slice()));
    assert_eq!(file.tls.server_name.as_deref(), Some("name"));
    let server = overridden(Cluster::new("https://d"));
    assert_eq!((server.url().host(), server.tls.server_name.as_deref()), (Some("d"), None));
    let named = overridden(Cluster::new("https://d").tls_server_name("other"));
    assert_eq!(named.tls.server_name.as_deref(), Some("other"));

    let kubeconfig = with("server: 'https://c', insecure-skip-tls-verify: true", "");
    let overrides = Overrides::default().cluster_info(Cluster::default().certificate_authority_data("PEM"));
    let config = resolve(&kubeconfig, &overrides, &FakeEnvironment::default()).unwrap();
    assert!(!config.tls.insecure && config.tls.ca.is_some());
}

#[test]
fn a_users_overrides_replace_pairs_and_defaults_only_fill_in() {
    let kubeconfig = with(
        "server: 'https://c'",
        "tokenFile: /missing, client-certificate: /missing, client-key: /missing, as: joe, as-groups: [g]",
    );
    let user = AuthInfo::default().token("x").client_certificate_data("PEM", "PEM").act_as("jane");
    let overrides = Overrides::default()
        .auth_info(user)
        .cluster_defaults(Cluster::new("https://default").tls_server_name("default"));
    let config = resolve(&kubeconfig, &overrides, &FakeEnvironment::default()).unwrap();
    let text = format!("{config:?}");
    assert!(text.contains("credentials: \"token\"") && config.tls.identity.is_some(), "{text}");
    assert_eq!(config.impersonation, Some(Impersonation::new("jane").group("g")));
    assert_eq!(config.url(), "https://c/");
    assert_eq!(config.tls.server_name.as_deref(), Some("default"));
}

#[test]
fn cluster_user_and_namespace_are_chosen_apart_from_the_context() {
    let kubeconfig = Kubeconfig::parse(
        "
        clusters: [{name: c, cluster: {server: 'https://c'}}, {name: d, cluster: {server: 'https://d'}}]
        users: [{name: u, user: {token: x}}, {name: v, user: {}}]
        contexts: [{name: dev, context: {cluster: c, user: u, namespace: shop}}]
        ",
    )
    .unwrap();
    let config = |overrides| resolve(&kubeconfig, &overrides, &FakeEnvironment::default());
    let chosen = Overrides::default().context("dev").cluster("d").user("v").namespace("other");
    let chosen = config(chosen).unwrap();
    assert_eq!((chosen.url().host(), chosen.namespace()), (Some("d"), "other"));
    assert!(format!("{chosen:?}").contains("credentials: \"none\""));
    let without = config(Overrides::default().cluster("d")).unwrap();
    assert_eq!((without.url().host(), without.namespace()), (Some("d"), "default"));
    let error = config(Overrides::default().cluster("e")).unwrap_err();
    assert_eq!(error.to_string(), "there is no cluster \"e\" (clusters: c, d)");
    let error = config(Overrides::default().context("dev").user("w")).unwrap_err();
    assert_eq!(error.to_string(), "there is no user \"w\" (users: u, v)");
}
