//! Pure: what a scenario is.

use crate::path::Path;

/// One scenario of a file: what is sent, in order.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Scenario {
    /// The folder below `cases/`, such as `storage`.
    pub topic: String,
    /// The name of the file without its ending.
    pub area: String,
    /// The sentence after `===`.
    pub title: String,
    /// The file, as messages name it.
    pub file: String,
    /// The line of the title.
    pub line: usize,
    /// Whether it wants a namespace.
    pub(crate) uses_namespace: bool,
    pub(crate) steps: Vec<Step>,
}

impl Scenario {
    /// The name of its test: `topic::area::the_sentence`.
    #[must_use]
    pub fn name(&self) -> String {
        let sentence: String =
            self.title.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
        format!("{}::{}::{}", self.topic, self.area, sentence)
    }

    /// Whether any step needs kubectl.
    #[must_use]
    pub fn needs_kubectl(&self) -> bool {
        self.steps.iter().any(|step| matches!(step.action, Action::Kubectl(_)))
    }

    /// Every `ignore` line: the place, the path and the reason.
    #[must_use]
    pub fn ignored(&self) -> Vec<(usize, String, String)> {
        let lines = self.steps.iter().flat_map(|step| &step.ignores);
        lines.map(|ignore| (ignore.line, ignore.path.to_string(), ignore.reason.clone())).collect()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) line: usize,
    /// Its first line, as it is written.
    pub(crate) source: String,
    pub(crate) action: Action,
    pub(crate) saves: Vec<Save>,
    pub(crate) ignores: Vec<Ignore>,
}

#[derive(Clone, Debug)]
pub(crate) enum Action {
    Request(Request),
    /// The request again and again, until what is expected of its answer is so.
    Until(Request, Option<Condition>),
    /// Opens a watch by the name given.
    Watch(String, Request),
    /// Reads events of an open watch.
    Events(Events),
    Close(String),
    Kubectl(Kubectl),
}

#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<String>,
    pub(crate) code: u16,
}

#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub(crate) path: Path,
    pub(crate) value: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Events {
    pub(crate) watch: String,
    /// `None` reads until the server ends the watch.
    pub(crate) count: Option<usize>,
    /// Whether bookmarks count, other than the one that ends the initial events.
    pub(crate) bookmarks: bool,
    /// Whether the order between objects is left open.
    pub(crate) unordered: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Kubectl {
    /// The words after `kubectl`.
    pub(crate) arguments: Vec<String>,
    pub(crate) stdin: Option<String>,
    pub(crate) code: i32,
}

#[derive(Clone, Debug)]
pub(crate) struct Save {
    pub(crate) variable: String,
    pub(crate) path: Path,
}

#[derive(Clone, Debug)]
pub(crate) struct Ignore {
    pub(crate) line: usize,
    pub(crate) path: Path,
    pub(crate) reason: String,
}
