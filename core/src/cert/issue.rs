use std::time::Duration;

use k8s_openapi::api::certificates::v1::CertificateSigningRequest;
use tokio::sync::mpsc;

use crate::api::Api;
use crate::error::{Error, ErrorKind, Result};
use crate::informer::Change;

/// A certificate that was asked for.
#[derive(Clone, Debug)]
pub struct PendingCertificate {
    api: Api<CertificateSigningRequest>,
    name: String,
    uid: Option<String>,
}

/// What became of a request.
#[derive(Debug, PartialEq)]
enum Outcome {
    Waiting,
    Issued(String),
    Ended(String),
}

impl PendingCertificate {
    pub(super) fn new(api: Api<CertificateSigningRequest>, created: &CertificateSigningRequest) -> Self {
        let name = created.metadata.name.clone().unwrap_or_default();
        Self { api, name, uid: created.metadata.uid.clone() }
    }

    /// The name of the object, for those who approve it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Waits until the request is approved and signed, and gives the certificate in PEM. It watches the object, so the
    /// user must be allowed to list and watch it.
    ///
    /// # Errors
    ///
    /// When the request is denied, has failed or is deleted; [`is_timeout`](Error::is_timeout) when the time is over.
    ///
    /// # Cancel safety
    ///
    /// May be dropped and called again at any time: the request stays.
    pub async fn issued_within(&self, limit: Duration) -> Result<String> {
        let about = || format!("certificate signing request {:?}", self.name);
        let issued = tokio::time::timeout(limit, self.issued()).await;
        let timeout = || Error::new(ErrorKind::Timeout, format!("not approved and signed within {limit:?}"));
        issued.unwrap_or_else(|_| Err(timeout())).map_err(|error| error.during(about()))
    }

    async fn issued(&self) -> Result<String> {
        let (told, mut outcomes) = mpsc::unbounded_channel();
        let (uid, lost) = (self.uid.clone(), told.clone());
        let selector = crate::fields::Selector::equals("metadata.name", &*self.name);
        let informer = self.api.clone().fields(selector).informer().start();
        let _registration = informer.on(move |change| {
            // Whoever waited may have gone.
            let _ = told.send(outcome(&change, uid.as_deref()));
        });
        informer.synced().await?;
        if informer.lister().get(&self.name).is_none() {
            let _ = lost.send(Outcome::Ended("it is gone".to_owned()));
        }
        while let Some(outcome) = outcomes.recv().await {
            match outcome {
                Outcome::Waiting => {}
                Outcome::Issued(certificate) => return Ok(certificate),
                Outcome::Ended(why) => return Err(Error::invalid(why)),
            }
        }
        Err(Error::new(ErrorKind::Stopped, "the watch has ended"))
    }
}

fn outcome(change: &Change<CertificateSigningRequest>, uid: Option<&str>) -> Outcome {
    let (Change::Added { object, .. } | Change::Updated { new: object, .. }) = change else {
        return Outcome::Ended("it was deleted".to_owned());
    };
    if object.metadata.uid.as_deref() != uid {
        return Outcome::Ended("it is another one with the same name".to_owned());
    }
    judge(object)
}

fn judge(request: &CertificateSigningRequest) -> Outcome {
    let Some(status) = &request.status else {
        return Outcome::Waiting;
    };
    let mut approved = false;
    for condition in status.conditions.iter().flatten() {
        let ended = match &*condition.type_ {
            "Denied" => "it was denied",
            "Failed" => "it has failed",
            kind => {
                approved |= kind == "Approved";
                continue;
            }
        };
        let said = [&condition.reason, &condition.message].into_iter().flatten();
        let said = said.filter(|text| !text.is_empty()).map(|text| format!(": {text}"));
        return Outcome::Ended(format!("{ended}{}", said.collect::<String>()));
    }
    match &status.certificate {
        Some(certificate) if approved && !certificate.0.is_empty() => {
            match String::from_utf8(certificate.0.clone()) {
                Ok(pem) => Outcome::Issued(pem),
                Err(_) => Outcome::Ended("its certificate is not PEM".to_owned()),
            }
        }
        _ => Outcome::Waiting,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn judged(status: serde_json::Value) -> Outcome {
        let object = json!({"metadata": {}, "spec": {"request": "", "signerName": "a/b"}, "status": status});
        judge(&serde_json::from_value(object).unwrap())
    }

    #[test]
    fn a_certificate_counts_once_its_request_is_approved() {
        let approved = json!({"type": "Approved", "status": "True"});
        assert_eq!(judged(json!({})), Outcome::Waiting);
        assert_eq!(judged(json!({"conditions": [approved]})), Outcome::Waiting);
        assert_eq!(judged(json!({"certificate": "UEVN"})), Outcome::Waiting);
        let issued = judged(json!({"conditions": [approved], "certificate": "UEVN"}));
        assert_eq!(issued, Outcome::Issued("PEM".to_owned()));
        let failed = json!({"type": "Failed", "status": "True", "reason": "Broken", "message": "no key"});
        let ended = judged(json!({"conditions": [approved, failed]}));
        assert_eq!(ended, Outcome::Ended("it has failed: Broken: no key".to_owned()));
        let denied = json!({"type": "Denied", "status": "True", "message": "no"});
        assert_eq!(judged(json!({"conditions": [denied]})), Outcome::Ended("it was denied: no".to_owned()));
    }
}
