//! Pure: the health checks, under the names that the real server has for them.

/// All checks of `/livez` and `/healthz`; `/readyz` has others at its beginning and one more at its end.
const CHECKS: [&str; 32] = [
    "etcd",
    "poststarthook/start-apiserver-admission-initializer",
    "poststarthook/generic-apiserver-start-informers",
    "poststarthook/priority-and-fairness-config-consumer",
    "poststarthook/priority-and-fairness-filter",
    "poststarthook/storage-object-count-tracker-hook",
    "poststarthook/start-apiextensions-informers",
    "poststarthook/start-apiextensions-controllers",
    "poststarthook/crd-informer-synced",
    "poststarthook/start-system-namespaces-controller",
    "poststarthook/peer-endpoint-reconciler-controller",
    "poststarthook/start-cluster-authentication-info-controller",
    "poststarthook/start-kube-apiserver-identity-lease-controller",
    "poststarthook/start-kube-apiserver-identity-lease-garbage-collector",
    "poststarthook/storage-readiness",
    "poststarthook/start-legacy-token-tracking-controller",
    "poststarthook/start-service-ip-repair-controllers",
    "poststarthook/rbac/bootstrap-roles",
    "poststarthook/scheduling/bootstrap-system-priority-classes",
    "poststarthook/priority-and-fairness-config-producer",
    "poststarthook/bootstrap-controller",
    "poststarthook/start-kubernetes-service-cidr-controller",
    "poststarthook/start-kube-aggregator-informers",
    "poststarthook/apiservice-status-local-available-controller",
    "poststarthook/apiservice-status-remote-available-controller",
    "poststarthook/apiservice-registration-controller",
    "poststarthook/apiservice-discovery-controller",
    "poststarthook/kube-apiserver-autoregistration",
    "autoregister-completion",
    "poststarthook/apiservice-openapi-controller",
    "poststarthook/apiservice-openapiv3-controller",
    "shutdown",
];

/// What a health path asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Health<'a> {
    /// All checks together: `/readyz`.
    All { name: &'a str },
    /// One of them: `/readyz/ping`.
    One,
}

/// Whether a path, decoded, is one of health.
pub(crate) fn parse(path: &str) -> Option<Health<'_>> {
    let path = path.strip_prefix('/')?;
    let (name, check) = match path.split_once('/') {
        None => (path, None),
        Some((name, check)) => (name, Some(check)),
    };
    if !matches!(name, "healthz" | "livez" | "readyz") {
        return None;
    }
    match check {
        None => Some(Health::All { name }),
        Some(check) => checks(name).any(|known| known == check).then_some(Health::One),
    }
}

/// Every path of health.
pub(crate) fn paths() -> impl Iterator<Item = String> {
    ["healthz", "livez", "readyz"].into_iter().flat_map(|name| {
        let one = move |check| format!("/{name}/{check}");
        std::iter::once(format!("/{name}")).chain(checks(name).map(one))
    })
}

fn checks(name: &str) -> impl Iterator<Item = &'static str> {
    let is_ready = name == "readyz";
    let first: &[&str] = if is_ready { &[] } else { &["loopback-serving-certificate"] };
    let second: &[&str] = if is_ready { &["etcd-readiness", "informer-sync"] } else { &[] };
    let (etcd, rest) = CHECKS.split_at(1);
    let rest = if is_ready { rest } else { &rest[..rest.len() - 1] };
    ["ping", "log"].iter().chain(first).chain(etcd).chain(second).chain(rest).copied()
}

/// The text of all checks; `verbose` lists them.
pub(crate) fn report(name: &str, verbose: bool, excluded: &[&str]) -> String {
    if !verbose {
        return "ok".to_owned();
    }
    let mut text = String::new();
    for check in checks(name) {
        let how = if excluded.contains(&check) { "excluded: ok" } else { "ok" };
        text.push_str(&format!("[+]{check} {how}\n"));
    }
    let mut unknown: Vec<String> = excluded
        .iter()
        .filter(|excluded| !checks(name).any(|check| check == **excluded))
        .map(|excluded| format!("\"{excluded}\""))
        .collect();
    if !unknown.is_empty() {
        unknown.sort();
        let unknown = unknown.join(",");
        text.push_str(&format!("warn: some health checks cannot be excluded: no matches for {unknown}\n"));
    }
    text.push_str(&format!("{name} check passed\n"));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_health_are_known() {
        assert_eq!(parse("/readyz"), Some(Health::All { name: "readyz" }));
        for known in ["/readyz/shutdown", "/livez/ping", "/healthz/poststarthook/rbac/bootstrap-roles"] {
            assert_eq!(parse(known), Some(Health::One), "{known}");
        }
        for other in ["/healthz/", "/livez/shutdown", "/readyz/nope", "/healthzz", "/livez/informer-sync"] {
            assert_eq!(parse(other), None, "{other}");
        }
    }

    #[test]
    fn the_report_names_every_check_and_what_was_left_out() {
        let report = report("livez", true, &["etcd", "foo", "bar"]);
        assert!(report.starts_with(
            "[+]ping ok\n[+]log ok\n[+]loopback-serving-certificate ok\n[+]etcd excluded: ok\n"
        ));
        let end = "warn: some health checks cannot be excluded: no matches for \"bar\",\"foo\"\nlivez check passed\n";
        assert!(report.ends_with(end));
        assert_eq!(super::report("livez", false, &[]), "ok");
    }
}
