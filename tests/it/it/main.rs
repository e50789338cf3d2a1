//! What is true of both servers: each test runs on the embedded API server, and on the real kube-apiserver
//! where `KUBEBUILDER_ASSETS` names its binaries.
//!
//! Without it each test of the real half is skipped and says so, and a last line counts them. With
//! `KUBIST_REQUIRE_REAL=1`, as CI sets it, they fail instead.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by a panic; clippy knows only `#[test]` functions as tests"
)]

mod access;
mod api;
mod apply;
mod apply_kinds;
mod apply_types;
mod auth;
mod built_in_types;
mod certificates;
mod clientset;
mod cluster;
mod config;
mod definition;
mod discovery;
mod dynamic;
mod errors;
mod every_verb;
mod garden;
mod impersonation;
mod informer;
#[path = "../../../core/tests/client/proxy_server.rs"]
mod proxy_server;
mod rest;
mod selectors;
mod sites;
mod special;
mod together;
mod verbs;
mod versions;
mod website;
mod yaml;

use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use libtest_mimic::{Arguments, Failed, Trial};
use tokio::runtime::Runtime;

use crate::cluster::{Cluster, Real};

/// A test takes longer only when something hangs.
const TEST_DEADLINE: Duration = Duration::from_secs(90);

type Outcome = Pin<Box<dyn Future<Output = ()>>>;

struct Test {
    name: &'static str,
    run: fn(Cluster) -> Outcome,
    /// Whether the test stops its server, so that it needs one of its own.
    alone: bool,
    /// Whether the embedded server can do it.
    embedded: bool,
}

/// `module::test` as a [`Test`]; after `alone` those that stop their server, after `real` those that need what the
/// embedded server does not do: calling webhooks, client certificates.
macro_rules! tests {
    (
        $($module:ident :: $name:ident),+ $(,)?;
        alone: $($alone_module:ident :: $alone:ident),+ $(,)?;
        real: $($real_module:ident :: $real:ident),+ $(,)?
    ) => {
        [
            $(test!($module, $name, alone: false, embedded: true),)+
            $(test!($alone_module, $alone, alone: true, embedded: true),)+
            $(test!($real_module, $real, alone: false, embedded: false),)+
        ]
    };
}

macro_rules! test {
    ($module:ident, $name:ident, alone: $alone:literal, embedded: $embedded:literal) => {
        Test {
            name: concat!(stringify!($module), "::", stringify!($name)),
            run: |cluster| Box::pin($module::$name(cluster)),
            alone: $alone,
            embedded: $embedded,
        }
    };
}

const TESTS: &[Test] = &tests![
    definition::is_accepted_and_served,
    definition::installing_again_writes_nothing,
    definition::a_changed_definition_is_updated,
    definition::installing_from_many_tasks_at_once_succeeds,
    definition::the_server_fills_in_serdes_default,
    definition::the_server_enforces_pattern_and_bounds,
    definition::short_names_and_columns_are_discovered,
    yaml::texts_of_a_definition_arrive_as_they_are,
    api::an_object_lives_from_create_to_delete,
    api::a_stale_replace_is_a_conflict,
    api::a_status_is_written_apart_from_the_spec,
    api::a_scale_changes_the_replicas,
    api::merge_and_json_patches_change_what_they_name,
    api::a_list_pages_through_everything_and_follows_selectors,
    api::built_in_kinds_have_the_same_api,
    api::a_watch_sees_every_change_in_order,
    clientset::each_group_version_has_its_kinds,
    clientset::a_clientset_of_ones_own_is_as_good,
    clientset::a_namespace_without_a_name_is_not_all_of_them,
    verbs::a_dry_run_leaves_no_trace,
    verbs::unknown_fields_are_dropped_or_refused_and_managers_remembered,
    verbs::a_delete_looks_at_its_preconditions_and_at_what_is_owned,
    verbs::a_collection_is_deleted_within_all_selectors,
    verbs::reads_ask_for_a_version,
    verbs::a_list_streams_page_after_page,
    verbs::a_watch_begins_and_ends_as_its_options_say,
    verbs::a_scale_is_replaced_patched_and_applied,
    verbs::a_scale_is_applied_by_its_owner,
    verbs::a_status_is_written_with_options,
    together::nobodys_change_is_lost,
    together::an_entry_is_created_once_and_what_is_there_stays,
    together::what_is_not_changed_is_not_written,
    special::a_pod_is_bound_once,
    special::an_eviction_is_a_delete_that_a_budget_can_refuse,
    special::ephemeral_containers_and_resources_are_changed_apart,
    special::a_service_account_gets_a_token,
    special::a_signing_request_is_approved_or_denied,
    special::a_namespace_is_finalized,
    apply::creates_then_changes_and_leaves_out_what_is_absent,
    apply::another_manager_is_a_conflict_until_forced,
    apply_kinds::workloads_are_shared_by_two_managers,
    apply_kinds::services_and_settings_are_shared_by_two_managers,
    apply_kinds::roles_and_bindings_are_shared_by_two_managers,
    apply_types::only_what_was_set_is_owned,
    apply_types::two_managers_share_lists_by_key_and_fight_over_values,
    apply_types::a_status_is_applied_and_extracted_apart,
    apply_types::what_cannot_be_told_is_an_error_and_not_an_empty_part,
    apply_types::what_was_applied_is_what_is_extracted,
    auth::a_write_with_a_rotated_token_arrives_once,
    auth::an_exec_plugin_logs_in,
    built_in_types::a_template_of_pods_has_a_small_structural_schema,
    built_in_types::two_managers_share_the_containers_of_a_template,
    built_in_types::what_the_server_accepts_is_what_the_types_hold,
    built_in_types::objects_are_found_by_what_is_deep_inside,
    discovery::one_document_and_many_tell_the_same,
    discovery::names_and_kinds_lead_to_resources,
    discovery::a_file_is_applied_in_the_order_of_its_needs,
    discovery::a_document_of_openapi_is_read_once_for_each_hash,
    discovery::whatever_has_a_scale_is_scaled_by_its_name,
    discovery::typed_objects_become_untyped_and_back,
    dynamic::a_resource_known_by_its_name_has_every_verb,
    dynamic::what_a_resource_is_not_is_told,
    dynamic::objects_in_lists_and_caches_know_their_kind,
    dynamic::metadata_alone_is_read_watched_changed_and_deleted,
    rest::any_verb_goes_to_any_path,
    rest::a_guarded_write_whose_answer_is_lost_is_a_success,
    rest::an_unguarded_write_whose_answer_is_lost_has_an_unknown_outcome,
    rest::the_servers_warnings_reach_the_handler,
    errors::each_refusal_says_verb_resource_and_name,
    errors::a_kind_or_version_that_is_not_installed_is_named,
    errors::a_name_that_would_change_the_path_is_refused_before_it_is_sent,
    errors::a_wrong_token_is_unauthorized_and_stays_secret,
    errors::the_server_of_another_ca_is_not_talked_to,
    config::proxies_are_in_between,
    config::the_servers_certificate_has_the_name_that_was_given,
    config::a_kubeconfig_that_was_written_is_read_by_kubectl_and_the_other_way_round,
    informer::follows_create_update_and_delete,
    informer::every_handler_gets_the_whole_story,
    informer::a_lister_reads_by_name_namespace_and_index,
    informer::a_lister_reads_what_was_just_written,
    selectors::the_server_selects_by_labels_what_matches_here,
    selectors::the_server_selects_by_fields_what_matches_here,
    every_verb::a_built_in_kind_has_every_verb,
    every_verb::a_custom_kind_has_every_verb,
    every_verb::a_kind_of_the_cluster_has_every_verb,
    every_verb::all_of_it_goes_over_one_version_of_http,
    versions::all_served_versions_answer_after_the_installation,
    versions::what_the_server_stores_does_not_differ_from_what_was_sent,
    versions::what_is_said_to_be_refused_is_refused,
    versions::an_old_version_without_a_webhook_is_migrated_and_leaves;
    alone:
    informer::loses_nothing_when_the_server_restarts,
    informer::lists_again_when_its_version_has_expired;
    real:
    certificates::a_request_that_is_approved_and_signed_is_a_user,
    certificates::a_request_that_is_denied_ends_the_waiting,
    certificates::a_renewing_certificate_has_another_one_in_time,
    impersonation::the_server_sees_whom_the_program_acts_as,
    impersonation::who_is_acted_as_may_do_what_that_user_may,
    impersonation::who_may_not_act_as_somebody_is_told_so,
    access::what_rbac_denies_is_forbidden_verb_by_verb,
    access::a_token_that_is_no_more_is_unauthorized,
    access::a_token_that_expired_is_unauthorized,
    every_verb::all_of_it_goes_over_http_1,
    rest::a_long_answer_comes_packed,
    auth::a_token_that_the_server_revoked_is_replaced,
    auth::a_client_certificate_is_replaced_while_the_client_runs,
    auth::a_client_certificate_that_the_server_refuses_is_read_again,
    discovery::a_group_whose_server_is_gone_is_named_and_the_others_are_there,
    versions::objects_are_converted_by_the_webhook,
    versions::an_old_version_with_a_webhook_is_migrated_and_leaves,
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let real = Arc::new(Real::default());
    let skip_reason = kubist_envtest::skip_reason();
    let mut trials = Vec::new();
    for test in TESTS {
        if test.embedded {
            trials.push(Trial::test(format!("embedded::{}", test.name), move || {
                run(test, Cluster::embedded())
            }));
        }
        let server = Arc::clone(&real);
        let trial = Trial::test(format!("real::{}", test.name), move || {
            // The shared server's processes belong to a runtime that outlives the test.
            let start = move || server.cluster(test.alone);
            let (cluster, guard) = start().map_err(Failed::from)?;
            let outcome = run(test, async { Ok(cluster) });
            drop(guard);
            outcome
        });
        trials.push(match skip_reason {
            Some(reason) => trial.with_kind(reason).with_ignored_flag(true),
            None => trial,
        });
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    if let Some(reason) = skip_reason.filter(|_| conclusion.num_ignored > 0) {
        println!("{} {reason}", conclusion.num_ignored);
    }
    conclusion.exit_code()
}

fn run(test: &Test, cluster: impl Future<Output = Result<Cluster, String>>) -> Result<(), Failed> {
    let runtime = Runtime::new().map_err(|error| Failed::from(error.to_string()))?;
    runtime.block_on(async {
        let cluster = cluster.await?;
        tokio::time::timeout(TEST_DEADLINE, (test.run)(cluster))
            .await
            .map_err(|_| Failed::from(format!("not done after {TEST_DEADLINE:?}")))
    })
}
