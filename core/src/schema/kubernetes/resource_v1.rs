//! Generated: the schemas of `api::resource::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

k8s_openapi::k8s_if_ge_1_34! {
use std::collections::BTreeMap;

use k8s_openapi::api::resource::v1::*;
use k8s_openapi::apimachinery::pkg::api::resource;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;
use k8s_openapi::apimachinery::pkg::runtime;

use super::table::*;

tables! {
    mod since_1_34;

    AllocatedDeviceStatus {
        conditions "conditions": Option<Vec<meta::Condition>> => map(&["type_"]);
        data "data": Option<runtime::RawExtension>;
        device "device": String;
        driver "driver": String;
        network_data "networkData": Option<NetworkDeviceData>;
        pool "pool": String;
        share_id "shareID": Option<String>;
    }

    AllocationResult {
        allocation_timestamp "allocationTimestamp": Option<meta::Time>;
        devices "devices": Option<DeviceAllocationResult>;
        node_selector "nodeSelector": Option<k8s_openapi::api::core::v1::NodeSelector>;
    }

    CELDeviceSelector {
        expression "expression": String;
    }

    CapacityRequestPolicy {
        default "default": Option<resource::Quantity>;
        valid_range "validRange": Option<CapacityRequestPolicyRange>;
        valid_values "validValues": Option<Vec<resource::Quantity>> => ATOMIC_LIST;
    }

    CapacityRequestPolicyRange {
        max "max": Option<resource::Quantity>;
        min "min": resource::Quantity;
        step "step": Option<resource::Quantity>;
    }

    CapacityRequirements {
        requests "requests": Option<BTreeMap<String, resource::Quantity>>;
    }

    Counter {
        value "value": resource::Quantity;
    }

    CounterSet {
        counters "counters": BTreeMap<String, Counter>;
        name "name": String;
    }

    Device {
        all_nodes "allNodes": Option<bool>;
        allow_multiple_allocations "allowMultipleAllocations": Option<bool>;
        attributes "attributes": Option<BTreeMap<String, DeviceAttribute>>;
        binding_conditions "bindingConditions": Option<Vec<String>> => ATOMIC_LIST;
        binding_failure_conditions "bindingFailureConditions": Option<Vec<String>> => ATOMIC_LIST;
        binds_to_node "bindsToNode": Option<bool>;
        capacity "capacity": Option<BTreeMap<String, DeviceCapacity>>;
        consumes_counters "consumesCounters": Option<Vec<DeviceCounterConsumption>> => ATOMIC_LIST;
        name "name": String;
        node_name "nodeName": Option<String>;
        node_selector "nodeSelector": Option<k8s_openapi::api::core::v1::NodeSelector>;
        taints "taints": Option<Vec<DeviceTaint>> => ATOMIC_LIST;
      @since_1_37 {
        node_allocatable_resources "nodeAllocatableResources": Option<BTreeMap<String, NodeAllocatableResource>>;
      }
    }

    DeviceAllocationConfiguration {
        opaque "opaque": Option<OpaqueDeviceConfiguration>;
        requests "requests": Option<Vec<String>> => ATOMIC_LIST;
        source "source" = one_of(&["FromClaim", "FromClass"]);
    }

    DeviceAllocationResult {
        config "config": Option<Vec<DeviceAllocationConfiguration>> => ATOMIC_LIST;
        results "results": Option<Vec<DeviceRequestAllocationResult>> => ATOMIC_LIST;
    }

    DeviceAttribute {
        bool "bool": Option<bool>;
        int "int": Option<i64>;
        string "string": Option<String>;
        version "version": Option<String>;
      @since_1_36 {
        bools "bools": Option<Vec<bool>> => ATOMIC_LIST;
        ints "ints": Option<Vec<i64>> => ATOMIC_LIST;
        strings "strings": Option<Vec<String>> => ATOMIC_LIST;
        versions "versions": Option<Vec<String>> => ATOMIC_LIST;
      }
    }

    DeviceCapacity {
        request_policy "requestPolicy": Option<CapacityRequestPolicy>;
        value "value": resource::Quantity;
    }

    DeviceClaim {
        config "config": Option<Vec<DeviceClaimConfiguration>> => ATOMIC_LIST;
        constraints "constraints": Option<Vec<DeviceConstraint>> => ATOMIC_LIST;
        requests "requests": Option<Vec<DeviceRequest>> => ATOMIC_LIST;
    }

    DeviceClaimConfiguration {
        opaque "opaque": Option<OpaqueDeviceConfiguration>;
        requests "requests": Option<Vec<String>> => ATOMIC_LIST;
    }

    DeviceClass kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": changed_1_37![Option<DeviceClassSpec>, DeviceClassSpec];
    }

    DeviceClassConfiguration {
        opaque "opaque": Option<OpaqueDeviceConfiguration>;
    }

    DeviceClassSpec {
        config "config": Option<Vec<DeviceClassConfiguration>> => ATOMIC_LIST;
        extended_resource_name "extendedResourceName": Option<String>;
        selectors "selectors": Option<Vec<DeviceSelector>> => ATOMIC_LIST;
    }

    DeviceConstraint {
        distinct_attribute "distinctAttribute": Option<String>;
        match_attribute "matchAttribute": Option<String>;
        requests "requests": Option<Vec<String>> => ATOMIC_LIST;
    }

    DeviceCounterConsumption {
        counter_set "counterSet": String;
        counters "counters": BTreeMap<String, Counter>;
      @since_1_37 {
        compatibility_groups "compatibilityGroups": Option<Vec<String>> => ATOMIC_LIST;
      }
    }

    DeviceRequest {
        exactly "exactly": Option<ExactDeviceRequest>;
        first_available "firstAvailable": Option<Vec<DeviceSubRequest>> => ATOMIC_LIST;
        name "name": String;
    }

    DeviceRequestAllocationResult {
        admin_access "adminAccess": Option<bool>;
        binding_conditions "bindingConditions": Option<Vec<String>> => ATOMIC_LIST;
        binding_failure_conditions "bindingFailureConditions": Option<Vec<String>> => ATOMIC_LIST;
        consumed_capacity "consumedCapacity": Option<BTreeMap<String, resource::Quantity>>;
        device "device": String;
        driver "driver": String;
        pool "pool": String;
        request "request": String;
        share_id "shareID": Option<String>;
        tolerations "tolerations": Option<Vec<DeviceToleration>> => ATOMIC_LIST;
      @since_1_37 {
        skip_node_operations "skipNodeOperations" = list_of(&one_of(&["*", "NodePrepareResources", "NodeUnprepareResources"])).optional() => SET;
      }
    }

    DeviceSelector {
        cel "cel": Option<CELDeviceSelector>;
    }

    DeviceSubRequest {
        allocation_mode "allocationMode" = one_of(&["All", "ExactCount"]).optional();
        capacity "capacity": Option<CapacityRequirements>;
        count "count": Option<i64>;
        device_class_name "deviceClassName": String;
        name "name": String;
        selectors "selectors": Option<Vec<DeviceSelector>> => ATOMIC_LIST;
        tolerations "tolerations": Option<Vec<DeviceToleration>> => ATOMIC_LIST;
      @since_1_37 {
        derived_attributes "derivedAttributes": Option<Vec<DeviceDerivedAttribute>> => ATOMIC_LIST;
      }
    }

    DeviceTaint {
        effect "effect" = one_of(&["NoExecute", "NoSchedule", "None"]);
        key "key": String;
        time_added "timeAdded": Option<meta::Time>;
        value "value": Option<String>;
    }

    DeviceToleration {
        effect "effect" = one_of(&["NoExecute", "NoSchedule", "None"]).optional();
        key "key": Option<String>;
        operator "operator" = one_of(&["Equal", "Exists"]).optional();
        toleration_seconds "tolerationSeconds": Option<i64>;
        value "value": Option<String>;
    }

    ExactDeviceRequest {
        admin_access "adminAccess": Option<bool>;
        allocation_mode "allocationMode" = one_of(&["All", "ExactCount"]).optional();
        capacity "capacity": Option<CapacityRequirements>;
        count "count": Option<i64>;
        device_class_name "deviceClassName": String;
        selectors "selectors": Option<Vec<DeviceSelector>> => ATOMIC_LIST;
        tolerations "tolerations": Option<Vec<DeviceToleration>> => ATOMIC_LIST;
      @since_1_37 {
        derived_attributes "derivedAttributes": Option<Vec<DeviceDerivedAttribute>> => ATOMIC_LIST;
      }
    }

    NetworkDeviceData {
        hardware_address "hardwareAddress": Option<String>;
        interface_name "interfaceName": Option<String>;
        ips "ips": Option<Vec<String>> => ATOMIC_LIST;
    }

    OpaqueDeviceConfiguration {
        driver "driver": String;
        parameters "parameters": runtime::RawExtension;
    }

    ResourceClaim kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": changed_1_37![Option<ResourceClaimSpec>, ResourceClaimSpec];
        status "status": Option<ResourceClaimStatus>;
    }

    ResourceClaimConsumerReference ["uid"] {
        api_group "apiGroup": Option<String>;
        name "name": String;
        resource "resource": String;
        uid "uid": String;
    }

    ResourceClaimSpec {
        devices "devices": Option<DeviceClaim>;
    }

    ResourceClaimStatus {
        allocation "allocation": Option<AllocationResult>;
        devices "devices": Option<Vec<AllocatedDeviceStatus>> => ATOMIC_LIST;
        reserved_for "reservedFor": Option<Vec<ResourceClaimConsumerReference>> => map(&["uid"]);
    }

    ResourceClaimTemplate kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": changed_1_37![Option<ResourceClaimTemplateSpec>, ResourceClaimTemplateSpec];
    }

    ResourceClaimTemplateSpec {
        metadata "metadata": Option<meta::ObjectMeta>;
        spec "spec": changed_1_37![Option<ResourceClaimSpec>, ResourceClaimSpec];
    }

    ResourcePool {
        generation "generation": i64;
        name "name": String;
        resource_slice_count "resourceSliceCount": i64;
    }

    ResourceSlice kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": ResourceSliceSpec;
    }

    ResourceSliceSpec {
        all_nodes "allNodes": Option<bool>;
        devices "devices": Option<Vec<Device>> => ATOMIC_LIST;
        driver "driver": String;
        node_name "nodeName": Option<String>;
        node_selector "nodeSelector": Option<k8s_openapi::api::core::v1::NodeSelector>;
        per_device_node_selection "perDeviceNodeSelection": Option<bool>;
        pool "pool": ResourcePool;
        shared_counters "sharedCounters": Option<Vec<CounterSet>> => ATOMIC_LIST;
      @since_1_37 {
        partition_type_attribute "partitionTypeAttribute": Option<String>;
        skip_node_operations "skipNodeOperations" = list_of(&one_of(&["*", "NodePrepareResources", "NodeUnprepareResources"])).optional() => SET;
      }
    }
}

k8s_openapi::k8s_if_ge_1_37! {
tables! {
    mod since_1_37;

    DeviceDerivedAttribute {
        expression "expression": String;
        name "name": String;
    }

    DeviceTaintRule kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": DeviceTaintRuleSpec;
        status "status": Option<DeviceTaintRuleStatus>;
    }

    DeviceTaintRuleSpec {
        device_selector "deviceSelector": Option<DeviceTaintSelector>;
        taint "taint": DeviceTaint;
    }

    DeviceTaintRuleStatus {
        conditions "conditions": Option<Vec<meta::Condition>> => map(&["type_"]);
    }

    DeviceTaintSelector {
        device "device": Option<String>;
        driver "driver": Option<String>;
        pool "pool": Option<String>;
    }

    NodeAllocatableMapping {
        capacity_key "capacityKey": Option<String>;
        capacity_multiplier "capacityMultiplier": Option<resource::Quantity>;
        device_multiplier "deviceMultiplier": Option<resource::Quantity>;
    }

    NodeAllocatableOverhead {
        per_container "perContainer": Option<resource::Quantity>;
        per_pod "perPod": Option<resource::Quantity>;
    }

    NodeAllocatableResource {
        mapping "mapping": Option<NodeAllocatableMapping>;
        overhead "overhead": Option<NodeAllocatableOverhead>;
    }
}
}
}
