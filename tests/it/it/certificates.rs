//! Certificates that the cluster signs.

use std::time::Duration;

use k8s_openapi::ByteString;
use k8s_openapi::api::authentication::v1::{SelfSubjectReview, UserInfo};
use k8s_openapi::api::certificates::v1::{
    CertificateSigningRequest, CertificateSigningRequestCondition, CertificateSigningRequestStatus,
};
use kubist::cert::{CertificateRequest, ClientCertificate, PrivateKey, RenewingCertificate};
use kubist::config::Config;
use kubist::informer::Change;
use kubist::prelude::*;
use kubist::rest::Request;

use crate::cluster::Cluster;

/// A signer of this test alone.
const SIGNER: &str = "it.example.com/renewal";
const HOUR: Duration = Duration::from_secs(3600);

fn condition(kind: &str) -> CertificateSigningRequestStatus {
    let condition = CertificateSigningRequestCondition {
        type_: kind.to_owned(),
        status: "True".to_owned(),
        reason: Some("Tested".to_owned()),
        message: Some("by the test".to_owned()),
        ..CertificateSigningRequestCondition::default()
    };
    CertificateSigningRequestStatus { conditions: Some(vec![condition]), certificate: None }
}

/// Approves or denies a request.
async fn decide(cluster: &Cluster, name: &str, kind: &str) -> CertificateSigningRequest {
    let requests = cluster.client.cluster::<CertificateSigningRequest>();
    let mut request = requests.get(name).await.unwrap();
    request.status = Some(condition(kind));
    requests.replace_subresource(name, "approval", &request).await.unwrap()
}

/// Does what the signer does.
async fn sign(cluster: &Cluster, mut request: CertificateSigningRequest, lifetime: Duration) {
    let pem = String::from_utf8(request.spec.request.0.clone()).unwrap();
    let certificate = cluster.sign(&pem, lifetime);
    request.status.as_mut().unwrap().certificate = Some(ByteString(certificate.into_bytes()));
    cluster.client.cluster::<CertificateSigningRequest>().replace_status(&request).await.unwrap();
}

/// The server, and nothing of who we are.
fn anonymous(cluster: &Cluster) -> Config {
    let config = Config::from_kubeconfig(&cluster.kubeconfig).unwrap();
    Config::new(&config.url().to_string()).unwrap().insecure_skip_tls_verify(true)
}

/// Whom the server takes a client for.
async fn who(config: Config) -> UserInfo {
    user_of(&Client::new(config).unwrap()).await
}

async fn user_of(client: &Client) -> UserInfo {
    let request = Request::post("/apis/authentication.k8s.io/v1/selfsubjectreviews");
    let request = request.json(&SelfSubjectReview::default());
    let review: SelfSubjectReview = client.rest().json(request).await.unwrap();
    review.status.unwrap().user_info.unwrap()
}

/// Which certificate the server has seen.
fn credential(user: &UserInfo) -> String {
    user.extra.as_ref().unwrap()["authentication.kubernetes.io/credential-id"].concat()
}

pub(crate) async fn a_request_that_is_approved_and_signed_is_a_user(cluster: Cluster) {
    let key = PrivateKey::generate().unwrap();
    let request = CertificateRequest::client("it-deployer").organization("it-deployers").expires_in(HOUR);
    let pending = request.submit(&cluster.client, &key).await.unwrap();
    let soon = pending.issued_within(Duration::from_millis(50)).await.unwrap_err();
    assert!(soon.is_timeout(), "{soon:#}");

    let (certificate, ()) = tokio::join!(pending.issued_within(HOUR), async {
        let approved = decide(&cluster, pending.name(), "Approved").await;
        sign(&cluster, approved, HOUR).await;
    });
    let certificate = ClientCertificate::new(certificate.unwrap(), key).unwrap();
    let config = anonymous(&cluster).client_certificate(certificate.certificate(), certificate.key().pem());
    let user = who(config).await;
    assert_eq!(user.username.as_deref(), Some("it-deployer"));
    assert!(user.groups.unwrap().contains(&"it-deployers".to_owned()));
}

pub(crate) async fn a_request_that_is_denied_ends_the_waiting(cluster: Cluster) {
    let key = PrivateKey::generate().unwrap();
    let request = CertificateRequest::client("it-denied");
    let pending = request.submit(&cluster.client, &key).await.unwrap();
    let (issued, _) = tokio::join!(pending.issued_within(HOUR), decide(&cluster, pending.name(), "Denied"));
    let error = format!("{:#}", issued.unwrap_err());
    let name = pending.name();
    assert_eq!(error, format!("certificate signing request {name:?}: it was denied: Tested: by the test"));

    let pending = request.submit(&cluster.client, &key).await.unwrap();
    let requests = cluster.client.cluster::<CertificateSigningRequest>();
    let (issued, deleted) = tokio::join!(pending.issued_within(HOUR), requests.delete(pending.name()));
    deleted.unwrap();
    let error = format!("{:#}", issued.unwrap_err());
    assert!(error.ends_with("it was deleted") || error.ends_with("it is gone"), "{error}");
}

pub(crate) async fn a_renewing_certificate_has_another_one_in_time(cluster: Cluster) {
    // Whoever approves and signs: each certificate is valid for ten seconds.
    let requests = cluster.client.cluster::<CertificateSigningRequest>().informer().start();
    let (told, mut asked) = tokio::sync::mpsc::unbounded_channel();
    let _registration = requests.on(move |change| {
        // Other tests ask for certificates, too.
        if let Change::Added { object, .. } = change
            && object.spec.signer_name == SIGNER
        {
            let _ = told.send(object);
        }
    });
    requests.synced().await.unwrap();
    let request = CertificateRequest::new(SIGNER, "it-renewed").usage("client auth");
    let renewing = RenewingCertificate::builder(request).start(cluster.client.clone()).unwrap();
    let signer = async {
        for _ in 0..2 {
            let request = asked.recv().await.unwrap();
            let approved = decide(&cluster, request.metadata.name.as_deref().unwrap(), "Approved").await;
            sign(&cluster, approved, Duration::from_secs(10)).await;
        }
    };
    let user = async {
        // A client that was made with the first certificate goes on with the second.
        let identity = renewing.identity().await.unwrap();
        let client = Client::new(anonymous(&cluster).client_identity(identity)).unwrap();
        let first = user_of(&client).await;
        assert_eq!(first.username.as_deref(), Some("it-renewed"));
        let key = renewing.current().unwrap().key().clone();
        let second = renewing.renewed().await.unwrap();
        assert_ne!(second.key().pem(), key.pem());
        let user = user_of(&client).await;
        assert_eq!(user.username, first.username);
        assert_ne!(credential(&user), credential(&first));
    };
    tokio::join!(signer, user);
}
