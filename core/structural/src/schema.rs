// Pure:
//! A schema, ready to be used on objects.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::field_error::{FieldError, Problem, child};
use crate::metadata;
use crate::node::Node;
use crate::number;
use crate::rules::keywords;
use crate::rules::structural;
use crate::validations::Validations;
use crate::value::defaults;
use crate::value::embedded;
use crate::value::prune;
use crate::value::scale::{self, ScalePaths};
use crate::value::validate;

/// A schema that the API server would take, ready to do with objects what the server does with them.
///
/// An object is a whole resource, with `apiVersion`, `kind`, `metadata` and what the schema describes.
/// [`create`](Self::create), [`update`](Self::update), [`update_status`](Self::update_status) and
/// [`apply`](Self::apply) do with one what the server does, and take anything that serialises; each of the server's
/// steps has a method of its own, for JSON.
///
/// ```
/// use kubist_structural::StructuralSchema;
/// use serde_json::json;
///
/// let schema = StructuralSchema::new(&json!({
///     "type": "object",
///     "properties": { "spec": {
///         "type": "object",
///         "required": ["bucket"],
///         "properties": {
///             "bucket": { "type": "string", "pattern": "^gs://" },
///             "replicas": { "type": "integer", "default": 1, "maximum": 100 },
///         },
///     }},
/// }))
/// .unwrap();
///
/// let written = schema.create(&json!({ "spec": { "bucket": "gs://a", "colour": "red" } })).unwrap();
/// assert_eq!(written.object["spec"], json!({ "bucket": "gs://a", "replicas": 1 }));
/// assert_eq!(written.pruned, ["spec.colour"]);
///
/// let errors = schema.create(&json!({ "spec": { "bucket": "s3://a", "replicas": 101 } })).unwrap_err();
/// assert_eq!(
///     errors[0].to_string(),
///     r#"spec.bucket: Invalid value: "s3://a": spec.bucket in body should match '^gs://'"#,
/// );
/// assert_eq!(errors[1].field, "spec.replicas");
/// ```
///
/// What the server does with `metadata` is done as far as it does not depend on the kind: unknown fields go, labels and
/// annotations are judged. Names, versions and what the server itself fills in are not.
#[derive(Clone, Debug)]
pub struct StructuralSchema {
    root: Arc<Node>,
    rules: Option<Arc<Validations>>,
    has_status: bool,
    scale: Option<ScalePaths>,
}

/// An object as the server would store it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Written {
    /// The object, with its defaults.
    pub object: Value,
    /// The fields that were dropped because no schema knows them, as `spec.list[0].name`, sorted. The server warns of
    /// them, and refuses the write when it is asked to be strict.
    pub pruned: Vec<String>,
    /// What the server warns of besides: rules that fail for what was there before.
    pub warnings: Vec<String>,
}

/// What the server says about an object.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Verdict {
    /// Why it refuses the object; nothing when it takes it.
    pub errors: Vec<FieldError>,
    /// What it warns of: rules that fail for what was there before.
    pub warnings: Vec<String>,
}

impl Written {
    /// The object as its type, as a client would read it back.
    ///
    /// # Errors
    /// What keeps the type from reading it.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        T::deserialize(&self.object)
    }
}

impl StructuralSchema {
    /// Reads a schema as it stands under `openAPIV3Schema`.
    ///
    /// # Errors
    /// Everything for which the server would refuse a definition with this schema.
    pub fn new(schema: &Value) -> Result<Self, Vec<FieldError>> {
        const PATH: &str = "openAPIV3Schema";
        let mut schema = schema.clone();
        if let Value::Object(map) = &mut schema
            && let Err(why) = keywords::tidy(map, PATH)
        {
            return Err(vec![FieldError::invalid_silent(PATH, why)]);
        }
        let errors = structural::check(&schema, PATH);
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Self::trusted(&schema))
    }

    /// Reads a schema that a server has taken already, without judging it.
    #[must_use]
    pub fn trusted(schema: &Value) -> Self {
        let root = Node::parse(schema);
        let rules = Validations::of(&root, true).map(Arc::new);
        Self { root: Arc::new(root), rules, has_status: false, scale: None }
    }

    /// The schema of a kind whose status is a subresource: `create` and `update` do not write it then.
    #[must_use]
    pub fn with_status(self) -> Self {
        Self { has_status: true, ..self }
    }

    /// The schema of a kind with a scale, whose counts are judged too.
    #[must_use]
    pub fn with_scale(self, paths: ScalePaths) -> Self {
        Self { scale: Some(paths), ..self }
    }

    /// The root of the tree, for those who want to look at the schema themselves.
    #[must_use]
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The same, to keep.
    #[must_use]
    pub fn shared_root(&self) -> Arc<Node> {
        Arc::clone(&self.root)
    }

    /// What the schema asks for and cannot be judged here: patterns that are too large, rules whose expressions cannot be
    /// read. Each is named with its place in the schema and the reason. The other methods pass over such patterns, and
    /// report such rules as mistakes of the object, as the server does with a rule that it cannot read.
    #[must_use]
    pub fn unchecked(&self) -> Vec<FieldError> {
        const PATH: &str = "openAPIV3Schema";
        let mut found = Vec::new();
        self.root.broken_patterns(PATH, &mut found);
        if let Some(rules) = &self.rules {
            rules.broken(PATH, &mut found);
        }
        found
    }

    /// Drops what the schema does not know, and returns the paths of what went, sorted.
    pub fn prune(&self, object: &mut Value) -> Vec<String> {
        let mut unknown = prune::prune(object, &self.root);
        unknown.extend(embedded::prune(object, &self.root, ""));
        unknown.sort();
        unknown
    }

    /// Drops the nulls that the schema does not allow and for which it has no default. The server does so before it
    /// fills in the defaults, but not for what is applied (server-side apply): there such a null is a mistake.
    pub fn drop_nulls(&self, object: &mut Value) {
        defaults::drop_nulls(object, &self.root);
    }

    /// Fills in the defaults: where a field is missing, and where it is null but may not be. A default below a field
    /// that is missing itself is not filled in.
    pub fn default(&self, object: &mut Value) {
        defaults::apply_defaults(object, &self.root);
    }

    /// What is wrong with an object; nothing when it is valid.
    #[must_use]
    pub fn validate(&self, object: &Value) -> Vec<FieldError> {
        self.whole(object, None).errors
    }

    /// What is wrong with an object that replaces `old`. The server does not judge again what has not changed.
    #[must_use]
    pub fn validate_update(&self, object: &Value, old: &Value) -> Vec<FieldError> {
        self.whole(object, Some(old)).errors
    }

    /// What the server does with a new object: it prunes it, drops nulls, fills in defaults, drops the status where that
    /// is a subresource, and validates.
    ///
    /// # Errors
    /// Everything for which the server would refuse it.
    pub fn create(&self, object: &(impl Serialize + ?Sized)) -> Result<Written, Vec<FieldError>> {
        let mut written = self.read(object, true)?;
        if self.has_status {
            remove(&mut written.object, "status");
        }
        self.judged(written, None)
    }

    /// What the server does with an object that replaces `old`.
    ///
    /// # Errors
    /// Everything for which the server would refuse it.
    pub fn update(
        &self,
        object: &(impl Serialize + ?Sized),
        old: &(impl Serialize + ?Sized),
    ) -> Result<Written, Vec<FieldError>> {
        let mut written = self.read(object, true)?;
        let old = json(old)?;
        if self.has_status {
            replace(&mut written.object, "status", &old);
        }
        self.judged(written, Some(&old))
    }

    /// What the server does with an object that is written to the status subresource: only its status counts.
    ///
    /// # Errors
    /// Everything for which the server would refuse it.
    pub fn update_status(
        &self,
        object: &(impl Serialize + ?Sized),
        old: &(impl Serialize + ?Sized),
    ) -> Result<Written, Vec<FieldError>> {
        let written = self.read(object, true)?;
        let old = json(old)?;
        let mut object = old.clone();
        replace(&mut object, "status", &written.object);
        let verdict = self.judge_status(&object, &old, Vec::new());
        settled(Written { object, ..written }, verdict)
    }

    /// What the server does with an object that is made by server-side apply: as [`create`](Self::create), but nulls
    /// stay, and are refused where the schema does not allow them.
    ///
    /// # Errors
    /// Everything for which the server would refuse it.
    pub fn apply(&self, object: &(impl Serialize + ?Sized)) -> Result<Written, Vec<FieldError>> {
        let mut written = self.read(object, false)?;
        if self.has_status {
            remove(&mut written.object, "status");
        }
        self.judged(written, None)
    }

    /// What the server does with an object that comes out of its store: fields that a newer schema does not know are
    /// dropped, its defaults filled in. Nothing is validated.
    #[must_use]
    pub fn stored(&self, mut object: Value) -> Value {
        prune::prune(&mut object, &self.root);
        self.drop_nulls(&mut object);
        self.default(&mut object);
        object
    }

    fn read(
        &self,
        object: &(impl Serialize + ?Sized),
        drops_nulls: bool,
    ) -> Result<Written, Vec<FieldError>> {
        let mut object = json(object)?;
        let had_metadata = object.get("metadata").is_some();
        let mut pruned =
            metadata::coerce(&mut object).map_err(|why| vec![FieldError::invalid_silent("metadata", why)])?;
        if !had_metadata {
            remove(&mut object, "metadata");
        }
        pruned.extend(self.prune(&mut object));
        pruned.sort();
        if drops_nulls {
            self.drop_nulls(&mut object);
        }
        self.default(&mut object);
        Ok(Written { object, pruned, warnings: Vec::new() })
    }

    fn judged(&self, written: Written, old: Option<&Value>) -> Result<Written, Vec<FieldError>> {
        let verdict = self.whole(&written.object, old);
        settled(written, verdict)
    }

    fn whole(&self, object: &Value, old: Option<&Value>) -> Verdict {
        let mut errors = Vec::new();
        metadata::validate_maps(object, &mut errors);
        self.judge(object, old, errors)
    }

    /// What the server says about an object that replaces `old`, after what it has found in its metadata.
    #[must_use]
    pub fn judge(&self, object: &Value, old: Option<&Value>, earlier: Vec<FieldError>) -> Verdict {
        let mut errors = earlier;
        errors.extend(validate::validate(object, old, &self.root));
        errors.extend(self.scale.iter().flat_map(|paths| scale::check(object, paths, false)));
        embedded::validate(object, &self.root, "", &mut errors);
        if old.is_none_or(|old| validate::validate_lists(old, &self.root).is_empty()) {
            errors.extend(validate::validate_lists(object, &self.root));
        }
        self.with_rules(object, old, errors)
    }

    /// What the server says about an object of which only the status was written, after what it has found in its
    /// metadata.
    #[must_use]
    pub fn judge_status(&self, object: &Value, old: &Value, earlier: Vec<FieldError>) -> Verdict {
        let mut errors = earlier;
        if let (Some(status), Some(of_status)) = (object.get("status"), self.root.properties.get("status")) {
            for mut error in validate::validate(status, old.get("status"), of_status) {
                error.field = match error.field.as_str() {
                    "<nil>" => "status".to_owned(),
                    below => child("status", below),
                };
                errors.push(error);
            }
        }
        errors.extend(self.scale.iter().flat_map(|paths| scale::check(object, paths, true)));
        if validate::validate_lists(old, &self.root).is_empty() {
            errors.extend(validate::validate_lists(object, &self.root));
        }
        self.with_rules(object, Some(old), errors)
    }

    /// The rules are evaluated last, and not at all after mistakes that they could stumble over.
    fn with_rules(&self, object: &Value, old: Option<&Value>, mut errors: Vec<FieldError>) -> Verdict {
        let Some(rules) = &self.rules else {
            return Verdict { errors, warnings: Vec::new() };
        };
        let blocks = |problem: Problem| {
            matches!(
                problem,
                Problem::NotSupported
                    | Problem::Required
                    | Problem::TooLong
                    | Problem::TooMany
                    | Problem::TypeInvalid
            )
        };
        if errors.iter().any(|error| blocks(error.problem)) {
            let why = "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation";
            errors.push(FieldError::invalid("", Value::Null, why));
            return Verdict { errors, warnings: Vec::new() };
        }
        let found = rules.evaluate(&self.root, object, old);
        errors.extend(found.errors);
        Verdict { errors, warnings: found.warnings }
    }
}

/// The end of a write: whole floats become integers, which is how the server stores them.
fn settled(mut written: Written, verdict: Verdict) -> Result<Written, Vec<FieldError>> {
    if !verdict.errors.is_empty() {
        return Err(verdict.errors);
    }
    number::normalise(&mut written.object);
    Ok(Written { warnings: verdict.warnings, ..written })
}

fn json(object: &(impl Serialize + ?Sized)) -> Result<Value, Vec<FieldError>> {
    let wrong = |why: String| vec![FieldError::invalid_silent("", why)];
    match serde_json::to_value(object) {
        Ok(object @ Value::Object(_)) => Ok(object),
        Ok(_) => Err(wrong("must be an object".to_owned())),
        Err(why) => Err(wrong(why.to_string())),
    }
}

fn remove(object: &mut Value, name: &str) {
    if let Some(map) = object.as_object_mut() {
        map.remove(name);
    }
}

/// Takes over a member from another object, or takes it away when that has none.
fn replace(object: &mut Value, name: &str, from: &Value) {
    let members: Option<&mut Map<String, Value>> = object.as_object_mut();
    if let Some(map) = members {
        match from.get(name) {
            Some(value) => {
                map.insert(name.to_owned(), value.clone());
            }
            None => {
                map.remove(name);
            }
        }
    }
}
