//! Pure: the requests of a kind, each with its parameters, body and answers.

use serde_json::{Map, Value, json};

use crate::builtin::types;
use crate::kinds::{Kind, Subresource};
use crate::openapi::schema::{meta, refer};

const LIST: [&str; 11] = [
    "allowWatchBookmarks",
    "continue",
    "fieldSelector",
    "labelSelector",
    "limit",
    "resourceVersion",
    "resourceVersionMatch",
    "sendInitialEvents",
    "shardSelector",
    "timeoutSeconds",
    "watch",
];
const WRITE: [&str; 3] = ["dryRun", "fieldManager", "fieldValidation"];
const PATCH: [&str; 4] = ["dryRun", "fieldManager", "fieldValidation", "force"];
const DELETE: [&str; 5] = [
    "dryRun",
    "gracePeriodSeconds",
    "ignoreStoreReadErrorWithClusterBreakingPotential",
    "orphanDependents",
    "propagationPolicy",
];
const DELETE_COLLECTION: [&str; 14] = [
    "continue",
    "dryRun",
    "fieldSelector",
    "gracePeriodSeconds",
    "ignoreStoreReadErrorWithClusterBreakingPotential",
    "labelSelector",
    "limit",
    "orphanDependents",
    "propagationPolicy",
    "resourceVersion",
    "resourceVersionMatch",
    "sendInitialEvents",
    "shardSelector",
    "timeoutSeconds",
];

/// The answers of a kind and what they hold.
struct Shape<'a> {
    kind: &'a Kind,
    /// Group, version and kind of the bodies.
    gvk: (String, String, String),
    /// The name of the schema of the bodies.
    schema: String,
}

/// `core_v1`, `rbacAuthorization_v1`.
pub(crate) fn tag(group: &str, version: &str) -> String {
    let camel = camel_group(group);
    let mut chars = camel.chars();
    let first = chars.next().map(|first| first.to_ascii_lowercase());
    format!("{}_{version}", first.into_iter().chain(chars).collect::<String>())
}

/// `CoreV1`, `RbacAuthorizationV1`.
pub(crate) fn prefix(group: &str, version: &str) -> String {
    format!("{}{}", camel_group(group), capital(version))
}

fn camel_group(group: &str) -> String {
    if group.is_empty() {
        return "Core".to_owned();
    }
    group.trim_end_matches(".k8s.io").split(['.', '-']).map(capital).collect()
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

/// `/api/v1` or `/apis/group/version`.
pub(crate) fn base(group: &str, version: &str) -> String {
    if group.is_empty() { format!("/api/{version}") } else { format!("/apis/{group}/{version}") }
}

/// The path that lists the resources of a version.
pub(crate) fn resources(group: &str, version: &str) -> (String, Value) {
    let get = json!({"get": {
        "tags": [tag(group, version)],
        "operationId": format!("get{}APIResources", prefix(group, version)),
        "responses": answers(&[200], &meta("APIResourceList"), true, false),
    }});
    (format!("{}/", base(group, version)), get)
}

/// All paths of a kind; `schema` is the name of the schema of its objects.
pub(crate) fn of_kind(kind: &Kind, schema: &str) -> Map<String, Value> {
    let mut paths = Map::new();
    let gvk = (kind.group.clone(), kind.version.clone(), kind.kind.clone());
    let shape = Shape { kind, gvk, schema: schema.to_owned() };
    let base = base(&kind.group, &kind.version);
    let (place, scope) = if kind.namespaced { ("/namespaces/{namespace}", "Namespaced") } else { ("", "") };
    let all = format!("{base}{place}/{}", kind.plural);
    let one = format!("{all}/{{name}}");
    add(&mut paths, &all, shape.collection(scope), &shape.parameters(&[]));
    add(&mut paths, &one, shape.object(scope, ""), &shape.parameters(&["name"]));
    if kind.namespaced && kind.has_verb("list") {
        let mut list = shape.list("");
        let id = format!("list{}{}ForAllNamespaces", prefix(&kind.group, &kind.version), kind.kind);
        list["operationId"] = id.into();
        let path = format!("{base}/{}", kind.plural);
        add(&mut paths, &path, vec![("get", list)], &[parameter("pretty")]);
    }
    for part in &kind.subresources {
        if let Some(shape) = Shape::of_part(kind, part, schema) {
            let path = format!("{one}/{}", part.name);
            let operations = shape.part(scope, part);
            add(&mut paths, &path, operations, &shape.parameters(&["name"]));
        }
    }
    paths
}

fn add(
    paths: &mut Map<String, Value>,
    path: &str,
    mut operations: Vec<(&'static str, Value)>,
    parameters: &[Value],
) {
    let mut parameters = parameters.to_vec();
    match operations.as_mut_slice() {
        [] => return,
        // The parameters that all operations have stand beside them.
        [(_, only)] => {
            let own = only.as_object_mut().and_then(|only| only.remove("parameters"));
            parameters.extend(own.as_ref().and_then(Value::as_array).into_iter().flatten().cloned());
            parameters.sort_by_key(|parameter| parameter["name"].as_str().unwrap_or_default().to_owned());
        }
        _ => {}
    }
    let mut entry: Map<String, Value> =
        operations.into_iter().map(|(method, operation)| (method.to_owned(), operation)).collect();
    entry.insert("parameters".to_owned(), parameters.into());
    paths.insert(path.to_owned(), entry.into());
}

impl<'a> Shape<'a> {
    /// The shape of a subresource that is read and written as an object; the others are connections.
    fn of_part(kind: &'a Kind, part: &Subresource, own: &str) -> Option<Self> {
        if part.kind.ends_with("Options") || part.name == "log" {
            return None;
        }
        if part.kind == kind.kind && part.version.is_empty() {
            let gvk = (kind.group.clone(), kind.version.clone(), kind.kind.clone());
            return Some(Self { kind, gvk, schema: own.to_owned() });
        }
        let (group, version) = if part.version.is_empty() {
            (kind.group.clone(), kind.version.clone())
        } else {
            (part.group.clone(), part.version.clone())
        };
        let api_version = if group.is_empty() { version.clone() } else { format!("{group}/{version}") };
        let of = types::of_gvk(&api_version, &part.kind)?;
        // The scale of a custom resource is entered under the resource.
        let gvk = match kind.custom {
            None => (group, version, part.kind.clone()),
            Some(_) => (kind.group.clone(), kind.version.clone(), kind.kind.clone()),
        };
        Some(Self { kind, gvk, schema: of.openapi.clone() })
    }

    fn parameters(&self, names: &[&str]) -> Vec<Value> {
        let in_path = |name: &str| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string", "uniqueItems": true}});
        let mut parameters: Vec<Value> = names.iter().map(|name| in_path(name)).collect();
        if self.kind.namespaced {
            parameters.push(in_path("namespace"));
        }
        parameters.push(parameter("pretty"));
        parameters
    }

    fn operation(&self, verb: &str, action: &str, scope: &str, suffix: &str) -> Value {
        let Kind { group, version, kind, .. } = self.kind;
        let (of_group, of_version, of_kind) = &self.gvk;
        json!({
            "tags": [tag(group, version)],
            "operationId": format!("{verb}{}{scope}{kind}{suffix}", prefix(group, version)),
            "x-kubernetes-action": action,
            "x-kubernetes-group-version-kind": {"group": of_group, "version": of_version, "kind": of_kind},
        })
    }

    fn answers(&self, codes: &[u16], schema: &str, stream: bool) -> Value {
        answers(codes, schema, self.kind.custom.is_none(), stream)
    }

    fn body(&self, schema: &str, required: bool) -> Value {
        let schema = json!({"schema": refer(schema)});
        let content = match self.kind.custom {
            None => json!({"*/*": schema}),
            Some(_) => json!({"application/json": schema, "application/yaml": schema}),
        };
        let mut body = json!({ "content": content });
        if required {
            body["required"] = true.into();
        }
        body
    }

    fn list(&self, scope: &str) -> Value {
        let mut list = self.operation("list", "list", scope, "");
        list["parameters"] = parameters(&LIST);
        list["responses"] = self.answers(&[200], &format!("{}List", self.schema), self.kind.custom.is_none());
        list
    }

    fn collection(&self, scope: &str) -> Vec<(&'static str, Value)> {
        let mut operations = Vec::new();
        if self.kind.has_verb("list") {
            operations.push(("get", self.list(scope)));
        }
        if self.kind.has_verb("create") {
            operations.push(("post", self.write("create", "post", scope, "", &[200, 201, 202])));
        }
        if self.kind.has_verb("deletecollection") {
            let mut delete = self.operation("delete", "deletecollection", &format!("Collection{scope}"), "");
            if self.kind.custom.is_none() {
                delete["parameters"] = parameters(&DELETE_COLLECTION);
                delete["requestBody"] = self.body(&meta("DeleteOptions"), false);
            } else {
                delete["parameters"] = parameters(&LIST);
            }
            delete["responses"] = self.answers(&[200], &meta("Status"), false);
            operations.push(("delete", delete));
        }
        operations
    }

    fn object(&self, scope: &str, suffix: &str) -> Vec<(&'static str, Value)> {
        let verbs: Vec<&str> = self.kind.verbs.iter().map(String::as_str).collect();
        let mut operations = self.reads_and_updates(scope, suffix, &verbs);
        if self.kind.has_verb("delete") {
            let mut delete = self.operation("delete", "delete", scope, suffix);
            delete["parameters"] = parameters(&DELETE);
            delete["requestBody"] = self.body(&meta("DeleteOptions"), false);
            // Of these two the documents do not say what happens: their finalizer makes them stay.
            let stays = self.kind.is_definition() || self.kind.is_namespace();
            let returned = self.kind.returns_deleted && !stays;
            let answer = if returned { self.schema.clone() } else { meta("Status") };
            delete["responses"] = self.answers(&[200, 202], &answer, false);
            operations.push(("delete", delete));
        }
        operations
    }

    fn part(&self, scope: &str, part: &Subresource) -> Vec<(&'static str, Value)> {
        let suffix = capital(&part.name);
        let verbs: Vec<&str> = part.verbs.iter().map(String::as_str).collect();
        let mut operations = self.reads_and_updates(scope, &suffix, &verbs);
        if verbs.contains(&"create") {
            operations.push(("post", self.write("create", "post", scope, &suffix, &[200, 201, 202])));
        }
        operations
    }

    fn reads_and_updates(&self, scope: &str, suffix: &str, verbs: &[&str]) -> Vec<(&'static str, Value)> {
        let mut operations = Vec::new();
        if verbs.contains(&"get") {
            let mut get = self.operation("read", "get", scope, suffix);
            if self.kind.custom.is_some() {
                get["parameters"] = parameters(&["resourceVersion"]);
            }
            get["responses"] = self.answers(&[200], &self.schema, false);
            operations.push(("get", get));
        }
        if verbs.contains(&"update") {
            operations.push(("put", self.write("replace", "put", scope, suffix, &[200, 201])));
        }
        if verbs.contains(&"patch") {
            let mut patch = self.operation("patch", "patch", scope, suffix);
            patch["parameters"] = parameters(&PATCH);
            let mut kinds = vec!["apply-patch+yaml", "json-patch+json", "merge-patch+json"];
            if self.kind.custom.is_none() {
                kinds.push("strategic-merge-patch+json");
            }
            let schema = refer(&meta("Patch"));
            let content: Map<String, Value> = kinds
                .into_iter()
                .map(|kind| (format!("application/{kind}"), json!({ "schema": schema })))
                .collect();
            patch["requestBody"] = json!({"content": content, "required": true});
            let codes: &[u16] = if self.kind.custom.is_none() { &[200, 201] } else { &[200] };
            patch["responses"] = self.answers(codes, &self.schema, false);
            operations.push(("patch", patch));
        }
        operations
    }

    fn write(&self, verb: &str, action: &str, scope: &str, suffix: &str, codes: &[u16]) -> Value {
        let mut write = self.operation(verb, action, scope, suffix);
        write["parameters"] = parameters(&WRITE);
        write["requestBody"] = self.body(&self.schema, true);
        write["responses"] = self.answers(codes, &self.schema, false);
        write
    }
}

fn answers(codes: &[u16], schema: &str, protobuf: bool, stream: bool) -> Value {
    let mut media = vec!["application/json", "application/yaml"];
    if protobuf {
        media.push("application/vnd.kubernetes.protobuf");
    }
    if stream {
        media.extend(["application/json;stream=watch", "application/vnd.kubernetes.protobuf;stream=watch"]);
    }
    let schema = refer(schema);
    let content: Map<String, Value> =
        media.into_iter().map(|media| (media.to_owned(), json!({ "schema": schema }))).collect();
    let mut answers: Map<String, Value> = codes
        .iter()
        .map(|code| (code.to_string(), json!({"description": description(*code), "content": content})))
        .collect();
    answers.insert("401".to_owned(), json!({"description": "Unauthorized"}));
    answers.into()
}

fn description(code: u16) -> &'static str {
    match code {
        201 => "Created",
        202 => "Accepted",
        _ => "OK",
    }
}

fn parameters(names: &[&str]) -> Value {
    names.iter().map(|name| parameter(name)).collect()
}

fn parameter(name: &str) -> Value {
    let ty = match name {
        "allowWatchBookmarks"
        | "force"
        | "orphanDependents"
        | "sendInitialEvents"
        | "watch"
        | "ignoreStoreReadErrorWithClusterBreakingPotential" => "boolean",
        "gracePeriodSeconds" | "limit" | "timeoutSeconds" => "integer",
        _ => "string",
    };
    json!({"name": name, "in": "query", "schema": {"type": ty, "uniqueItems": true}})
}
