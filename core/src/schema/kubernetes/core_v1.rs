//! Generated: the schemas of `api::core::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::*;
use k8s_openapi::apimachinery::pkg::api::resource;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;
use k8s_openapi::apimachinery::pkg::util::intstr;

use super::table::*;

tables! {
    mod since_1_33;

    AWSElasticBlockStoreVolumeSource {
        fs_type "fsType": Option<String>;
        partition "partition": Option<i32>;
        read_only "readOnly": Option<bool>;
        volume_id "volumeID": String;
    }

    Affinity {
        node_affinity "nodeAffinity": Option<NodeAffinity>;
        pod_affinity "podAffinity": Option<PodAffinity>;
        pod_anti_affinity "podAntiAffinity": Option<PodAntiAffinity>;
    }

    AppArmorProfile {
        localhost_profile "localhostProfile": Option<String>;
        type_ "type" = one_of(&["Localhost", "RuntimeDefault", "Unconfined"]);
    }

    AttachedVolume {
        device_path "devicePath": String;
        name "name": String;
    }

    AzureDiskVolumeSource {
        caching_mode "cachingMode" = one_of(&["None", "ReadOnly", "ReadWrite"]).optional();
        disk_name "diskName": String;
        disk_uri "diskURI": String;
        fs_type "fsType": Option<String>;
        kind "kind" = one_of(&["Dedicated", "Managed", "Shared"]).optional();
        read_only "readOnly": Option<bool>;
    }

    AzureFilePersistentVolumeSource {
        read_only "readOnly": Option<bool>;
        secret_name "secretName": String;
        secret_namespace "secretNamespace": Option<String>;
        share_name "shareName": String;
    }

    AzureFileVolumeSource {
        read_only "readOnly": Option<bool>;
        secret_name "secretName": String;
        share_name "shareName": String;
    }

    Binding kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        target "target": ObjectReference;
    }

    CSIPersistentVolumeSource {
        controller_expand_secret_ref "controllerExpandSecretRef": Option<SecretReference>;
        controller_publish_secret_ref "controllerPublishSecretRef": Option<SecretReference>;
        driver "driver": String;
        fs_type "fsType": Option<String>;
        node_expand_secret_ref "nodeExpandSecretRef": Option<SecretReference>;
        node_publish_secret_ref "nodePublishSecretRef": Option<SecretReference>;
        node_stage_secret_ref "nodeStageSecretRef": Option<SecretReference>;
        read_only "readOnly": Option<bool>;
        volume_attributes "volumeAttributes": Option<BTreeMap<String, String>>;
        volume_handle "volumeHandle": String;
    }

    CSIVolumeSource {
        driver "driver": String;
        fs_type "fsType": Option<String>;
        node_publish_secret_ref "nodePublishSecretRef": Option<LocalObjectReference>;
        read_only "readOnly": Option<bool>;
        volume_attributes "volumeAttributes": Option<BTreeMap<String, String>>;
    }

    Capabilities {
        add "add": Option<Vec<String>> => ATOMIC_LIST;
        drop "drop": Option<Vec<String>> => ATOMIC_LIST;
    }

    CephFSPersistentVolumeSource {
        monitors "monitors": Vec<String> => ATOMIC_LIST;
        path "path": Option<String>;
        read_only "readOnly": Option<bool>;
        secret_file "secretFile": Option<String>;
        secret_ref "secretRef": Option<SecretReference>;
        user "user": Option<String>;
    }

    CephFSVolumeSource {
        monitors "monitors": Vec<String> => ATOMIC_LIST;
        path "path": Option<String>;
        read_only "readOnly": Option<bool>;
        secret_file "secretFile": Option<String>;
        secret_ref "secretRef": Option<LocalObjectReference>;
        user "user": Option<String>;
    }

    CinderPersistentVolumeSource {
        fs_type "fsType": Option<String>;
        read_only "readOnly": Option<bool>;
        secret_ref "secretRef": Option<SecretReference>;
        volume_id "volumeID": String;
    }

    CinderVolumeSource {
        fs_type "fsType": Option<String>;
        read_only "readOnly": Option<bool>;
        secret_ref "secretRef": Option<LocalObjectReference>;
        volume_id "volumeID": String;
    }

    ClientIPConfig {
        timeout_seconds "timeoutSeconds": Option<i32>;
    }

    ClusterTrustBundleProjection {
        label_selector "labelSelector": Option<meta::LabelSelector>;
        name "name": Option<String>;
        optional "optional": Option<bool>;
        path "path": String;
        signer_name "signerName": Option<String>;
      @since_1_37 {
        user "user": Option<i64>;
      }
    }

    ComponentCondition ["type_"] {
        error "error": Option<String>;
        message "message": Option<String>;
        status "status": String;
        type_ "type": String;
    }

    ComponentStatus kind {
        conditions "conditions": Option<Vec<ComponentCondition>> => map(&["type_"]);
        metadata "metadata": meta::ObjectMeta, empty_object;
    }

    ConfigMap kind {
        binary_data "binaryData": Option<BTreeMap<String, k8s_openapi::ByteString>>;
        data "data": Option<BTreeMap<String, String>>;
        immutable "immutable": Option<bool>;
        metadata "metadata": meta::ObjectMeta, empty_object;
    }

    ConfigMapEnvSource {
        name "name": String, empty;
        optional "optional": Option<bool>;
    }

    ConfigMapKeySelector atomic {
        key "key": String;
        name "name": String, empty;
        optional "optional": Option<bool>;
    }

    ConfigMapNodeConfigSource {
        kubelet_config_key "kubeletConfigKey": String;
        name "name": String;
        namespace "namespace": String;
        resource_version "resourceVersion": Option<String>;
        uid "uid": Option<String>;
    }

    ConfigMapProjection {
        items "items": Option<Vec<KeyToPath>> => ATOMIC_LIST;
        name "name": String, empty;
        optional "optional": Option<bool>;
    }

    ConfigMapVolumeSource {
        default_mode "defaultMode": Option<i32>;
        items "items": Option<Vec<KeyToPath>> => ATOMIC_LIST;
        name "name": String, empty;
        optional "optional": Option<bool>;
      @since_1_37 {
        default_user "defaultUser": Option<i64>;
      }
    }

    Container ["name"] {
        args "args": Option<Vec<String>> => ATOMIC_LIST;
        command "command": Option<Vec<String>> => ATOMIC_LIST;
        env "env": Option<Vec<EnvVar>> => map(&["name"]);
        env_from "envFrom": Option<Vec<EnvFromSource>> => ATOMIC_LIST;
        image "image": Option<String>;
        image_pull_policy "imagePullPolicy" = one_of(&["Always", "IfNotPresent", "Never"]).optional();
        lifecycle "lifecycle": Option<Lifecycle>;
        liveness_probe "livenessProbe": Option<Probe>;
        name "name": String;
        ports "ports": Option<Vec<ContainerPort>> => map(&["container_port", "protocol"]);
        readiness_probe "readinessProbe": Option<Probe>;
        resize_policy "resizePolicy": Option<Vec<ContainerResizePolicy>> => ATOMIC_LIST;
        resources "resources": Option<ResourceRequirements>;
        restart_policy "restartPolicy": Option<String>;
        security_context "securityContext": Option<SecurityContext>;
        startup_probe "startupProbe": Option<Probe>;
        stdin "stdin": Option<bool>;
        stdin_once "stdinOnce": Option<bool>;
        termination_message_path "terminationMessagePath": Option<String>;
        termination_message_policy "terminationMessagePolicy" = one_of(&["FallbackToLogsOnError", "File"]).optional();
        tty "tty": Option<bool>;
        volume_devices "volumeDevices": Option<Vec<VolumeDevice>> => map(&["device_path"]);
        volume_mounts "volumeMounts": Option<Vec<VolumeMount>> => map(&["mount_path"]);
        working_dir "workingDir": Option<String>;
      @since_1_34 {
        restart_policy_rules "restartPolicyRules": Option<Vec<ContainerRestartRule>> => ATOMIC_LIST;
      }
    }

    ContainerImage {
        names "names": Option<Vec<String>> => ATOMIC_LIST;
        size_bytes "sizeBytes": Option<i64>;
    }

    ContainerPort ["container_port", "protocol"] {
        container_port "containerPort": i32;
        host_ip "hostIP": Option<String>;
        host_port "hostPort": Option<i32>;
        name "name": Option<String>;
        protocol "protocol" = one_of(&["SCTP", "TCP", "UDP"]).optional(), tcp;
    }

    ContainerResizePolicy {
        resource_name "resourceName": String;
        restart_policy "restartPolicy": String;
    }

    ContainerState {
        running "running": Option<ContainerStateRunning>;
        terminated "terminated": Option<ContainerStateTerminated>;
        waiting "waiting": Option<ContainerStateWaiting>;
    }

    ContainerStateRunning {
        started_at "startedAt": Option<meta::Time>;
    }

    ContainerStateTerminated {
        container_id "containerID": Option<String>;
        exit_code "exitCode": i32;
        finished_at "finishedAt": Option<meta::Time>;
        message "message": Option<String>;
        reason "reason": Option<String>;
        signal "signal": Option<i32>;
        started_at "startedAt": Option<meta::Time>;
    }

    ContainerStateWaiting {
        message "message": Option<String>;
        reason "reason": Option<String>;
    }

    ContainerStatus {
        allocated_resources "allocatedResources": Option<BTreeMap<String, resource::Quantity>>;
        allocated_resources_status "allocatedResourcesStatus": Option<Vec<ResourceStatus>> => map(&["name"]);
        container_id "containerID": Option<String>;
        image "image": String;
        image_id "imageID": String;
        last_state "lastState": Option<ContainerState>;
        name "name": String;
        ready "ready": bool;
        resources "resources": Option<ResourceRequirements>;
        restart_count "restartCount": i32;
        started "started": Option<bool>;
        state "state": Option<ContainerState>;
        stop_signal "stopSignal" = one_of(&["SIGABRT", "SIGALRM", "SIGBUS", "SIGCHLD", "SIGCLD", "SIGCONT", "SIGFPE", "SIGHUP", "SIGILL", "SIGINT", "SIGIO", "SIGIOT", "SIGKILL", "SIGPIPE", "SIGPOLL", "SIGPROF", "SIGPWR", "SIGQUIT", "SIGRTMAX", "SIGRTMAX-1", "SIGRTMAX-10", "SIGRTMAX-11", "SIGRTMAX-12", "SIGRTMAX-13", "SIGRTMAX-14", "SIGRTMAX-2", "SIGRTMAX-3", "SIGRTMAX-4", "SIGRTMAX-5", "SIGRTMAX-6", "SIGRTMAX-7", "SIGRTMAX-8", "SIGRTMAX-9", "SIGRTMIN", "SIGRTMIN+1", "SIGRTMIN+10", "SIGRTMIN+11", "SIGRTMIN+12", "SIGRTMIN+13", "SIGRTMIN+14", "SIGRTMIN+15", "SIGRTMIN+2", "SIGRTMIN+3", "SIGRTMIN+4", "SIGRTMIN+5", "SIGRTMIN+6", "SIGRTMIN+7", "SIGRTMIN+8", "SIGRTMIN+9", "SIGSEGV", "SIGSTKFLT", "SIGSTOP", "SIGSYS", "SIGTERM", "SIGTRAP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGUSR1", "SIGUSR2", "SIGVTALRM", "SIGWINCH", "SIGXCPU", "SIGXFSZ"]).optional();
        user "user": Option<ContainerUser>;
        volume_mounts "volumeMounts": Option<Vec<VolumeMountStatus>> => map(&["mount_path"]);
    }

    ContainerUser {
        linux "linux": Option<LinuxContainerUser>;
    }

    DaemonEndpoint {
        port "Port": i32;
    }

    DownwardAPIProjection {
        items "items": Option<Vec<DownwardAPIVolumeFile>> => ATOMIC_LIST;
    }

    DownwardAPIVolumeFile {
        field_ref "fieldRef": Option<ObjectFieldSelector>;
        mode "mode": Option<i32>;
        path "path": String;
        resource_field_ref "resourceFieldRef": Option<ResourceFieldSelector>;
      @since_1_37 {
        user "user": Option<i64>;
      }
    }

    DownwardAPIVolumeSource {
        default_mode "defaultMode": Option<i32>;
        items "items": Option<Vec<DownwardAPIVolumeFile>> => ATOMIC_LIST;
      @since_1_37 {
        default_user "defaultUser": Option<i64>;
      }
    }

    EmptyDirVolumeSource {
        medium "medium": Option<String>;
        size_limit "sizeLimit": Option<resource::Quantity>;
      @since_1_37 {
        mode "mode": Option<i32>;
      }
    }

    EndpointAddress atomic {
        hostname "hostname": Option<String>;
        ip "ip": String;
        node_name "nodeName": Option<String>;
        target_ref "targetRef": Option<ObjectReference>;
    }

    EndpointPort atomic {
        app_protocol "appProtocol": Option<String>;
        name "name": Option<String>;
        port "port": i32;
        protocol "protocol" = one_of(&["SCTP", "TCP", "UDP"]).optional();
    }

    EndpointSubset {
        addresses "addresses": Option<Vec<EndpointAddress>> => ATOMIC_LIST;
        not_ready_addresses "notReadyAddresses": Option<Vec<EndpointAddress>> => ATOMIC_LIST;
        ports "ports": Option<Vec<EndpointPort>> => ATOMIC_LIST;
    }

    Endpoints kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        subsets "subsets": Option<Vec<EndpointSubset>> => ATOMIC_LIST;
    }

    EnvFromSource {
        config_map_ref "configMapRef": Option<ConfigMapEnvSource>;
        prefix "prefix": Option<String>;
        secret_ref "secretRef": Option<SecretEnvSource>;
    }

    EnvVar ["name"] {
        name "name": String;
        value "value": Option<String>;
        value_from "valueFrom": Option<EnvVarSource>;
    }

    EnvVarSource {
        config_map_key_ref "configMapKeyRef": Option<ConfigMapKeySelector>;
        field_ref "fieldRef": Option<ObjectFieldSelector>;
        resource_field_ref "resourceFieldRef": Option<ResourceFieldSelector>;
        secret_key_ref "secretKeyRef": Option<SecretKeySelector>;
      @since_1_34 {
        file_key_ref "fileKeyRef": Option<FileKeySelector>;
      }
    }

    EphemeralContainer ["name"] {
        args "args": Option<Vec<String>> => ATOMIC_LIST;
        command "command": Option<Vec<String>> => ATOMIC_LIST;
        env "env": Option<Vec<EnvVar>> => map(&["name"]);
        env_from "envFrom": Option<Vec<EnvFromSource>> => ATOMIC_LIST;
        image "image": Option<String>;
        image_pull_policy "imagePullPolicy" = one_of(&["Always", "IfNotPresent", "Never"]).optional();
        lifecycle "lifecycle": Option<Lifecycle>;
        liveness_probe "livenessProbe": Option<Probe>;
        name "name": String;
        ports "ports": Option<Vec<ContainerPort>> => map(&["container_port", "protocol"]);
        readiness_probe "readinessProbe": Option<Probe>;
        resize_policy "resizePolicy": Option<Vec<ContainerResizePolicy>> => ATOMIC_LIST;
        resources "resources": Option<ResourceRequirements>;
        restart_policy "restartPolicy": Option<String>;
        security_context "securityContext": Option<SecurityContext>;
        startup_probe "startupProbe": Option<Probe>;
        stdin "stdin": Option<bool>;
        stdin_once "stdinOnce": Option<bool>;
        target_container_name "targetContainerName": Option<String>;
        termination_message_path "terminationMessagePath": Option<String>;
        termination_message_policy "terminationMessagePolicy" = one_of(&["FallbackToLogsOnError", "File"]).optional();
        tty "tty": Option<bool>;
        volume_devices "volumeDevices": Option<Vec<VolumeDevice>> => map(&["device_path"]);
        volume_mounts "volumeMounts": Option<Vec<VolumeMount>> => map(&["mount_path"]);
        working_dir "workingDir": Option<String>;
      @since_1_34 {
        restart_policy_rules "restartPolicyRules": Option<Vec<ContainerRestartRule>> => ATOMIC_LIST;
      }
    }

    EphemeralVolumeSource {
        volume_claim_template "volumeClaimTemplate": Option<PersistentVolumeClaimTemplate>;
    }

    Event kind {
        action "action": Option<String>;
        count "count": Option<i32>;
        event_time "eventTime": Option<meta::MicroTime>;
        first_timestamp "firstTimestamp": Option<meta::Time>;
        involved_object "involvedObject": ObjectReference;
        last_timestamp "lastTimestamp": Option<meta::Time>;
        message "message": Option<String>;
        metadata "metadata": meta::ObjectMeta;
        reason "reason": Option<String>;
        related "related": Option<ObjectReference>;
        reporting_component "reportingComponent": Option<String>;
        reporting_instance "reportingInstance": Option<String>;
        series "series": Option<EventSeries>;
        source "source": Option<EventSource>;
        type_ "type": Option<String>;
    }

    EventSeries {
        count "count": Option<i32>;
        last_observed_time "lastObservedTime": Option<meta::MicroTime>;
    }

    EventSource {
        component "component": Option<String>;
        host "host": Option<String>;
    }

    ExecAction {
        command "command": Option<Vec<String>> => ATOMIC_LIST;
    }

    FCVolumeSource {
        fs_type "fsType": Option<String>;
        lun "lun": Option<i32>;
        read_only "readOnly": Option<bool>;
        target_wwns "targetWWNs": Option<Vec<String>> => ATOMIC_LIST;
        wwids "wwids": Option<Vec<String>> => ATOMIC_LIST;
    }

    FlexPersistentVolumeSource {
        driver "driver": String;
        fs_type "fsType": Option<String>;
        options "options": Option<BTreeMap<String, String>>;
        read_only "readOnly": Option<bool>;
        secret_ref "secretRef": Option<SecretReference>;
    }

    FlexVolumeSource {
        driver "driver": String;
        fs_type "fsType": Option<String>;
        options "options": Option<BTreeMap<String, String>>;
        read_only "readOnly": Option<bool>;
        secret_ref "secretRef": Option<LocalObjectReference>;
    }

    FlockerVolumeSource {
        dataset_name "datasetName": Option<String>;
        dataset_uuid "datasetUUID": Option<String>;
    }

    GCEPersistentDiskVolumeSource {
        fs_type "fsType": Option<String>;
        partition "partition": Option<i32>;
        pd_name "pdName": String;
        read_only "readOnly": Option<bool>;
    }

    GRPCAction {
        port "port": i32;
        service "service": Option<String>;
      @since_1_37 {
        mode "mode" = one_of(&["Plaintext", "TLS"]).optional();
      }
    }

    GitRepoVolumeSource {
        directory "directory": Option<String>;
        repository "repository": String;
        revision "revision": Option<String>;
    }

    GlusterfsPersistentVolumeSource {
        endpoints "endpoints": String;
        endpoints_namespace "endpointsNamespace": Option<String>;
        path "path": String;
        read_only "readOnly": Option<bool>;
    }

    GlusterfsVolumeSource {
        endpoints "endpoints": String;
        path "path": String;
        read_only "readOnly": Option<bool>;
    }

    HTTPGetAction {
        host "host": Option<String>;
        http_headers "httpHeaders": Option<Vec<HTTPHeader>> => ATOMIC_LIST;
        path "path": Option<String>;
        port "port": intstr::IntOrString;
        scheme "scheme" = one_of(&["HTTP", "HTTPS"]).optional();
      @since_1_37 {
        protocol "protocol" = one_of(&["HTTP1", "HTTP2"]).optional();
      }
    }

    HTTPHeader {
        name "name": String;
        value "value": String;
    }

    HostAlias ["ip"] {
        hostnames "hostnames": Option<Vec<String>> => ATOMIC_LIST;
        ip "ip": String;
    }

    HostIP {
        ip "ip": String;
    }

    HostPathVolumeSource {
        path "path": String;
        type_ "type" = one_of(&["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"]).optional();
    }

    ISCSIPersistentVolumeSource {
        chap_auth_discovery "chapAuthDiscovery": Option<bool>;
        chap_auth_session "chapAuthSession": Option<bool>;
        fs_type "fsType": Option<String>;
        initiator_name "initiatorName": Option<String>;
        iqn "iqn": String;
        iscsi_interface "iscsiInterface": Option<String>;
        lun "lun": i32;
        portals "portals": Option<Vec<String>> => ATOMIC_LIST;
        read_only "readOnly": Option<bool>;
        secret_ref "secretRef": Option<SecretReference>;
        target_portal "targetPortal": String;
    }

    ISCSIVolumeSource {
        chap_auth_discovery "chapAuthDiscovery": Option<bool>;
        chap_auth_session "chapAuthSession": Option<bool>;
        fs_type "fsType": Option<String>;
        initiator_name "initiatorName": Option<String>;
        iqn "iqn": String;
        iscsi_interface "iscsiInterface": Option<String>;
        lun "lun": i32;
        portals "portals": Option<Vec<String>> => ATOMIC_LIST;
        read_only "readOnly": Option<bool>;
        secret_ref "secretRef": Option<LocalObjectReference>;
        target_portal "targetPortal": String;
    }

    ImageVolumeSource {
        pull_policy "pullPolicy" = one_of(&["Always", "IfNotPresent", "Never"]).optional();
        reference "reference": Option<String>;
    }

    KeyToPath {
        key "key": String;
        mode "mode": Option<i32>;
        path "path": String;
      @since_1_37 {
        user "user": Option<i64>;
      }
    }

    Lifecycle {
        post_start "postStart": Option<LifecycleHandler>;
        pre_stop "preStop": Option<LifecycleHandler>;
        stop_signal "stopSignal" = one_of(&["SIGABRT", "SIGALRM", "SIGBUS", "SIGCHLD", "SIGCLD", "SIGCONT", "SIGFPE", "SIGHUP", "SIGILL", "SIGINT", "SIGIO", "SIGIOT", "SIGKILL", "SIGPIPE", "SIGPOLL", "SIGPROF", "SIGPWR", "SIGQUIT", "SIGRTMAX", "SIGRTMAX-1", "SIGRTMAX-10", "SIGRTMAX-11", "SIGRTMAX-12", "SIGRTMAX-13", "SIGRTMAX-14", "SIGRTMAX-2", "SIGRTMAX-3", "SIGRTMAX-4", "SIGRTMAX-5", "SIGRTMAX-6", "SIGRTMAX-7", "SIGRTMAX-8", "SIGRTMAX-9", "SIGRTMIN", "SIGRTMIN+1", "SIGRTMIN+10", "SIGRTMIN+11", "SIGRTMIN+12", "SIGRTMIN+13", "SIGRTMIN+14", "SIGRTMIN+15", "SIGRTMIN+2", "SIGRTMIN+3", "SIGRTMIN+4", "SIGRTMIN+5", "SIGRTMIN+6", "SIGRTMIN+7", "SIGRTMIN+8", "SIGRTMIN+9", "SIGSEGV", "SIGSTKFLT", "SIGSTOP", "SIGSYS", "SIGTERM", "SIGTRAP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGUSR1", "SIGUSR2", "SIGVTALRM", "SIGWINCH", "SIGXCPU", "SIGXFSZ"]).optional();
    }

    LifecycleHandler {
        exec "exec": Option<ExecAction>;
        http_get "httpGet": Option<HTTPGetAction>;
        sleep "sleep": Option<SleepAction>;
        tcp_socket "tcpSocket": Option<TCPSocketAction>;
    }

    LimitRange kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": Option<LimitRangeSpec>;
    }

    LimitRangeItem {
        default "default": Option<BTreeMap<String, resource::Quantity>>;
        default_request "defaultRequest": Option<BTreeMap<String, resource::Quantity>>;
        max "max": Option<BTreeMap<String, resource::Quantity>>;
        max_limit_request_ratio "maxLimitRequestRatio": Option<BTreeMap<String, resource::Quantity>>;
        min "min": Option<BTreeMap<String, resource::Quantity>>;
        type_ "type": String;
    }

    LimitRangeSpec {
        limits "limits": Vec<LimitRangeItem> => ATOMIC_LIST;
    }

    LinuxContainerUser {
        gid "gid": i64;
        supplemental_groups "supplementalGroups": Option<Vec<i64>> => ATOMIC_LIST;
        uid "uid": i64;
    }

    LoadBalancerIngress {
        hostname "hostname": Option<String>;
        ip "ip": Option<String>;
        ip_mode "ipMode": Option<String>;
        ports "ports": Option<Vec<PortStatus>> => ATOMIC_LIST;
    }

    LoadBalancerStatus {
        ingress "ingress": Option<Vec<LoadBalancerIngress>> => ATOMIC_LIST;
    }

    LocalObjectReference atomic {
        name "name": String, empty;
    }

    LocalVolumeSource {
        fs_type "fsType": Option<String>;
        path "path": String;
    }

    ModifyVolumeStatus {
        status "status" = one_of(&["InProgress", "Infeasible", "Pending"]);
        target_volume_attributes_class_name "targetVolumeAttributesClassName": Option<String>;
    }

    NFSVolumeSource {
        path "path": String;
        read_only "readOnly": Option<bool>;
        server "server": String;
    }

    Namespace kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": Option<NamespaceSpec>;
        status "status": Option<NamespaceStatus>;
    }

    NamespaceCondition ["type_"] {
        last_transition_time "lastTransitionTime": Option<meta::Time>;
        message "message": Option<String>;
        reason "reason": Option<String>;
        status "status": String;
        type_ "type": String;
    }

    NamespaceSpec {
        finalizers "finalizers": Option<Vec<String>> => ATOMIC_LIST;
    }

    NamespaceStatus {
        conditions "conditions": Option<Vec<NamespaceCondition>> => map(&["type_"]);
        phase "phase" = one_of(&["Active", "Terminating"]).optional();
    }

    Node kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": Option<NodeSpec>;
        status "status": Option<NodeStatus>;
    }

    NodeAddress {
        address "address": String;
        type_ "type": String;
    }

    NodeAffinity {
        preferred_during_scheduling_ignored_during_execution "preferredDuringSchedulingIgnoredDuringExecution": Option<Vec<PreferredSchedulingTerm>> => ATOMIC_LIST;
        required_during_scheduling_ignored_during_execution "requiredDuringSchedulingIgnoredDuringExecution": Option<NodeSelector>;
    }

    NodeCondition ["type_"] {
        last_heartbeat_time "lastHeartbeatTime": Option<meta::Time>;
        last_transition_time "lastTransitionTime": Option<meta::Time>;
        message "message": Option<String>;
        reason "reason": Option<String>;
        status "status": String;
        type_ "type": String;
    }

    NodeConfigSource {
        config_map "configMap": Option<ConfigMapNodeConfigSource>;
    }

    NodeConfigStatus {
        active "active": Option<NodeConfigSource>;
        assigned "assigned": Option<NodeConfigSource>;
        error "error": Option<String>;
        last_known_good "lastKnownGood": Option<NodeConfigSource>;
    }

    NodeDaemonEndpoints {
        kubelet_endpoint "kubeletEndpoint": Option<DaemonEndpoint>;
    }

    NodeFeatures {
        supplemental_groups_policy "supplementalGroupsPolicy": Option<bool>;
    }

    NodeRuntimeHandler {
        features "features": Option<NodeRuntimeHandlerFeatures>;
        name "name": Option<String>;
    }

    NodeRuntimeHandlerFeatures {
        recursive_read_only_mounts "recursiveReadOnlyMounts": Option<bool>;
        user_namespaces "userNamespaces": Option<bool>;
    }

    NodeSelector atomic {
        node_selector_terms "nodeSelectorTerms": Vec<NodeSelectorTerm> => ATOMIC_LIST;
    }

    NodeSelectorRequirement {
        key "key": String;
        operator "operator" = one_of(&["DoesNotExist", "Exists", "Gt", "In", "Lt", "NotIn"]);
        values "values": Option<Vec<String>> => ATOMIC_LIST;
    }

    NodeSelectorTerm atomic {
        match_expressions "matchExpressions": Option<Vec<NodeSelectorRequirement>> => ATOMIC_LIST;
        match_fields "matchFields": Option<Vec<NodeSelectorRequirement>> => ATOMIC_LIST;
    }

    NodeSpec {
        config_source "configSource": Option<NodeConfigSource>;
        external_id "externalID": Option<String>;
        pod_cidr "podCIDR": Option<String>;
        pod_cidrs "podCIDRs": Option<Vec<String>> => SET;
        provider_id "providerID": Option<String>;
        taints "taints": Option<Vec<Taint>> => ATOMIC_LIST;
        unschedulable "unschedulable": Option<bool>;
      @since_1_37 {
        pod_preemption_policy "podPreemptionPolicy": Option<NodePodPreemptionPolicy>;
      }
    }

    NodeStatus {
        addresses "addresses": Option<Vec<NodeAddress>> => ATOMIC_LIST;
        allocatable "allocatable": Option<BTreeMap<String, resource::Quantity>>;
        capacity "capacity": Option<BTreeMap<String, resource::Quantity>>;
        conditions "conditions": Option<Vec<NodeCondition>> => map(&["type_"]);
        config "config": Option<NodeConfigStatus>;
        daemon_endpoints "daemonEndpoints": Option<NodeDaemonEndpoints>;
        features "features": Option<NodeFeatures>;
        images "images": Option<Vec<ContainerImage>> => ATOMIC_LIST;
        node_info "nodeInfo": Option<NodeSystemInfo>;
        phase "phase" = one_of(&["Pending", "Running", "Terminated"]).optional();
        runtime_handlers "runtimeHandlers": Option<Vec<NodeRuntimeHandler>> => ATOMIC_LIST;
        volumes_attached "volumesAttached": Option<Vec<AttachedVolume>> => ATOMIC_LIST;
        volumes_in_use "volumesInUse": Option<Vec<String>> => ATOMIC_LIST;
      @since_1_35 {
        declared_features "declaredFeatures": Option<Vec<String>> => ATOMIC_LIST;
      }
    }

    NodeSwapStatus {
        capacity "capacity": Option<i64>;
    }

    NodeSystemInfo {
        architecture "architecture": String;
        boot_id "bootID": String;
        container_runtime_version "containerRuntimeVersion": String;
        kernel_version "kernelVersion": String;
        kube_proxy_version "kubeProxyVersion": String;
        kubelet_version "kubeletVersion": String;
        machine_id "machineID": String;
        operating_system "operatingSystem": String;
        os_image "osImage": String;
        swap "swap": Option<NodeSwapStatus>;
        system_uuid "systemUUID": String;
      @since_1_37 {
        running_in_user_namespace "runningInUserNamespace": Option<bool>;
      }
    }

    ObjectFieldSelector atomic {
        api_version "apiVersion": Option<String>;
        field_path "fieldPath": String;
    }

    ObjectReference atomic {
        api_version "apiVersion": Option<String>;
        field_path "fieldPath": Option<String>;
        kind "kind": Option<String>;
        name "name": Option<String>;
        namespace "namespace": Option<String>;
        resource_version "resourceVersion": Option<String>;
        uid "uid": Option<String>;
    }

    PersistentVolume kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": Option<PersistentVolumeSpec>;
        status "status": Option<PersistentVolumeStatus>;
    }

    PersistentVolumeClaim kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": Option<PersistentVolumeClaimSpec>;
        status "status": Option<PersistentVolumeClaimStatus>;
    }

    PersistentVolumeClaimCondition ["type_"] {
        last_probe_time "lastProbeTime": Option<meta::Time>;
        last_transition_time "lastTransitionTime": Option<meta::Time>;
        message "message": Option<String>;
        reason "reason": Option<String>;
        status "status": String;
        type_ "type": String;
    }

    PersistentVolumeClaimSpec {
        access_modes "accessModes" = list_of(&one_of(&["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"])).optional() => ATOMIC_LIST;
        data_source "dataSource": Option<TypedLocalObjectReference>;
        data_source_ref "dataSourceRef": Option<TypedObjectReference>;
        resources "resources": Option<VolumeResourceRequirements>;
        selector "selector": Option<meta::LabelSelector>;
        storage_class_name "storageClassName": Option<String>;
        volume_attributes_class_name "volumeAttributesClassName": Option<String>;
        volume_mode "volumeMode" = one_of(&["Block", "Filesystem"]).optional();
        volume_name "volumeName": Option<String>;
    }

    PersistentVolumeClaimStatus {
        access_modes "accessModes" = list_of(&one_of(&["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"])).optional() => ATOMIC_LIST;
        allocated_resource_statuses "allocatedResourceStatuses" = map_of(&one_of(&["ControllerResizeInProgress", "ControllerResizeInfeasible", "NodeResizeInProgress", "NodeResizeInfeasible", "NodeResizePending"])).optional();
        allocated_resources "allocatedResources": Option<BTreeMap<String, resource::Quantity>>;
        capacity "capacity": Option<BTreeMap<String, resource::Quantity>>;
        conditions "conditions": Option<Vec<PersistentVolumeClaimCondition>> => map(&["type_"]);
        current_volume_attributes_class_name "currentVolumeAttributesClassName": Option<String>;
        modify_volume_status "modifyVolumeStatus": Option<ModifyVolumeStatus>;
        phase "phase" = one_of(&["Bound", "Lost", "Pending"]).optional();
      @since_1_37 {
        health_status "healthStatus": Option<VolumeHealthStatus>;
      }
    }

    PersistentVolumeClaimTemplate {
        metadata "metadata": Option<meta::ObjectMeta>;
        spec "spec": PersistentVolumeClaimSpec;
    }

    PersistentVolumeClaimVolumeSource {
        claim_name "claimName": String;
        read_only "readOnly": Option<bool>;
    }

    PersistentVolumeSpec {
        access_modes "accessModes" = list_of(&one_of(&["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"])).optional() => ATOMIC_LIST;
        aws_elastic_block_store "awsElasticBlockStore": Option<AWSElasticBlockStoreVolumeSource>;
        azure_disk "azureDisk": Option<AzureDiskVolumeSource>;
        azure_file "azureFile": Option<AzureFilePersistentVolumeSource>;
        capacity "capacity": Option<BTreeMap<String, resource::Quantity>>;
        cephfs "cephfs": Option<CephFSPersistentVolumeSource>;
        cinder "cinder": Option<CinderPersistentVolumeSource>;
        claim_ref "claimRef": Option<ObjectReference> => GRANULAR_MAP;
        csi "csi": Option<CSIPersistentVolumeSource>;
        fc "fc": Option<FCVolumeSource>;
        flex_volume "flexVolume": Option<FlexPersistentVolumeSource>;
        flocker "flocker": Option<FlockerVolumeSource>;
        gce_persistent_disk "gcePersistentDisk": Option<GCEPersistentDiskVolumeSource>;
        glusterfs "glusterfs": Option<GlusterfsPersistentVolumeSource>;
        host_path "hostPath": Option<HostPathVolumeSource>;
        iscsi "iscsi": Option<ISCSIPersistentVolumeSource>;
        local "local": Option<LocalVolumeSource>;
        mount_options "mountOptions": Option<Vec<String>> => ATOMIC_LIST;
        nfs "nfs": Option<NFSVolumeSource>;
        node_affinity "nodeAffinity": Option<VolumeNodeAffinity>;
        persistent_volume_reclaim_policy "persistentVolumeReclaimPolicy" = one_of(&["Delete", "Recycle", "Retain"]).optional();
        photon_persistent_disk "photonPersistentDisk": Option<PhotonPersistentDiskVolumeSource>;
        portworx_volume "portworxVolume": Option<PortworxVolumeSource>;
        quobyte "quobyte": Option<QuobyteVolumeSource>;
        rbd "rbd": Option<RBDPersistentVolumeSource>;
        scale_io "scaleIO": Option<ScaleIOPersistentVolumeSource>;
        storage_class_name "storageClassName": Option<String>;
        storageos "storageos": Option<StorageOSPersistentVolumeSource>;
        volume_attributes_class_name "volumeAttributesClassName": Option<String>;
        volume_mode "volumeMode" = one_of(&["Block", "Filesystem"]).optional();
        vsphere_volume "vsphereVolume": Option<VsphereVirtualDiskVolumeSource>;
    }

    PersistentVolumeStatus {
        last_phase_transition_time "lastPhaseTransitionTime": Option<meta::Time>;
        message "message": Option<String>;
        phase "phase" = one_of(&["Available", "Bound", "Failed", "Pending", "Released"]).optional();
        reason "reason": Option<String>;
    }

    PhotonPersistentDiskVolumeSource {
        fs_type "fsType": Option<String>;
        pd_id "pdID": String;
    }

    Pod kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": Option<PodSpec>;
        status "status": Option<PodStatus>;
    }

    PodAffinity {
        preferred_during_scheduling_ignored_during_execution "preferredDuringSchedulingIgnoredDuringExecution": Option<Vec<WeightedPodAffinityTerm>> => ATOMIC_LIST;
        required_during_scheduling_ignored_during_execution "requiredDuringSchedulingIgnoredDuringExecution": Option<Vec<PodAffinityTerm>> => ATOMIC_LIST;
    }

    PodAffinityTerm {
        label_selector "labelSelector": Option<meta::LabelSelector>;
        match_label_keys "matchLabelKeys": Option<Vec<String>> => ATOMIC_LIST;
        mismatch_label_keys "mismatchLabelKeys": Option<Vec<String>> => ATOMIC_LIST;
        namespace_selector "namespaceSelector": Option<meta::LabelSelector>;
        namespaces "namespaces": Option<Vec<String>> => ATOMIC_LIST;
        topology_key "topologyKey": String;
    }

    PodAntiAffinity {
        preferred_during_scheduling_ignored_during_execution "preferredDuringSchedulingIgnoredDuringExecution": Option<Vec<WeightedPodAffinityTerm>> => ATOMIC_LIST;
        required_during_scheduling_ignored_during_execution "requiredDuringSchedulingIgnoredDuringExecution": Option<Vec<PodAffinityTerm>> => ATOMIC_LIST;
    }

    PodCondition ["type_"] {
        last_probe_time "lastProbeTime": Option<meta::Time>;
        last_transition_time "lastTransitionTime": Option<meta::Time>;
        message "message": Option<String>;
        observed_generation "observedGeneration": Option<i64>;
        reason "reason": Option<String>;
        status "status": String;
        type_ "type": String;
    }

    PodDNSConfig {
        nameservers "nameservers": Option<Vec<String>> => ATOMIC_LIST;
        options "options": Option<Vec<PodDNSConfigOption>> => ATOMIC_LIST;
        searches "searches": Option<Vec<String>> => ATOMIC_LIST;
    }

    PodDNSConfigOption {
        name "name": Option<String>;
        value "value": Option<String>;
    }

    PodIP ["ip"] {
        ip "ip": String;
    }

    PodOS {
        name "name": String;
    }

    PodReadinessGate {
        condition_type "conditionType": String;
    }

    PodResourceClaim ["name"] {
        name "name": String;
        resource_claim_name "resourceClaimName": Option<String>;
        resource_claim_template_name "resourceClaimTemplateName": Option<String>;
    }

    PodResourceClaimStatus ["name"] {
        name "name": String;
        resource_claim_name "resourceClaimName": Option<String>;
    }

    PodSchedulingGate ["name"] {
        name "name": String;
    }

    PodSecurityContext {
        app_armor_profile "appArmorProfile": Option<AppArmorProfile>;
        fs_group "fsGroup": Option<i64>;
        fs_group_change_policy "fsGroupChangePolicy" = one_of(&["Always", "OnRootMismatch"]).optional();
        run_as_group "runAsGroup": Option<i64>;
        run_as_non_root "runAsNonRoot": Option<bool>;
        run_as_user "runAsUser": Option<i64>;
        se_linux_change_policy "seLinuxChangePolicy": Option<String>;
        se_linux_options "seLinuxOptions": Option<SELinuxOptions>;
        seccomp_profile "seccompProfile": Option<SeccompProfile>;
        supplemental_groups "supplementalGroups": Option<Vec<i64>> => ATOMIC_LIST;
        supplemental_groups_policy "supplementalGroupsPolicy" = one_of(&["Merge", "Strict"]).optional();
        sysctls "sysctls": Option<Vec<Sysctl>> => ATOMIC_LIST;
        windows_options "windowsOptions": Option<WindowsSecurityContextOptions>;
    }

    PodSpec {
        active_deadline_seconds "activeDeadlineSeconds": Option<i64>;
        affinity "affinity": Option<Affinity>;
        automount_service_account_token "automountServiceAccountToken": Option<bool>;
        containers "containers": Vec<Container> => map(&["name"]);
        dns_config "dnsConfig": Option<PodDNSConfig>;
        dns_policy "dnsPolicy" = one_of(&["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"]).optional();
        enable_service_links "enableServiceLinks": Option<bool>;
        ephemeral_containers "ephemeralContainers": Option<Vec<EphemeralContainer>> => map(&["name"]);
        host_aliases "hostAliases": Option<Vec<HostAlias>> => map(&["ip"]);
        host_ipc "hostIPC": Option<bool>;
        host_network "hostNetwork": Option<bool>;
        host_pid "hostPID": Option<bool>;
        host_users "hostUsers": Option<bool>;
        hostname "hostname": Option<String>;
        image_pull_secrets "imagePullSecrets": Option<Vec<LocalObjectReference>> => map(&["name"]);
        init_containers "initContainers": Option<Vec<Container>> => map(&["name"]);
        node_name "nodeName": Option<String>;
        node_selector "nodeSelector": Option<BTreeMap<String, String>> => ATOMIC_MAP;
        os "os": Option<PodOS>;
        overhead "overhead": Option<BTreeMap<String, resource::Quantity>>;
        preemption_policy "preemptionPolicy" = one_of(&["Never", "PreemptLowerPriority"]).optional();
        priority "priority": Option<i32>;
        priority_class_name "priorityClassName": Option<String>;
        readiness_gates "readinessGates": Option<Vec<PodReadinessGate>> => ATOMIC_LIST;
        resource_claims "resourceClaims": Option<Vec<PodResourceClaim>> => map(&["name"]);
        resources "resources": Option<ResourceRequirements>;
        restart_policy "restartPolicy" = one_of(&["Always", "Never", "OnFailure"]).optional();
        runtime_class_name "runtimeClassName": Option<String>;
        scheduler_name "schedulerName": Option<String>;
        scheduling_gates "schedulingGates": Option<Vec<PodSchedulingGate>> => map(&["name"]);
        security_context "securityContext": Option<PodSecurityContext>;
        service_account "serviceAccount": Option<String>;
        service_account_name "serviceAccountName": Option<String>;
        set_hostname_as_fqdn "setHostnameAsFQDN": Option<bool>;
        share_process_namespace "shareProcessNamespace": Option<bool>;
        subdomain "subdomain": Option<String>;
        termination_grace_period_seconds "terminationGracePeriodSeconds": Option<i64>;
        tolerations "tolerations": Option<Vec<Toleration>> => ATOMIC_LIST;
        topology_spread_constraints "topologySpreadConstraints": Option<Vec<TopologySpreadConstraint>> => map(&["topology_key", "when_unsatisfiable"]);
        volumes "volumes": Option<Vec<Volume>> => map(&["name"]);
      @since_1_34 {
        hostname_override "hostnameOverride": Option<String>;
      }
      @since_1_36 {
        scheduling_group "schedulingGroup": Option<PodSchedulingGroup>;
      }
      @since_1_37 {
        eviction_responders "evictionResponders": Option<Vec<EvictionResponder>> => map(&["name"]);
      }
    }

    PodStatus {
        conditions "conditions": Option<Vec<PodCondition>> => map(&["type_"]);
        container_statuses "containerStatuses": Option<Vec<ContainerStatus>> => ATOMIC_LIST;
        ephemeral_container_statuses "ephemeralContainerStatuses": Option<Vec<ContainerStatus>> => ATOMIC_LIST;
        host_ip "hostIP": Option<String>;
        host_ips "hostIPs": Option<Vec<HostIP>> => ATOMIC_LIST;
        init_container_statuses "initContainerStatuses": Option<Vec<ContainerStatus>> => ATOMIC_LIST;
        message "message": Option<String>;
        nominated_node_name "nominatedNodeName": Option<String>;
        observed_generation "observedGeneration": Option<i64>;
        phase "phase" = one_of(&["Failed", "Pending", "Running", "Succeeded", "Unknown"]).optional();
        pod_ip "podIP": Option<String>;
        pod_ips "podIPs": Option<Vec<PodIP>> => map(&["ip"]);
        qos_class "qosClass" = one_of(&["BestEffort", "Burstable", "Guaranteed"]).optional();
        reason "reason": Option<String>;
        resize "resize": Option<String>;
        resource_claim_statuses "resourceClaimStatuses": Option<Vec<PodResourceClaimStatus>> => map(&["name"]);
        start_time "startTime": Option<meta::Time>;
      @since_1_34 {
        extended_resource_claim_status "extendedResourceClaimStatus": Option<PodExtendedResourceClaimStatus>;
      }
      @since_1_35 {
        allocated_resources "allocatedResources": Option<BTreeMap<String, resource::Quantity>>;
        resources "resources": Option<ResourceRequirements>;
      }
      @since_1_36 {
        node_allocatable_resource_claim_statuses "nodeAllocatableResourceClaimStatuses": Option<Vec<NodeAllocatableResourceClaimStatus>> => map(&["resource_claim_name"]);
      }
      @since_1_37 {
        volume_health "volumeHealth": Option<Vec<PodVolumeHealth>> => map(&["name"]);
      }
    }

    PodTemplate kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        template "template": Option<PodTemplateSpec>;
    }

    PodTemplateSpec {
        metadata "metadata": Option<meta::ObjectMeta>;
        spec "spec": Option<PodSpec>;
    }

    PortStatus {
        error "error": Option<String>;
        port "port": i32;
        protocol "protocol" = one_of(&["SCTP", "TCP", "UDP"]);
    }

    PortworxVolumeSource {
        fs_type "fsType": Option<String>;
        read_only "readOnly": Option<bool>;
        volume_id "volumeID": String;
    }

    PreferredSchedulingTerm {
        preference "preference": NodeSelectorTerm;
        weight "weight": i32;
    }

    Probe {
        exec "exec": Option<ExecAction>;
        failure_threshold "failureThreshold": Option<i32>;
        grpc "grpc": Option<GRPCAction>;
        http_get "httpGet": Option<HTTPGetAction>;
        initial_delay_seconds "initialDelaySeconds": Option<i32>;
        period_seconds "periodSeconds": Option<i32>;
        success_threshold "successThreshold": Option<i32>;
        tcp_socket "tcpSocket": Option<TCPSocketAction>;
        termination_grace_period_seconds "terminationGracePeriodSeconds": Option<i64>;
        timeout_seconds "timeoutSeconds": Option<i32>;
    }

    ProjectedVolumeSource {
        default_mode "defaultMode": Option<i32>;
        sources "sources": Option<Vec<VolumeProjection>> => ATOMIC_LIST;
      @since_1_37 {
        default_user "defaultUser": Option<i64>;
      }
    }

    QuobyteVolumeSource {
        group "group": Option<String>;
        read_only "readOnly": Option<bool>;
        registry "registry": String;
        tenant "tenant": Option<String>;
        user "user": Option<String>;
        volume "volume": String;
    }

    RBDPersistentVolumeSource {
        fs_type "fsType": Option<String>;
        image "image": String;
        keyring "keyring": Option<String>;
        monitors "monitors": Vec<String> => ATOMIC_LIST;
        pool "pool": Option<String>;
        read_only "readOnly": Option<bool>;
        secret_ref "secretRef": Option<SecretReference>;
        user "user": Option<String>;
    }

    RBDVolumeSource {
        fs_type "fsType": Option<String>;
        image "image": String;
        keyring "keyring": Option<String>;
        monitors "monitors": Vec<String> => ATOMIC_LIST;
        pool "pool": Option<String>;
        read_only "readOnly": Option<bool>;
        secret_ref "secretRef": Option<LocalObjectReference>;
        user "user": Option<String>;
    }

    ReplicationController kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": Option<ReplicationControllerSpec>;
        status "status": Option<ReplicationControllerStatus>;
    }

    ReplicationControllerCondition ["type_"] {
        last_transition_time "lastTransitionTime": Option<meta::Time>;
        message "message": Option<String>;
        reason "reason": Option<String>;
        status "status": String;
        type_ "type": String;
    }

    ReplicationControllerSpec {
        min_ready_seconds "minReadySeconds": Option<i32>;
        replicas "replicas": Option<i32>;
        selector "selector": Option<BTreeMap<String, String>> => ATOMIC_MAP;
        template "template": Option<PodTemplateSpec>;
    }

    ReplicationControllerStatus {
        available_replicas "availableReplicas": Option<i32>;
        conditions "conditions": Option<Vec<ReplicationControllerCondition>> => map(&["type_"]);
        fully_labeled_replicas "fullyLabeledReplicas": Option<i32>;
        observed_generation "observedGeneration": Option<i64>;
        ready_replicas "readyReplicas": Option<i32>;
        replicas "replicas": i32;
    }

    ResourceClaim ["name"] {
        name "name": String;
        request "request": Option<String>;
    }

    ResourceFieldSelector atomic {
        container_name "containerName": Option<String>;
        divisor "divisor": Option<resource::Quantity>;
        resource "resource": String;
    }

    ResourceHealth ["resource_id"] {
        health "health": Option<String>;
        resource_id "resourceID": String;
      @since_1_36 {
        message "message": Option<String>;
      }
    }

    ResourceQuota kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": Option<ResourceQuotaSpec>;
        status "status": Option<ResourceQuotaStatus>;
    }

    ResourceQuotaSpec {
        hard "hard": Option<BTreeMap<String, resource::Quantity>>;
        scope_selector "scopeSelector": Option<ScopeSelector>;
        scopes "scopes" = list_of(&one_of(&["BestEffort", "CrossNamespacePodAffinity", "NotBestEffort", "NotTerminating", "PriorityClass", "Terminating", "VolumeAttributesClass"])).optional() => ATOMIC_LIST;
    }

    ResourceQuotaStatus {
        hard "hard": Option<BTreeMap<String, resource::Quantity>>;
        used "used": Option<BTreeMap<String, resource::Quantity>>;
    }

    ResourceRequirements {
        claims "claims": Option<Vec<ResourceClaim>> => map(&["name"]);
        limits "limits": Option<BTreeMap<String, resource::Quantity>>;
        requests "requests": Option<BTreeMap<String, resource::Quantity>>;
    }

    ResourceStatus ["name"] {
        name "name": String;
        resources "resources": Option<Vec<ResourceHealth>> => map(&["resource_id"]);
    }

    SELinuxOptions {
        level "level": Option<String>;
        role "role": Option<String>;
        type_ "type": Option<String>;
        user "user": Option<String>;
    }

    ScaleIOPersistentVolumeSource {
        fs_type "fsType": Option<String>;
        gateway "gateway": String;
        protection_domain "protectionDomain": Option<String>;
        read_only "readOnly": Option<bool>;
        secret_ref "secretRef": SecretReference;
        ssl_enabled "sslEnabled": Option<bool>;
        storage_mode "storageMode": Option<String>;
        storage_pool "storagePool": Option<String>;
        system "system": String;
        volume_name "volumeName": Option<String>;
    }

    ScaleIOVolumeSource {
        fs_type "fsType": Option<String>;
        gateway "gateway": String;
        protection_domain "protectionDomain": Option<String>;
        read_only "readOnly": Option<bool>;
        secret_ref "secretRef": LocalObjectReference;
        ssl_enabled "sslEnabled": Option<bool>;
        storage_mode "storageMode": Option<String>;
        storage_pool "storagePool": Option<String>;
        system "system": String;
        volume_name "volumeName": Option<String>;
    }

    ScopeSelector atomic {
        match_expressions "matchExpressions": Option<Vec<ScopedResourceSelectorRequirement>> => ATOMIC_LIST;
    }

    ScopedResourceSelectorRequirement {
        operator "operator" = one_of(&["DoesNotExist", "Exists", "In", "NotIn"]);
        scope_name "scopeName" = one_of(&["BestEffort", "CrossNamespacePodAffinity", "NotBestEffort", "NotTerminating", "PriorityClass", "Terminating", "VolumeAttributesClass"]);
        values "values": Option<Vec<String>> => ATOMIC_LIST;
    }

    SeccompProfile {
        localhost_profile "localhostProfile": Option<String>;
        type_ "type" = one_of(&["Localhost", "RuntimeDefault", "Unconfined"]);
    }

    Secret kind {
        data "data": Option<BTreeMap<String, k8s_openapi::ByteString>>;
        immutable "immutable": Option<bool>;
        metadata "metadata": meta::ObjectMeta, empty_object;
        string_data "stringData": Option<BTreeMap<String, String>>;
        type_ "type": Option<String>;
    }

    SecretEnvSource {
        name "name": String, empty;
        optional "optional": Option<bool>;
    }

    SecretKeySelector atomic {
        key "key": String;
        name "name": String, empty;
        optional "optional": Option<bool>;
    }

    SecretProjection {
        items "items": Option<Vec<KeyToPath>> => ATOMIC_LIST;
        name "name": String, empty;
        optional "optional": Option<bool>;
    }

    SecretReference atomic {
        name "name": Option<String>;
        namespace "namespace": Option<String>;
    }

    SecretVolumeSource {
        default_mode "defaultMode": Option<i32>;
        items "items": Option<Vec<KeyToPath>> => ATOMIC_LIST;
        optional "optional": Option<bool>;
        secret_name "secretName": Option<String>;
      @since_1_37 {
        default_user "defaultUser": Option<i64>;
      }
    }

    SecurityContext {
        allow_privilege_escalation "allowPrivilegeEscalation": Option<bool>;
        app_armor_profile "appArmorProfile": Option<AppArmorProfile>;
        capabilities "capabilities": Option<Capabilities>;
        privileged "privileged": Option<bool>;
        proc_mount "procMount" = one_of(&["Default", "Unmasked"]).optional();
        read_only_root_filesystem "readOnlyRootFilesystem": Option<bool>;
        run_as_group "runAsGroup": Option<i64>;
        run_as_non_root "runAsNonRoot": Option<bool>;
        run_as_user "runAsUser": Option<i64>;
        se_linux_options "seLinuxOptions": Option<SELinuxOptions>;
        seccomp_profile "seccompProfile": Option<SeccompProfile>;
        windows_options "windowsOptions": Option<WindowsSecurityContextOptions>;
    }

    Service kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": Option<ServiceSpec>;
        status "status": Option<ServiceStatus>;
    }

    ServiceAccount kind {
        automount_service_account_token "automountServiceAccountToken": Option<bool>;
        image_pull_secrets "imagePullSecrets": Option<Vec<LocalObjectReference>> => ATOMIC_LIST;
        metadata "metadata": meta::ObjectMeta, empty_object;
        secrets "secrets": Option<Vec<ObjectReference>> => ATOMIC_LIST;
    }

    ServiceAccountTokenProjection {
        audience "audience": Option<String>;
        expiration_seconds "expirationSeconds": Option<i64>;
        path "path": String;
      @since_1_37 {
        user "user": Option<i64>;
      }
    }

    ServicePort ["port", "protocol"] {
        app_protocol "appProtocol": Option<String>;
        name "name": Option<String>;
        node_port "nodePort": Option<i32>;
        port "port": i32;
        protocol "protocol" = one_of(&["SCTP", "TCP", "UDP"]).optional(), tcp;
        target_port "targetPort": Option<intstr::IntOrString>;
    }

    ServiceSpec {
        allocate_load_balancer_node_ports "allocateLoadBalancerNodePorts": Option<bool>;
        cluster_ip "clusterIP": Option<String>;
        cluster_ips "clusterIPs": Option<Vec<String>> => ATOMIC_LIST;
        external_ips "externalIPs": Option<Vec<String>> => ATOMIC_LIST;
        external_name "externalName": Option<String>;
        external_traffic_policy "externalTrafficPolicy" = one_of(&["Cluster", "Local"]).optional();
        health_check_node_port "healthCheckNodePort": Option<i32>;
        internal_traffic_policy "internalTrafficPolicy" = one_of(&["Cluster", "Local"]).optional();
        ip_families "ipFamilies" = list_of(&one_of(&["", "IPv4", "IPv6"])).optional() => ATOMIC_LIST;
        ip_family_policy "ipFamilyPolicy" = one_of(&["PreferDualStack", "RequireDualStack", "SingleStack"]).optional();
        load_balancer_class "loadBalancerClass": Option<String>;
        load_balancer_ip "loadBalancerIP": Option<String>;
        load_balancer_source_ranges "loadBalancerSourceRanges": Option<Vec<String>> => ATOMIC_LIST;
        ports "ports": Option<Vec<ServicePort>> => map(&["port", "protocol"]);
        publish_not_ready_addresses "publishNotReadyAddresses": Option<bool>;
        selector "selector": Option<BTreeMap<String, String>> => ATOMIC_MAP;
        session_affinity "sessionAffinity" = one_of(&["ClientIP", "None"]).optional();
        session_affinity_config "sessionAffinityConfig": Option<SessionAffinityConfig>;
        traffic_distribution "trafficDistribution": Option<String>;
        type_ "type" = one_of(&["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"]).optional();
    }

    ServiceStatus {
        conditions "conditions": Option<Vec<meta::Condition>> => map(&["type_"]);
        load_balancer "loadBalancer": Option<LoadBalancerStatus>;
    }

    SessionAffinityConfig {
        client_ip "clientIP": Option<ClientIPConfig>;
    }

    SleepAction {
        seconds "seconds": i64;
    }

    StorageOSPersistentVolumeSource {
        fs_type "fsType": Option<String>;
        read_only "readOnly": Option<bool>;
        secret_ref "secretRef": Option<ObjectReference>;
        volume_name "volumeName": Option<String>;
        volume_namespace "volumeNamespace": Option<String>;
    }

    StorageOSVolumeSource {
        fs_type "fsType": Option<String>;
        read_only "readOnly": Option<bool>;
        secret_ref "secretRef": Option<LocalObjectReference>;
        volume_name "volumeName": Option<String>;
        volume_namespace "volumeNamespace": Option<String>;
    }

    Sysctl {
        name "name": String;
        value "value": String;
    }

    TCPSocketAction {
        host "host": Option<String>;
        port "port": intstr::IntOrString;
    }

    Taint {
        effect "effect" = one_of(&["NoExecute", "NoSchedule", "PreferNoSchedule"]);
        key "key": String;
        time_added "timeAdded": Option<meta::Time>;
        value "value": Option<String>;
    }

    Toleration {
        effect "effect" = one_of(&["NoExecute", "NoSchedule", "PreferNoSchedule"]).optional();
        key "key": Option<String>;
        operator "operator" = one_of(&["Equal", "Exists", "Gt", "Lt"]).optional();
        toleration_seconds "tolerationSeconds": Option<i64>;
        value "value": Option<String>;
    }

    TopologySelectorLabelRequirement {
        key "key": String;
        values "values": Vec<String> => ATOMIC_LIST;
    }

    TopologySelectorTerm atomic {
        match_label_expressions "matchLabelExpressions": Option<Vec<TopologySelectorLabelRequirement>> => ATOMIC_LIST;
    }

    TopologySpreadConstraint ["topology_key", "when_unsatisfiable"] {
        label_selector "labelSelector": Option<meta::LabelSelector>;
        match_label_keys "matchLabelKeys": Option<Vec<String>> => ATOMIC_LIST;
        max_skew "maxSkew": i32;
        min_domains "minDomains": Option<i32>;
        node_affinity_policy "nodeAffinityPolicy" = one_of(&["Honor", "Ignore"]).optional();
        node_taints_policy "nodeTaintsPolicy" = one_of(&["Honor", "Ignore"]).optional();
        topology_key "topologyKey": String;
        when_unsatisfiable "whenUnsatisfiable" = one_of(&["DoNotSchedule", "ScheduleAnyway"]);
    }

    TypedLocalObjectReference atomic {
        api_group "apiGroup": Option<String>;
        kind "kind": String;
        name "name": String;
    }

    TypedObjectReference {
        api_group "apiGroup": Option<String>;
        kind "kind": String;
        name "name": String;
        namespace "namespace": Option<String>;
    }

    Volume ["name"] {
        aws_elastic_block_store "awsElasticBlockStore": Option<AWSElasticBlockStoreVolumeSource>;
        azure_disk "azureDisk": Option<AzureDiskVolumeSource>;
        azure_file "azureFile": Option<AzureFileVolumeSource>;
        cephfs "cephfs": Option<CephFSVolumeSource>;
        cinder "cinder": Option<CinderVolumeSource>;
        config_map "configMap": Option<ConfigMapVolumeSource>;
        csi "csi": Option<CSIVolumeSource>;
        downward_api "downwardAPI": Option<DownwardAPIVolumeSource>;
        empty_dir "emptyDir": Option<EmptyDirVolumeSource>;
        ephemeral "ephemeral": Option<EphemeralVolumeSource>;
        fc "fc": Option<FCVolumeSource>;
        flex_volume "flexVolume": Option<FlexVolumeSource>;
        flocker "flocker": Option<FlockerVolumeSource>;
        gce_persistent_disk "gcePersistentDisk": Option<GCEPersistentDiskVolumeSource>;
        git_repo "gitRepo": Option<GitRepoVolumeSource>;
        glusterfs "glusterfs": Option<GlusterfsVolumeSource>;
        host_path "hostPath": Option<HostPathVolumeSource>;
        image "image": Option<ImageVolumeSource>;
        iscsi "iscsi": Option<ISCSIVolumeSource>;
        name "name": String;
        nfs "nfs": Option<NFSVolumeSource>;
        persistent_volume_claim "persistentVolumeClaim": Option<PersistentVolumeClaimVolumeSource>;
        photon_persistent_disk "photonPersistentDisk": Option<PhotonPersistentDiskVolumeSource>;
        portworx_volume "portworxVolume": Option<PortworxVolumeSource>;
        projected "projected": Option<ProjectedVolumeSource>;
        quobyte "quobyte": Option<QuobyteVolumeSource>;
        rbd "rbd": Option<RBDVolumeSource>;
        scale_io "scaleIO": Option<ScaleIOVolumeSource>;
        secret "secret": Option<SecretVolumeSource>;
        storageos "storageos": Option<StorageOSVolumeSource>;
        vsphere_volume "vsphereVolume": Option<VsphereVirtualDiskVolumeSource>;
    }

    VolumeDevice ["device_path"] {
        device_path "devicePath": String;
        name "name": String;
    }

    VolumeMount ["mount_path"] {
        mount_path "mountPath": String;
        mount_propagation "mountPropagation" = one_of(&["Bidirectional", "HostToContainer", "None"]).optional();
        name "name": String;
        read_only "readOnly": Option<bool>;
        recursive_read_only "recursiveReadOnly": Option<String>;
        sub_path "subPath": Option<String>;
        sub_path_expr "subPathExpr": Option<String>;
      @since_1_37 {
        bind_mount_options "bindMountOptions": Option<Vec<String>> => SET;
      }
    }

    VolumeMountStatus ["mount_path"] {
        mount_path "mountPath": String;
        name "name": String;
        read_only "readOnly": Option<bool>;
        recursive_read_only "recursiveReadOnly": Option<String>;
      @since_1_36 {
        volume_status "volumeStatus": Option<VolumeStatus>;
      }
    }

    VolumeNodeAffinity {
        required "required": Option<NodeSelector>;
    }

    VolumeProjection {
        cluster_trust_bundle "clusterTrustBundle": Option<ClusterTrustBundleProjection>;
        config_map "configMap": Option<ConfigMapProjection>;
        downward_api "downwardAPI": Option<DownwardAPIProjection>;
        secret "secret": Option<SecretProjection>;
        service_account_token "serviceAccountToken": Option<ServiceAccountTokenProjection>;
      @since_1_34 {
        pod_certificate "podCertificate": Option<PodCertificateProjection>;
      }
    }

    VolumeResourceRequirements {
        limits "limits": Option<BTreeMap<String, resource::Quantity>>;
        requests "requests": Option<BTreeMap<String, resource::Quantity>>;
    }

    VsphereVirtualDiskVolumeSource {
        fs_type "fsType": Option<String>;
        storage_policy_id "storagePolicyID": Option<String>;
        storage_policy_name "storagePolicyName": Option<String>;
        volume_path "volumePath": String;
    }

    WeightedPodAffinityTerm {
        pod_affinity_term "podAffinityTerm": PodAffinityTerm;
        weight "weight": i32;
    }

    WindowsSecurityContextOptions {
        gmsa_credential_spec "gmsaCredentialSpec": Option<String>;
        gmsa_credential_spec_name "gmsaCredentialSpecName": Option<String>;
        host_process "hostProcess": Option<bool>;
        run_as_user_name "runAsUserName": Option<String>;
    }
}

k8s_openapi::k8s_if_ge_1_34! {
tables! {
    mod since_1_34;

    ContainerExtendedResourceRequest {
        container_name "containerName": String;
        request_name "requestName": String;
        resource_name "resourceName": String;
    }

    ContainerRestartRule {
        action "action": String;
        exit_codes "exitCodes": Option<ContainerRestartRuleOnExitCodes>;
    }

    ContainerRestartRuleOnExitCodes {
        operator "operator": String;
        values "values": Option<Vec<i32>> => SET;
    }

    FileKeySelector atomic {
        key "key": String;
        optional "optional": Option<bool>;
        path "path": String;
        volume_name "volumeName": String;
    }

    PodCertificateProjection {
        certificate_chain_path "certificateChainPath": Option<String>;
        credential_bundle_path "credentialBundlePath": Option<String>;
        key_path "keyPath": Option<String>;
        key_type "keyType": String;
        max_expiration_seconds "maxExpirationSeconds": Option<i32>;
        signer_name "signerName": String;
      @since_1_35 {
        user_annotations "userAnnotations": Option<BTreeMap<String, String>>;
      }
      @since_1_37 {
        user "user": Option<i64>;
      }
    }

    PodExtendedResourceClaimStatus {
        request_mappings "requestMappings": Vec<ContainerExtendedResourceRequest> => ATOMIC_LIST;
        resource_claim_name "resourceClaimName": String;
    }
}
}

k8s_openapi::k8s_if_ge_1_36! {
tables! {
    mod since_1_36;

    ImageVolumeStatus {
        image_ref "imageRef": String;
    }

    NodeAllocatableResourceClaimStatus ["resource_claim_name"] {
        containers "containers": Option<Vec<String>> => SET;
        resource_claim_name "resourceClaimName": String;
      @since_1_37 {
        mapping "mapping": Option<Vec<NodeAllocatableMappedResources>> => map(&["name"]);
        overhead "overhead": Option<Vec<NodeAllocatableOverheadResources>> => map(&["name"]);
      }
    }

    PodSchedulingGroup {
        pod_group_name "podGroupName": Option<String>;
    }

    VolumeStatus {
        image "image": Option<ImageVolumeStatus>;
    }
}
}

k8s_openapi::k8s_if_ge_1_37! {
tables! {
    mod since_1_37;

    EvictionResponder atomic ["name"] {
        name "name": String;
        priority "priority": i32;
    }

    NodeAllocatableMappedResources ["name"] {
        name "name": String;
        quantity "quantity": resource::Quantity;
    }

    NodeAllocatableOverheadResources ["name"] {
        name "name": String;
        per_container "perContainer": Option<resource::Quantity>;
        per_pod "perPod": Option<resource::Quantity>;
    }

    NodePodPreemptionPolicy {
        disable_resize_preemption "disableResizePreemption": Option<Vec<String>> => SET;
    }

    PodVolumeHealth ["name"] {
        health_conditions "healthConditions": Option<Vec<VolumeHealthCondition>> => map(&["status", "reason"]);
        last_transition_time "lastTransitionTime": Option<meta::Time>;
        name "name": String;
    }

    VolumeHealthCondition ["status", "reason"] {
        message "message": Option<String>;
        reason "reason": String;
        status "status" = one_of(&["DataLoss", "Degraded", "Inaccessible"]);
    }

    VolumeHealthStatus {
        health_conditions "healthConditions": Option<Vec<VolumeHealthCondition>> => map(&["status", "reason"]);
        last_transition_time "lastTransitionTime": Option<meta::Time>;
    }
}
}
