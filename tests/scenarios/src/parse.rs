//! Pure: from the text of a file to its scenarios.

use std::collections::BTreeSet;

use crate::path::Path;
use crate::scenario::{Action, Condition, Events, Ignore, Kubectl, Request, Save, Scenario, Step};
use crate::variables;
use crate::words;

const STEPS: &str = "a method with a path, WATCH, EVENTS, CLOSE, UNTIL or `$ kubectl`";
/// The variables that every scenario has.
const RESERVED: [&str; 3] = ["ns", "group", "bearer"];
const METHODS: [&str; 8] = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE"];

/// All scenarios of a file below `cases/`; `file` is its path from there, such as `storage/lists.scenario`.
///
/// # Errors
/// What is wrong, after `cases/file:line: `.
pub(crate) fn parse(file: &str, text: &str) -> Result<Vec<Scenario>, String> {
    let shown = format!("cases/{file}");
    let (topic, area) = file
        .strip_suffix(".scenario")
        .and_then(|name| name.split_once('/'))
        .ok_or_else(|| format!("{shown}: a scenario file is cases/TOPIC/AREA.scenario"))?;
    let mut scenarios: Vec<Scenario> = Vec::new();
    let mut known = BTreeSet::new();
    for block in blocks(text) {
        let (line, first) = block[0];
        let wrong = |(line, why): (usize, String)| format!("{shown}:{line}: {why}");
        let mut rest = &block[..];
        if let Some(title) = first.strip_prefix("===") {
            known = BTreeSet::from(RESERVED.map(str::to_owned));
            scenarios.push(Scenario {
                topic: topic.to_owned(),
                area: area.to_owned(),
                title: title.trim().to_owned(),
                file: shown.clone(),
                line,
                uses_namespace: false,
                steps: Vec::new(),
            });
            rest = &block[1..];
        }
        if rest.is_empty() {
            continue;
        }
        let Some(scenario) = scenarios.last_mut() else {
            return Err(wrong((line, "a scenario begins with `=== its title`".to_owned())));
        };
        scenario.uses_namespace |= rest.iter().any(|(_, line)| line.contains("{ns}"));
        scenario.steps.push(step(rest, &mut known).map_err(wrong)?);
    }
    match scenarios.iter().find(|scenario| scenario.steps.is_empty() || scenario.title.is_empty()) {
        Some(empty) => Err(format!("{shown}:{}: a scenario needs a title and steps", empty.line)),
        None => Ok(scenarios),
    }
}

/// What blank lines separate, with line numbers and without comments.
fn blocks(text: &str) -> Vec<Vec<(usize, &str)>> {
    let mut blocks = vec![Vec::new()];
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            blocks.push(Vec::new());
            continue;
        }
        if line.starts_with("===") {
            blocks.push(Vec::new());
        }
        if !line.starts_with('#')
            && let Some(block) = blocks.last_mut()
        {
            block.push((at + 1, line.trim_end()));
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// What is wrong, and in which line.
type Wrong = (usize, String);

fn step(lines: &[(usize, &str)], known: &mut BTreeSet<String>) -> Result<Step, Wrong> {
    let (line, first) = lines[0];
    let at = |why: String| (line, why);
    let tail = lines.iter().skip(1).position(|(_, line)| is_tail(line)).map_or(lines.len(), |at| at + 1);
    let middle = &lines[1..tail];
    let (word, rest) = first.split_once(' ').unwrap_or((first, ""));
    let action = match word {
        "$" => Action::Kubectl(kubectl(rest, middle).map_err(at)?),
        "EVENTS" => Action::Events(events(rest).map_err(at)?),
        "CLOSE" => Action::Close(rest.to_owned()),
        "WATCH" => {
            let (name, rest) = rest.split_once(' ').ok_or_else(|| at("`WATCH name path`".to_owned()))?;
            let line = if rest.contains(" -> ") { rest.to_owned() } else { format!("{rest} -> 200") };
            Action::Watch(name.to_owned(), request("GET", &line, middle).map_err(at)?)
        }
        "UNTIL" => {
            let (method, rest) = rest.split_once(' ').ok_or_else(|| at("`UNTIL GET path …`".to_owned()))?;
            let (line, condition) = until(rest).map_err(at)?;
            Action::Until(request(method, &line, middle).map_err(at)?, condition)
        }
        method if METHODS.contains(&method) => Action::Request(request(method, rest, middle).map_err(at)?),
        _ => return Err(at(format!("`{word}` is no step: {STEPS} is one"))),
    };
    if matches!(action, Action::Events(_) | Action::Close(_))
        && let Some((line, text)) = middle.first()
    {
        return Err((*line, format!("`{text}`: this step takes only save and ignore lines")));
    }
    for (line, text) in lines.iter().take_while(|(line, _)| *line < line_of_body(&action, lines)) {
        if let Some(unknown) = variables::names(text).find(|name| !known.contains(*name)) {
            return Err((*line, format!("nothing was saved as {{{unknown}}}")));
        }
    }
    let mut step = Step { line, source: first.to_owned(), action, saves: Vec::new(), ignores: Vec::new() };
    for (line, text) in &lines[tail..] {
        ending(*line, text, &mut step).map_err(|why| (*line, why))?;
    }
    known.extend(step.saves.iter().map(|save| save.variable.clone()));
    Ok(step)
}

fn is_tail(line: &str) -> bool {
    line.starts_with("save ") || line.starts_with("ignore ")
}

fn is_header(line: &str) -> bool {
    let name = line.split_once(':').map_or("", |(name, _)| name);
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// The first line that may contain braces of its own.
fn line_of_body(action: &Action, lines: &[(usize, &str)]) -> usize {
    let headers = match action {
        Action::Request(request) | Action::Until(request, _) | Action::Watch(_, request) => {
            request.headers.len()
        }
        Action::Events(_) | Action::Close(_) | Action::Kubectl(_) => 0,
    };
    lines[0].0 + headers + 1
}

fn request(method: &str, line: &str, middle: &[(usize, &str)]) -> Result<Request, String> {
    let (path, code) = line
        .rsplit_once(" -> ")
        .ok_or_else(|| "a request says what is answered: `-> 200` at the end".to_owned())?;
    let code = code.trim().parse().map_err(|_| format!("`{code}` is no status code"))?;
    let path = path.trim();
    if !path.starts_with('/') || path.contains(' ') {
        return Err(format!("`{path}` is no path: it begins with / and has no spaces"));
    }
    let split = middle.iter().position(|(_, line)| !is_header(line)).unwrap_or(middle.len());
    let headers = middle[..split].iter().filter_map(|(_, line)| line.split_once(':'));
    let body: Vec<&str> = middle[split..].iter().map(|(_, line)| *line).collect();
    Ok(Request {
        method: method.to_owned(),
        path: path.to_owned(),
        headers: headers.map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect(),
        body: (!body.is_empty()).then(|| body.join("\n")),
        code,
    })
}

fn until(rest: &str) -> Result<(String, Option<Condition>), String> {
    let Some((path, condition)) = rest.split_once(" where ") else {
        return Ok((rest.to_owned(), None));
    };
    let wrong = || format!("`{condition}` is no condition: `path = value`, the value as JSON");
    let (place, value) = condition.split_once(" = ").ok_or_else(wrong)?;
    let line = if path.contains(" -> ") { path.to_owned() } else { format!("{path} -> 200") };
    Ok((line, Some(Condition { path: Path::parse(place.trim())?, value: value.trim().to_owned() })))
}

fn events(rest: &str) -> Result<Events, String> {
    let mut words = rest.split_whitespace();
    let usage = || format!("`{rest}`: `EVENTS name number`, or END, then perhaps `bookmarks`, `unordered`");
    let (watch, count) = words.next().zip(words.next()).ok_or_else(usage)?;
    let mut events = Events {
        watch: watch.to_owned(),
        count: if count == "END" { None } else { Some(count.parse().map_err(|_| usage())?) },
        bookmarks: false,
        unordered: false,
    };
    for word in words {
        match word {
            "bookmarks" => events.bookmarks = true,
            "unordered" => events.unordered = true,
            _ => return Err(usage()),
        }
    }
    Ok(events)
}

fn kubectl(rest: &str, middle: &[(usize, &str)]) -> Result<Kubectl, String> {
    let (command, code) = match rest.rsplit_once(" -> ") {
        Some((command, code)) => {
            (command, code.trim().parse().map_err(|_| format!("`{code}` is no exit code"))?)
        }
        None => (rest, 0),
    };
    let mut arguments = words::split(command)?;
    if arguments.is_empty() || arguments.remove(0) != "kubectl" {
        return Err("only kubectl is run".to_owned());
    }
    let stdin: Vec<&str> = middle.iter().map(|(_, line)| *line).collect();
    Ok(Kubectl { arguments, stdin: (!stdin.is_empty()).then(|| stdin.join("\n") + "\n"), code })
}

fn ending(line: usize, text: &str, step: &mut Step) -> Result<(), String> {
    if let Some(rest) = text.strip_prefix("save ") {
        let (name, path) = rest.split_once(" = ").ok_or("`save name = path`")?;
        if !variables::is_name(name) || RESERVED.contains(&name) {
            return Err(format!(
                "`{name}`: a name has small letters, digits and _, and is none of {RESERVED:?}"
            ));
        }
        step.saves.push(Save { variable: name.to_owned(), path: Path::parse(path.trim())? });
    } else if let Some(rest) = text.strip_prefix("ignore ") {
        let (path, reason) = rest.split_once(": ").ok_or("`ignore path: the reason`")?;
        let path = Path::parse(path)?;
        if path.is_empty() || reason.trim().is_empty() {
            return Err("`ignore path: the reason`".to_owned());
        }
        step.ignores.push(Ignore { line, path, reason: reason.trim().to_owned() });
    } else {
        return Err(format!("`{text}`: after save and ignore lines comes a blank line"));
    }
    Ok(())
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
