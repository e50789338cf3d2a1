//! Generated: the schemas of `api::certificates::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use std::collections::BTreeMap;

use k8s_openapi::api::certificates::v1::*;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;

use super::table::*;

tables! {
    mod since_1_33;

    CertificateSigningRequest kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": CertificateSigningRequestSpec;
        status "status": Option<CertificateSigningRequestStatus>;
    }

    CertificateSigningRequestCondition ["type_"] {
        last_transition_time "lastTransitionTime": Option<meta::Time>;
        last_update_time "lastUpdateTime": Option<meta::Time>;
        message "message": Option<String>;
        reason "reason": Option<String>;
        status "status": String;
        type_ "type": String;
    }

    CertificateSigningRequestSpec {
        expiration_seconds "expirationSeconds": Option<i32>;
        extra "extra": Option<BTreeMap<String, Vec<String>>>;
        groups "groups": Option<Vec<String>> => ATOMIC_LIST;
        request "request": k8s_openapi::ByteString;
        signer_name "signerName": String;
        uid "uid": Option<String>;
        usages "usages" = list_of(&one_of(&["any", "cert sign", "client auth", "code signing", "content commitment", "crl sign", "data encipherment", "decipher only", "digital signature", "email protection", "encipher only", "ipsec end system", "ipsec tunnel", "ipsec user", "key agreement", "key encipherment", "microsoft sgc", "netscape sgc", "ocsp signing", "s/mime", "server auth", "signing", "timestamping"])).optional() => ATOMIC_LIST;
        username "username": Option<String>;
    }

    CertificateSigningRequestStatus {
        certificate "certificate": Option<k8s_openapi::ByteString>;
        conditions "conditions": Option<Vec<CertificateSigningRequestCondition>> => map(&["type_"]);
    }
}

k8s_openapi::k8s_if_ge_1_37! {
tables! {
    mod since_1_37;

    ClusterTrustBundle kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": ClusterTrustBundleSpec;
    }

    ClusterTrustBundleSpec {
        signer_name "signerName": Option<String>;
        trust_bundle "trustBundle": String;
    }

    PodCertificateRequest kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": PodCertificateRequestSpec;
        status "status": Option<PodCertificateRequestStatus>;
    }

    PodCertificateRequestSpec {
        max_expiration_seconds "maxExpirationSeconds": Option<i32>;
        node_name "nodeName": String;
        node_uid "nodeUID": String;
        pod_name "podName": String;
        pod_uid "podUID": String;
        service_account_name "serviceAccountName": String;
        service_account_uid "serviceAccountUID": String;
        signer_name "signerName": String;
        stub_pkc_s10_request "stubPKCS10Request": k8s_openapi::ByteString;
        unverified_user_annotations "unverifiedUserAnnotations": Option<BTreeMap<String, String>>;
    }

    PodCertificateRequestStatus {
        begin_refresh_at "beginRefreshAt": Option<meta::Time>;
        certificate_chain "certificateChain": Option<String>;
        conditions "conditions": Option<Vec<meta::Condition>> => map(&["type_"]);
        not_after "notAfter": Option<meta::Time>;
        not_before "notBefore": Option<meta::Time>;
    }
}
}
