//! What a custom resource costs its author while compiling: kubist beside kube-derive with schemars.
//!
//! ```sh
//! cargo run --manifest-path tests/bench/Cargo.toml --bin compile_time -- --runs 5
//! ```
//!
//! Both get the same kinds, once one of them and once fifty: twelve fields in the spec, three nested structs, two enums,
//! maps and lists, a status with conditions, validation, defaults, columns, both subresources. The dependencies are
//! compiled before (and that is timed once); a clean run compiles the crate with the kinds alone, an incremental one
//! comes after renaming one field. Runs of the tools alternate, so that whatever else the machine does meets both.
//!
//! | argument | default | |
//! | --- | --- | --- |
//! | `--runs N` | 5 | how often each command is measured |
//! | `--kinds N` | 50 | the larger number of kinds |
//! | `--dependencies` | no | also time the dependencies, from nothing |

mod measure;
mod project;
mod table;

use std::path::Path;
use std::process::ExitCode;

use crate::measure::{Command, Cost, Samples};
use crate::project::{Project, TOOLS, Tool};

struct Arguments {
    runs: usize,
    kinds: usize,
    dependencies: bool,
}

fn arguments() -> Result<Arguments, String> {
    let mut arguments = Arguments { runs: 5, kinds: 50, dependencies: false };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number = || {
            let value = words.next().and_then(|value| value.parse().ok()).filter(|number| *number > 0);
            value.ok_or_else(|| format!("{word} needs a number above 0"))
        };
        match word.as_str() {
            "--runs" => arguments.runs = number()?,
            "--kinds" => arguments.kinds = number()?,
            "--dependencies" => arguments.dependencies = true,
            _ => {
                return Err(format!(
                    "{word} is not understood; there are --runs, --kinds and --dependencies"
                ));
            }
        }
    }
    Ok(arguments)
}

fn main() -> ExitCode {
    match arguments().and_then(|arguments| run(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/compile_time");
    let sizes = [1, arguments.kinds];
    let mut projects = Vec::new();
    for kinds in sizes {
        for tool in TOOLS {
            projects.push(Project::write(&folder, tool, kinds)?);
        }
    }
    dependencies(&projects[..TOOLS.len()], arguments.dependencies)?;
    let mut samples = Samples::default();
    for run in 0..arguments.runs {
        eprintln!("run {} of {}", run + 1, arguments.runs);
        for size in projects.chunks(TOOLS.len()) {
            let mut order: Vec<&Project> = size.iter().collect();
            if run % 2 == 1 {
                order.reverse();
            }
            for command in Command::ALL {
                for project in &order {
                    let cost = command.measure(project)?;
                    eprintln!("{}, {} kinds, {}: {cost}", project.tool.name(), project.kinds, command.name());
                    samples.add(project, command, cost);
                }
            }
        }
    }
    for kinds in sizes {
        table::times(&samples, kinds);
    }
    table::sizes(&projects)
}

/// Compiles the dependencies of each tool, and says how long that took where they were not there before.
fn dependencies(projects: &[Project], from_nothing: bool) -> Result<(), String> {
    let mut costs: Vec<(Tool, &str, Cost)> = Vec::new();
    for project in projects {
        if from_nothing {
            project.forget_everything()?;
        }
        for command in ["check", "build"] {
            costs.push((project.tool, command, measure::cargo(project, &[command])?));
        }
    }
    if from_nothing {
        table::dependencies(&costs);
    }
    Ok(())
}
