//! Names: which ones are taken, and what is said of the others.

use kubist::names;
use serde::Deserialize;

use crate::{none_wrong, rows};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Name {
    text: String,
    #[serde(default)]
    label: Vec<usize>,
    #[serde(default)]
    subdomain: Vec<usize>,
    #[serde(default)]
    dns1035: Vec<usize>,
    #[serde(default)]
    label_key: Vec<usize>,
    #[serde(default)]
    label_value: Vec<usize>,
}

#[test]
fn names_are_judged_in_the_same_words() {
    let texts: Vec<String> = rows("names", "texts");
    let mut wrong = Vec::new();
    for row in rows::<Name>("names", "names") {
        for (kind, check, problems) in [
            ("label", names::check_label as fn(&str) -> kubist::Result<()>, &row.label),
            ("subdomain", names::check_subdomain, &row.subdomain),
            ("DNS-1035 label", names::check_dns1035_label, &row.dns1035),
            ("label key", names::check_label_key, &row.label_key),
            ("label value", names::check_label_value, &row.label_value),
        ] {
            let text = &row.text;
            let problems: Vec<&str> = problems.iter().map(|problem| &*texts[*problem]).collect();
            let expected = (!problems.is_empty()).then(|| format!("{text:?}: {}", problems.join("; ")));
            let found = check(text).err().map(|error| error.to_string());
            if found != expected {
                wrong.push(format!("{kind}: {found:?}, expected {expected:?}"));
            }
        }
    }
    none_wrong(&wrong);
}
