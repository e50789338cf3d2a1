//! Generated: the schemas of `api::events::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use k8s_openapi::api::events::v1::*;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;

use super::table::*;

tables! {
    mod since_1_33;

    Event kind {
        action "action": Option<String>;
        deprecated_count "deprecatedCount": Option<i32>;
        deprecated_first_timestamp "deprecatedFirstTimestamp": Option<meta::Time>;
        deprecated_last_timestamp "deprecatedLastTimestamp": Option<meta::Time>;
        deprecated_source "deprecatedSource": Option<k8s_openapi::api::core::v1::EventSource>;
        event_time "eventTime": Option<meta::MicroTime>;
        metadata "metadata": meta::ObjectMeta, empty_object;
        note "note": Option<String>;
        reason "reason": Option<String>;
        regarding "regarding": Option<k8s_openapi::api::core::v1::ObjectReference>;
        related "related": Option<k8s_openapi::api::core::v1::ObjectReference>;
        reporting_controller "reportingController": Option<String>;
        reporting_instance "reportingInstance": Option<String>;
        series "series": Option<EventSeries>;
        type_ "type": Option<String>;
    }

    EventSeries {
        count "count": i32;
        last_observed_time "lastObservedTime": meta::MicroTime;
    }
}
