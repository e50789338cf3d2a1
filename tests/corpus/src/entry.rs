//! One entry of the corpus: the type, its schema, and what the server says to values.

use std::fmt;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use kubist::Client;
use kubist::crd::CustomResourceDefinition;
use serde_json::{Map, Value, json};

use crate::kind::Kind;
use crate::typed::{Of, Sample, Typed};

/// A shape: its type, the schema it must give, and what the server must say to values.
///
/// All JSON here is that of the `spec` of an object, or of its `status` where the entry is about that.
#[derive(Clone)]
pub struct Entry {
    kind: &'static str,
    schema: Value,
    says: Vec<(&'static str, Value)>,
    steps: Vec<Step>,
    loose: Option<&'static str>,
    definition: Option<fn() -> CustomResourceDefinition>,
    typed: Arc<dyn Typed>,
}

/// Something that the server does with JSON.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Step {
    /// What is created is stored like this.
    Stores {
        /// What is sent.
        given: Value,
        /// What is read.
        stored: Value,
    },
    /// What is created is refused, with this field among the causes.
    Refuses {
        /// What is sent.
        given: Value,
        /// The path of the field, from the root.
        field: String,
    },
    /// A replacement of what is there is accepted, or refused with this field among the causes.
    Updates {
        /// What is there.
        from: Value,
        /// What it is replaced by.
        to: Value,
        /// The path of the field that must not change, from the root.
        refused: Option<String>,
    },
    /// What two managers apply is there in the end.
    Merges {
        /// What the first applies.
        first: Value,
        /// What the second applies.
        second: Value,
        /// What is read.
        stored: Value,
    },
    /// What the second manager applies is a conflict with the first.
    Conflicts {
        /// What the first applies.
        first: Value,
        /// What the second applies.
        second: Value,
    },
    /// What is applied is refused, with this field among the causes.
    RefusesApply {
        /// What is applied.
        given: Value,
        /// The path of the field, from the root.
        field: String,
    },
}

impl Entry {
    /// The entry of this kind, with values that must be accepted.
    pub(crate) fn new<K: Kind>(accepted: impl Into<Vec<K::Part>>) -> Self {
        Self {
            kind: K::META.kind,
            schema: json!({"type": "object"}),
            says: Vec::new(),
            steps: Vec::new(),
            loose: None,
            definition: None,
            typed: Arc::new(Of::<K>::new(accepted.into())),
        }
    }

    /// Expects a required field of this schema.
    pub(crate) fn field(mut self, name: &str, schema: Value) -> Self {
        let required = &mut self.schema["required"];
        match required {
            Value::Array(names) => {
                names.push(name.into());
                names.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
            }
            _ => *required = json!([name]),
        }
        self.optional(name, schema)
    }

    /// Expects a field of this schema that is not required.
    pub(crate) fn optional(mut self, name: &str, schema: Value) -> Self {
        self.schema["properties"][name] = schema;
        self
    }

    /// Expects further keywords beside the fields.
    pub(crate) fn keywords(mut self, keywords: Value) -> Self {
        let (Value::Object(schema), Value::Object(keywords)) = (&mut self.schema, keywords) else {
            unreachable!("keywords are an object")
        };
        schema.extend(keywords);
        self
    }

    /// Expects nothing of the schema as a whole: it is too large to be written here.
    pub(crate) fn any_schema(mut self) -> Self {
        self.schema = Value::Null;
        self
    }

    /// Expects this at a place of the definition, named by a JSON pointer.
    pub(crate) fn says(mut self, pointer: &'static str, value: Value) -> Self {
        self.says.push((pointer, value));
        self
    }

    /// The definition is made of several versions.
    pub(crate) fn defined_by(mut self, definition: fn() -> CustomResourceDefinition) -> Self {
        self.definition = Some(definition);
        self
    }

    /// The schema takes more than the type reads, for this reason.
    pub(crate) fn looser_than_the_type(mut self, reason: &'static str) -> Self {
        self.loose = Some(reason);
        self
    }

    /// The first accepted value with another member is refused, and the member named.
    pub(crate) fn refuses(self, member: &str, value: Value) -> Self {
        let field = format!("{}.{member}", self.part());
        self.refuses_at(&field, member, value)
    }

    /// The first accepted value with another member is refused, and this field named.
    pub(crate) fn refuses_at(self, field: &str, member: &str, value: Value) -> Self {
        let mut given = self.typed.accepted().swap_remove(0);
        given[member] = value;
        self.refuses_spec(field, given)
    }

    /// This is refused, and this field named.
    pub(crate) fn refuses_spec(self, field: &str, given: Value) -> Self {
        self.step(Step::Refuses { given, field: field.to_owned() })
    }

    /// This is stored as it is sent.
    pub(crate) fn keeps(self, given: Value) -> Self {
        self.step(Step::Stores { stored: given.clone(), given })
    }

    /// The one is stored as the other.
    pub(crate) fn stores(self, given: Value, stored: Value) -> Self {
        self.step(Step::Stores { given, stored })
    }

    /// Something else that the server does.
    pub(crate) fn step(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }
}

impl Entry {
    /// The number of the shape, `A01` to `A122`.
    #[must_use]
    pub fn id(&self) -> &'static str {
        let digits = self.kind[1..].bytes().take_while(u8::is_ascii_digit).count();
        &self.kind[..=digits]
    }

    /// The kind: the number, and a word where a shape has several entries.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// The definition that the derive makes.
    #[must_use]
    pub fn definition(&self) -> CustomResourceDefinition {
        self.definition.map_or_else(|| self.typed.definition(), |definition| definition())
    }

    /// The field of the root that the entry is about: `spec`, or `status`.
    #[must_use]
    pub fn part(&self) -> &'static str {
        self.typed.part()
    }

    /// The schema that it must have for that field; `None` when it is too large to be written here.
    #[must_use]
    pub fn schema(&self) -> Option<&Value> {
        Some(&self.schema).filter(|schema| !schema.is_null())
    }

    /// What else the definition must say, by JSON pointers.
    #[must_use]
    pub fn statements(&self) -> &[(&'static str, Value)] {
        &self.says
    }

    /// What the server must do, with what follows from the schema: a required field that is absent is named.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = self.steps.clone();
        let accepted = self.typed.accepted();
        let names = self.schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        for name in names {
            let mut given: Map<String, Value> =
                accepted.first().and_then(Value::as_object).cloned().unwrap_or_default();
            given.remove(name);
            steps.push(Step::Refuses { given: given.into(), field: format!("{}.{name}", self.part()) });
        }
        steps
    }

    /// Why the schema takes more than the type reads, if it does.
    #[must_use]
    pub fn loose(&self) -> Option<&'static str> {
        self.loose
    }

    /// The values that must be accepted.
    #[must_use]
    pub fn accepted(&self) -> Vec<Value> {
        self.typed.accepted()
    }

    /// Writes the values that must be accepted through the typed client, by create, replace and apply, and compares
    /// what comes back.
    ///
    /// # Errors
    ///
    /// What the server refused, or what came back different.
    pub fn write<'a>(&'a self, client: &'a Client, namespace: &'a str) -> BoxFuture<'a, Result<(), String>> {
        self.typed.write(client, namespace)
    }

    /// Sends JSON through the Rust type: what is written after reading it.
    ///
    /// # Errors
    ///
    /// When the type does not read it.
    pub fn decode(&self, value: &Value) -> Result<Value, String> {
        self.typed.decode(value)
    }

    /// The random value that these bytes stand for; `None` when there are too few.
    #[must_use]
    pub fn random(&self, bytes: &[u8]) -> Option<Sample> {
        self.typed.random(bytes)
    }
}

/// In one line.
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stores { given, stored } => write!(f, "{given} is stored as {stored}"),
            Self::Refuses { given, field } => write!(f, "{given} is refused at {field}"),
            Self::Updates { from, to, refused: None } => write!(f, "{from} becomes {to}"),
            Self::Updates { from, to, refused: Some(field) } => {
                write!(f, "{from} must not become {to}: refused at {field}")
            }
            Self::Merges { first, second, stored } => {
                write!(f, "{first} and {second} are applied, {stored} is stored")
            }
            Self::Conflicts { first, second } => write!(f, "{first} and {second} are in conflict"),
            Self::RefusesApply { given, field } => write!(f, "{given} is applied, and refused at {field}"),
        }
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind)
    }
}
