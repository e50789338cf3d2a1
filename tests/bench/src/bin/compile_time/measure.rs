//! One command, and what it took.

use std::collections::BTreeMap;
use std::fmt;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::project::{Project, Tool};

/// What a command took.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) elapsed: Duration,
    /// Of all processors, in all processes of the command. What else the machine does changes it less.
    pub(crate) processor: Option<Duration>,
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2} s", self.elapsed.as_secs_f64())?;
        match self.processor {
            Some(processor) => write!(f, ", {:.2} s of the processors", processor.as_secs_f64()),
            None => Ok(()),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Command {
    CheckClean,
    CheckAgain,
    BuildClean,
    BuildAgain,
}

impl Command {
    pub(crate) const ALL: [Self; 4] =
        [Self::CheckClean, Self::CheckAgain, Self::BuildClean, Self::BuildAgain];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::CheckClean => "cargo check, clean",
            Self::CheckAgain => "cargo check, one field renamed",
            Self::BuildClean => "cargo build, clean",
            Self::BuildAgain => "cargo build, one field renamed",
        }
    }

    pub(crate) fn measure(self, project: &Project) -> Result<Cost, String> {
        match self {
            Self::CheckClean | Self::BuildClean => project.forget_the_kinds()?,
            Self::CheckAgain | Self::BuildAgain => project.rename_a_field()?,
        }
        match self {
            Self::CheckClean | Self::CheckAgain => cargo(project, &["check"]),
            Self::BuildClean | Self::BuildAgain => cargo(project, &["build"]),
        }
    }
}

/// Runs cargo in the project.
pub(crate) fn cargo(project: &Project, arguments: &[&str]) -> Result<Cost, String> {
    let before = processor();
    let start = Instant::now();
    let output =
        project.cargo(arguments).stdout(Stdio::null()).output().map_err(|error| format!("cargo: {error}"))?;
    let elapsed = start.elapsed();
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let processor = processor().zip(before).map(|(after, before)| after.saturating_sub(before));
    Ok(Cost { elapsed, processor })
}

/// The time that finished children took, where the system tells: fields 16 and 17 of Linux' `/proc/self/stat`, in
/// hundredths of a second.
fn processor() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The second field may hold blanks; it ends with the last parenthesis.
    let (_, rest) = stat.rsplit_once(')')?;
    let ticks: u64 =
        rest.split_whitespace().skip(13).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Some(Duration::from_millis(ticks * 10))
}

/// All costs of all commands.
#[derive(Default)]
pub(crate) struct Samples(BTreeMap<(usize, Command, Tool), Vec<Cost>>);

impl Samples {
    pub(crate) fn add(&mut self, project: &Project, command: Command, cost: Cost) {
        self.0.entry((project.kinds, command, project.tool)).or_default().push(cost);
    }

    pub(crate) fn elapsed(&self, kinds: usize, command: Command, tool: Tool) -> Spread {
        Spread::of(self.of(kinds, command, tool).map(|cost| Some(cost.elapsed)))
    }

    pub(crate) fn processor(&self, kinds: usize, command: Command, tool: Tool) -> Spread {
        Spread::of(self.of(kinds, command, tool).map(|cost| cost.processor))
    }

    fn of(&self, kinds: usize, command: Command, tool: Tool) -> impl Iterator<Item = &Cost> {
        self.0.get(&(kinds, command, tool)).into_iter().flatten()
    }
}

/// The least, the median and the most, in seconds.
pub(crate) struct Spread {
    pub(crate) least: f64,
    pub(crate) median: f64,
    pub(crate) most: f64,
}

impl Spread {
    fn of(samples: impl Iterator<Item = Option<Duration>>) -> Self {
        let mut seconds: Vec<f64> =
            samples.map(|sample| sample.map_or(f64::NAN, |duration| duration.as_secs_f64())).collect();
        seconds.sort_by(f64::total_cmp);
        let at = |index: usize| seconds.get(index).copied().unwrap_or(f64::NAN);
        let (last, middle) = (seconds.len().saturating_sub(1), seconds.len() / 2);
        let median = if seconds.len() % 2 == 0 && middle > 0 {
            f64::midpoint(at(middle - 1), at(middle))
        } else {
            at(middle)
        };
        Self { least: at(0), median, most: at(last) }
    }
}
