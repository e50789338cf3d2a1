//! The principle of the schemas, for random values of each entry: a schema is at least as permissive as what the Rust
//! type writes, and at least as strict as what it reads.
//!
//! - `written`: a random Rust value, as serde writes it, is accepted, and what is stored decodes to the same value.
//! - `read`: random JSON that is made after the schema and accepted decodes.
//! - `changed`: JSON of a random Rust value with one change is refused, or decodes.
//!
//! The judge is `kubist::schema::structural`, which does what the server does. A failure shows the seed; with `KUBIST_CORPUS_SEED` in the environment it comes again.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by a panic; clippy knows only `#[test]` functions as tests"
)]

mod change;
mod generate;
mod store;

use std::process::ExitCode;
use std::sync::Arc;

use arbitrary::Unstructured;
use kubist::crd::CustomResourceDefinition;
use kubist_corpus::{Entry, entries};
use libtest_mimic::{Arguments, Failed, Trial};
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use serde_json::{Value, json};

use crate::store::Store;

/// So many random values for each property of each entry.
const CASES: u32 = 96;
/// So many bytes a random value is made of.
const BYTES_MAX: usize = 2048;
/// So much of the random JSON made after a schema must be accepted, or it proves nothing. Rules make it rare.
const ACCEPTED_MIN: u32 = 1;

type Property = fn(&Judged, &[u8]) -> Result<Verdict, String>;

/// Whether a random case said anything.
#[derive(PartialEq)]
enum Verdict {
    Judged,
    Skipped,
}

/// An entry with its schema.
struct Judged {
    entry: Entry,
    /// As JSON.
    schema: Value,
    store: Store,
}

impl Judged {
    fn new(entry: Entry, crd: &CustomResourceDefinition) -> Self {
        let root = serde_json::to_value(crd).unwrap();
        let root = &root["spec"]["versions"][0]["schema"]["openAPIV3Schema"];
        let schema = root["properties"][entry.part()].clone();
        Self { store: Store::new(crd, entry.part()), entry, schema }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let seed = seed();
    let mut trials = Vec::new();
    for entry in entries() {
        let kind = entry.kind();
        let loose = entry.loose().is_some();
        let crd = entry.definition();
        let judged = Arc::new(Judged::new(entry, &crd));
        let mut trial = |name: &str, property: Property, least: u32| {
            let judged = Arc::clone(&judged);
            let run = move || check(&judged, property, least, seed).map_err(Failed::from);
            trials.push(Trial::test(format!("{name}::{kind}"), run));
        };
        trial("written", written, CASES / 2);
        // A schema that is meant to take more than the type reads says nothing here.
        if !loose {
            trial("read", read, ACCEPTED_MIN);
            trial("changed", changed, ACCEPTED_MIN);
        }
    }
    trials.push(Trial::test("a_schema_that_is_too_loose_or_too_strict_is_seen", move || sees_holes(seed)));
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The judges themselves: a byte without its bounds, and with others.
fn sees_holes(seed: u64) -> Result<(), Failed> {
    let with = |maximum: i32| {
        let entry = entries().into_iter().find(|entry| entry.kind() == "A05").unwrap();
        let mut crd = serde_json::to_value(entry.definition()).unwrap();
        let spec = &mut crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"];
        spec["properties"]["byte"]["maximum"] = json!(maximum);
        Judged::new(entry, &serde_json::from_value(crd).unwrap())
    };
    let unseen = [
        ("read", check(&with(256), read, 0, seed).is_ok()),
        ("changed", check(&with(100_000), changed, 0, seed).is_ok()),
        ("written", check(&with(128), written, 0, seed).is_ok()),
    ];
    match unseen.iter().find(|(_, unseen)| *unseen) {
        None => Ok(()),
        Some((name, _)) => Err(format!("`{name}` accepts a wrong schema; seed {seed}").into()),
    }
}

/// From the environment, or a new one.
fn seed() -> u64 {
    match std::env::var("KUBIST_CORPUS_SEED") {
        Ok(text) => text.parse().expect("KUBIST_CORPUS_SEED is a number"),
        Err(_) => rand_seed(),
    }
}

fn rand_seed() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(std::process::id())
}

fn check(judged: &Judged, property: Property, least: u32, seed: u64) -> Result<(), String> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let judged_cases = std::cell::Cell::new(0);
    let outcome = runner.run(&vec(any::<u8>(), 0..BYTES_MAX), |bytes| match property(judged, &bytes) {
        Ok(Verdict::Judged) => {
            judged_cases.set(judged_cases.get() + 1);
            Ok(())
        }
        Ok(Verdict::Skipped) => Ok(()),
        Err(problem) => Err(TestCaseError::fail(problem)),
    });
    match outcome {
        Ok(()) if judged_cases.get() >= least => Ok(()),
        Ok(()) => Err(format!("only {} of {CASES} cases said anything; seed {seed}", judged_cases.get())),
        Err(TestError::Fail(problem, _)) => Err(format!("{problem}\nwith KUBIST_CORPUS_SEED={seed}")),
        Err(TestError::Abort(why)) => Err(format!("{why}")),
    }
}

fn written(judged: &Judged, bytes: &[u8]) -> Result<Verdict, String> {
    let Some(sample) = judged.entry.random(bytes) else { return Ok(Verdict::Skipped) };
    let stored =
        judged.store.write(&sample.value).map_err(|errors| format!("{}: {errors:?}", sample.value))?;
    (sample.comes_back)(&stored)
        .map_err(|problem| format!("{} stored as {stored}: {problem}", sample.value))?;
    Ok(Verdict::Judged)
}

fn read(judged: &Judged, bytes: &[u8]) -> Result<Verdict, String> {
    let Ok(spec) = generate::value(&mut Unstructured::new(bytes), &judged.schema) else {
        return Ok(Verdict::Skipped);
    };
    let Ok(stored) = judged.store.write(&spec) else { return Ok(Verdict::Skipped) };
    decodes(judged, &spec, &stored)
}

fn changed(judged: &Judged, bytes: &[u8]) -> Result<Verdict, String> {
    let (change, value) = bytes.split_at(bytes.len().min(64));
    let spec = match judged.entry.random(value) {
        Some(sample) => sample.value,
        None => judged.entry.accepted().swap_remove(0),
    };
    let Ok(spec) = change::change(&mut Unstructured::new(change), spec) else { return Ok(Verdict::Skipped) };
    match judged.store.write(&spec) {
        Ok(stored) => decodes(judged, &spec, &stored),
        Err(_) => Ok(Verdict::Judged),
    }
}

/// What is stored must be read by everyone who lists the kind.
fn decodes(judged: &Judged, spec: &Value, stored: &Value) -> Result<Verdict, String> {
    if stored.is_null() && judged.entry.part() == "status" {
        return Ok(Verdict::Skipped);
    }
    match judged.entry.decode(stored) {
        Ok(_) => Ok(Verdict::Judged),
        Err(error) => Err(format!("accepted: {spec}, stored: {stored}, but: {error}")),
    }
}
