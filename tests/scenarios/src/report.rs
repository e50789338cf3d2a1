//! Pure: what two runs of a scenario come to.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::Timestamp;

use crate::answer::{Answer, Body};
use crate::bindings::{Bindings, Class};
use crate::differ;
use crate::scenario::Scenario;

/// What one server did.
#[derive(Default)]
pub(crate) struct Transcript {
    /// The bearer token that was sent.
    pub(crate) bearer: String,
    /// The namespace that was made for the scenario.
    pub(crate) namespace: Option<Answer>,
    /// An answer for each step that could be done.
    pub(crate) answers: Vec<Answer>,
    /// Why there are no more.
    pub(crate) ended: Option<String>,
}

/// Everything that is wrong, step by step; empty when nothing is.
pub(crate) fn wrong(
    scenario: &Scenario,
    embedded: &Transcript,
    real: Option<&Transcript>,
    now: Timestamp,
) -> String {
    let mut report = String::new();
    let mut bindings = Bindings::default();
    let mut told = BTreeSet::new();
    if let Some(real) = real {
        let bound = bindings.bind(Class::Name, &real.bearer, &embedded.bearer);
        debug_assert_eq!(bound, Ok(()), "nothing else is bound yet");
    }
    let namespaces = real.and_then(|real| real.namespace.as_ref()).zip(embedded.namespace.as_ref());
    if let Some((one, other)) = namespaces {
        // For what is bound: what the scenario itself does not look at is not its matter.
        bindings.line = scenario.line;
        drop(differ::compare(one, other, &[], &mut bindings, now));
    }
    for (at, step) in scenario.steps.iter().enumerate() {
        bindings.line = step.line;
        bindings.exact =
            ["resourceVersionMatch=Exact", "continue="].iter().any(|word| step.source.contains(word));
        let (one, other) = (real.and_then(|real| real.answers.get(at)), embedded.answers.get(at));
        let mut lines = Vec::new();
        for (server, answer) in [("real", one), ("embedded", other)] {
            let problems = answer.map_or(&[][..], |answer| &answer.problems);
            lines.extend(problems.iter().map(|problem| format!("{server}: {problem}")));
        }
        if let Some((one, other)) = one.zip(other) {
            lines.extend(differ::compare(one, other, &step.ignores, &mut bindings, now));
        }
        if !lines.is_empty() {
            let _ = writeln!(report, "  {}:{}: {}", scenario.file, step.line, step.source);
            let all = lines.len();
            // One wrong default shows in every later answer.
            lines.retain(|line| told.insert(line.clone()));
            for line in &lines {
                let _ = writeln!(report, "    {line}");
            }
            if all > lines.len() {
                let _ = writeln!(report, "    {} as told above", all - lines.len());
            }
        }
    }
    for (server, transcript) in [("real", real), ("embedded", Some(embedded))] {
        if let Some(why) = transcript.and_then(|transcript| transcript.ended.as_ref()) {
            let _ = writeln!(report, "  {server} stopped at {why}");
        }
    }
    if report.is_empty() { report } else { format!("{}\n{report}", scenario.title) }
}

/// Everything a server answered.
pub(crate) fn transcript(scenario: &Scenario, server: &str, transcript: &Transcript) -> String {
    let mut text = format!("--- {} on the {server} server\n", scenario.title);
    for (step, answer) in scenario.steps.iter().zip(&transcript.answers) {
        let _ = writeln!(text, "\n{}", step.source);
        for (name, value) in &answer.facts {
            let _ = writeln!(text, "{name}: {value}");
        }
        let _ = match &answer.body {
            Body::None => Ok(()),
            Body::Json(value) => writeln!(text, "{value:#}"),
            Body::Text(texts) => texts.iter().try_for_each(|(name, body)| writeln!(text, "{name}: {body}")),
            Body::Bytes(length) => writeln!(text, "{length} bytes"),
        };
    }
    if let Some(why) = &transcript.ended {
        let _ = writeln!(text, "\nstopped at {why}");
    }
    text
}
