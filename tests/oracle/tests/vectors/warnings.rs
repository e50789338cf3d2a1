//! Headers named Warning.

use http::{HeaderMap, HeaderValue, header};
use kubist::rest::warnings;
use serde::Deserialize;

use crate::meant::Meant;
use crate::{none_wrong, rows};

#[derive(Deserialize)]
struct Row {
    headers: Vec<String>,
    warnings: Vec<(u16, String, String)>,
}

const SPACES: &str = "a warning with more than one space between its parts is none";

#[test]
fn warnings_are_read_from_headers() {
    let differences = Meant::new("warnings", &[SPACES]);
    let mut wrong = Vec::new();
    for row in rows::<Row>("warnings", "headers") {
        let values: Option<Vec<_>> =
            row.headers.iter().map(|value| HeaderValue::from_bytes(value.as_bytes()).ok()).collect();
        // What no header can hold never arrives.
        let Some(values) = values else { continue };
        let headers: HeaderMap = values.into_iter().map(|value| (header::WARNING, value)).collect();
        let found: Vec<_> = warnings(&headers)
            .into_iter()
            .map(|warning| (warning.code, warning.agent, warning.text))
            .collect();
        if found == row.warnings {
            continue;
        }
        if row.warnings.is_empty() && row.headers[0].contains("-  ") {
            differences.met(SPACES);
        } else {
            wrong.push(format!("{:?}: {found:?}, expected {:?}", row.headers, row.warnings));
        }
    }
    none_wrong(&wrong);
    differences.all_met();
}
