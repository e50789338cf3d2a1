//! Pure: what a plugin is told, and what it answers.

use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use k8s_openapi::jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::auth::exec::config::{ExecCluster, ExecConfig};
use crate::auth::exec::{problem, validity};
use crate::auth::identity;
use crate::auth::renewing::Made;
use crate::error::{Error, ErrorKind, Result};
use crate::transport::{Credential, Identity, Secret};

const KIND: &str = "ExecCredential";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Input<'a> {
    kind: &'a str,
    api_version: &'a str,
    spec: Spec<'a>,
}

#[derive(Serialize)]
struct Spec<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    cluster: Option<Cluster<'a>>,
    interactive: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Cluster<'a> {
    server: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tls_server_name: Option<&'a str>,
    #[serde(skip_serializing_if = "is_false")]
    insecure_skip_tls_verify: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate_authority_data: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proxy_url: Option<&'a str>,
    #[serde(skip_serializing_if = "is_false")]
    disable_compression: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    config: Option<&'a serde_json::Value>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_false(value: &bool) -> bool {
    !value
}

/// The value of `KUBERNETES_EXEC_INFO`.
pub(crate) fn input(config: &ExecConfig, interactive: bool) -> Result<String> {
    let cluster = |cluster: &'_ ExecCluster| {
        let pem = cluster.certificate_authority.as_ref();
        pem.map(|pem| STANDARD.encode(pem))
    };
    let input = Input {
        kind: KIND,
        api_version: &config.api_version,
        spec: Spec {
            cluster: config.cluster.as_ref().map(|told| Cluster {
                server: &told.server,
                tls_server_name: told.tls_server_name.as_deref(),
                insecure_skip_tls_verify: told.insecure_skip_tls_verify,
                certificate_authority_data: cluster(told),
                proxy_url: told.proxy_url.as_deref(),
                disable_compression: told.disable_compression,
                config: told.config.as_ref(),
            }),
            interactive,
        },
    };
    // Without a source: it could quote the plugin's settings.
    serde_json::to_string(&input).map_err(|_| problem("what it has to be told cannot be written as JSON"))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Output {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    api_version: String,
    status: Option<Status>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    token: Option<String>,
    client_certificate_data: Option<String>,
    client_key_data: Option<String>,
    expiration_timestamp: Option<String>,
}

/// The credentials in what a plugin printed. What it printed is in no error: it may hold a token.
pub(crate) fn parse(stdout: &[u8], api_version: &str) -> Result<Made> {
    if stdout.trim_ascii().is_empty() {
        return Err(problem("it printed nothing"));
    }
    let output: Output = serde_json::from_slice(stdout).map_err(|error| {
        let error = Error::decode(format!("what it printed is no {KIND} in JSON: it"), &error);
        problem(error.to_string())
    })?;
    if output.kind != KIND {
        return Err(problem(format!("what it printed is no {KIND}")));
    }
    if output.api_version != api_version {
        let got = match &*output.api_version {
            "" => "without an apiVersion".to_owned(),
            version if is_version(version) => format!("of {version}"),
            _ => "of another version".to_owned(),
        };
        return Err(problem(format!("it printed an {KIND} {got}, and {api_version} is asked for")));
    }
    let status = output.status.ok_or_else(|| problem("it printed no status"))?;
    let text = |text: Option<String>| text.filter(|text| !text.is_empty());
    let (certificate, key) = (text(status.client_certificate_data), text(status.client_key_data));
    let identity = match (certificate, key) {
        (Some(certificate), Some(key)) => Some(Identity::new(certificate, Secret::new(key))),
        (None, None) => None,
        (Some(_), None) => return Err(problem("it printed a certificate and no key")),
        (None, Some(_)) => return Err(problem("it printed a key and no certificate")),
    };
    if let Some(identity) = &identity {
        identity::check(identity).map_err(|error| problem(format!("of what it printed, {error}")))?;
    }
    let token = text(status.token).map(|token| Secret::new(token.trim()));
    if token.is_none() && identity.is_none() {
        return Err(problem("it printed neither a token nor a certificate"));
    }
    let authorization = token
        .map(|token| token.bearer())
        .transpose()
        .map_err(|error| Error::new(ErrorKind::Credentials, error.to_string()))?;
    let said = text(status.expiration_timestamp).map(|text| timestamp(&text)).transpose()?;
    let own = identity.as_ref().and_then(|identity| identity.chain().ok());
    let own = own.and_then(|chain| validity::not_after(chain.first()?));
    // What ends first ends both.
    let expires = said.into_iter().chain(own).min();
    Ok(Made { credential: Credential { authorization, identity }, expires })
}

/// A version may be shown.
fn is_version(text: &str) -> bool {
    text.len() < 60 && text.starts_with("client.authentication.k8s.io/")
}

fn timestamp(text: &str) -> Result<SystemTime> {
    let parsed = text.trim().parse::<Timestamp>();
    let parsed = parsed.map_err(|_| problem("its expirationTimestamp is no time as in RFC 3339"))?;
    // Of what is before 1970 it only matters that it is over.
    let seconds = u64::try_from(parsed.as_second()).unwrap_or(0);
    Ok(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::exec::config::V1;

    const SECRET: &str = "hunter2";

    fn failure(stdout: &str) -> String {
        let error = parse(stdout.as_bytes(), V1).err().unwrap();
        let text = format!("{error:#}");
        assert!(!text.contains(SECRET), "{text}");
        assert_eq!(error.kind(), ErrorKind::Credentials);
        text
    }

    fn with_status(status: &str) -> String {
        format!("{{\"kind\":\"ExecCredential\",\"apiVersion\":\"{V1}\",\"status\":{status}}}")
    }

    #[test]
    fn what_a_plugin_prints_wrongly_is_told_and_not_shown() {
        for (stdout, expected) in [
            ("", "it printed nothing"),
            ("hunter2", "what it printed is no ExecCredential in JSON"),
            ("{\"status\":{\"token\":\"hunter2", "what it printed is no ExecCredential in JSON"),
            ("{\"kind\":\"hunter2\"}", "what it printed is no ExecCredential"),
            ("{\"kind\":\"ExecCredential\"}", "without an apiVersion, and client.auth"),
            (
                "{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1beta1\"}",
                "it printed an ExecCredential of client.authentication.k8s.io/v1beta1, and \
                 client.authentication.k8s.io/v1 is asked for",
            ),
            ("{\"kind\":\"ExecCredential\",\"apiVersion\":\"hunter2\"}", "of another version"),
            (&with_status("null"), "it printed no status"),
            (&with_status("{}"), "it printed neither a token nor a certificate"),
            (&with_status("{\"token\":[\"hunter2\"]}"), "what it printed is no ExecCredential in JSON"),
            (&with_status("{\"token\":\"hunter2\\n\\u0001\"}"), "characters that a header cannot have"),
            (&with_status("{\"clientCertificateData\":\"hunter2\"}"), "a certificate and no key"),
            (&with_status("{\"clientKeyData\":\"hunter2\"}"), "a key and no certificate"),
            (
                &with_status("{\"clientKeyData\":\"hunter2\",\"clientCertificateData\":\"hunter2\"}"),
                "of what it printed, the client certificate has no certificate in PEM",
            ),
            (
                &with_status("{\"token\":\"hunter2\",\"expirationTimestamp\":\"hunter2\"}"),
                "its expirationTimestamp is no time",
            ),
        ] {
            assert!(failure(stdout).contains(expected), "{stdout}: {}", failure(stdout));
        }
    }

    #[test]
    fn a_token_and_a_certificate_may_come_together_and_expire() {
        let certified = rcgen::generate_simple_self_signed(["me".to_owned()]).unwrap();
        let status = serde_json::json!({
            "token": "hunter2",
            "clientCertificateData": certified.cert.pem(),
            "clientKeyData": certified.signing_key.serialize_pem(),
            "expirationTimestamp": "2026-01-02T03:04:05+01:00",
        });
        let made = parse(with_status(&status.to_string()).as_bytes(), V1).unwrap();
        assert_eq!(made.credential.authorization.unwrap(), "Bearer hunter2");
        assert!(made.credential.identity.is_some());
        let seconds = made.expires.unwrap().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
        assert_eq!(seconds, 1_767_319_445);
    }

    #[test]
    fn a_certificate_ends_when_it_says_so_itself() {
        let mut params = rcgen::CertificateParams::new(["me".to_owned()]).unwrap();
        params.not_after = rcgen::date_time_ymd(2030, 1, 1);
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        let expires = |said: Option<&str>| {
            let status = serde_json::json!({
                "clientCertificateData": certificate.pem(),
                "clientKeyData": key.serialize_pem(),
                "expirationTimestamp": said,
            });
            let made = parse(with_status(&status.to_string()).as_bytes(), V1).unwrap();
            made.expires.unwrap().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()
        };
        assert_eq!(expires(None), 1_893_456_000);
        assert_eq!(expires(Some("2031-01-01T00:00:00Z")), 1_893_456_000);
        assert_eq!(expires(Some("2029-12-31T23:59:59Z")), 1_893_455_999);
    }

    #[test]
    fn a_plugin_is_told_whom_it_may_ask_and_about_the_cluster() {
        let config = ExecConfig::new("aws");
        let told = |config: &ExecConfig, interactive| {
            serde_json::from_str::<serde_json::Value>(&input(config, interactive).unwrap()).unwrap()
        };
        assert_eq!(
            told(&config, false),
            serde_json::json!({"kind": KIND, "apiVersion": V1, "spec": {"interactive": false}})
        );
        let cluster = ExecCluster::new("https://c")
            .tls_server_name("name")
            .certificate_authority("PEM")
            .config(serde_json::json!({"audience": "x"}));
        assert_eq!(
            told(&config.cluster(cluster), true)["spec"],
            serde_json::json!({
                "interactive": true,
                "cluster": {
                    "server": "https://c",
                    "tls-server-name": "name",
                    "certificate-authority-data": "UEVN",
                    "config": {"audience": "x"},
                },
            })
        );
    }
}
