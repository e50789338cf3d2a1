//! One entry, judged by a server.

use k8s_openapi::api::core::v1::Namespace;
use kubist::Client;
use kubist::Error;
use kubist::rest::{PatchType, Request};
use kubist_corpus::{Entry, Step};
use serde_json::{Value, json};

use crate::install::Installed;

/// All that is wrong.
pub(crate) async fn judge(client: &Client, entry: &Entry, installed: &Installed) -> Result<(), Vec<String>> {
    let namespace = namespace(client, entry).await.map_err(|problem| vec![problem])?;
    let mut problems = Vec::new();
    if let Err(problem) = entry.write(client, &namespace).await {
        problems.push(format!("must be accepted: {problem}"));
    }
    let server = Server { client, entry, path: installed.path.replace("{namespace}", &namespace) };
    for (number, step) in entry.steps().iter().enumerate() {
        if let Err(problem) = server.step(&format!("step-{number}"), step).await {
            problems.push(format!("{problem}\n    in {step}"));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

async fn namespace(client: &Client, entry: &Entry) -> Result<String, String> {
    let mut namespace = Namespace::default();
    namespace.metadata.name = Some(format!("corpus-{}", entry.kind().to_lowercase()));
    let created = client.cluster::<Namespace>().create(&namespace).await;
    created.map_err(|error| format!("{error:#}"))?.metadata.name.ok_or_else(|| "no name".to_owned())
}

/// The objects of an entry, as JSON.
struct Server<'a> {
    client: &'a Client,
    entry: &'a Entry,
    path: String,
}

impl Server<'_> {
    async fn step(&self, name: &str, step: &Step) -> Result<(), String> {
        match step {
            Step::Stores { given, stored } => {
                self.create(name, given).await.map_err(|error| format!("{error:#}"))?;
                self.reads(name, stored).await
            }
            Step::Refuses { given, field } => refused(self.create(name, given).await, field),
            Step::Updates { from, to, refused: None } => {
                self.create(name, from).await.map_err(|error| format!("{error:#}"))?;
                self.replace(name, to).await.map_err(|error| format!("{error:#}"))?;
                self.reads(name, to).await
            }
            Step::Updates { from, to, refused: Some(field) } => {
                self.create(name, from).await.map_err(|error| format!("{error:#}"))?;
                refused(self.replace(name, to).await, field)?;
                self.reads(name, from).await
            }
            Step::Merges { first, second, stored } => {
                self.apply(name, "first", first).await.map_err(|error| format!("{error:#}"))?;
                self.apply(name, "second", second).await.map_err(|error| format!("{error:#}"))?;
                self.reads(name, stored).await
            }
            Step::Conflicts { first, second } => {
                self.apply(name, "first", first).await.map_err(|error| format!("{error:#}"))?;
                match self.apply(name, "second", second).await {
                    Err(error) if error.is_conflict() => self.reads(name, first).await,
                    Err(error) => Err(format!("not a conflict: {error:#}")),
                    Ok(_) => Err("accepted".to_owned()),
                }
            }
            Step::RefusesApply { given, field } => refused(self.apply(name, "first", given).await, field),
            step => Err(format!("a step that this test does not know: {step:?}")),
        }
    }

    fn object(&self, name: &str, part: &Value) -> Value {
        let crd = self.entry.definition();
        let version = &crd.spec.versions[0].name;
        json!({
            "apiVersion": format!("{}/{version}", crd.spec.group),
            "kind": self.entry.kind(),
            "metadata": {"name": name},
            "spec": {},
            self.entry.part(): part,
        })
    }

    async fn create(&self, name: &str, part: &Value) -> Result<Value, Error> {
        let object = self.object(name, part);
        let created = self.client.rest().json(Request::post(self.path.clone()).json(&object)).await;
        // On create the server drops a status.
        if self.entry.part() == "status" { self.replace(name, part).await } else { created }
    }

    async fn replace(&self, name: &str, part: &Value) -> Result<Value, Error> {
        let mut object: Value = self.get(name).await?;
        object[self.entry.part()] = part.clone();
        let subresource = if self.entry.part() == "status" { "/status" } else { "" };
        let path = format!("{}/{name}{subresource}", self.path);
        self.client.rest().json(Request::put(path).json(&object)).await
    }

    async fn apply(&self, name: &str, manager: &str, spec: &Value) -> Result<Value, Error> {
        let path = format!("{}/{name}", self.path);
        let body = serde_json::to_vec(&self.object(name, spec)).unwrap();
        let request = Request::patch(path, PatchType::Apply, body).query("fieldManager", manager);
        self.client.rest().json(request).await
    }

    async fn get(&self, name: &str) -> Result<Value, Error> {
        self.client.rest().json(Request::get(format!("{}/{name}", self.path))).await
    }

    async fn reads(&self, name: &str, expected: &Value) -> Result<(), String> {
        let object = self.get(name).await.map_err(|error| format!("{error:#}"))?;
        let stored = &object[self.entry.part()];
        if stored == expected {
            return Ok(());
        }
        Err(format!("stored as {stored}, expected {expected}"))
    }
}

/// Whether the server refused something, and named the field. What fits no branch of a union, and a number beyond
/// its format, are named in the text alone.
fn refused(answer: Result<Value, Error>, field: &str) -> Result<(), String> {
    let Err(error) = answer else { return Err("accepted".to_owned()) };
    let status = error.status();
    let causes = status.and_then(|status| status.details.as_ref()?.causes.as_deref()).unwrap_or_default();
    let quoted = format!("\"{field}\" must ");
    let last = format!(" in {field}");
    let named = causes.iter().any(|cause| {
        let unnamed = cause.field.as_deref() == Some("<nil>");
        let text = cause.message.as_deref().unwrap_or_default();
        cause.field.as_deref() == Some(field)
            || (unnamed && (text.contains(&quoted) || text.ends_with(&last)))
    });
    if error.code() == Some(422) && named {
        return Ok(());
    }
    Err(format!("refused without naming {field}: {error:#}"))
}
