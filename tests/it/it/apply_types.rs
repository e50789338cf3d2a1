//! The apply types of the derive: what is sent, who owns it, and that what was applied can be extracted.

use std::collections::{BTreeMap, BTreeSet};

use kubist::Api;
use kubist::apply;
use kubist::apply::{Partial, conflicts};
use kubist::rest::ApplyParams;
use proptest::collection::{btree_map, btree_set};
use proptest::option;
use proptest::prelude::{Just, any};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::cluster::Cluster;
use crate::garden::{
    Bed, BedApply, Fence, FenceApply, Garden, GardenApply, GardenSpecApply, GardenStatusApply, Style,
};

async fn gardens(cluster: &Cluster) -> Api<Garden> {
    let namespace = cluster.namespace().await;
    cluster.client.install(&[Garden::crd()]).await.unwrap();
    cluster.client.namespaced(&namespace)
}

/// What a manager has applied, in the form that the server keeps.
fn owned(garden: &Garden, manager: &str) -> Value {
    let entries = garden.metadata.managed_fields.iter().flatten();
    let entry = entries.into_iter().find(|entry| entry.manager.as_deref() == Some(manager)).unwrap();
    entry.fields_v1.as_ref().unwrap().0.clone()
}

pub(crate) async fn only_what_was_set_is_owned(cluster: Cluster) {
    let gardens = gardens(&cluster).await;
    let part =
        GardenApply::new("rose").spec(GardenSpecApply::new().area(3).beds([BedApply::new("a").rows(2)]));
    let stored = gardens.apply("rose", &part, &ApplyParams::manager("we")).await.unwrap();
    assert_eq!((stored.spec.area, stored.spec.beds[0].rows), (Some(3), Some(2)));
    assert_eq!(
        owned(&stored, "we"),
        json!({"f:spec": {
            "f:area": {},
            "f:beds": {"k:{\"name\":\"a\"}": {".": {}, "f:name": {}, "f:rows": {}}},
        }})
    );
    // What is no longer set is removed.
    let less = GardenApply::new("rose").spec(GardenSpecApply::new().beds([BedApply::new("a")]));
    let stored = gardens.apply("rose", less, &ApplyParams::manager("we")).await.unwrap();
    assert_eq!((stored.spec.area, stored.spec.beds[0].rows), (None, None));
}

pub(crate) async fn two_managers_share_lists_by_key_and_fight_over_values(cluster: Cluster) {
    let gardens = gardens(&cluster).await;
    let (we, they) = (ApplyParams::manager("we"), ApplyParams::manager("they"));
    let ours = GardenSpecApply::new().beds([BedApply::new("a").plant("rose")]).tags(["x"]).steps(["dig"]);
    gardens.apply("rose", GardenApply::new("rose").spec(ours), &we).await.unwrap();
    let theirs = GardenSpecApply::new().beds([BedApply::new("a").rows(2), BedApply::new("b")]).tags(["y"]);
    let shared = gardens.apply("rose", GardenApply::new("rose").spec(theirs), &they).await.unwrap();
    let beds = vec![
        Bed { name: "a".to_owned(), plant: Some("rose".to_owned()), rows: Some(2) },
        Bed { name: "b".to_owned(), plant: None, rows: None },
    ];
    assert_eq!((shared.spec.beds, shared.spec.tags), (beds, vec!["x".to_owned(), "y".to_owned()]));

    let contested = apply!(Garden { spec: { beds: [{ name: "a", plant: "tulip" }], steps: ["water"] } });
    let error = gardens.apply("rose", &contested, &they).await.unwrap_err();
    let mut found: Vec<_> = conflicts(&error).into_iter().map(|conflict| conflict.to_string()).collect();
    found.sort();
    assert_eq!(
        found,
        [".spec.beds[name=\"a\"].plant is owned by \"we\"", ".spec.steps is owned by \"we\""],
        "{error:#}"
    );
    let forced = gardens.apply("rose", &contested, &they.force()).await.unwrap();
    assert_eq!(forced.spec.beds[0].plant.as_deref(), Some("tulip"));
    let ours = GardenApply::extract(&forced, "we").unwrap().spec.unwrap();
    assert_eq!(ours, GardenSpecApply::new().beds([BedApply::new("a")]).tags(["x"]));
}

pub(crate) async fn a_status_is_applied_and_extracted_apart(cluster: Cluster) {
    let gardens = gardens(&cluster).await;
    let (gardener, sensor) = (ApplyParams::manager("gardener"), ApplyParams::manager("sensor"));
    let part = GardenApply::new("rose").spec(GardenSpecApply::new().area(1));
    gardens.apply("rose", &part, &gardener).await.unwrap();
    gardens.apply_status("rose", GardenStatusApply::new().blooming(7), &gardener).await.unwrap();
    let both = gardens.apply_status("rose", GardenStatusApply::new().watered(true), &sensor).await.unwrap();
    let status = both.status.clone().unwrap();
    assert_eq!((status.blooming, status.watered, both.spec.area), (7, Some(true), Some(1)));
    let extracted = |manager| GardenApply::extract_status(&both, manager).unwrap();
    assert_eq!(extracted("gardener"), GardenStatusApply::new().blooming(7));
    assert_eq!(extracted("sensor"), GardenStatusApply::new().watered(true));
    assert_eq!(extracted("nobody"), GardenStatusApply::new());
    assert_eq!(GardenApply::extract(&both, "gardener").unwrap().spec, part.spec);
    assert_eq!(GardenApply::extract(&both, "sensor").unwrap().spec, None);
}

pub(crate) async fn what_cannot_be_told_is_an_error_and_not_an_empty_part(cluster: Cluster) {
    let gardens = gardens(&cluster).await;
    let part = GardenApply::new("rose").spec(GardenSpecApply::new().area(1));
    let mut stored = gardens.apply("rose", &part, &ApplyParams::manager("we")).await.unwrap();
    assert_eq!(GardenApply::extract(&stored, "they").unwrap().spec, None, "owns nothing");
    stored.metadata.managed_fields = None;
    let error = GardenApply::extract(&stored, "we").unwrap_err();
    assert!(error.is_invalid() && error.to_string().contains("were cut"), "{error:?}");
    assert!(Partial::<Garden>::extract(&stored, "we").is_err());
}

pub(crate) async fn what_was_applied_is_what_is_extracted(cluster: Cluster) {
    const CASES: u32 = 60;
    let gardens = gardens(&cluster).await;
    let me = ApplyParams::manager("me");
    let other =
        GardenSpecApply::new().area(1).fence(FenceApply::new().height(9)).beds([BedApply::new("z").rows(1)]);
    let other = other.tags(["other"]).colors([("other", "x")]);
    let mut runner = TestRunner::deterministic();
    for case in 0..CASES {
        let spec = specs().new_tree(&mut runner).unwrap().current();
        let name = format!("garden-{case}");
        // Someone else owns parts of the same struct, lists and maps, in every other object.
        if case % 2 == 1 {
            let theirs = GardenApply::new(&name).spec(other.clone());
            gardens.apply(&name, theirs, &ApplyParams::manager("other")).await.unwrap();
        }
        let mut mine = GardenApply::new(&name).label("case", "x").spec(spec);
        let stored = gardens.apply(&name, &mine, &me.clone().force()).await.unwrap();
        let mut extracted = GardenApply::extract(&stored, "me").unwrap();
        extracted.metadata.namespace = None;
        // The server keeps no owner of an empty list whose items merge.
        let spec = mine.spec.as_mut().unwrap();
        spec.beds = spec.beds.take().filter(|beds| !beds.is_empty());
        spec.tags = spec.tags.take().filter(|tags| !tags.is_empty());
        assert_eq!(extracted.spec.unwrap_or_default(), mine.spec.unwrap(), "case {case}");
        assert_eq!(extracted.metadata, mine.metadata, "case {case}");
        let again = gardens.apply(&name, GardenApply::extract(&stored, "me").unwrap(), &me).await.unwrap();
        assert_eq!(again.metadata.resource_version, stored.metadata.resource_version, "case {case}");
    }
}

fn fences() -> impl Strategy<Value = FenceApply> {
    (option::of(0..9), option::of("[a-z]{1,3}")).prop_map(|(height, material)| {
        let mut fence = FenceApply::new();
        (fence.height, fence.material) = (height, material);
        fence
    })
}

fn beds() -> impl Strategy<Value = Vec<BedApply>> {
    btree_map("[a-c]", (option::of("[a-z]{1,3}"), option::of(any::<i32>())), 0..3).prop_map(|beds| {
        let beds = beds.into_iter().map(|(name, (plant, rows))| {
            let mut bed = BedApply::new(name);
            (bed.plant, bed.rows) = (plant, rows);
            bed
        });
        beds.collect()
    })
}

fn texts() -> impl Strategy<Value = BTreeMap<String, String>> {
    btree_map("[a-c]", "[a-z]{0,2}", 1..3)
}

fn specs() -> impl Strategy<Value = GardenSpecApply> {
    let style = option::of(proptest::prop_oneof![Just(Style::English), Just(Style::French)]);
    let gate = fences().prop_map(|fence| Fence { height: fence.height, material: fence.material });
    let plain = (option::of(any::<i32>()), option::of("[a-z]{0,3}"), style);
    let structs = (option::of(fences()), option::of(gate));
    let lists =
        (option::of(beds()), option::of(btree_set("[a-c]", 0..3)), option::of(btree_set("[a-c]", 0..3)));
    let maps = (option::of(texts()), option::of(btree_map("[a-b]", fences(), 1..3)));
    (plain, structs, lists, maps).prop_map(
        |((area, owner_name, style), (fence, gate), (beds, tags, steps), maps)| {
            let list = |set: BTreeSet<String>| set.into_iter().collect::<Vec<_>>();
            let mut spec = GardenSpecApply::new();
            (spec.area, spec.owner_name, spec.style) = (area, owner_name, style);
            (spec.fence, spec.gate, spec.beds) = (fence, gate, beds);
            (spec.tags, spec.steps) = (tags.map(list), steps.map(list));
            (spec.colors, spec.by_season) = maps;
            spec
        },
    )
}
