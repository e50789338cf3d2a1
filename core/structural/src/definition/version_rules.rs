//! Pure: the rules of one version of a definition.

use serde_json::Value;

use crate::definition::columns;
use crate::definition::dump;
use crate::field_error::FieldError;
use crate::rules::structural;

type Errors = Vec<FieldError>;

/// Checks a schema that stands at `path`, which names the part above `openAPIV3Schema`.
pub(crate) fn check_schema(schema: &Value, path: &str, has_status: bool, errors: &mut Errors) {
    let here = format!("{path}.openAPIV3Schema");
    if has_status {
        check_status_root(schema, &here, errors);
    }
    errors.extend(structural::check(schema, &here));
}

/// Checks what a version has besides its schema, below `path`.
pub(crate) fn check_parts(version: &Value, path: &str, parts: Parts, errors: &mut Errors) {
    if parts.subresources {
        columns::check_subresources(version, path, errors);
    }
    if parts.columns {
        columns::check_columns(version, path, errors);
    }
    if parts.selectable {
        columns::check_selectable(version, path, errors);
    }
}

/// Which parts stand in one place: those that all versions share are checked once, at the top.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parts {
    pub(crate) schema: bool,
    pub(crate) subresources: bool,
    pub(crate) columns: bool,
    pub(crate) selectable: bool,
}

impl Parts {
    /// The parts that are the same in all versions.
    pub(crate) fn shared(versions: &[Value]) -> Self {
        let same = |part: &str| {
            let first = versions.first().and_then(|version| version.get(part));
            !versions.is_empty() && versions.iter().all(|version| version.get(part) == first)
        };
        Self {
            schema: same("schema"),
            subresources: same("subresources"),
            columns: same("additionalPrinterColumns"),
            selectable: same("selectableFields"),
        }
    }

    pub(crate) fn others(self) -> Self {
        Self {
            schema: !self.schema,
            subresources: !self.subresources,
            columns: !self.columns,
            selectable: !self.selectable,
        }
    }
}

pub(crate) fn has_status(version: &Value) -> bool {
    version
        .get("subresources")
        .and_then(|subresources| subresources.get("status"))
        .is_some_and(|status| !status.is_null())
}

/// The warning of a deprecated version is one line of printable text.
pub(crate) fn check_deprecation(version: &Value, path: &str, errors: &mut Errors) {
    const LONGEST: usize = 256;
    let Some(warning) = version.get("deprecationWarning").and_then(Value::as_str) else {
        return;
    };
    let path = format!("{path}.deprecationWarning");
    let mut wrong = |why: String| errors.push(FieldError::invalid(&path, warning, why));
    if version.get("deprecated") != Some(&Value::Bool(true)) {
        wrong("can only be set for deprecated versions".to_owned());
        return;
    }
    if warning.len() > LONGEST {
        wrong(format!("must be <= {LONGEST} characters long"));
    }
    if warning.is_empty() {
        wrong("must not be an empty string".to_owned());
    }
    // Control characters, and the spaces that show nothing.
    let is_hidden =
        |c: char| c.is_control() || (c != ' ' && c.is_whitespace()) || ('\u{200b}'..='\u{200f}').contains(&c);
    if let Some((index, _)) = warning.char_indices().find(|(_, c)| is_hidden(*c)) {
        wrong(format!(
            "must only contain printable UTF-8 characters; non-printable character found at index {index}"
        ));
    }
}

/// With the status subresource, the root of the schema may hold only some keywords.
fn check_status_root(schema: &Value, path: &str, errors: &mut Errors) {
    let Some(map) = schema.as_object() else {
        return;
    };
    for (keyword, allowed) in dump::KEYWORDS {
        let Some(value) = map.get(keyword).filter(|value| !dump::is_zero(value)) else {
            continue;
        };
        if keyword == "type" {
            if value != "object" {
                let why = "only \"object\" is allowed as the type at the root of the schema if the status subresource is enabled";
                errors.push(FieldError::invalid(&format!("{path}.type"), value.clone(), why));
                return;
            }
        } else if !allowed {
            let allowed = "[Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations]";
            let why = format!(
                "only {allowed} fields are allowed at the root of the schema if the status subresource is enabled"
            );
            errors.push(FieldError::invalid_as(path, dump::schema(schema), why));
            return;
        }
    }
}
