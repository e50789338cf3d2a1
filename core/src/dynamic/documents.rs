// Pure: no clock, no waiting.
//! Objects of any kind in files: YAML or JSON, one or many.

use serde_json::Value;

use super::DynamicObject;
use crate::crd::write_document;
use crate::error::{Error, Result};
use crate::resource::Object;

/// The objects in a text of YAML or JSON: any number of documents, of any kinds, in their order.
///
/// Documents of YAML are separated by `---`, those of JSON by nothing. Empty ones are skipped, and a `List` is the
/// objects in it. YAML is read as kubectl reads it: `yes` and `n` are booleans and `0644` is octal, unless they are quoted.
///
/// # Errors
///
/// Where the text is not YAML, with line and column; where a document is no Kubernetes object, with its number.
///
/// # Examples
///
/// ```
/// let text = "
/// apiVersion: v1
/// kind: Namespace
/// metadata: {name: shop}
/// ---
/// apiVersion: example.com/v1
/// kind: Website
/// metadata: {name: front, namespace: shop}
/// spec: {bucket: gs://a}
/// ";
/// let objects = kubist::dynamic::from_yaml(text)?;
/// assert_eq!(objects[1]["spec"]["bucket"], "gs://a");
/// assert_eq!(kubist::dynamic::from_yaml(&kubist::dynamic::to_yaml(&objects))?, objects);
/// let error = kubist::dynamic::from_yaml("kind: [").unwrap_err();
/// assert!(error.to_string().contains("line 1"));
/// # Ok::<(), kubist::Error>(())
/// ```
pub fn from_yaml(text: &str) -> Result<Vec<DynamicObject>> {
    let text = text.trim_start_matches('\u{feff}');
    let json =
        text.trim_start().starts_with('{').then(|| serde_json::Deserializer::from_str(text).into_iter());
    let documents: Vec<Value> = match json.map(Iterator::collect::<serde_json::Result<Vec<Value>>>) {
        Some(Ok(documents)) => documents,
        // A mapping of YAML may begin with a brace too.
        Some(Err(error)) => yaml(text).map_err(|_| Error::decode("the text", &error))?,
        None => yaml(text).map_err(|error| broken(&error))?,
    };
    let mut objects = Vec::with_capacity(documents.len());
    for (position, document) in documents.into_iter().enumerate().filter(|(_, document)| !document.is_null())
    {
        let added = add(document, &mut objects);
        added.map_err(|error| error.during(format!("read document {}", position + 1)))?;
    }
    Ok(objects)
}

/// As kubectl reads it, which is YAML 1.1 in what it takes for numbers and booleans.
fn yaml(text: &str) -> Result<Vec<Value>, serde_saphyr::Error> {
    // A bundle of definitions is longer than the parser's own limits allow; what aliases may unfold stays limited.
    let options = serde_saphyr::options! {
        legacy_octal_numbers: true,
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: 100_000 },
        budget: serde_saphyr::budget! { max_documents: 100_000, max_nodes: 10_000_000, max_events: 40_000_000 },
    };
    serde_saphyr::from_multiple_with_options(text, options)
}

/// What is wrong with YAML, and where; never what it holds.
fn broken(error: &serde_saphyr::Error) -> Error {
    let place = error.location().map(|place| format!(" (line {}, column {})", place.line(), place.column()));
    Error::invalid(format!("the text is not valid YAML{}", place.unwrap_or_default()))
}

fn add(document: Value, objects: &mut Vec<DynamicObject>) -> Result<()> {
    let mut object: DynamicObject =
        serde_json::from_value(document).map_err(|error| Error::decode("object", &error))?;
    for (name, value) in [("apiVersion", &object.api_version), ("kind", &object.kind)] {
        if value.is_empty() {
            return Err(Error::invalid(format!("the object has no {name}")));
        }
    }
    let is_list = object.kind.ends_with("List") && object.metadata.name.is_none();
    match object.data.remove("items") {
        Some(Value::Array(items)) if is_list => {
            let item_kind = object.kind.trim_end_matches("List");
            for (position, item) in items.into_iter().enumerate() {
                let item = typed(item, &object.api_version, item_kind);
                let added = item.and_then(|item| add(item, objects));
                added.map_err(|error| error.during(format!("read item {}", position + 1)))?;
            }
        }
        Some(items) => {
            object.data.insert("items".to_owned(), items);
            objects.push(object);
        }
        None if is_list => {}
        None => objects.push(object),
    }
    Ok(())
}

/// An item of a list of one kind may come without it.
fn typed(item: Value, api_version: &str, kind: &str) -> Result<Value> {
    if kind.is_empty() || item.get("kind").is_some() {
        return Ok(item);
    }
    let mut item: DynamicObject =
        serde_json::from_value(item).map_err(|error| Error::decode("object", &error))?;
    item.adopt_type(api_version, kind);
    serde_json::to_value(item).map_err(|_| Error::invalid("the object cannot be written as JSON"))
}

/// Objects as YAML: one document each, every one after a line `---`, with their keys in alphabetical order.
#[must_use]
pub fn to_yaml(objects: &[DynamicObject]) -> String {
    let mut yaml = String::new();
    for json in objects.iter().map(value) {
        write_document(&mut yaml, &json);
    }
    yaml
}

/// Objects as JSON: one document in each line.
#[must_use]
pub fn to_json(objects: &[DynamicObject]) -> String {
    objects.iter().map(|object| format!("{}\n", value(object))).collect()
}

fn value(object: &DynamicObject) -> Value {
    serde_json::to_value(object).expect("all keys of an object are strings")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        from_yaml(text).unwrap().iter().map(|object| format!("{object:?}")).collect()
    }

    #[test]
    fn documents_are_read_in_order_and_empty_ones_are_skipped() {
        let yaml = "---\n# nothing\n---\n{apiVersion: v1, kind: Pod, metadata: {name: a}}\n---\n---\n\
            apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: b\n  namespace: shop\n";
        assert_eq!(names(yaml), ["v1 Pod \"a\"", "apps/v1 Deployment \"shop/b\""]);
        assert!(names("").is_empty() && names("# only this\n").is_empty());
        let json = r#"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"b"}}"#;
        assert_eq!(names(json), ["v1 Pod \"a\"", "v1 Pod \"b\""]);
        assert_eq!(names("{apiVersion: v1, kind: Pod, metadata: {name: a}}"), ["v1 Pod \"a\""]);
    }

    #[test]
    fn a_list_is_what_is_in_it() {
        let list = "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: a}}\n\
            - apiVersion: v1\n  kind: ConfigMapList\n  items: [{metadata: {name: b}}]\n";
        assert_eq!(names(list), ["v1 Pod \"a\"", "v1 ConfigMap \"b\""]);
        assert!(names("apiVersion: v1\nkind: PodList\n").is_empty());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place_and_without_its_values() {
        for (text, expected) in [
            ("a: b\n c: [", "the text is not valid YAML (line 2"),
            ("kind: Pod\nkind: Pod\n", "the text is not valid YAML (line 2"),
            ("apiVersion: v1\nkind: Pod\n---\nkind: Pod\n", "read document 2: the object has no apiVersion"),
            ("apiVersion: v1\nmetadata: {}\n", "read document 1: the object has no kind"),
            ("- hunter2\n", "read document 1: object cannot be decoded: a value does not fit"),
            ("{\"kind\": hunter2 ]", "the text cannot be decoded: it is not JSON (line 1"),
        ] {
            let error = format!("{:#}", from_yaml(text).unwrap_err());
            assert!(error.starts_with(expected) && !error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn numbers_and_booleans_are_those_of_kubectl() {
        let text =
            "{apiVersion: v1, kind: A, mode: 0644, on: yes, quoted: '0644', no: 'n', int: 7, float: 1.5}";
        let object = &from_yaml(text).unwrap()[0];
        let expected = serde_json::json!({
            "mode": 420, "on": true, "quoted": "0644", "no": "n", "int": 7, "float": 1.5,
        });
        assert_eq!(Value::Object(object.data.clone()), expected);
        assert_eq!(&from_yaml(&to_yaml(std::slice::from_ref(object))).unwrap()[0], object);
    }

    #[test]
    fn a_long_file_is_read_and_one_that_unfolds_without_end_is_not() {
        let one =
            |number: usize| format!("---\n{{apiVersion: v1, kind: Pod, metadata: {{name: p{number}}}}}\n");
        let many: String = (0..2000).map(one).collect();
        assert_eq!(from_yaml(&many).unwrap().len(), 2000);
        let mut bomb = "kind: A\napiVersion: v1\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
        for level in 1..10 {
            let last = vec![format!("*a{}", level - 1); 10].join(",");
            bomb.push_str(&format!("a{level}: &a{level} [{last}]\n"));
        }
        assert!(from_yaml(&bomb).unwrap_err().to_string().starts_with("the text is not valid YAML"));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: 'yes', b: \"1\\n2\"}\n";
        let objects = from_yaml(text).unwrap();
        assert_eq!(from_yaml(&to_yaml(&objects)).unwrap(), objects);
        assert_eq!(from_yaml(&to_json(&[objects.clone(), objects.clone()].concat())).unwrap().len(), 2);
    }
}
