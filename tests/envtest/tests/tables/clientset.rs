//! The file `core/src/clientset/built_in.rs`.

use std::collections::BTreeMap;

use super::header;
use super::source::Source;
use super::source::Struct;

/// A group-version, and its kinds.
struct Group<'a> {
    /// `apps/v1`
    api_version: &'a str,
    /// `k8s_openapi::api::apps::v1`
    module: String,
    /// `fn deployments(namespace) -> Deployment;`, by the first and the last version of Kubernetes that has the kind.
    kinds: BTreeMap<(u32, u32), Vec<String>>,
}

/// The text of the file.
pub(crate) fn file(source: &Source) -> String {
    let mut groups: BTreeMap<String, Group<'_>> = BTreeMap::new();
    // Those without metadata are what discovery answers, not resources.
    let kinds = source.kinds().into_values().filter(|(of, ..)| of.fields.contains_key("metadata"));
    for (of, first, last) in kinds {
        let argument = match &*of.constants["Scope"] {
            "NamespaceResourceScope" => "namespace",
            "ClusterResourceScope" => "",
            "SubResourceScope" => continue,
            other => panic!("{}: {other}", of.name),
        };
        let group = groups.entry(accessor(&of.module)).or_insert_with(|| Group {
            api_version: &of.constants["API_VERSION"],
            module: format!("k8s_openapi::{}", of.module),
            kinds: BTreeMap::new(),
        });
        let kind = format!("fn {}({argument}) -> {};", method(of), of.name);
        group.kinds.entry((first, last)).or_default().push(kind);
    }
    let mut text = header("the group-versions of Kubernetes and their kinds");
    text += "use crate::clientset::{group_version, kinds};\n";
    for (accessor, group) in groups {
        write(&mut text, &accessor, group, source.newest_version());
    }
    text
}

fn write(text: &mut String, accessor: &str, mut group: Group<'_>, newest: u32) {
    let first = group.kinds.keys().map(|(first, _)| *first).min().unwrap();
    let last = group.kinds.keys().map(|(_, last)| *last).max().unwrap();
    let (name, module) = (type_name(accessor), group.module);
    let always = group.kinds.remove(&(first, last)).unwrap_or_default();
    let kinds = if always.is_empty() {
        ";\n".to_owned()
    } else {
        format!(" in {module} {{\n{}    }}\n", lines(&always))
    };
    let docs = format!("    /// The kinds of `{}`.\n", group.api_version);
    let body = format!("group_version! {{\n{docs}    {accessor}: {name}{kinds}}}\n");
    text.push_str(&within((first, last), newest, &body));
    for (versions, some) in group.kinds {
        let part = format!("{accessor}_{}_{}", versions.0, versions.1);
        let body = format!("kinds! {{ {part}: {name} in {module} {{\n{}}} }}\n", lines(&some));
        text.push_str(&within(versions, newest, &body));
    }
}

fn lines(kinds: &[String]) -> String {
    let mut kinds = kinds.to_vec();
    kinds.sort();
    kinds.iter().fold(String::new(), |text, kind| text + "        " + kind + "\n")
}

/// The text, for these versions of Kubernetes.
fn within((first, last): (u32, u32), newest: u32, body: &str) -> String {
    let block = format!("k8s_openapi::k8s_if_ge_1_{first}! {{\n{body}}}\n");
    if last < newest {
        format!("\nk8s_openapi::k8s_if_le_1_{last}! {{\n{block}}}\n")
    } else {
        format!("\n{block}")
    }
}

/// `apps_v1`, as client-go has it (`AppsV1`).
fn accessor(module: &str) -> String {
    let mut words = module.rsplit("::");
    let (version, group) = (words.next().unwrap(), words.next().unwrap());
    let group = group.strip_prefix("apiserver").unwrap_or(group);
    format!("{group}_{version}")
}

/// `AppsV1`
fn type_name(accessor: &str) -> String {
    let words = accessor.split('_');
    words.map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect()
}

/// The plural name with its words told apart: `network_policies`.
fn method(of: &Struct) -> String {
    let words = snake(&of.name);
    let (before, _) = words.rsplit_once('_').unwrap_or_default();
    let plural = &of.constants["URL_PATH_SEGMENT"];
    let last = plural.strip_prefix(&before.replace('_', ""));
    let last = last.unwrap_or_else(|| panic!("{plural} is not the plural of {words}"));
    if before.is_empty() { last.to_owned() } else { format!("{before}_{last}") }
}

/// `NetworkPolicy` as `network_policy`, `CSIDriver` as `csi_driver`.
fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut words = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let after_lower = at > 0 && letters[at - 1].is_ascii_lowercase();
        let before_lower = letters.get(at + 1).is_some_and(char::is_ascii_lowercase);
        if at > 0 && letter.is_ascii_uppercase() && (after_lower || before_lower) {
            words.push('_');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}
