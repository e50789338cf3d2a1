//! One scenario on one server.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::answer::{Answer, Body};
use crate::client::{Client, Stream};
use crate::kubectl::Kubectl;
use crate::read;
use crate::report::Transcript;
use crate::scenario::{Action, Condition, Events, Kubectl as Command, Request, Scenario, Step};
use crate::variables::{self, Variables};

/// How long `UNTIL` waits, and how often it asks.
const UNTIL: Duration = Duration::from_secs(30);
const AGAIN: Duration = Duration::from_millis(50);
/// How long an event may take.
const EVENT: Duration = Duration::from_secs(20);

const NAMESPACES: &str = "/api/v1/namespaces";

/// Path, headers and body of a request, with the variables filled in.
type Filled = (String, Vec<(String, String)>, Option<Vec<u8>>);

/// A scenario while it runs on one server.
pub(crate) struct Run<'a> {
    scenario: &'a Scenario,
    client: &'a Client,
    kubectl: Option<Kubectl>,
    variables: Variables,
    watches: BTreeMap<String, Stream>,
    /// Cluster-scoped objects that it made, in order.
    made: Vec<String>,
}

impl<'a> Run<'a> {
    /// Both servers are given the same `suffix`, so that names are the same.
    pub(crate) fn new(
        scenario: &'a Scenario,
        client: &'a Client,
        kubectl: Option<&Path>,
        suffix: &str,
    ) -> Result<Self, String> {
        let kubectl = match kubectl.filter(|_| scenario.needs_kubectl()) {
            Some(binary) => Some(Kubectl::new(binary, client.kubeconfig())?),
            None => None,
        };
        let mut variables = Variables::default();
        variables.set("ns", variables::own_name(&scenario.title, 40, suffix));
        variables.set("bearer", client.token().to_owned());
        variables.set("group", format!("{}.example.com", variables::own_name(&scenario.title, 24, suffix)));
        Ok(Self { scenario, client, kubectl, variables, watches: BTreeMap::new(), made: Vec::new() })
    }

    /// All steps, one answer each; fewer when one could not be done at all, and then why.
    pub(crate) async fn all(&mut self) -> Transcript {
        let mut transcript = Transcript { bearer: self.client.token().to_owned(), ..Transcript::default() };
        if self.scenario.uses_namespace {
            let namespace = json!({"metadata": {"name": self.variables.get("ns")}}).to_string();
            match self.ask("POST", NAMESPACES, &[], Some(namespace.into_bytes())).await {
                Ok(answer) => transcript.namespace = Some(answer),
                Err(why) => return Transcript { ended: Some(why), ..transcript },
            }
        }
        for step in &self.scenario.steps {
            match self.step(step).await {
                Ok(answer) => transcript.answers.push(answer),
                Err(why) => {
                    transcript.ended = Some(format!("line {}: {}: {why}", step.line, step.source));
                    break;
                }
            }
        }
        transcript
    }

    /// Removes what others would meet on a shared server.
    pub(crate) async fn clean_up(mut self) {
        self.watches.clear();
        let made: Vec<String> = self.made.drain(..).collect();
        for path in made.iter().rev() {
            // A leftover disturbs nobody that has names of its own.
            drop(self.ask("DELETE", path, &[], None).await);
        }
    }

    async fn step(&mut self, step: &Step) -> Result<Answer, String> {
        let mut answer = match &step.action {
            Action::Request(request) => self.request(request).await?,
            Action::Until(request, condition) => self.until(request, condition.as_ref()).await?,
            Action::Watch(name, request) => self.watch(name, request).await?,
            Action::Events(events) => self.events(events).await?,
            Action::Close(name) => {
                self.watches.remove(name).ok_or_else(|| format!("no watch {name} is open"))?;
                Answer::default()
            }
            Action::Kubectl(command) => self.kubectl(command).await?,
        };
        for save in &step.saves {
            let found = answer.body.json().and_then(|body| save.path.find(body));
            match found {
                Some(Value::String(text)) => self.variables.set(&save.variable, text.clone()),
                Some(other) => self.variables.set(&save.variable, other.to_string()),
                None => answer.problems.push(format!("{}: not there to save", save.path)),
            }
        }
        Ok(answer)
    }

    async fn ask(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        body: Option<Vec<u8>>,
    ) -> Result<Answer, String> {
        let mut stream = self.client.send(method, path, headers, body).await?;
        let facts = read::facts(&stream.head);
        let status = stream.head.status.as_u16();
        let headers = std::mem::take(&mut stream.head.headers);
        let bytes = stream.whole().await?;
        let body = read::body(&headers, bytes);
        if status == 201 {
            self.made.extend(read::made(method, path, body.json()));
        }
        Ok(Answer { facts, body, problems: Vec::new() })
    }

    fn filled(&self, request: &Request) -> Result<Filled, String> {
        let headers = request.headers.iter();
        let headers = headers.map(|(name, value)| (name.clone(), self.variables.fill(value))).collect();
        let body = request.body.as_ref().map(|body| self.variables.fill(body));
        let body = match body {
            Some(text) => Some(match text.strip_prefix("base64:") {
                Some(data) => STANDARD
                    .decode(data.split_whitespace().collect::<String>())
                    .map_err(|error| format!("the body: {error}"))?,
                None => text.into_bytes(),
            }),
            None => None,
        };
        Ok((self.variables.fill(&request.path), headers, body))
    }

    async fn request(&mut self, request: &Request) -> Result<Answer, String> {
        let (path, headers, body) = self.filled(request)?;
        let mut answer = self.ask(&request.method, &path, &headers, body).await?;
        check_code(&mut answer, request.code);
        Ok(answer)
    }

    async fn until(&mut self, request: &Request, condition: Option<&Condition>) -> Result<Answer, String> {
        let expected = match condition {
            Some(condition) => {
                let value = self.variables.fill(&condition.value);
                let value: Value =
                    serde_json::from_str(&value).map_err(|error| format!("`{value}`: {error}"))?;
                Some((&condition.path, value))
            }
            None => None,
        };
        let end = Instant::now() + UNTIL;
        loop {
            let mut answer = self.request(request).await?;
            let found = expected.as_ref().is_none_or(|(path, value)| {
                answer.body.json().and_then(|body| path.find(body)) == Some(value)
            });
            if found && answer.problems.is_empty() {
                return Ok(answer);
            }
            if Instant::now() >= end {
                answer.problems.push(format!("not so after {UNTIL:?}: {}", answer.body.excerpt()));
                return Ok(answer);
            }
            sleep(AGAIN).await;
        }
    }

    async fn watch(&mut self, name: &str, request: &Request) -> Result<Answer, String> {
        let (mut path, headers, body) = self.filled(request)?;
        if !path.contains("watch=") && !path.contains("/watch/") {
            path.push_str(if path.contains('?') { "&watch=1" } else { "?watch=1" });
        }
        let mut stream = self.client.send(&request.method, &path, &headers, body).await?;
        let mut answer = Answer { facts: read::facts(&stream.head), ..Answer::default() };
        if stream.head.status == 200 {
            self.watches.insert(name.to_owned(), stream);
        } else {
            let headers = std::mem::take(&mut stream.head.headers);
            answer.body = read::body(&headers, stream.whole().await?);
        }
        check_code(&mut answer, request.code);
        Ok(answer)
    }

    async fn events(&mut self, wanted: &Events) -> Result<Answer, String> {
        let stream = self.watches.get_mut(&wanted.watch);
        let stream = stream.ok_or_else(|| format!("no watch {} is open", wanted.watch))?;
        let mut events = Vec::new();
        let mut problems = Vec::new();
        while wanted.count.is_none_or(|count| events.len() < count) {
            match stream.line(EVENT).await {
                Ok(Some(line)) => {
                    let event: Value =
                        serde_json::from_slice(&line).map_err(|error| format!("an event: {error}"))?;
                    if wanted.bookmarks || !read::is_idle_bookmark(&event) {
                        events.push(event);
                    }
                }
                Ok(None) if wanted.count.is_none() => break,
                Ok(None) => {
                    problems.push(format!("the watch ended after {} events", events.len()));
                    break;
                }
                Err(why) => {
                    problems.push(format!("{why} after {} events", events.len()));
                    break;
                }
            }
        }
        if wanted.unordered {
            events.sort_by_key(read::event_key);
        }
        Ok(Answer { body: Body::Json(Value::Array(events)), problems, ..Answer::default() })
    }

    async fn kubectl(&self, command: &Command) -> Result<Answer, String> {
        let kubectl = self.kubectl.as_ref().ok_or("there is no kubectl")?;
        let arguments: Vec<String> = command.arguments.iter().map(|word| self.variables.fill(word)).collect();
        let stdin = command.stdin.as_ref().map(|text| self.variables.fill(text));
        let output = kubectl.run(&arguments, stdin.as_deref()).await?;
        let mut answer = read::output(&arguments, &output);
        let code = output.status.code().unwrap_or(-1);
        if code != command.code {
            let stderr = String::from_utf8_lossy(&output.stderr);
            answer.problems.push(format!("exit code {code} instead of {}: {}", command.code, stderr.trim()));
        }
        Ok(answer)
    }
}

fn check_code(answer: &mut Answer, expected: u16) {
    let status = answer.facts.get("status").cloned().unwrap_or_default();
    if status != expected.to_string() {
        let problem = format!("answered {status} instead of {expected}: {}", answer.body.excerpt());
        answer.problems.push(problem);
    }
}
