//! What can hold a secret does not show it.

use std::fmt::Debug;

use kubist::auth::{ClientIdentity, ExecCluster, ExecConfig, OidcConfig, PluginPolicy};
use kubist::client::Client;
use kubist::config::{Config, Kubeconfig};
use kubist::rest::Request;

use crate::tls::Authority;

const SECRET: &str = "hunter2";

#[track_caller]
fn hidden(value: &dyn Debug) {
    let forms = [format!("{value:?}"), format!("{value:#?}")];
    assert!(!forms.iter().any(|form| form.contains(SECRET)), "{}", forms[0]);
}

fn config() -> Config {
    Config::new("https://host").unwrap()
}

#[test]
fn no_public_type_that_holds_a_credential_shows_it() {
    let plugin = ExecConfig::new("aws").args(["--password", SECRET]).env("PASSWORD", SECRET);
    let cluster = ExecCluster::new("https://host")
        .proxy_url("http://me:hunter2@proxy")
        .config(serde_json::json!({"password": SECRET}));
    hidden(&cluster);
    let plugin = plugin.cluster(cluster);
    hidden(&plugin);
    let provider = OidcConfig::new("https://login.example.com", "me").unwrap();
    let provider = provider.client_secret(SECRET).refresh_token(SECRET);
    hidden(&provider);
    hidden(&provider.clone().id_token(SECRET));
    hidden(&PluginPolicy::allow_only(["aws"]).unwrap());

    let authority = Authority::new();
    let me = authority.certify("me");
    let key = me.key.serialize_pem();
    let identity = ClientIdentity::new(&me.pem, &key).unwrap();
    assert_eq!(format!("{identity:?}"), "ClientIdentity { .. }");

    let insecure = || config().insecure_skip_tls_verify(true);
    for (config, kind) in [
        (insecure().token(SECRET), "token"),
        (insecure().basic("me", SECRET), "basic"),
        (insecure().exec(plugin).unwrap(), "exec"),
        (insecure().oidc(provider).unwrap(), "oidc"),
        (insecure().client_certificate(&me.pem, &key), "client certificate"),
        (insecure().client_identity(identity), "client certificate"),
        (insecure().token_file("/run/token"), "token file"),
    ] {
        hidden(&config);
        let text = format!("{config:?}");
        assert!(text.contains(&format!("credentials: {kind:?}")) && !text.contains("PRIVATE KEY"), "{text}");
        let transport = config.transport().unwrap();
        hidden(&transport);
        let client = Client::new(config).unwrap();
        hidden(&client);
        hidden(client.rest());
    }
    hidden(&Request::post("/x").json(&SECRET).query("a", SECRET));
    let kubeconfig = Kubeconfig::parse(
        "users: [{name: u, user: {token: hunter2}}, {name: v, user: {client-key-data: hunter2}}]",
    );
    hidden(&kubeconfig.unwrap());
}

#[test]
fn no_error_of_a_configuration_shows_a_credential() {
    let errors = [
        config().client_certificate_files("/no/such/file", "/no/such/key").unwrap_err(),
        config().token("hunter2\n\u{1}").transport().unwrap_err(),
        config().user_agent("hunter2\n").err().unwrap_or_else(|| kubist::Error::invalid("trimmed")),
        config().oidc(OidcConfig::new("https://x", "y").unwrap().id_token(SECRET)).unwrap_err(),
        config().exec(ExecConfig::new("").args([SECRET])).unwrap_err(),
        ClientIdentity::new(SECRET, SECRET).unwrap_err(),
        OidcConfig::new("https://me:hunter2@host", "x").unwrap_err(),
    ];
    for error in errors {
        hidden(&error);
        assert!(!error.to_string().contains(SECRET), "{error}");
    }
}
