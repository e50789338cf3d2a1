//! `DIFFERENCES.md` lists what scenarios leave out of the comparison. `BLESS=1` writes it anew.

use std::path::Path;

use kubist_scenarios::{Scenario, collect};

const HEAD: &str = "# Known differences

What the embedded server does not answer as kube-apiserver v1.37.2 does, although a scenario comes upon it: each
`ignore` line below `cases/`, with its reason. This page is written by
`BLESS=1 cargo test -p kubist-scenarios --test differences`, and a test keeps it in step.

Nowhere are there descriptions: in the columns of tables they are left out of every comparison.

What no scenario comes upon, because the embedded server does not have it: webhooks and admission policies;
access control and impersonation; validation of the kinds that only parts of a cluster create (webhook configurations,
signing requests, CSI, flow control, device claims); answers in protobuf; `/metrics` and the keys of the token issuer;
server-side apply to the scale of custom kinds, which the real server answers with 500 and the embedded one carries out;
YAML nested deeper than 64 levels and JSON deeper than 500; the line feed at the end of an answer; an object of
`componentstatuses`. Its controllers work inside the request: namespaces are emptied, claims released, dependents deleted.
";

fn page(scenarios: &[Scenario]) -> String {
    let mut page = HEAD.to_owned();
    for scenario in scenarios {
        let ignored = scenario.ignored();
        if !ignored.is_empty() {
            page.push_str(&format!("\n## {}\n\n`{}`\n\n", scenario.title, scenario.file));
        }
        for (_, path, reason) in ignored {
            page.push_str(&format!("* `{path}`: {reason}\n"));
        }
    }
    if page == HEAD {
        page.push_str("\nNone.\n");
    }
    page
}

#[test]
fn the_page_lists_what_scenarios_leave_out() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let expected = page(&collect(&folder.join("cases")).unwrap());
    let file = folder.join("DIFFERENCES.md");
    if std::env::var_os("BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&file, &expected).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap();
    assert!(found == expected, "DIFFERENCES.md is not in step: run this test with BLESS=1");
}
