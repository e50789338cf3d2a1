//! Templates of JSONPath, printed.

use kubist::jsonpath::Template;
use serde::Deserialize;
use serde_json::Value;

use crate::{none_wrong, rows};

/// Where Go runs what is in the range without a value, and then misses members of it.
const EMPTY_RANGES: [&str; 2] = ["{range .none[*]}{.name}{end}after", "{range .items[*]}{.name}"];

#[derive(Deserialize)]
struct Printed {
    template: String,
    #[serde(default)]
    unreadable: bool,
    lenient: Option<String>,
    strict: Option<String>,
}

#[test]
fn templates_are_printed() {
    let document: Value = rows("jsonpath", "document").remove(0);
    let mut wrong = Vec::new();
    for row in rows::<Printed>("jsonpath", "templates") {
        let text = &row.template;
        match (text.parse::<Template>(), row.unreadable) {
            (Err(_), true) => {}
            (Ok(read), false) => {
                // Differences that are meant: see README.md.
                let strict = if EMPTY_RANGES.contains(&&**text) {
                    None
                } else {
                    read.clone().strict().print(&document).ok()
                };
                if text == "{.kind.*}" {
                    assert_eq!(read.print(&document).unwrap(), "");
                    continue;
                }
                let found = (read.print(&document).ok(), strict);
                if found != (row.lenient.clone(), row.strict.clone()) {
                    wrong.push(format!("{text}: {found:?}, expected {:?}, {:?}", row.lenient, row.strict));
                }
            }
            (read, unreadable) => wrong.push(format!("{text}: {read:?}, expected unreadable: {unreadable}")),
        }
    }
    none_wrong(&wrong);
}
