//! Pure: what the types of a kind tell a strategic merge.

use crate::builtin::types::{self, Field, Struct, Type};
use crate::strategic::Failure;

/// The type of a value that is merged.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Meta {
    Struct(&'static Struct),
    /// A type without fields, by Go's name of its kind.
    Other(&'static str),
}

/// How a field is merged.
#[derive(Debug)]
pub(super) struct FieldMeta {
    /// The type of the field, or of its elements.
    pub(super) meta: Meta,
    pub(super) merge: bool,
    /// Empty, if it has none.
    pub(super) merge_key: String,
}

impl Meta {
    fn of(ty: &Type) -> Self {
        match ty {
            Type::Struct(id) => Self::Struct(types::get(*id)),
            Type::List(_) | Type::Bytes => Self::Other("slice"),
            Type::Map(_) => Self::Other("map"),
            Type::String => Self::Other("string"),
            Type::Bool => Self::Other("bool"),
            Type::Int32 => Self::Other("int32"),
            Type::Int64 => Self::Other("int64"),
            Type::Float64 => Self::Other("float64"),
            _ => Self::Other("struct"),
        }
    }

    /// Go's name for the kind of the type.
    pub(super) fn go_kind(self) -> &'static str {
        match self {
            Self::Struct(_) => "struct",
            Self::Other(kind) => kind,
        }
    }

    fn field(self, key: &str) -> Result<&'static Field, Failure> {
        let Self::Struct(of) = self else {
            let kind = self.go_kind();
            return Err(Failure::other(format!(
                "merging an object in json but data type is not struct, instead is: {kind}"
            )));
        };
        of.field(key).or_else(|| of.fields().find(|field| field.json.eq_ignore_ascii_case(key))).ok_or_else(
            || {
                let name = &of.name;
                Failure::other(format!(
                    "unable to find api field in struct {name} for the json field \"{key}\""
                ))
            },
        )
    }

    /// A field that holds a struct or a map.
    pub(super) fn of_map(self, key: &str) -> Result<FieldMeta, Failure> {
        let field = self.field(key)?;
        Ok(FieldMeta::new(field, Self::of(&field.ty)))
    }

    /// A field that holds a list; the type is that of its elements.
    pub(super) fn of_list(self, key: &str) -> Result<FieldMeta, Failure> {
        let field = self.field(key)?;
        match &field.ty {
            Type::List(item) if matches!(**item, Type::List(_) | Type::Bytes) => {
                Err(Failure::other("unexpected slice of slice".to_owned()))
            }
            Type::List(item) => Ok(FieldMeta::new(field, Self::of(item))),
            _ if field.pointer => Ok(FieldMeta::new(field, Self::of(&field.ty))),
            _ => {
                let kind = self.go_kind();
                Err(Failure::other(format!("expected slice or array type, but got: {kind}")))
            }
        }
    }
}

impl FieldMeta {
    fn new(field: &Field, meta: Meta) -> Self {
        Self { meta, merge: field.merge, merge_key: field.merge_key.clone().unwrap_or_default() }
    }
}
