//! What is printed.

use std::process::Stdio;

use crate::measure::{Command, Cost, Samples, Spread};
use crate::project::{Project, TOOLS, Tool};

/// The times with so many kinds.
pub(crate) fn times(samples: &Samples, kinds: usize) {
    println!(
        "\n{kinds} kind{}: seconds, median (least – most); the ratio is that of the medians\n",
        plural(kinds)
    );
    println!("| | | {} | {} | ratio |", TOOLS[0].name(), TOOLS[1].name());
    println!("| --- | --- | --- | --- | --- |");
    for command in Command::ALL {
        for (what, of) in [
            ("elapsed", Samples::elapsed as fn(&Samples, usize, Command, Tool) -> Spread),
            ("processor", Samples::processor),
        ] {
            let [ours, theirs] = TOOLS.map(|tool| of(samples, kinds, command, tool));
            println!(
                "| {} | {what} | {} | {} | {:.2} |",
                command.name(),
                spread(&ours),
                spread(&theirs),
                ours.median / theirs.median
            );
        }
    }
}

fn spread(of: &Spread) -> String {
    format!("{:.2} ({:.2} – {:.2})", of.median, of.least, of.most)
}

fn plural(number: usize) -> &'static str {
    if number == 1 { "" } else { "s" }
}

/// What the dependencies took, one after the other: first to check, then to build.
pub(crate) fn dependencies(costs: &[(Tool, &str, Cost)]) {
    println!("\nAll dependencies and one kind, from nothing: seconds\n");
    println!("| | elapsed | processor |\n| --- | --- | --- |");
    for (tool, command, cost) in costs {
        let processor = cost.processor.map_or(f64::NAN, |duration| duration.as_secs_f64());
        println!("| {}, cargo {command} | {:.1} | {processor:.1} |", tool.name(), cost.elapsed.as_secs_f64());
    }
}

/// What has a size: expansions, definitions, programs.
pub(crate) fn sizes(projects: &[Project]) -> Result<(), String> {
    println!(
        "\nSizes\n\n| | lines written | lines expanded | per type | definition, bytes of JSON | program, KB |"
    );
    println!("| --- | --- | --- | --- | --- | --- |");
    for project in projects {
        let (lines, types) = project.source();
        let expanded = expanded(project)?;
        let program =
            std::fs::metadata(project.program()).map_err(|error| format!("the program: {error}"))?.len();
        println!(
            "| {}, {} kind{} | {lines} | {expanded} | {} | {} | {} |",
            project.tool.name(),
            project.kinds,
            plural(project.kinds),
            expanded.saturating_sub(lines) / types,
            definition(project)?,
            program / 1024
        );
    }
    Ok(())
}

/// The lines of the crate after all macros have run.
fn expanded(project: &Project) -> Result<usize, String> {
    let output = project
        .cargo(&["rustc", "--lib", "--profile", "check", "--", "-Zunpretty=expanded"])
        .env("RUSTC_WORKSPACE_WRAPPER", project.unstable_compiler()?)
        .output()
        .map_err(|error| format!("cargo rustc: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(String::from_utf8_lossy(&output.stdout).lines().count())
}

/// The size of the first definition.
fn definition(project: &Project) -> Result<usize, String> {
    let output = std::process::Command::new(project.program()).stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("{}: {error}", project.program().display()))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().next().map(str::len).ok_or_else(|| "the program printed no definition".to_owned())
}
