//! Generated: the schemas of `api::authentication::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use std::collections::BTreeMap;

use k8s_openapi::api::authentication::v1::*;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;

use super::table::*;

tables! {
    mod since_1_33;

    SelfSubjectReview kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        status "status": Option<SelfSubjectReviewStatus>;
    }

    SelfSubjectReviewStatus {
        user_info "userInfo": Option<UserInfo>;
    }

    TokenReview kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": TokenReviewSpec;
        status "status": Option<TokenReviewStatus>;
    }

    TokenReviewSpec {
        audiences "audiences": Option<Vec<String>> => ATOMIC_LIST;
        token "token": changed_1_36![String, Option<String>];
    }

    TokenReviewStatus {
        audiences "audiences": Option<Vec<String>> => ATOMIC_LIST;
        authenticated "authenticated": Option<bool>;
        error "error": Option<String>;
        user "user": Option<UserInfo>;
    }

    UserInfo {
        extra "extra": Option<BTreeMap<String, Vec<String>>>;
        groups "groups": Option<Vec<String>> => ATOMIC_LIST;
        uid "uid": Option<String>;
        username "username": Option<String>;
    }
}
