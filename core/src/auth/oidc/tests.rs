//! A provider that follows a script.

use std::sync::Arc;
use std::sync::Mutex;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::transport::CredentialSource;

/// An ID token that ends so many seconds from now.
fn token(name: &str, seconds: i64) -> String {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    let end = i64::try_from(now).unwrap() + seconds;
    let claims = URL_SAFE_NO_PAD.encode(format!("{{\"sub\":\"{name}\",\"exp\":{end}}}"));
    format!("e30.{claims}.c2ln")
}

/// The head of a request without what does not matter, and its body.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    line: String,
    authorization: Option<String>,
    body: String,
}

struct Provider {
    url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    _tasks: tokio::task::JoinSet<()>,
}

impl Provider {
    /// Answers the requests for tokens with these, in turn: code and body.
    async fn start(answers: Vec<(u16, String)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::<Mutex<Vec<Asked>>>::default();
        let mut tasks = tokio::task::JoinSet::new();
        let (mine, base) = (Arc::clone(&asked), url.clone());
        tasks.spawn(async move {
            let mut answers = answers.into_iter();
            loop {
                let (mut socket, _) = listener.accept().await.unwrap();
                let Some(request) = read(&mut socket).await else {
                    continue;
                };
                let (code, body) = if request.line.starts_with("GET /.well-known/openid-configuration ") {
                    (200, format!("{{\"token_endpoint\":\"{base}/token\"}}"))
                } else {
                    mine.lock().unwrap().push(request);
                    answers.next().unwrap()
                };
                let head = format!("HTTP/1.1 {code} x\r\nLocation: {base}/token\r\nConnection: close\r\n");
                let answer = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
                socket.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        Self { url, asked, _tasks: tasks }
    }

    fn config(&self) -> OidcConfig {
        OidcConfig::new(&self.url, "kubernetes").unwrap().refresh_token("refresh hunter2")
    }

    fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

async fn read(socket: &mut TcpStream) -> Option<Asked> {
    let mut text = String::new();
    let mut chunk = [0; 4096];
    loop {
        let read = socket.read(&mut chunk).await.ok().filter(|read| *read > 0)?;
        text.push_str(std::str::from_utf8(&chunk[..read]).unwrap());
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let header = |name: &str| {
            let mut lines = head.lines().filter_map(|line| line.split_once(": "));
            lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
        };
        let length: usize = header("content-length").map_or(0, |length| length.parse().unwrap());
        if body.len() >= length {
            let line = head.lines().next().unwrap().to_owned();
            return Some(Asked { line, authorization: header("authorization"), body: body.to_owned() });
        }
    }
}

fn tokens(id: &str, refresh: Option<&str>) -> String {
    serde_json::json!({"id_token": id, "refresh_token": refresh, "access_token": "a"}).to_string()
}

async fn header(source: &Renewing) -> String {
    let header = source.current().await.unwrap().authorization.unwrap();
    assert!(header.is_sensitive());
    header.to_str().unwrap().to_owned()
}

async fn failure(config: &OidcConfig) -> String {
    let error = source(config).unwrap().current().await.err().unwrap();
    let text = format!("{error:#}");
    assert!(!text.contains("hunter2"), "{text}");
    assert_eq!(error.kind(), ErrorKind::Credentials, "{text}");
    text
}

#[tokio::test]
async fn an_id_token_that_is_good_is_used_and_nobody_is_asked() {
    let provider = Provider::start(Vec::new()).await;
    let good = token("me", 3600);
    let source = source(&provider.config().id_token(&good)).unwrap();
    assert_eq!(header(&source).await, format!("Bearer {good}"));
    assert!(provider.asked().is_empty());
}

#[tokio::test]
async fn an_id_token_that_ended_is_renewed_and_the_new_tokens_are_kept() {
    let (new, newer) = (token("new", 3600), token("newer", 3600));
    let provider =
        Provider::start(vec![(200, tokens(&new, Some("next"))), (200, tokens(&newer, None))]).await;
    let kept = Arc::<Mutex<Vec<(String, String)>>>::default();
    let keeping = Arc::clone(&kept);
    let config = provider.config().id_token(token("old", -1)).on_renewal(move |tokens| {
        assert_eq!(format!("{tokens:?}"), "OidcTokens { .. }");
        let tokens = (tokens.id_token().to_owned(), tokens.refresh_token().to_owned());
        keeping.lock().unwrap().push(tokens);
        Err(Error::invalid("the disk is full"))
    });
    let source = source(&config).unwrap();
    assert_eq!(header(&source).await, format!("Bearer {new}"), "kept or not, it is used");
    assert_eq!(*kept.lock().unwrap(), [(new.clone(), "next".to_owned())]);
    let asked = Asked {
        line: "POST /token HTTP/1.1".to_owned(),
        authorization: None,
        body: "grant_type=refresh_token&refresh_token=refresh%20hunter2&client_id=kubernetes".to_owned(),
    };
    assert_eq!(provider.asked(), [asked]);
}

#[tokio::test(start_paused = true)]
async fn a_refused_id_token_is_renewed_with_the_refresh_token_that_came_last() {
    // The clock is not advanced while something is on the wire.
    tokio::time::resume();
    let (new, newer) = (token("new", 3600), token("newer", 3600));
    let provider =
        Provider::start(vec![(200, tokens(&new, Some("next"))), (200, tokens(&newer, None))]).await;
    let source = source(&provider.config()).unwrap();
    let first = source.current().await.unwrap();
    tokio::time::pause();
    tokio::time::advance(std::time::Duration::from_secs(11)).await;
    tokio::time::resume();
    let second = source.refused(&first).await.unwrap().unwrap();
    assert_eq!(second.authorization.unwrap(), format!("Bearer {newer}").as_str());
    assert!(provider.asked()[1].body.contains("refresh_token=next&"), "{:?}", provider.asked());
}

#[tokio::test]
async fn a_secret_goes_into_a_header_and_where_that_is_refused_into_the_form() {
    let new = token("new", 3600);
    let refused = r#"{"error":"invalid_client"}"#.to_owned();
    let provider = Provider::start(vec![(401, refused), (200, tokens(&new, None))]).await;
    let source = source(&provider.config().client_secret("a b")).unwrap();
    assert_eq!(header(&source).await, format!("Bearer {new}"));
    let asked = provider.asked();
    assert_eq!(asked[0].authorization.as_deref(), Some("Basic a3ViZXJuZXRlczphJTIwYg=="));
    assert!(!asked[0].body.contains("client_secret"));
    assert_eq!(asked[1].authorization, None);
    assert!(asked[1].body.ends_with("&client_id=kubernetes&client_secret=a%20b"), "{}", asked[1].body);
}

#[tokio::test]
async fn what_a_provider_answers_wrongly_is_told_without_tokens() {
    let expired = r#"{"error":"invalid_grant","error_description":"log in\u001b[31m again"}"#;
    for (code, body, expected) in [
        (400, expired, "it gave no tokens (400): invalid_grant log in again"),
        (500, "hunter2", "it gave no tokens (500)"),
        (302, "hunter2", "it gave no tokens (302)"),
        (200, "hunter2", "its answer is not understood"),
        (200, r#"{"id_token":["hunter2"]}"#, "its answer is not understood"),
        (200, r#"{"access_token":"hunter2"}"#, "it gave no ID token"),
        (200, r#"{"id_token":"hunter2"}"#, "is no JSON web token"),
    ] {
        let provider = Provider::start(vec![(code, body.to_owned())]).await;
        let text = failure(&provider.config()).await;
        assert!(text.contains(expected), "{text}");
        assert!(text.starts_with("OpenID Connect provider http://127.0.0.1"), "{text}");
        assert_eq!(provider.asked().len(), 1);
    }
    let provider = Provider::start(Vec::new()).await;
    let without = OidcConfig::new(&provider.url, "kubernetes").unwrap();
    assert!(failure(&without).await.ends_with("there is no refresh token"));
}

#[test]
fn the_settings_of_a_kubeconfig_are_checked() {
    let settings = |settings: &[(&str, &str)]| {
        settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let failure = |given: &[(&str, &str)]| {
        let error = OidcConfig::from_settings(&settings(given)).unwrap_err();
        assert!(!format!("{error:#}").contains("hunter2"), "{error:#}");
        error.to_string()
    };
    let issuer = ("idp-issuer-url", "https://login.example.com");
    assert!(failure(&[]).ends_with("idp-issuer-url is missing"));
    assert!(failure(&[issuer]).ends_with("client-id is missing"));
    assert!(failure(&[("idp-issuer-url", "http://hunter2"), ("client-id", "x")]).contains("https://"));
    let data = ("idp-certificate-authority-data", "hunter2!");
    assert!(failure(&[issuer, ("client-id", "x"), data]).ends_with("is not base64"));
    let file = ("idp-certificate-authority", "/no/such/file");
    let config = OidcConfig::from_settings(&settings(&[issuer, ("client-id", "x"), file])).unwrap();
    assert!(source(&config).err().unwrap().to_string().contains("/no/such/file cannot be read"));
    let config = config.id_token("hunter2");
    let config = OidcConfig { ca_file: None, ..config };
    let error = source(&config).err().unwrap();
    assert!(error.to_string().contains("is no JSON web token"), "{error}");
}
