//! Pure: the query of a URL, from pairs.

use std::fmt::Write;

/// The pairs of a query, in the order in which they were added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    pub(crate) fn push(&mut self, name: &str, value: impl Into<String>) {
        self.0.push((name.to_owned(), value.into()));
    }

    /// Adds a pair unless there is no value.
    pub(crate) fn push_some(&mut self, name: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.push(name, value.to_string());
        }
    }

    /// The value of the first pair of this name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// `a=b&c=d`, encoded; empty without pairs.
    pub(crate) fn encode(&self) -> String {
        let mut text = String::new();
        for (name, value) in &self.0 {
            if !text.is_empty() {
                text.push('&');
            }
            encode(&mut text, name);
            text.push('=');
            encode(&mut text, value);
        }
        text
    }
}

fn encode(text: &mut String, part: &str) {
    for byte in part.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                text.push(char::from(byte));
            }
            _ => {
                let _ = write!(text, "%{byte:02X}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_leave_its_pair() {
        let mut query = Query::default();
        query.push("labelSelector", "app in (a,b)&x=1#y ü");
        query.push_some("limit", Some(5));
        query.push_some("continue", None::<String>);
        assert_eq!(query.encode(), "labelSelector=app%20in%20%28a%2Cb%29%26x%3D1%23y%20%C3%BC&limit=5");
        assert_eq!(Query::default().encode(), "");
    }
}
