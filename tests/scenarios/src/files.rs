//! The scenario files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::parse;
use crate::scenario::Scenario;

/// Every scenario below this folder, in the order of their files.
///
/// # Errors
/// What is wrong in a file, or two scenarios of one name.
pub fn collect(folder: &Path) -> Result<Vec<Scenario>, String> {
    let mut scenarios = Vec::new();
    for topic in entries(folder)? {
        if topic.ends_with(".scenario") {
            return Err(format!("cases/{topic}: a scenario file is cases/TOPIC/AREA.scenario"));
        }
        for area in entries(&folder.join(&topic))?.iter().filter(|name| name.ends_with(".scenario")) {
            let text = fs::read_to_string(folder.join(&topic).join(area));
            let text = text.map_err(|error| format!("cases/{topic}/{area}: {error}"))?;
            scenarios.extend(parse::parse(&format!("{topic}/{area}"), &text)?);
        }
    }
    let mut known = BTreeMap::new();
    for scenario in &scenarios {
        // Not by its whole name: the title alone makes the names on the servers.
        let title = scenario.name().rsplit("::").next().unwrap_or_default().to_lowercase();
        let here = format!("{}:{}", scenario.file, scenario.line);
        if let Some(there) = known.insert(title, here.clone()) {
            return Err(format!("{here}: the title is that of {there}"));
        }
    }
    Ok(scenarios)
}

fn entries(folder: &Path) -> Result<Vec<String>, String> {
    let read = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let names = read.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()));
    let mut names: Vec<String> = names.collect();
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_used_once() {
        let folder = tempfile::tempdir().unwrap();
        for (topic, title) in [("crd", "One is so"), ("rest", "one is so")] {
            fs::create_dir(folder.path().join(topic)).unwrap();
            let text = format!("=== {title}\n\nGET /api -> 200\n");
            fs::write(folder.path().join(topic).join("a.scenario"), text).unwrap();
        }
        let error = collect(folder.path()).unwrap_err();
        assert_eq!(error, "cases/rest/a.scenario:1: the title is that of cases/crd/a.scenario:1");
    }
}
