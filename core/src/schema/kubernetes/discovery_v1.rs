//! Generated: the schemas of `api::discovery::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use std::collections::BTreeMap;

use k8s_openapi::api::discovery::v1::*;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;

use super::table::*;

tables! {
    mod since_1_33;

    Endpoint {
        addresses "addresses": Vec<String> => SET;
        conditions "conditions": Option<EndpointConditions>;
        deprecated_topology "deprecatedTopology": Option<BTreeMap<String, String>>;
        hints "hints": Option<EndpointHints>;
        hostname "hostname": Option<String>;
        node_name "nodeName": Option<String>;
        target_ref "targetRef": Option<k8s_openapi::api::core::v1::ObjectReference>;
        zone "zone": Option<String>;
    }

    EndpointConditions {
        ready "ready": Option<bool>;
        serving "serving": Option<bool>;
        terminating "terminating": Option<bool>;
    }

    EndpointHints {
        for_nodes "forNodes": Option<Vec<ForNode>> => ATOMIC_LIST;
        for_zones "forZones": Option<Vec<ForZone>> => ATOMIC_LIST;
    }

    EndpointPort atomic {
        app_protocol "appProtocol": Option<String>;
        name "name": Option<String>;
        port "port": Option<i32>;
        protocol "protocol" = one_of(&["SCTP", "TCP", "UDP"]).optional();
    }

    EndpointSlice kind {
        address_type "addressType" = one_of(&["FQDN", "IPv4", "IPv6"]);
        endpoints "endpoints": changed_1_36![Option<Vec<Endpoint>>, Vec<Endpoint>] => ATOMIC_LIST;
        metadata "metadata": meta::ObjectMeta, empty_object;
        ports "ports": Option<Vec<EndpointPort>> => ATOMIC_LIST;
    }

    ForNode {
        name "name": String;
    }

    ForZone {
        name "name": String;
    }
}
