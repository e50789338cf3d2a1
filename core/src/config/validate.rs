//! Pure: what is wrong with a kubeconfig, all of it at once.

use std::collections::BTreeSet;

use crate::config::environment::Environment;
use crate::config::kubeconfig::{AuthInfo, Cluster, Context, ExecPlugin, Kubeconfig, MaybePath};
use crate::config::problem;
use crate::config::resolve::{Problems, cluster_config, find, user_parts};
use crate::error::{Error, Result};

/// One error for all that is wrong; none if nothing is.
pub(crate) fn together(what: &str, mut problems: Vec<Error>) -> Result<()> {
    match problems.len() {
        0 => Ok(()),
        1 => Err(problems.remove(0)),
        count => {
            let texts: Vec<_> = problems.iter().map(|problem| format!("{problem:#}")).collect();
            Err(problem(format!("the {what} has {count} problems: {}", texts.join("; "))))
        }
    }
}

/// What is wrong with any entry.
pub(crate) fn all(kubeconfig: &Kubeconfig, environment: &dyn Environment) -> Vec<Error> {
    let mut problems = Vec::new();
    for (name, cluster) in kubeconfig.clusters() {
        let found = cluster_config(cluster, environment).err().unwrap_or_default();
        problems.extend(found.into_iter().map(|error| error.during(format!("cluster {name:?}"))));
    }
    for (name, user) in kubeconfig.users() {
        let found = user_parts(user, &Cluster::default(), None, environment).err().unwrap_or_default();
        problems.extend(found.into_iter().map(|error| error.during(format!("user {name:?}"))));
    }
    for (name, entry) in kubeconfig.contexts() {
        let found = context(entry, kubeconfig);
        problems.extend(found.into_iter().map(|error| error.during(format!("context {name:?}"))));
    }
    let current = kubeconfig.current_context().map(|name| find(kubeconfig.contexts(), name, "context"));
    problems.extend(current.and_then(Result::err));
    problems
}

fn context(context: &Context, kubeconfig: &Kubeconfig) -> Vec<Error> {
    let mut problems = Vec::new();
    if context.cluster.is_empty() {
        problems.push(problem("field cluster is missing"));
    } else {
        problems.extend(find(kubeconfig.clusters(), &context.cluster, "cluster").err());
    }
    // A context without a user is one of a cluster that asks for none.
    if !context.user.is_empty() {
        problems.extend(find(kubeconfig.users(), &context.user, "user").err());
    }
    let namespace = &context.namespace;
    if !namespace.is_empty() && !kubist_structural::names::label(namespace).is_empty() {
        problems.push(problem(format!("namespace {namespace:?} is not the name of a namespace")));
    }
    problems
}

/// What contradicts itself in a user.
pub(crate) fn contradictions(user: &AuthInfo, problems: &mut Problems) {
    let basic = [("username", !user.username.is_empty()), ("password", !user.password.is_empty())];
    let basic = basic.iter().find(|(_, is)| *is).map(|(field, _)| *field);
    let bearer = [("token", !user.token.is_empty()), ("tokenFile", user.token_file.if_set().is_some())];
    let bearer = bearer.iter().find(|(_, is)| *is).map(|(field, _)| *field);
    if let (Some(bearer), Some(basic)) = (bearer, basic) {
        problems.push(problem(format!("{bearer} and {basic} exclude each other")));
    }
    if user.exec.is_some() && user.auth_provider.is_some() {
        problems.push(problem("exec and auth-provider exclude each other"));
    }
    match (user.has_certificate(), user.has_key()) {
        (true, false) => problems.push(problem("there is a client-certificate but no client-key")),
        (false, true) => problems.push(problem("there is a client-key but no client-certificate")),
        (true, true) | (false, false) => {}
    }
    if let Some(exec) = &user.exec {
        exec_plugin(exec, problems);
    }
}

fn exec_plugin(exec: &ExecPlugin, problems: &mut Problems) {
    if exec.command.is_empty() {
        problems.push(problem("field exec.command is missing"));
    }
    if exec.api_version.is_empty() {
        problems.push(problem("field exec.apiVersion is missing"));
    }
    if exec.env.iter().any(|var| var.name.is_empty()) {
        problems.push(problem("a variable in exec.env has no name"));
    }
    match exec.mode() {
        Ok(Some(_)) => {}
        // It had none; that the version is gone is told when the plugin is set up.
        Ok(None) if exec.api_version.ends_with("/v1alpha1") => {}
        Ok(None) => {
            let modes = "one of Never, IfAvailable and Always";
            problems.push(problem(format!("field exec.interactiveMode is missing; it must be {modes}")));
        }
        Err(error) => problems.push(error.during("field exec.interactiveMode")),
    }
}

/// The names of the entries, for errors.
pub(crate) fn list<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: BTreeSet<_> = names.collect();
    let names: Vec<_> = names.into_iter().collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
