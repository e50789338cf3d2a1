use std::fmt::{self, Write};
use std::sync::{Arc, Mutex};

use k8s_openapi::api::core::v1::Secret;
use kubist::client::Client;
use kubist::config::Config;
use kubist::rest::Request;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::server::{Server, json};
use crate::tls::Authority;

const SECRET: &str = "hunter2";

/// Reads everything that anybody logs, at every level, and keeps what matters here.
#[derive(Clone, Default)]
struct Everything(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    leaks: Vec<String>,
    requests: Vec<String>,
}

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}

impl Everything {
    fn line(&self, target: &str, record: impl FnOnce(&mut dyn Visit)) {
        let mut fields = Fields(target.to_owned());
        record(&mut fields);
        let mut kept = self.0.lock().unwrap();
        if fields.0.contains(SECRET) {
            kept.leaks.push(fields.0);
        } else if target.starts_with("kubist::rest") {
            kept.requests.push(fields.0);
        }
    }
}

impl Subscriber for Everything {
    fn enabled(&self, _metadata: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.line(span.metadata().target(), |visit| span.record(visit));
        Id::from_u64(1)
    }

    fn record(&self, _span: &Id, values: &Record<'_>) {
        self.line("", |visit| values.record(visit));
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.line(event.metadata().target(), |visit| event.record(visit));
    }

    fn enter(&self, _span: &Id) {}

    fn exit(&self, _span: &Id) {}
}

#[tokio::test]
async fn nothing_that_is_logged_holds_a_token_or_a_body() {
    let log = Everything::default();
    // For the whole program: what another test logs in the meantime must hold no secret either.
    tracing::subscriber::set_global_default(log.clone()).unwrap();
    let authority = Authority::new();
    for protocol in ["h2", "http/1.1"] {
        let tls = authority.server("127.0.0.1", &[protocol]);
        let server = Server::start(Some(tls), |arrived| match &*arrived.path {
            "/api/v1/namespaces/shop/secrets" => json("{\"data\":{\"answer\":\"hunter2\"}"),
            _ => json("{\"metadata\":{\"creationTimestamp\":\"hunter2\"}}"),
        })
        .await;
        let config = Config::new(&format!("https://{}", server.address)).unwrap();
        let config = config.certificate_authority(&authority.pem).token("token-hunter2");
        let client = Client::new(config).unwrap();
        let mut secret = Secret::default();
        secret.metadata.name = Some("s".to_owned());
        secret.string_data = Some([("password".to_owned(), "hunter2".to_owned())].into());
        let secrets = client.namespaced::<Secret>("shop");
        secrets.create(&secret).await.unwrap_err();
        secrets.get("s").await.unwrap_err();
        let asked = Request::get("/version").query("token", "hunter2").header("x-token", "hunter2");
        client.rest().bytes(asked).await.unwrap();
        let arrived = server.arrived();
        assert_eq!(arrived[0].headers["authorization"], "Bearer token-hunter2");
    }
    let kept = log.0.lock().unwrap();
    let path = "path=\"/api/v1/namespaces/shop/secrets\"";
    assert!(kept.requests.iter().any(|line| line.contains(path)));
    assert!(kept.leaks.is_empty(), "{:#?}", kept.leaks);
}
