//! What is written by hand elsewhere in the repository agrees with the data of the built-in kinds.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

/// `group/version Kind`
type Name = String;

/// The kinds with a status that the client does not name: older versions of k8s-openapi lack them.
const UNNAMED: [&str; 5] = [
    "certificates.k8s.io/v1 PodCertificateRequest",
    "resource.k8s.io/v1 DeviceTaintRule",
    "resource.k8s.io/v1 ResourceClaim",
    "storage.k8s.io/v1 CSINode",
    "storagemigration.k8s.io/v1 StorageVersionMigration",
];

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The kinds that have the subresource, as the data says.
fn with(subresource: &str) -> BTreeSet<Name> {
    let data: Value = serde_json::from_str(&read("data/kubernetes.json")).unwrap();
    let text = |value: &Value, name: &str| value[name].as_str().unwrap().to_owned();
    let kinds = data["kinds"].as_array().unwrap().iter().filter(|kind| {
        let parts = kind["subresources"].as_array();
        parts.into_iter().flatten().any(|part| part["name"] == subresource)
    });
    kinds
        .map(|kind| {
            let (group, version, kind) = (text(kind, "group"), text(kind, "version"), text(kind, "kind"));
            format!("{group}/{version} {kind}")
        })
        .collect()
}

/// `apps::v1::Deployment`, as the client's list has it.
fn name(path: &str) -> Name {
    let parts: Vec<&str> = path.split("::").collect();
    let [module, version, kind] = parts.as_slice() else {
        panic!("{path} is no kind");
    };
    let group = match *module {
        "core" => "",
        "apiextensions" => "apiextensions.k8s.io",
        "apiregistration" => "apiregistration.k8s.io",
        "admissionregistration" => "admissionregistration.k8s.io",
        "certificates" => "certificates.k8s.io",
        "flowcontrol" => "flowcontrol.apiserver.k8s.io",
        "networking" => "networking.k8s.io",
        "storage" => "storage.k8s.io",
        module => module,
    };
    format!("{group}/{version} {kind}")
}

#[test]
fn the_client_names_the_kinds_with_a_status_and_a_scale() {
    let source = read("../../core/src/resource/builtin.rs");
    let listed = source.split_once("\nhas_status!(\n").unwrap().1.split_once(");").unwrap().0;
    let mut named: BTreeSet<Name> =
        listed.split(',').map(str::trim).filter(|path| !path.is_empty()).map(name).collect();
    named.extend(UNNAMED.map(str::to_owned));
    assert_eq!(named, with("status"));
    let scaled = source.lines().filter_map(|line| line.strip_prefix("impl HasScale for "));
    let scaled: BTreeSet<Name> = scaled.map(|line| name(line.trim_end_matches(" {}"))).collect();
    assert_eq!(scaled, with("scale"));
}
