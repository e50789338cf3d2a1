//! The definitions of a program as YAML, in a file that is checked in and cannot drift.
//!
//! ```sh
//! cargo run --example crd_yaml                             # print them
//! cargo run --example crd_yaml | kubectl apply -f -        # install them
//! cargo run --example crd_yaml -- --write deploy/crds.yaml # after a change of the structs
//! cargo run --example crd_yaml -- --check deploy/crds.yaml # in CI: fails, and shows what drifted
//! ```

use std::process::ExitCode;

use kubist::crd::CustomResourceDefinition;
use kubist::prelude::*;

/// A web site served from a bucket.
#[derive(Clone, Debug, Resource)]
#[resource(
    group = "example.com", version = "v1", scope = Namespaced, short = "web", category = "all",
    scale(replicas = spec.replicas, ready = status?.ready),
    column("Ready", status?.ready),
)]
pub struct Website {
    metadata: ObjectMeta,
    spec: WebsiteSpec,
    status: Option<WebsiteStatus>,
}

/// What is wanted of a site.
#[derive(Clone, Debug, Serialize, Deserialize, Schema)]
#[serde(rename_all = "camelCase")]
pub struct WebsiteSpec {
    /// Where the pages are.
    ///
    /// A bucket that the site may read.
    #[schema(pattern = "^gs://")]
    bucket: String,
    #[serde(default = "one")]
    #[schema(minimum = 0, maximum = 100)]
    replicas: i32,
}

/// What is there of a site.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Schema)]
#[serde(rename_all = "camelCase", default)]
pub struct WebsiteStatus {
    ready: i32,
    conditions: Vec<Condition>,
}

fn one() -> i32 {
    1
}

/// Every kind of the program.
fn definitions() -> Vec<CustomResourceDefinition> {
    vec![Website::crd()]
}

fn main() -> ExitCode {
    let yaml = kubist::crd::to_yaml(&definitions());
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => {
            print!("{yaml}");
            Ok(())
        }
        ["--write", file] => std::fs::write(file, yaml).map_err(|error| format!("{file}: {error}")),
        ["--check", file] => check(file, &yaml),
        _ => Err("give nothing, `--write FILE` or `--check FILE`".to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Whether the file says what the structs say.
fn check(file: &str, yaml: &str) -> Result<(), String> {
    let found = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    if found == yaml {
        return Ok(());
    }
    Err(format!(
        "{file} is not what the structs say:\n\n{}\nWrite it anew: cargo run --example crd_yaml -- --write {file}",
        difference(&found, yaml)
    ))
}

/// The lines that go (`-`) and come (`+`), with their numbers in the file.
fn difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let same = |(a, b): &(&&str, &&str)| a == b;
    let before = old.iter().zip(&new).take_while(same).count();
    let (old, new) = (&old[before..], &new[before..]);
    let after = old.iter().rev().zip(new.iter().rev()).take_while(same).count();
    let (old, new) = (&old[..old.len() - after], &new[..new.len() - after]);
    // How many lines of the rests after each pair of lines are common to both, in order.
    let mut common = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i][j] = if old[i] == new[j] {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut text) = (0, 0, String::new());
    while i < old.len() || j < new.len() {
        let (sign, line) = if i < old.len() && j < new.len() && old[i] == new[j] {
            (i, j) = (i + 1, j + 1);
            continue;
        } else if j == new.len() || (i < old.len() && common[i + 1][j] >= common[i][j + 1]) {
            i += 1;
            ('-', old[i - 1])
        } else {
            j += 1;
            ('+', new[j - 1])
        };
        let number = before + if sign == '-' { i } else { j };
        text.push_str(&format!("{number:5} {sign} {}\n", line.trim_end_matches('\n')));
    }
    text
}
