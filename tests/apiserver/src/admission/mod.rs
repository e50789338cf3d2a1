//! Pure: what the server adds to objects in the name of nobody, by what else it holds: admission, and addresses.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::builtin::defaults::edit::{self, Fields};
use crate::cluster::Cluster;
use crate::kinds::Kind;
use crate::meta;
use crate::status::Status;
use crate::storage::Stored;

mod addresses;

/// How long a pod stays on a node that is not ready or cannot be reached, in seconds.
const TOLERATION_SECONDS: i32 = 300;

/// The classes that a real cluster makes for itself.
const SYSTEM_CLASSES: [(&str, i64); 2] =
    [("system-cluster-critical", 2_000_000_000), ("system-node-critical", 2_000_001_000)];

/// Adds to a new object, or to one that replaces `old`.
pub(crate) fn admit(
    cluster: &Cluster,
    kind: &Kind,
    object: &mut Value,
    old: Option<&Value>,
) -> Result<(), Status> {
    let is_new = old.is_none();
    match (kind.group.as_str(), kind.plural.as_str()) {
        ("", "pods") => {
            if is_new {
                limit_containers(cluster, object);
            }
            tolerate(edit::make(object, &["spec"]));
            match old {
                None => prioritise(cluster, kind, object)?,
                Some(old) => keep_priority(object, old),
            }
        }
        ("", "nodes") if is_new => taint(edit::make(object, &["spec"])),
        ("", "persistentvolumes") if is_new => protect(object, "kubernetes.io/pv-protection"),
        ("", "persistentvolumeclaims") if is_new => {
            protect(object, "kubernetes.io/pvc-protection");
            choose_storage_class(cluster, object);
        }
        ("networking.k8s.io", "ingresses") if is_new => choose_ingress_class(cluster, object),
        ("scheduling.k8s.io", "priorityclasses") => only_default(cluster, kind, object, is_new)?,
        _ => {}
    }
    Ok(())
}

/// Gives a service its addresses and ports; `old` is what it replaces.
pub(crate) fn allocate(
    cluster: &Cluster,
    kind: &Kind,
    object: &mut Value,
    old: Option<&Value>,
) -> Result<(), Status> {
    if !kind.is("", "services") {
        return Ok(());
    }
    let own = (meta::text(object, "namespace").to_owned(), meta::text(object, "name").to_owned());
    let others = of_kind(cluster, "", "services").map(|stored| &stored.object);
    let others = others.filter(|other| {
        old.is_none() || (meta::text(other, "namespace"), meta::text(other, "name")) != (&*own.0, &*own.1)
    });
    let mut taken = addresses::Taken::by(others);
    addresses::allocate(kind, object, old, &mut taken)
}

/// All objects of a kind.
fn of_kind<'a>(cluster: &'a Cluster, group: &str, plural: &str) -> impl Iterator<Item = &'a Arc<Stored>> {
    let collection = cluster.store.collection(&(group.to_owned(), plural.to_owned()));
    collection.into_iter().flat_map(|collection| collection.range(None, None))
}

fn tolerate(spec: &mut Fields) {
    for key in ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"] {
        let is_tolerated = edit::items(spec, "tolerations").any(|toleration| {
            matches!(edit::text(toleration, "effect"), "" | "NoExecute")
                && [key, ""].contains(&edit::text(toleration, "key"))
        });
        if is_tolerated {
            continue;
        }
        let toleration = json!({
            "key": key,
            "operator": "Exists",
            "effect": "NoExecute",
            "tolerationSeconds": TOLERATION_SECONDS,
        });
        append(spec, "tolerations", toleration);
    }
}

/// Puts a value at the end of the list under `name`.
fn append(fields: &mut Fields, name: &str, value: Value) {
    match fields.entry(name).or_insert(Value::Null) {
        Value::Array(values) => values.push(value),
        other => *other = json!([value]),
    }
}

/// The name, the number and the preemption policy of a priority class.
struct Priority {
    class: String,
    value: i64,
    preemption: Value,
}

impl Priority {
    fn of(class: &Value) -> Self {
        Self {
            class: meta::text(class, "name").to_owned(),
            value: class.get("value").and_then(Value::as_i64).unwrap_or(0),
            preemption: class.get("preemptionPolicy").cloned().unwrap_or_else(preempting),
        }
    }
}

fn preempting() -> Value {
    "PreemptLowerPriority".into()
}

fn classes(cluster: &Cluster) -> impl Iterator<Item = &Value> {
    of_kind(cluster, "scheduling.k8s.io", "priorityclasses").map(|stored| &stored.object)
}

fn default_class(cluster: &Cluster) -> Option<&Value> {
    let is_default = |class: &&Value| class.get("globalDefault") == Some(&Value::Bool(true));
    classes(cluster).filter(is_default).min_by_key(|class| class.get("value").and_then(Value::as_i64))
}

fn priority(cluster: &Cluster, name: &str) -> Option<Priority> {
    if name.is_empty() {
        let none = Priority { class: String::new(), value: 0, preemption: preempting() };
        return Some(default_class(cluster).map_or(none, Priority::of));
    }
    let stored = classes(cluster).find(|class| meta::text(class, "name") == name).map(Priority::of);
    stored.or_else(|| {
        let (class, value) = SYSTEM_CLASSES.into_iter().find(|(class, _)| *class == name)?;
        Some(Priority { class: class.to_owned(), value, preemption: preempting() })
    })
}

fn prioritise(cluster: &Cluster, kind: &Kind, object: &mut Value) -> Result<(), Status> {
    let forbidden =
        |object: &Value, why: &str| Status::forbidden(kind, meta::text(object, "name"), why, Value::Null);
    let class = edit::text_at(object, &["spec", "priorityClassName"]);
    let Some(priority) = priority(cluster, class) else {
        return Err(forbidden(object, &format!("no PriorityClass with name {class} was found")));
    };
    let own = edit::get(object, &["spec", "priority"]).and_then(Value::as_i64);
    if let Some(own) = own.filter(|own| *own != priority.value) {
        let why = format!(
            "the integer value of priority ({own}) must not be provided in pod spec; priority admission controller computed {} from the given PriorityClass name",
            priority.value
        );
        return Err(forbidden(object, &why));
    }
    let own = edit::text_at(object, &["spec", "preemptionPolicy"]);
    if !own.is_empty() && own != priority.preemption {
        let computed = priority.preemption.as_str().unwrap_or_default();
        let why = format!(
            "the string value of PreemptionPolicy ({own}) must not be provided in pod spec; priority admission controller computed {computed} from the given PriorityClass name"
        );
        return Err(forbidden(object, &why));
    }
    let spec = edit::make(object, &["spec"]);
    let class = (!priority.class.is_empty()).then(|| priority.class.into());
    edit::put(spec, "priorityClassName", class);
    spec.insert("priority".to_owned(), priority.value.into());
    spec.insert("preemptionPolicy".to_owned(), priority.preemption);
    Ok(())
}

fn keep_priority(object: &mut Value, old: &Value) {
    let spec = edit::make(object, &["spec"]);
    for name in ["priority", "preemptionPolicy"] {
        if edit::is_absent(spec, name) {
            edit::put(spec, name, edit::get(old, &["spec", name]).cloned());
        }
    }
}

fn only_default(cluster: &Cluster, kind: &Kind, object: &Value, is_new: bool) -> Result<(), Status> {
    let name = meta::text(object, "name");
    let other = default_class(cluster).map(|class| meta::text(class, "name"));
    match other.filter(|other| is_new || *other != name) {
        Some(other) if object.get("globalDefault") == Some(&Value::Bool(true)) => {
            let why =
                format!("PriorityClass {other} is already marked as default. Only one default can exist");
            Err(Status::forbidden(kind, name, &why, Value::Null))
        }
        _ => Ok(()),
    }
}

/// A new node is not ready.
fn taint(spec: &mut Fields) {
    let (key, effect) = ("node.kubernetes.io/not-ready", "NoSchedule");
    let is_tainted = edit::items(spec, "taints")
        .any(|taint| edit::text(taint, "key") == key && edit::text(taint, "effect") == effect);
    if !is_tainted {
        append(spec, "taints", json!({"key": key, "effect": effect}));
    }
}

/// What is in use is not removed.
fn protect(object: &mut Value, finalizer: &str) {
    let metadata = meta::metadata(object);
    let has = metadata.get("finalizers").and_then(Value::as_array);
    if !has.is_some_and(|finalizers| finalizers.iter().any(|known| known == finalizer)) {
        append(metadata, "finalizers", finalizer.into());
    }
}

/// The newest of the classes that are marked as default.
fn marked<'a>(cluster: &'a Cluster, group: &str, plural: &str, annotations: &[&str]) -> Vec<&'a Value> {
    let is_marked = |class: &&Value| {
        annotations.iter().any(|name| edit::text_at(class, &["metadata", "annotations", name]) == "true")
    };
    let mut marked: Vec<&Value> =
        of_kind(cluster, group, plural).map(|stored| &stored.object).filter(is_marked).collect();
    marked.sort_by(|left, right| {
        let time = |class| meta::text(class, "creationTimestamp");
        let name = |class| meta::text(class, "name");
        time(right).cmp(time(left)).then_with(|| name(left).cmp(name(right)))
    });
    marked
}

fn choose_storage_class(cluster: &Cluster, object: &mut Value) {
    const BETA: &str = "volume.beta.kubernetes.io/storage-class";
    let has_class = edit::get(object, &["spec", "storageClassName"]).is_some()
        || edit::get(object, &["metadata", "annotations", BETA]).is_some();
    let marks =
        ["storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"];
    if !has_class && let Some(class) = marked(cluster, "storage.k8s.io", "storageclasses", &marks).first() {
        let name = meta::text(class, "name");
        edit::make(object, &["spec"]).insert("storageClassName".to_owned(), name.into());
    }
}

fn choose_ingress_class(cluster: &Cluster, object: &mut Value) {
    const OLD: &str = "kubernetes.io/ingress.class";
    if edit::get(object, &["spec", "ingressClassName"]).is_some()
        || edit::get(object, &["metadata", "annotations", OLD]).is_some()
    {
        return;
    }
    let marks = ["ingressclass.kubernetes.io/is-default-class"];
    if let Some(class) = marked(cluster, "networking.k8s.io", "ingressclasses", &marks).first() {
        let name = meta::text(class, "name");
        edit::make(object, &["spec"]).insert("ingressClassName".to_owned(), name.into());
    }
}

/// Containers get the limits of their namespace.
fn limit_containers(cluster: &Cluster, object: &mut Value) {
    let namespace = meta::text(object, "namespace").to_owned();
    let ranges: Vec<&Value> = of_kind(cluster, "", "limitranges")
        .map(|stored| &stored.object)
        .filter(|range| meta::text(range, "namespace") == namespace)
        .collect();
    for range in ranges {
        let items = edit::get(range, &["spec", "limits"]).and_then(Value::as_array);
        let items = items.into_iter().flatten().filter(|item| item["type"] == "Container");
        let mut defaults = [("limits", Fields::new()), ("requests", Fields::new())];
        for item in items {
            for ((_, amounts), from) in defaults.iter_mut().zip(["default", "defaultRequest"]) {
                let given = item.get(from).and_then(Value::as_object).cloned().unwrap_or_default();
                amounts.extend(given);
            }
        }
        let mut told = Vec::new();
        let spec = edit::make(object, &["spec"]);
        for (list, called) in [("containers", "container"), ("initContainers", "init container")] {
            for container in edit::items(spec, list) {
                limit(container, &defaults, called, &mut told);
            }
        }
        if !told.is_empty() {
            let text = format!("LimitRanger plugin set: {}", told.join("; "));
            edit::make(object, &["metadata", "annotations"])
                .insert("kubernetes.io/limit-ranger".to_owned(), text.into());
        }
    }
}

fn limit(container: &mut Fields, defaults: &[(&str, Fields); 2], called: &str, told: &mut Vec<String>) {
    let name = edit::text(container, "name").to_owned();
    let resources = edit::child(container, "resources");
    for (list, one) in [("requests", "request"), ("limits", "limit")] {
        let amounts = defaults.iter().find(|(of, _)| *of == list).map(|(_, amounts)| amounts);
        let into = edit::child(resources, list);
        let mut set = Vec::new();
        for (resource, amount) in amounts.into_iter().flatten() {
            if !into.contains_key(resource) {
                into.insert(resource.clone(), amount.clone());
                set.push(resource.as_str());
            }
        }
        if !set.is_empty() {
            set.sort_unstable();
            told.push(format!("{} {one} for {called} {name}", set.join(", ")));
        }
    }
}

#[cfg(test)]
mod tests;
