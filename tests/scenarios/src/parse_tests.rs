use super::*;

fn one(text: &str) -> Scenario {
    parse("rest/some.scenario", text).unwrap().remove(0)
}

fn error(text: &str) -> String {
    parse("rest/some.scenario", text).unwrap_err()
}

#[test]
fn a_file_has_scenarios_with_steps() {
    let text = "# about\n=== One thing, is so\n\nGET /a -> 200\n=== Another\nGET /b -> 404\n";
    let scenarios = parse("rest/some.scenario", text).unwrap();
    assert_eq!(scenarios.len(), 2);
    assert_eq!(scenarios[0].name(), "rest::some::One_thing__is_so");
    assert_eq!((scenarios[1].line, scenarios[1].steps[0].line), (5, 6));
}

#[test]
fn a_request_has_headers_a_body_and_what_follows() {
    let scenario = one(
        "=== x\n\nPATCH /a/{ns}?x=y -> 200\nContent-Type: application/json\nAccept: a\n{\"a\":\n {\"b\": \"{v9}\"}}\nsave v1 = metadata.resourceVersion\nignore metadata.uid: because\n\nGET /{v1} -> 200\n",
    );
    let Action::Request(request) = &scenario.steps[0].action else { panic!() };
    assert_eq!((request.method.as_str(), request.path.as_str(), request.code), ("PATCH", "/a/{ns}?x=y", 200));
    assert_eq!(request.headers[1], ("Accept".to_owned(), "a".to_owned()));
    assert_eq!(request.body.as_deref(), Some("{\"a\":\n {\"b\": \"{v9}\"}}"));
    assert_eq!(scenario.steps[0].saves[0].variable, "v1");
    assert_eq!(scenario.ignored(), [(9, "metadata.uid".to_owned(), "because".to_owned())]);
}

#[test]
fn watches_waits_and_kubectl_are_steps() {
    let scenario = one(
        "=== x\n\nWATCH w /a?watch=1\n\nEVENTS w 2 bookmarks\n\nEVENTS w END\n\nCLOSE w\n\nUNTIL GET /c where a.b[t=X].s = \"True\"\n\nUNTIL GET /c -> 404\n\n$ kubectl get a 'b c' -> 1\nkind: A\n",
    );
    assert!(matches!(&scenario.steps[0].action, Action::Watch(name, r) if name == "w" && r.code == 200));
    assert!(matches!(&scenario.steps[1].action, Action::Events(e) if e.count == Some(2) && e.bookmarks));
    assert!(matches!(&scenario.steps[2].action, Action::Events(e) if e.count.is_none()));
    assert!(matches!(&scenario.steps[4].action, Action::Until(_, Some(c)) if c.value == "\"True\""));
    assert!(matches!(&scenario.steps[5].action, Action::Until(r, None) if r.code == 404));
    let Action::Kubectl(kubectl) = &scenario.steps[6].action else { panic!() };
    assert_eq!(kubectl.arguments, ["get", "a", "b c"]);
    assert_eq!((kubectl.stdin.as_deref(), kubectl.code), (Some("kind: A\n"), 1));
}

#[test]
fn mistakes_are_told_with_their_line() {
    let told = |step: &str| error(&format!("=== x\n\n{step}\n"));
    assert!(told("GET /a").contains("some.scenario:3: a request says what is answered"));
    assert!(told("GET a -> 200").contains("`a` is no path"));
    assert!(told("GET /a -> ok").contains("`ok` is no status code"));
    assert!(told("FETCH /a -> 200").contains("`FETCH` is no step"));
    assert!(told("GET /{v1} -> 200").contains("some.scenario:3: nothing was saved as {v1}"));
    assert!(told("GET /a -> 200\nX-A: {v1}").contains("some.scenario:4: nothing was saved as {v1}"));
    assert!(
        told("GET /a -> 200\nignore metadata.uid").contains("some.scenario:4: `ignore path: the reason`")
    );
    assert!(told("GET /a -> 200\nsave ns = metadata").contains("some.scenario:4: `ns`: a name"));
    assert!(told("EVENTS w many").contains("EVENTS name number"));
    assert!(told("$ ls").contains("only kubectl is run"));
    assert!(error("GET /a -> 200\n").contains("some.scenario:1: a scenario begins with"));
    assert!(error("=== x\n").contains("some.scenario:1: a scenario needs a title and steps"));
    assert!(parse("some.scenario", "").unwrap_err().contains("cases/TOPIC/AREA.scenario"));
}
