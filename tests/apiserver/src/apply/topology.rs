//! Pure: how the parts of an object merge.

use std::sync::{Arc, LazyLock};

use kubist_structural::node::{ListType, Node};
use serde_json::{Map, Value};

use crate::builtin::shape;
use crate::builtin::types::{self, Field, ListTopology, Struct, Type};
use crate::kinds::{Kind, StructId};

static METADATA: LazyLock<Option<&Struct>> =
    LazyLock::new(|| types::find("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta").map(types::get));

/// What tells how objects of a kind merge.
#[derive(Clone, Debug)]
pub(crate) enum Rules {
    /// The schema of a custom resource.
    Custom(Arc<Node>),
    /// The Go struct of a built-in kind.
    BuiltIn(StructId),
}

/// The rules by which objects of `kind` merge.
pub(crate) fn of(kind: &Kind) -> Rules {
    match (&kind.custom, kind.ty) {
        (Some(custom), _) => Rules::Custom(custom.schema.shared_root()),
        (None, Some(id)) => Rules::BuiltIn(id),
        (None, None) => Rules::Custom(Arc::default()),
    }
}

impl Rules {
    /// An object without any content, as the first write of one finds it.
    pub(crate) fn nothing(&self) -> Value {
        let nothing = Value::Object(Map::new());
        match self {
            Self::Custom(_) => nothing,
            Self::BuiltIn(id) => shape::shape(types::get(*id), nothing),
        }
    }
}

/// How the items of a list are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List<'a> {
    Atomic,
    Set,
    Map(&'a [String]),
}

/// A place in an object, with what its type says about merging.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Topology<'a> {
    place: Place<'a>,
    root: bool,
    /// Whether even an object without any content has this struct.
    present: bool,
}

#[derive(Clone, Copy, Debug)]
enum Place<'a> {
    /// In a custom resource; without a schema everything is a map.
    Custom(Option<&'a Node>),
    Struct {
        of: &'static Struct,
        atomic: bool,
    },
    /// A value of a built-in kind that is no struct. The field is the one that holds it itself.
    Value {
        ty: &'static Type,
        field: Option<&'static Field>,
    },
    /// A field that no struct has.
    Unknown,
}

impl Place<'_> {
    fn value(ty: &'static Type, field: Option<&'static Field>) -> Self {
        match ty {
            Type::Struct(id) => {
                let of = types::get(*id);
                Self::Struct { of, atomic: field.map_or(of.atomic, Field::is_atomic) }
            }
            _ => Self::Value { ty, field },
        }
    }
}

impl<'a> Topology<'a> {
    /// A whole object.
    pub(crate) fn root(rules: &'a Rules) -> Self {
        let place = match rules {
            Rules::Custom(schema) => Place::Custom(Some(schema)),
            Rules::BuiltIn(id) => Place::Struct { of: types::get(*id), atomic: false },
        };
        Self { place, root: true, present: true }
    }

    fn inner(place: Place<'a>) -> Self {
        Self { place, root: false, present: false }
    }

    pub(crate) fn field(self, name: &str) -> Self {
        match self.place {
            Place::Custom(_) if self.root && name == "metadata" => {
                let metadata = METADATA.map(|of| Place::Struct { of, atomic: false });
                Self::inner(metadata.unwrap_or(Place::Unknown))
            }
            Place::Custom(schema) => Self::inner(Place::Custom(schema.and_then(|schema| schema.field(name)))),
            Place::Struct { of, .. } => match of.field(name) {
                Some(field) => Self {
                    place: Place::value(&field.ty, Some(field)),
                    root: false,
                    present: self.present && is_always_there(field) && !field.pointer,
                },
                None => Self::inner(Place::Unknown),
            },
            Place::Value { ty: Type::Map(member), .. } => Self::inner(Place::value(member, None)),
            Place::Value { .. } | Place::Unknown => Self::inner(Place::Unknown),
        }
    }

    pub(crate) fn items(self) -> Self {
        Self::inner(match self.place {
            Place::Custom(schema) => Place::Custom(schema.and_then(|schema| schema.items.as_deref())),
            Place::Value { ty: Type::List(item), .. } => Place::value(item, None),
            Place::Struct { .. } | Place::Value { .. } | Place::Unknown => Place::Unknown,
        })
    }

    /// Whether the map is one value, not one per key.
    pub(crate) fn is_atomic_map(self) -> bool {
        match self.place {
            Place::Custom(schema) => schema.is_some_and(|schema| schema.atomic_map),
            Place::Struct { atomic, .. } => atomic,
            Place::Value { ty: Type::Map(_), field } => field.is_some_and(Field::is_atomic),
            Place::Value { ty: Type::Raw | Type::Json | Type::FieldsV1, .. } => true,
            Place::Value { .. } | Place::Unknown => false,
        }
    }

    /// Whether `name` is a key of a map rather than a field of a struct. Where a custom resource keeps unknown
    /// fields, everything is a map.
    pub(crate) fn is_map_key(self, name: &str) -> bool {
        match self.place {
            Place::Custom(Some(schema)) => {
                let open = schema.additional_schema().is_some() || schema.preserve_unknown;
                open && !self.root && !schema.properties.contains_key(name)
            }
            Place::Custom(None) => true,
            Place::Value { ty, .. } => matches!(ty, Type::Map(_)),
            Place::Struct { .. } | Place::Unknown => false,
        }
    }

    /// Whether `name` is there in every object, and so nobody sets it first.
    pub(crate) fn is_always_there(self, name: &str) -> bool {
        match self.place {
            Place::Custom(_) => self.root && name == "metadata",
            Place::Struct { of, .. } => self.present && of.field(name).is_some_and(is_always_there),
            Place::Value { .. } | Place::Unknown => false,
        }
    }

    pub(crate) fn list(self) -> List<'a> {
        match self.place {
            Place::Custom(Some(schema)) => match &schema.list_type {
                ListType::Atomic => List::Atomic,
                ListType::Set => List::Set,
                ListType::Map(keys) => List::Map(keys),
            },
            Place::Value { field: Some(field), .. } => match &field.list {
                None | Some(ListTopology::Atomic) => List::Atomic,
                Some(ListTopology::Set) => List::Set,
                Some(ListTopology::Map { keys }) => List::Map(keys),
            },
            Place::Custom(None) | Place::Struct { .. } | Place::Value { .. } | Place::Unknown => List::Atomic,
        }
    }

    /// The value of a list-map key that an item leaves out.
    pub(crate) fn default_of(self, key: &str) -> Option<&'a Value> {
        match self.items().place {
            Place::Custom(schema) => schema?.properties.get(key)?.default.as_ref(),
            Place::Struct { of, .. } => of.field(key)?.default.as_ref(),
            Place::Value { .. } | Place::Unknown => None,
        }
    }
}

/// Whether a struct without any content shows the field: a struct, or null, which is as good.
fn is_always_there(field: &Field) -> bool {
    match &field.ty {
        Type::Struct(_) if !field.pointer => !field.omitzero,
        _ => !field.omitempty && !field.omitzero,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(api_version: &str, kind: &str) -> Rules {
        Rules::BuiltIn(types::find(&types::of_gvk(api_version, kind).unwrap().openapi).unwrap())
    }

    #[test]
    fn built_in_kinds_merge_as_their_structs_say() {
        let rules = root("apps/v1", "Deployment");
        let spec = Topology::root(&rules).field("spec");
        let pod = spec.field("template").field("spec");
        let name = ["name".to_owned()];
        assert_eq!(pod.field("containers").list(), List::Map(&name));
        let ports = pod.field("containers").items().field("ports");
        assert_eq!(ports.default_of("protocol"), Some(&"TCP".into()));
        assert!(spec.field("selector").is_atomic_map() && pod.field("nodeSelector").is_atomic_map());
        assert_eq!(pod.field("tolerations").list(), List::Atomic);
        assert!(Topology::root(&rules).field("metadata").field("labels").is_map_key("app"));
    }

    #[test]
    fn only_what_an_empty_object_shows_is_always_there() {
        let rules = root("apps/v1", "Deployment");
        let spec = Topology::root(&rules).field("spec");
        let pod = spec.field("template").field("spec");
        assert!(spec.is_always_there("template") && spec.is_always_there("strategy"));
        assert!(!spec.is_always_there("replicas"));
        assert!(pod.is_always_there("containers") && !pod.is_always_there("volumes"));
        assert!(!pod.field("containers").items().is_always_there("resources"));
    }
}
