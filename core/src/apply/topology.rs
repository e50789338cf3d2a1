//! Pure: how the value at a place is merged when several managers apply it, as the schema says.

use crate::schema::{Field, ListType, Node, Rules, Shape, Tagging};

/// What the schema says of one place: the type's own part, and that of the field that leads there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    node: &'static Node,
    rules: &'static Rules,
    /// Whether it has no way to be absent: an item, the value of a map or of a variant. There `None` is null.
    always_there: bool,
}

impl Place {
    /// The root of a type.
    pub(crate) const fn root(node: &'static Node) -> Self {
        Self { node, rules: &Rules::NONE, always_there: false }
    }

    const fn of(field: &'static Field) -> Self {
        Self { node: field.node, rules: field.rules, always_there: false }
    }

    /// A member of a struct or map, by its name in JSON.
    pub(crate) fn member(self, json: &str) -> Option<Self> {
        match self.node.shape {
            Shape::Map(value) | Shape::MapOf(_, value) => Some(self.inside(value)),
            Shape::Object(_, fields) => fields.iter().find_map(|field| match field.flatten {
                true => Self::of(field).member(json),
                false => (field.json == json).then(|| Self::of(field)),
            }),
            Shape::Union(union) => {
                let contents = union.variants.iter().filter_map(|variant| {
                    let content = Self::root(variant.content?);
                    match union.tagging {
                        Tagging::External => {
                            (variant.json == json).then_some(Self { always_there: true, ..content })
                        }
                        Tagging::Adjacent(_, name) => (name == json).then_some(content),
                        Tagging::Internal(_) | Tagging::Untagged => content.member(json),
                    }
                });
                // Two variants may disagree; then it is not known.
                let mut contents = contents.fuse();
                contents.next().filter(|_| contents.next().is_none())
            }
            _ => None,
        }
    }

    /// Whether this is a struct that does not have and does not keep a member of this name.
    pub(crate) fn lacks(self, json: &str) -> bool {
        let closed = match self.node.shape {
            // The fields of an enum or map may come from anywhere.
            Shape::Object(_, fields) => fields.iter().all(|field| !field.flatten),
            _ => false,
        };
        closed && !self.is_open() && self.member(json).is_none()
    }

    /// The items of a list.
    pub(crate) fn item(self) -> Option<Self> {
        match self.node.shape {
            Shape::List(item) => Some(self.inside(item)),
            _ => None,
        }
    }

    fn inside(self, node: &'static Node) -> Self {
        let rules = self.rules.items.or(self.node.rules.items).unwrap_or(&Rules::NONE);
        Self { node, rules, always_there: true }
    }

    /// Whether several managers may own parts of the struct, map or list.
    pub(crate) fn merges(self) -> bool {
        match self.node.shape {
            Shape::Object(..) | Shape::Map(_) => !(self.rules.atomic_map || self.node.rules.atomic_map),
            Shape::List(item) => {
                let list = self.rules.list.or(self.node.rules.list);
                list.map_or(!item.keys.is_empty(), |list| list != ListType::Atomic)
            }
            _ => false,
        }
    }

    /// Whether null is a value here.
    pub(crate) fn is_nullable(self) -> bool {
        self.rules.nullable
            || self.node.rules.nullable
            || self.always_there && self.node.optional
            || matches!(self.node.shape, Shape::Any)
    }

    /// Whether what is inside is not described, so that null means what the user means by it.
    pub(crate) fn is_open(self) -> bool {
        matches!(self.node.shape, Shape::Any)
            || self.rules.preserve_unknown
            || self.node.rules.preserve_unknown
    }
}
