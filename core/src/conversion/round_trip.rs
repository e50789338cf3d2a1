//! Pure: tests that nothing is lost between two versions.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::loss::{Loss, there_and_back};
use super::random::Random;
use crate::crd::{CustomResource, definition};
use crate::error::{Error, Result};

const CASES: u32 = 256;

/// A test that objects survive the way from a version `K` to the hub `H` and back, and from the hub to the version and
/// back. [`conversion_tests!`](crate::conversion_tests!) makes such tests.
///
/// The objects are random, made from the schema (patterns and CEL rules are not looked at), and those that are given.
/// A random object that cannot be converted at all is passed over, as long as most can; one that is given must be.
///
/// # Examples
///
/// ```no_run
/// # mod v1alpha1 {
/// #     use kubist::prelude::*;
/// #     #[derive(Clone, Debug, Resource)]
/// #     #[resource(group = "example.com", version = "v1alpha1", scope = Namespaced)]
/// #     pub struct Website { pub metadata: ObjectMeta }
/// # }
/// # mod v1 {
/// #     use kubist::prelude::*;
/// #     #[derive(Clone, Debug, Resource)]
/// #     #[resource(group = "example.com", version = "v1", scope = Namespaced)]
/// #     pub struct Website { pub metadata: ObjectMeta }
/// # }
/// # impl From<v1alpha1::Website> for v1::Website {
/// #     fn from(old: v1alpha1::Website) -> Self { Self { metadata: old.metadata } }
/// # }
/// # impl From<v1::Website> for v1alpha1::Website {
/// #     fn from(new: v1::Website) -> Self { Self { metadata: new.metadata } }
/// # }
/// use kubist::conversion::RoundTrip;
///
/// RoundTrip::<v1alpha1::Website, v1::Website>::new().only_in_hub("spec.tls").assert();
/// ```
#[must_use = "nothing is tested until `check` or `assert`"]
pub struct RoundTrip<K, H> {
    cases: u32,
    seed: u64,
    samples: Vec<K>,
    hub_samples: Vec<H>,
    not_in_hub: Vec<String>,
    only_in_hub: Vec<String>,
}

impl<K, H> RoundTrip<K, H>
where
    K: CustomResource + TryFrom<H, Error: fmt::Display>,
    H: CustomResource + TryFrom<K, Error: fmt::Display>,
{
    /// 256 random objects each way, none of which may lose anything.
    #[expect(clippy::new_without_default, reason = "a test is written as a chain that starts with `new`")]
    pub const fn new() -> Self {
        Self {
            cases: CASES,
            seed: 0,
            samples: Vec::new(),
            hub_samples: Vec::new(),
            not_in_hub: Vec::new(),
            only_in_hub: Vec::new(),
        }
    }

    /// Sets how many random objects are tried each way; 0 for those that are given alone.
    pub const fn cases(mut self, cases: u32) -> Self {
        self.cases = cases;
        self
    }

    /// Sets what the random objects are made from: the same seed gives the same objects.
    pub const fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Adds objects of the version.
    pub fn samples(mut self, samples: impl IntoIterator<Item = K>) -> Self {
        self.samples.extend(samples);
        self
    }

    /// Adds objects of the hub.
    pub fn hub_samples(mut self, samples: impl IntoIterator<Item = H>) -> Self {
        self.hub_samples.extend(samples);
        self
    }

    /// Says that the hub has no place for this field of the version, with all below it: it may be lost on the way to
    /// the hub and back, and must be lost by some object. The path is that of the JSON, `spec.pages[].title`.
    pub fn not_in_hub(mut self, path: impl Into<String>) -> Self {
        self.not_in_hub.push(path.into());
        self
    }

    /// Says that the version has no place for this field of the hub, with all below it: it may be lost on the way to
    /// the version and back, and must be lost by some object. The path is that of the JSON, `spec.pages[].title`.
    pub fn only_in_hub(mut self, path: impl Into<String>) -> Self {
        self.only_in_hub.push(path.into());
        self
    }

    /// Runs the test.
    ///
    /// # Errors
    ///
    /// When something is lost that was not said to be, with the first object that showed it; when nothing is lost that
    /// was said to be; when a given object, or most of the random ones, cannot be converted.
    pub fn check(self) -> Result<()> {
        let (version, hub) = (K::META.version, H::META.version);
        let way = Way { from: version, to: hub, cases: self.cases, seed: self.seed };
        way.check::<K, H>(self.samples, &self.not_in_hub)?;
        let way = Way { from: hub, to: version, ..way };
        way.check::<H, K>(self.hub_samples, &self.only_in_hub)
    }

    /// Runs the test and panics when it fails.
    ///
    /// # Panics
    ///
    /// With the text of the error that [`check`](Self::check) returns.
    #[track_caller]
    pub fn assert(self) {
        if let Err(error) = self.check() {
            panic!("{error:#}");
        }
    }
}

impl<K, H> fmt::Debug for RoundTrip<K, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RoundTrip")
            .field("cases", &self.cases)
            .field("seed", &self.seed)
            .field("not_in_hub", &self.not_in_hub)
            .field("only_in_hub", &self.only_in_hub)
            .finish_non_exhaustive()
    }
}

/// One direction of the test.
#[derive(Clone, Copy)]
struct Way {
    from: &'static str,
    to: &'static str,
    cases: u32,
    seed: u64,
}

impl Way {
    fn check<A, B>(self, samples: Vec<A>, allowed: &[String]) -> Result<()>
    where
        A: CustomResource + TryFrom<B, Error: fmt::Display>,
        B: TryFrom<A, Error: fmt::Display>,
    {
        let mut lost = BTreeSet::new();
        for sample in samples {
            let shown = shown(&sample)?;
            let losses = there_and_back::<A, B>(sample).map_err(|error| error.during(self.about(&shown)))?;
            self.judge(losses, allowed, &mut lost, &shown)?;
        }
        let (mut converted, mut problem) = (0, None);
        for object in random_objects::<A>(self.seed).take(usize::try_from(self.cases).unwrap_or(usize::MAX)) {
            let object = match object {
                Ok(object) => object,
                Err(error) => {
                    problem.get_or_insert(error);
                    continue;
                }
            };
            let shown = shown(&object)?;
            match there_and_back::<A, B>(object) {
                Ok(losses) => {
                    converted += 1;
                    self.judge(losses, allowed, &mut lost, &shown)?;
                }
                Err(error) => {
                    problem.get_or_insert_with(|| error.during(self.about(&shown)));
                }
            }
        }
        if let Some(problem) = problem.filter(|_| converted * 2 < self.cases) {
            let (cases, from) = (self.cases, self.from);
            let text = format!(
                "only {converted} of {cases} random objects of {from} could be converted: give some with \
                 `samples`, and `cases(0)`"
            );
            return Err(Error::invalid(text).with_source(problem));
        }
        match allowed.iter().find(|path| !lost.contains(*path)) {
            Some(path) => {
                Err(Error::invalid(format!("`{path}` of {} was never lost in {}", self.from, self.to)))
            }
            None => Ok(()),
        }
    }

    /// Remembers the losses that are allowed, and refuses the others.
    fn judge(
        self,
        losses: Vec<Loss>,
        allowed: &[String],
        lost: &mut BTreeSet<String>,
        shown: &str,
    ) -> Result<()> {
        let mut wrong = Vec::new();
        for loss in losses {
            match allowed.iter().find(|path| covers(path, &loss.path)) {
                Some(path) => {
                    lost.insert(path.clone());
                }
                None => wrong.push(loss.to_string()),
            }
        }
        if wrong.is_empty() {
            return Ok(());
        }
        Err(Error::invalid(wrong.join(", ")).during(self.about(shown)))
    }

    fn about(self, shown: &str) -> String {
        format!("from {} to {} and back: {shown}", self.from, self.to)
    }
}

/// Whether a path is this one or lies below it.
fn covers(path: &str, lost: &str) -> bool {
    lost.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn shown(object: &impl Serialize) -> Result<String> {
    serde_json::to_string(object).map_err(|_| Error::invalid("the object cannot be written as JSON"))
}

/// Objects of a kind, made from its schema.
fn random_objects<K: CustomResource + DeserializeOwned>(seed: u64) -> impl Iterator<Item = Result<K>> {
    let version = definition::<K>().spec.versions.pop();
    let schema = version.and_then(|version| version.schema?.open_api_v3_schema);
    let schema = schema.and_then(|schema| serde_json::to_value(schema).ok()).unwrap_or_default();
    let mut random = Random::new(seed);
    let mut number = 0_u64;
    std::iter::repeat_with(move || {
        number += 1;
        let mut object = random.value(&schema);
        if let Value::Object(members) = &mut object {
            members.insert("apiVersion".to_owned(), K::META.api_version().into());
            members.insert("kind".to_owned(), K::META.kind.into());
            let labels = json!({"case": number.to_string()});
            members
                .insert("metadata".to_owned(), json!({"name": format!("object-{number}"), "labels": labels}));
        }
        let shown = object.to_string();
        serde_json::from_value(object).map_err(|error| Error::decode(shown, &error))
    })
}
