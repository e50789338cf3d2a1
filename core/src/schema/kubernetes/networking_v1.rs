//! Generated: the schemas of `api::networking::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use k8s_openapi::api::networking::v1::*;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;
use k8s_openapi::apimachinery::pkg::util::intstr;

use super::table::*;

tables! {
    mod since_1_33;

    HTTPIngressPath {
        backend "backend": IngressBackend;
        path "path": Option<String>;
        path_type "pathType" = one_of(&["Exact", "ImplementationSpecific", "Prefix"]);
    }

    HTTPIngressRuleValue {
        paths "paths": Vec<HTTPIngressPath> => ATOMIC_LIST;
    }

    IPAddress kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": changed_1_36![IPAddressSpec, Option<IPAddressSpec>];
    }

    IPAddressSpec {
        parent_ref "parentRef": ParentReference;
    }

    IPBlock {
        cidr "cidr": String;
        except "except": Option<Vec<String>> => ATOMIC_LIST;
    }

    Ingress kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": Option<IngressSpec>;
        status "status": Option<IngressStatus>;
    }

    IngressBackend {
        resource "resource": Option<k8s_openapi::api::core::v1::TypedLocalObjectReference>;
        service "service": Option<IngressServiceBackend>;
    }

    IngressClass kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": Option<IngressClassSpec>;
    }

    IngressClassParametersReference {
        api_group "apiGroup": Option<String>;
        kind "kind": String;
        name "name": String;
        namespace "namespace": Option<String>;
        scope "scope": Option<String>;
    }

    IngressClassSpec {
        controller "controller": Option<String>;
        parameters "parameters": Option<IngressClassParametersReference>;
    }

    IngressLoadBalancerIngress {
        hostname "hostname": Option<String>;
        ip "ip": Option<String>;
        ports "ports": Option<Vec<IngressPortStatus>> => ATOMIC_LIST;
    }

    IngressLoadBalancerStatus {
        ingress "ingress": Option<Vec<IngressLoadBalancerIngress>> => ATOMIC_LIST;
    }

    IngressPortStatus {
        error "error": Option<String>;
        port "port": i32;
        protocol "protocol" = one_of(&["SCTP", "TCP", "UDP"]);
    }

    IngressRule {
        host "host": Option<String>;
        http "http": Option<HTTPIngressRuleValue>;
    }

    IngressServiceBackend {
        name "name": String;
        port "port": Option<ServiceBackendPort>;
    }

    IngressSpec {
        default_backend "defaultBackend": Option<IngressBackend>;
        ingress_class_name "ingressClassName": Option<String>;
        rules "rules": Option<Vec<IngressRule>> => ATOMIC_LIST;
        tls "tls": Option<Vec<IngressTLS>> => ATOMIC_LIST;
    }

    IngressStatus {
        load_balancer "loadBalancer": Option<IngressLoadBalancerStatus>;
    }

    IngressTLS {
        hosts "hosts": Option<Vec<String>> => ATOMIC_LIST;
        secret_name "secretName": Option<String>;
    }

    NetworkPolicy kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": Option<NetworkPolicySpec>;
    }

    NetworkPolicyEgressRule {
        ports "ports": Option<Vec<NetworkPolicyPort>> => ATOMIC_LIST;
        to "to": Option<Vec<NetworkPolicyPeer>> => ATOMIC_LIST;
    }

    NetworkPolicyIngressRule {
        from "from": Option<Vec<NetworkPolicyPeer>> => ATOMIC_LIST;
        ports "ports": Option<Vec<NetworkPolicyPort>> => ATOMIC_LIST;
    }

    NetworkPolicyPeer {
        ip_block "ipBlock": Option<IPBlock>;
        namespace_selector "namespaceSelector": Option<meta::LabelSelector>;
        pod_selector "podSelector": Option<meta::LabelSelector>;
    }

    NetworkPolicyPort {
        end_port "endPort": Option<i32>;
        port "port": Option<intstr::IntOrString>;
        protocol "protocol" = one_of(&["SCTP", "TCP", "UDP"]).optional();
    }

    NetworkPolicySpec {
        egress "egress": Option<Vec<NetworkPolicyEgressRule>> => ATOMIC_LIST;
        ingress "ingress": Option<Vec<NetworkPolicyIngressRule>> => ATOMIC_LIST;
        pod_selector "podSelector": Option<meta::LabelSelector>;
        policy_types "policyTypes" = list_of(&one_of(&["Egress", "Ingress"])).optional() => ATOMIC_LIST;
    }

    ParentReference {
        group "group": Option<String>;
        name "name": String;
        namespace "namespace": Option<String>;
        resource "resource": String;
    }

    ServiceBackendPort atomic {
        name "name": Option<String>;
        number "number": Option<i32>;
    }

    ServiceCIDR kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": Option<ServiceCIDRSpec>;
        status "status": Option<ServiceCIDRStatus>;
    }

    ServiceCIDRSpec {
        cidrs "cidrs": Option<Vec<String>> => ATOMIC_LIST;
    }

    ServiceCIDRStatus {
        conditions "conditions": Option<Vec<meta::Condition>> => map(&["type_"]);
    }
}
