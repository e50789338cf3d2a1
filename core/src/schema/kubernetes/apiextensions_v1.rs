//! Generated: the schemas of `apiextensions_apiserver::pkg::apis::apiextensions::v1`, as of Kubernetes v1.37.2. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_imports, reason = "older versions of Kubernetes have less")]

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::*;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;

use super::table::*;

tables! {
    mod since_1_33;

    CustomResourceColumnDefinition {
        description "description": Option<String>;
        format "format": Option<String>;
        json_path "jsonPath": String;
        name "name": String;
        priority "priority": Option<i32>;
        type_ "type": String;
    }

    CustomResourceConversion {
        strategy "strategy": String;
        webhook "webhook": Option<WebhookConversion>;
    }

    CustomResourceDefinition kind {
        metadata "metadata": meta::ObjectMeta, empty_object;
        spec "spec": CustomResourceDefinitionSpec;
        status "status": Option<CustomResourceDefinitionStatus>;
    }

    CustomResourceDefinitionCondition ["type_"] {
        last_transition_time "lastTransitionTime": Option<meta::Time>;
        message "message": Option<String>;
        reason "reason": Option<String>;
        status "status": String;
        type_ "type": String;
      @since_1_35 {
        observed_generation "observedGeneration": Option<i64>;
      }
    }

    CustomResourceDefinitionNames {
        categories "categories": Option<Vec<String>> => ATOMIC_LIST;
        kind "kind": String;
        list_kind "listKind": Option<String>;
        plural "plural": String;
        short_names "shortNames": Option<Vec<String>> => ATOMIC_LIST;
        singular "singular": Option<String>;
    }

    CustomResourceDefinitionSpec {
        conversion "conversion": Option<CustomResourceConversion>;
        group "group": String;
        names "names": CustomResourceDefinitionNames;
        preserve_unknown_fields "preserveUnknownFields": Option<bool>;
        scope "scope": String;
        versions "versions": Vec<CustomResourceDefinitionVersion> => ATOMIC_LIST;
    }

    CustomResourceDefinitionStatus {
        accepted_names "acceptedNames": Option<CustomResourceDefinitionNames>;
        conditions "conditions": Option<Vec<CustomResourceDefinitionCondition>> => map(&["type_"]);
        stored_versions "storedVersions": Option<Vec<String>> => ATOMIC_LIST;
      @since_1_35 {
        observed_generation "observedGeneration": Option<i64>;
      }
    }

    CustomResourceDefinitionVersion {
        additional_printer_columns "additionalPrinterColumns": Option<Vec<CustomResourceColumnDefinition>> => ATOMIC_LIST;
        deprecated "deprecated": Option<bool>;
        deprecation_warning "deprecationWarning": Option<String>;
        name "name": String;
        schema "schema": Option<CustomResourceValidation>;
        selectable_fields "selectableFields": Option<Vec<SelectableField>> => ATOMIC_LIST;
        served "served": bool;
        storage "storage": bool;
        subresources "subresources": Option<CustomResourceSubresources>;
    }

    CustomResourceSubresourceScale {
        label_selector_path "labelSelectorPath": Option<String>;
        spec_replicas_path "specReplicasPath": String;
        status_replicas_path "statusReplicasPath": String;
    }

    CustomResourceSubresourceStatus any {}

    CustomResourceSubresources {
        scale "scale": Option<CustomResourceSubresourceScale>;
        status "status": Option<CustomResourceSubresourceStatus>;
    }

    CustomResourceValidation {
        open_api_v3_schema "openAPIV3Schema": Option<JSONSchemaProps>;
    }

    ExternalDocumentation {
        description "description": Option<String>;
        url "url": Option<String>;
    }

    SelectableField {
        json_path "jsonPath": String;
    }

    ServiceReference {
        name "name": String;
        namespace "namespace": String;
        path "path": Option<String>;
        port "port": Option<i32>;
    }

    ValidationRule ["rule"] {
        field_path "fieldPath": Option<String>;
        message "message": Option<String>;
        message_expression "messageExpression": Option<String>;
        optional_old_self "optionalOldSelf": Option<bool>;
        reason "reason" = one_of(&["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"]).optional();
        rule "rule": String;
    }

    WebhookClientConfig {
        ca_bundle "caBundle": Option<k8s_openapi::ByteString>;
        service "service": Option<ServiceReference>;
        url "url": Option<String>;
    }

    WebhookConversion {
        client_config "clientConfig": Option<WebhookClientConfig>;
        conversion_review_versions "conversionReviewVersions": Vec<String> => ATOMIC_LIST;
    }
}
