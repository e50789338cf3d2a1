//! Pure: JSONPath, as `kubectl -o jsonpath` and printer columns have it.
//!
//! Fields, `['fields']`, indexes (from the end, too), slices with steps, `*`, `..`, unions, filters such as
//! `[?(@.type=="Ready")]`; in templates also text and `{range …}…{end}`. A dot in the name of a member is written `\.`, as
//! kubectl asks for.

use std::fmt;
use std::str::FromStr;

use kubist_structural::jsonpath;
use serde::Serialize;
use serde_json::Value;

use crate::error::{Error, Result};

fn value(object: &impl Serialize) -> Result<Value> {
    serde_json::to_value(object).map_err(|_| Error::invalid("the object cannot be written as JSON"))
}

/// A path into objects, as it stands in a printer column.
///
/// # Examples
///
/// ```
/// use kubist::jsonpath::JsonPath;
/// use kubist::k8s_openapi::api::core::v1::Pod;
///
/// # fn example(pod: &Pod) -> kubist::Result<()> {
/// let ready: JsonPath = r#".status.conditions[?(@.type=="Ready")].status"#.parse()?;
/// if ready.text(pod)?.as_deref() == Some("True") {
///     println!("it is ready");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq)]
pub struct JsonPath {
    path: jsonpath::JsonPath,
    text: String,
}

impl JsonPath {
    /// The values at the path; none where a member is missing.
    ///
    /// # Errors
    ///
    /// When a step cannot be gone: an index outside of a list, the index of what is no list, a comparison of what cannot be
    /// compared.
    pub fn find(&self, object: &impl Serialize) -> Result<Vec<Value>> {
        let object = value(object)?;
        let found = self.path.find(&object, false);
        let found = found.map_err(|why| Error::invalid(why).during(format!("path {:?}", self.text)))?;
        Ok(found.into_iter().map(std::borrow::Cow::into_owned).collect())
    }

    /// The first value at the path, as the column of a table shows it; `None` where there is none.
    ///
    /// # Errors
    ///
    /// When the object cannot be written as JSON. Where a step cannot be gone there is no value.
    pub fn text(&self, object: &impl Serialize) -> Result<Option<String>> {
        let object = value(object)?;
        Ok(self.path.first(&object).map(|found| jsonpath::text(&found)))
    }
}

/// Reads `.a.b`, or the same in braces.
///
/// # Errors
///
/// What is wrong with the path.
impl FromStr for JsonPath {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let bare = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap_or(text);
        match jsonpath::JsonPath::parse(bare) {
            Ok(path) => Ok(Self { path, text: text.to_owned() }),
            Err(why) => Err(Error::invalid(why).during(format!("path {text:?}"))),
        }
    }
}

impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JsonPath({:?})", self.text)
    }
}

/// A text with paths in braces, as `kubectl -o jsonpath` prints it.
///
/// # Examples
///
/// ```
/// use kubist::jsonpath::Template;
/// use serde_json::json;
///
/// let template: Template = r#"{range .items[*]}{.name}: {.replicas}{"\n"}{end}"#.parse()?;
/// let list = json!({"items": [{"name": "front", "replicas": 3}, {"name": "back"}]});
/// assert_eq!(template.print(&list)?, "front: 3\nback: \n");
/// assert!(template.strict().print(&list).unwrap_err().is_invalid());
/// # Ok::<(), kubist::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Template {
    template: jsonpath::Template,
    text: String,
    strict: bool,
}

impl Template {
    /// Makes it an error when a member is missing.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// The text, with the values of an object in it.
    ///
    /// # Errors
    ///
    /// As [`JsonPath::find`].
    pub fn print(&self, object: &impl Serialize) -> Result<String> {
        let printed = self.template.print(&value(object)?, self.strict);
        printed.map_err(|why| Error::invalid(why).during(format!("template {:?}", self.text)))
    }
}

/// # Errors
///
/// What is wrong with the template.
impl FromStr for Template {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match jsonpath::Template::parse(text) {
            Ok(template) => Ok(Self { template, text: text.to_owned(), strict: false }),
            Err(why) => Err(Error::invalid(why).during(format!("template {text:?}"))),
        }
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Template({:?})", self.text)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn paths_may_stand_in_braces_and_tell_what_is_wrong() {
        let object = json!({"a": [{"b": 1.0}, {"b": "x"}]});
        for path in [".a[*].b", "{.a[*].b}"] {
            let path: JsonPath = path.parse().unwrap();
            assert_eq!(path.find(&object).unwrap(), [json!(1.0), json!("x")]);
            assert_eq!(path.text(&object).unwrap().as_deref(), Some("1"));
        }
        let outside: JsonPath = ".a[7]".parse().unwrap();
        let error = outside.find(&object).unwrap_err();
        assert_eq!(format!("{error:#}"), "path \".a[7]\": array index out of bounds: index 7, length 2");
        assert_eq!(outside.text(&object).unwrap(), None);
        assert_eq!(
            format!("{:#}", ".a[".parse::<JsonPath>().unwrap_err()),
            "path \".a[\": unterminated array"
        );
        assert!("{.a".parse::<Template>().unwrap_err().is_invalid());
    }
}
