//! Certificates against a server that signs what it likes.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::{Method, Request, Response};
use http_body::Frame;
use http_body_util::{BodyExt, StreamBody};
use rcgen::{BasicConstraints, CertificateParams, CertificateSigningRequestParams, IsCa, Issuer, KeyPair};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{CertificateRequest, ClientCertificate, PrivateKey, RenewingCertificate};
use crate::client::Client;
use crate::error::Result;
use crate::transport::Body;

/// Signs each request for an hour, except where it does something else.
#[derive(Clone)]
struct Signer(Arc<Mutex<State>>);

struct State {
    issuer: Issuer<'static, KeyPair>,
    began: (SystemTime, Instant),
    objects: Vec<Value>,
    /// What becomes of the next requests, one after the other.
    plan: Vec<&'static str>,
}

impl Signer {
    fn new(plan: &[&'static str]) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let plan = plan.iter().rev().copied().collect();
        let began = (SystemTime::now(), Instant::now());
        Self(Arc::new(Mutex::new(State {
            issuer: Issuer::new(params, key),
            began,
            objects: Vec::new(),
            plan,
        })))
    }

    fn client(&self) -> Client {
        let signer = self.clone();
        let service = tower::service_fn(move |request: Request<Body>| {
            let signer = signer.clone();
            async move {
                let (parts, body) = request.into_parts();
                let body = body.collect().await.unwrap().to_bytes();
                Ok::<_, Infallible>(signer.answer(&parts, &body))
            }
        });
        Client::from_service(service, "http://fake", "default").unwrap()
    }

    fn asked(&self) -> usize {
        self.0.lock().unwrap().objects.len()
    }

    fn answer(&self, parts: &http::request::Parts, body: &[u8]) -> Response<Answer> {
        let query = parts.uri.query().unwrap_or_default();
        if query.contains("watch=") {
            return Response::new(StreamBody::new(stream::pending().boxed()));
        }
        let mut state = self.0.lock().unwrap();
        let answer = if parts.method == Method::POST {
            let object = state.create(serde_json::from_slice(body).unwrap());
            state.objects.push(object.clone());
            object
        } else {
            let named = |object: &&Value| query.contains(object["metadata"]["name"].as_str().unwrap());
            let items: Vec<&Value> = state.objects.iter().filter(named).collect();
            json!({"metadata": {"resourceVersion": "1"}, "items": items})
        };
        let bytes = Bytes::from(answer.to_string());
        Response::new(StreamBody::new(stream::once(async { Ok(Frame::data(bytes)) }).boxed()))
    }
}

type Answer = StreamBody<stream::BoxStream<'static, Result<Frame<Bytes>>>>;

impl State {
    fn create(&mut self, mut object: Value) -> Value {
        use base64::Engine;
        let base64 = base64::prelude::BASE64_STANDARD;
        let number = self.objects.len();
        assert_eq!(object["metadata"]["generateName"], "csr-");
        object["metadata"] =
            json!({"name": format!("csr-{number}x"), "uid": number.to_string(), "resourceVersion": "1"});
        let request = base64.decode(object["spec"]["request"].as_str().unwrap()).unwrap();
        let mut request =
            CertificateSigningRequestParams::from_pem(std::str::from_utf8(&request).unwrap()).unwrap();
        let now = self.began.0 + self.began.1.elapsed();
        let plan = self.plan.pop().unwrap_or("sign");
        let hours = if plan == "briefly" { 0 } else { 1 };
        request.params.not_before = now.into();
        request.params.not_after = (now + Duration::from_secs(hours * 3600)).into();
        let certificate = request.signed_by(&self.issuer).unwrap().pem();
        let kind = if plan == "deny" { "Denied" } else { "Approved" };
        object["status"] = json!({
            "conditions": [{"type": kind, "status": "True", "reason": "Policy"}],
            "certificate": base64.encode(certificate),
        });
        object
    }
}

fn request() -> CertificateRequest {
    CertificateRequest::client("deployer").name("ignored")
}

async fn soon(certificate: impl Future<Output = Result<ClientCertificate>>) -> ClientCertificate {
    let hours = Duration::from_secs(3 * 3600);
    tokio::time::timeout(hours, certificate).await.expect("it comes within three hours").unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_certificate_is_renewed_in_its_last_third_with_a_new_key() {
    let signer = Signer::new(&[]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("client.pem");
    let told = Arc::<Mutex<usize>>::default();
    let count = Arc::clone(&told);
    let renewing = RenewingCertificate::builder(request())
        .stored_in(&path)
        .on_renewed(move |_| *count.lock().unwrap() += 1)
        .start(signer.client())
        .unwrap();
    let first = soon(renewing.ready()).await;
    let start = Instant::now();
    let second = soon(renewing.renewed()).await;
    let minutes = start.elapsed().as_secs() / 60;
    assert!((41..=54).contains(&minutes), "{minutes} minutes");
    assert_ne!(first.key().pem(), second.key().pem());
    assert!(second.validity().not_after > first.validity().not_after);
    assert_eq!((signer.asked(), *told.lock().unwrap()), (2, 2));
    assert!(renewing.last_error().is_none());

    // What is in the file is what another start begins with.
    drop(renewing);
    let again = RenewingCertificate::builder(request()).stored_in(&path).start(signer.client()).unwrap();
    assert_eq!(again.current().unwrap().key().pem(), second.key().pem());
    assert_eq!(signer.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_tried_again_later_and_told() {
    let signer = Signer::new(&["deny", "deny", "briefly", "sign"]);
    let start = Instant::now();
    let renewing = RenewingCertificate::builder(request()).start(signer.client()).unwrap();
    assert!(renewing.current().is_none());
    soon(renewing.ready()).await;
    // After 2, 4 and 8 seconds, and a tenth more at most.
    let waited = start.elapsed().as_millis();
    assert!((14_000..=15_500).contains(&waited), "{waited} ms");
    assert_eq!(signer.asked(), 4);
    assert!(renewing.last_error().is_none());
}

#[tokio::test(start_paused = true)]
async fn why_a_certificate_is_not_renewed_is_told() {
    let signer = Signer::new(&["deny"; 100]);
    let renewing = RenewingCertificate::builder(request()).start(signer.client()).unwrap();
    let waited = tokio::time::timeout(Duration::from_secs(1), renewing.ready()).await;
    assert!(waited.is_err());
    let error = format!("{:#}", renewing.last_error().unwrap());
    assert_eq!(error, "certificate signing request \"csr-0x\": it was denied: Policy");
    // The longest wait is 32 s.
    tokio::time::sleep(Duration::from_secs(600)).await;
    assert!((18..=24).contains(&signer.asked()), "{}", signer.asked());
}

#[tokio::test(start_paused = true)]
async fn the_last_handle_ends_the_renewals() {
    let signer = Signer::new(&[]);
    let renewing = RenewingCertificate::builder(request()).start(signer.client()).unwrap();
    soon(renewing.ready()).await;
    let kept = renewing.clone();
    drop(renewing);
    soon(kept.renewed()).await;
    drop(kept);
    tokio::time::sleep(Duration::from_secs(24 * 3600)).await;
    assert_eq!(signer.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_request_that_cannot_be_made_is_told_at_once() {
    let signer = Signer::new(&[]);
    let two = request().organization("a").organization("b");
    assert!(RenewingCertificate::builder(two).start(signer.client()).unwrap_err().is_invalid());
    let certificate = |pem: &str| ClientCertificate::new(pem, PrivateKey::generate().unwrap());
    assert!(certificate("").is_err());
    assert_eq!(signer.asked(), 0);
}
