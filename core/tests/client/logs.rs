use std::fmt::{self, Write};
use std::sync::{Arc, Mutex};

use k8s_openapi::api::core::v1::Secret;
use kubist::client::Client;
use kubist::config::Config;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::server::{Server, json};
use crate::tls::Authority;

/// Writes down everything that anybody logs, at every level.
#[derive(Clone, Default)]
struct Everything(Arc<Mutex<String>>);

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}

impl Everything {
    fn line(&self, metadata: &Metadata<'_>, record: impl FnOnce(&mut dyn Visit)) {
        let mut text = self.0.lock().unwrap();
        let _ = write!(text, "\n{}", metadata.target());
        record(&mut Fields(&mut text));
    }
}

impl Subscriber for Everything {
    fn enabled(&self, _metadata: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.line(span.metadata(), |visit| span.record(visit));
        Id::from_u64(1)
    }

    fn record(&self, _span: &Id, values: &Record<'_>) {
        values.record(&mut Fields(&mut self.0.lock().unwrap()));
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.line(event.metadata(), |visit| event.record(visit));
    }

    fn enter(&self, _span: &Id) {}

    fn exit(&self, _span: &Id) {}
}

#[tokio::test]
async fn nothing_that_is_logged_holds_a_token_or_a_body() {
    let log = Everything::default();
    let _guard = tracing::subscriber::set_default(log.clone());
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
        let arrived = server.arrived();
        assert_eq!(arrived[0].headers["authorization"], "Bearer token-hunter2");
    }
    let text = log.0.lock().unwrap();
    assert!(text.contains("kubist::rest") && text.contains("path=\"/api/v1/namespaces/shop/secrets\""));
    let leaks: Vec<_> = text.lines().filter(|line| line.contains("hunter2")).collect();
    assert!(leaks.is_empty(), "{leaks:#?}");
}
