//! Pure: `metadata.managedFields`, read, brought up to date and written.

use serde_json::{Map, Value, json};

use crate::apply::compare;
use crate::apply::fields::{Containers, FieldSet, Step};
use crate::apply::shown;
use crate::apply::topology::{self, Rules, Topology};
use crate::builtin::convert;
use crate::meta;

/// Who writes an object, and how.
#[derive(Clone, Debug)]
pub(crate) struct Writer {
    pub(crate) manager: String,
    pub(crate) api_version: String,
    pub(crate) subresource: String,
    pub(crate) now: String,
    /// How objects merge.
    pub(crate) rules: Rules,
    /// Whether status is written apart from the rest.
    pub(crate) has_status: bool,
    /// Whether a write to the status can change metadata, too.
    pub(crate) status_has_metadata: bool,
    /// Whether the kind is one whose managers are recorded.
    pub(crate) records: bool,
}

impl Writer {
    /// Drops from an applied configuration what this write cannot change.
    pub(crate) fn keep_own_part(&self, config: &mut Value) {
        let Some(map) = config.as_object_mut() else {
            return;
        };
        if self.subresource == "status" {
            map.retain(|name, _| matches!(name.as_str(), "apiVersion" | "kind" | "status"));
        } else if self.has_status {
            map.remove("status");
        }
    }

    /// The part of a set that this write can have changed: status, or all but status where that is its own resource.
    fn own_part(&self, mut set: FieldSet) -> FieldSet {
        let status = Step::Field("status".to_owned());
        if self.subresource == "status" {
            let metadata = Step::Field("metadata".to_owned());
            let is_own = |step: &Step| *step == status || self.status_has_metadata && *step == metadata;
            set.members.retain(|step| is_own(step));
            set.children.retain(|step, _| is_own(step));
        } else if self.has_status {
            set.members.remove(&status);
            set.children.remove(&status);
        }
        set
    }

    /// The fields of `object` that can have an owner.
    pub(crate) fn fields_of(&self, object: &Value) -> FieldSet {
        strip(FieldSet::of(object, Topology::root(&self.rules), Containers::Free))
    }
}

/// Removes what never has an owner: identity and what the server keeps itself.
fn strip(mut set: FieldSet) -> FieldSet {
    const SERVERS: [&str; 10] = [
        "creationTimestamp",
        "deletionTimestamp",
        "deletionGracePeriodSeconds",
        "generation",
        "managedFields",
        "name",
        "namespace",
        "resourceVersion",
        "selfLink",
        "uid",
    ];
    let field = |name: &str| Step::Field(name.to_owned());
    for name in ["apiVersion", "kind", "metadata"] {
        set.members.remove(&field(name));
    }
    if let Some(metadata) = set.children.get_mut(&field("metadata")) {
        for name in SERVERS {
            metadata.members.remove(&field(name));
            metadata.children.remove(&field(name));
        }
        if metadata.is_empty() {
            set.children.remove(&field("metadata"));
        }
    }
    set
}

#[derive(Clone, Debug)]
struct Entry {
    manager: String,
    applied: bool,
    api_version: String,
    subresource: String,
    /// None where the manager applied what was there already.
    time: Option<String>,
    fields: FieldSet,
}

impl Entry {
    fn read(value: &Value) -> Self {
        let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        Self {
            manager: text("manager"),
            applied: text("operation") == "Apply",
            api_version: text("apiVersion"),
            subresource: text("subresource"),
            time: value.get("time").and_then(Value::as_str).map(str::to_owned),
            fields: value.get("fieldsV1").map(FieldSet::decode).unwrap_or_default(),
        }
    }

    fn write(&self) -> Value {
        let mut entry = json!({
            "manager": self.manager,
            "operation": if self.applied { "Apply" } else { "Update" },
            "apiVersion": self.api_version,
            "fieldsType": "FieldsV1",
            "fieldsV1": self.fields.encode(),
        });
        // The real server gives the entries of the scale subresource no time.
        if let Some(time) = self.time.as_ref().filter(|_| self.subresource != "scale") {
            entry["time"] = time.clone().into();
        }
        if !self.subresource.is_empty() {
            entry["subresource"] = self.subresource.clone().into();
        }
        entry
    }

    fn is_of(&self, writer: &Writer, applied: bool) -> bool {
        self.manager == writer.manager
            && self.applied == applied
            && self.subresource == writer.subresource
            && (applied || self.api_version == writer.api_version)
    }

    fn shown(&self) -> String {
        let updated = (!self.applied).then_some(self.api_version.as_str());
        shown(&self.manager, &self.subresource, updated)
    }
}

/// All managers of one object.
#[derive(Clone, Debug, Default)]
pub(crate) struct Managers(Vec<Entry>);

impl Managers {
    pub(crate) fn read(object: &Value) -> Self {
        let entries = object
            .get("metadata")
            .and_then(|metadata| metadata.get("managedFields"))
            .and_then(Value::as_array);
        Self(entries.into_iter().flatten().map(Entry::read).collect())
    }

    /// Takes out what the writer applied before, and the time of it.
    pub(crate) fn take_applied(&mut self, writer: &Writer) -> Option<(FieldSet, Option<String>)> {
        let index = self.0.iter().position(|entry| entry.is_of(writer, true))?;
        let entry = self.0.remove(index);
        Some((entry.fields, entry.time))
    }

    /// Everything that somebody owns.
    pub(crate) fn union(&self) -> FieldSet {
        self.0.iter().fold(FieldSet::default(), |all, entry| all.union(&entry.fields))
    }

    /// Who owns any of `fields`, and which.
    pub(crate) fn conflicts(&self, fields: &FieldSet) -> Vec<(String, FieldSet)> {
        let owned = self.0.iter().map(|entry| (entry.shown(), entry.fields.intersection(fields)));
        owned.filter(|(_, fields)| !fields.is_empty()).collect()
    }

    /// Takes `fields` from all managers.
    pub(crate) fn release(&mut self, fields: &FieldSet) {
        for entry in &mut self.0 {
            entry.fields = entry.fields.difference(fields);
        }
    }

    /// Takes what a change gave new values from those who wrote the object in its other shape.
    pub(crate) fn release_elsewhere(&mut self, old: &Value, new: &Value, writer: &Writer) {
        for entry in self.0.iter_mut().filter(|entry| entry.api_version != writer.api_version) {
            let Some(kind) = convert::other_shape(new, &entry.api_version) else {
                continue;
            };
            let shown = |object: &Value| convert::convert(object, kind).unwrap_or_else(|| object.clone());
            let rules = topology::of(kind);
            let changes = compare::compare(&shown(old), &shown(new), Topology::root(&rules));
            entry.fields = entry.fields.difference(&changes.touched()).difference(&changes.removed);
        }
    }

    /// Enters what the writer applies, and when it last changed the object by that.
    pub(crate) fn set_applied(&mut self, writer: &Writer, fields: FieldSet, time: Option<String>) {
        self.0.push(Entry {
            manager: writer.manager.clone(),
            applied: true,
            api_version: writer.api_version.clone(),
            subresource: writer.subresource.clone(),
            time,
            fields,
        });
    }

    /// Enters all of an object that nobody owns yet, as what was there before the first apply.
    pub(crate) fn begin(&mut self, live: &Value, writer: &Writer) {
        if self.0.is_empty() {
            let before = Writer {
                manager: "before-first-apply".to_owned(),
                subresource: String::new(),
                has_status: false,
                ..writer.clone()
            };
            let nothing = Value::Object(Map::new());
            let changes = compare::compare(&nothing, live, Topology::root(&writer.rules));
            self.update(&before, &strip(changes.touched()), &FieldSet::default());
        }
    }

    fn update(&mut self, writer: &Writer, touched: &FieldSet, removed: &FieldSet) {
        let own =
            self.0.iter().position(|entry| entry.is_of(writer, false)).map(|index| self.0.remove(index));
        self.release(touched);
        self.release(removed);
        let before = own.as_ref().map(|entry| entry.fields.clone()).unwrap_or_default();
        let fields = before.union(touched).difference(removed);
        let time = own
            .filter(|_| touched.is_empty() && removed.is_empty())
            .map_or_else(|| Some(writer.now.clone()), |own| own.time);
        if !fields.is_empty() {
            self.0.push(Entry {
                manager: writer.manager.clone(),
                applied: false,
                api_version: writer.api_version.clone(),
                subresource: writer.subresource.clone(),
                time,
                fields,
            });
        }
    }

    /// Writes the entries into the object: applied ones first, then by time.
    pub(crate) fn write(mut self, object: &mut Value) {
        self.0.retain(|entry| !entry.fields.is_empty());
        self.0.sort_by(|left, right| {
            let key = |entry: &Entry| {
                (!entry.applied, entry.time.clone(), entry.manager.clone(), entry.subresource.clone())
            };
            key(left).cmp(&key(right))
        });
        let entries: Vec<Value> = self.0.iter().map(Entry::write).collect();
        let metadata: &mut Map<String, Value> = meta::metadata(object);
        if entries.is_empty() {
            metadata.remove("managedFields");
        } else {
            metadata.insert("managedFields".to_owned(), entries.into());
        }
    }
}

/// Records an ordinary write: the writer owns what it set.
pub(crate) fn record(old: Option<&Value>, new: &mut Value, writer: &Writer) {
    settle(old, new);
    if !writer.records || old.is_some() && meta::field(new, "managedFields").is_none() {
        // Who never tracked the fields of an object does not begin with a change of some of them.
        return;
    }
    let nothing = writer.rules.nothing();
    let place = Topology::root(&writer.rules);
    let changes = compare::compare(old.unwrap_or(&nothing), new, place);
    let own = |set| writer.own_part(strip(set));
    let (touched, removed) = (own(changes.touched()), own(changes.removed));
    if touched.is_empty() && removed.is_empty() {
        return;
    }
    let mut managers = Managers::read(new);
    if let Some(old) = old {
        managers.release_elsewhere(old, new, writer);
    }
    managers.update(writer, &touched, &removed);
    managers.write(new);
}

/// The entries that count: those that came with the write, if they are any, else those of before. None, or
/// one empty entry, takes all of them away.
fn settle(old: Option<&Value>, new: &mut Value) {
    let given = meta::field(new, "managedFields").and_then(Value::as_array);
    let is_nothing = |entry: &Value| entry.as_object().is_some_and(Map::is_empty);
    let is_reset = given.is_some_and(|given| given.is_empty() || given.len() == 1 && is_nothing(&given[0]));
    let is_entry = |entry: &Value| {
        matches!(entry["operation"].as_str(), Some("Apply" | "Update")) && entry["fieldsType"] == "FieldsV1"
    };
    if !is_reset && given.is_some_and(|given| given.iter().all(is_entry)) {
        return;
    }
    let before = old.and_then(|old| meta::field(old, "managedFields")).filter(|_| !is_reset).cloned();
    let metadata = meta::metadata(new);
    match before {
        Some(before) => metadata.insert("managedFields".to_owned(), before),
        None => metadata.remove("managedFields"),
    };
}

/// Records that a new object was made by applying `config`.
pub(crate) fn own_new(object: &mut Value, config: &Value, writer: &Writer) {
    let mut config = config.clone();
    writer.keep_own_part(&mut config);
    let mut managers = Managers::default();
    managers.set_applied(writer, writer.fields_of(&config), Some(writer.now.clone()));
    managers.write(object);
}
