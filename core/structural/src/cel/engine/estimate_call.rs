//! Pure: what a call can cost at most, and how large its result is.

use super::size::{Size, cost};
use crate::cel::ast::{Literal, op};
use crate::cel::signature::{self, Overload};
use crate::cel::types::Type;

/// Going through a text, per byte; a pattern, per character.
const TEXT: f64 = 0.1;
const PATTERN: f64 = 0.25;

/// An argument of a call.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arg<'a> {
    pub(super) size: Size,
    pub(super) ty: &'a Type,
    pub(super) literal: Option<&'a Literal>,
    /// The size of its items, if the schema says it.
    pub(super) item: Size,
}

impl Arg<'_> {
    fn whole_number(&self) -> Option<u64> {
        match self.literal {
            Some(Literal::Int(value)) => u64::try_from(*value).ok(),
            _ => None,
        }
    }
}

/// The ways in which a function may be meant with these arguments.
pub(super) fn overloads(
    function: &str,
    target: Option<&Arg<'_>>,
    args: &[Arg<'_>],
) -> Vec<&'static Overload> {
    let types: Vec<&Type> = target.into_iter().chain(args).map(|arg| arg.ty).collect();
    let fits = |overload: &&Overload| {
        overload.method == target.is_some()
            && overload.parameters.len() == types.len()
            && overload.parameters.iter().zip(&types).all(|(parameter, ty)| may_be(ty, parameter))
    };
    signature::overloads(function).iter().filter(fits).collect()
}

fn may_be(ty: &Type, parameter: &Type) -> bool {
    match (ty, parameter) {
        (Type::Dyn | Type::Error | Type::Var(_), _) | (_, Type::Dyn | Type::Var(_)) => true,
        (Type::List(ty), Type::List(parameter)) | (Type::Optional(ty), Type::Optional(parameter)) => {
            may_be(ty, parameter)
        }
        (Type::Map(..), Type::Map(..))
        | (Type::Type(_), Type::Type(_))
        | (Type::Object(_), Type::Object(_)) => true,
        _ => ty == parameter,
    }
}

type Estimate = (u64, Option<Size>);

/// The cost of a call without that of its arguments, and the size of its result where the call says it.
pub(super) fn of_call(
    function: &str,
    overload: &Overload,
    target: Option<&Arg<'_>>,
    args: &[Arg<'_>],
) -> Estimate {
    of_library(function, overload, target, args).unwrap_or_else(|| built_in(function, overload, target, args))
}

fn traversal(size: Size) -> u64 {
    size.cost(TEXT)
}

/// What Kubernetes adds.
fn of_library(
    function: &str,
    overload: &Overload,
    target: Option<&Arg<'_>>,
    args: &[Arg<'_>],
) -> Option<Estimate> {
    let estimate = match (function, target, args) {
        ("isSorted" | "sum" | "max" | "min" | "indexOf" | "lastIndexOf" | "includes", Some(target), _) => {
            (in_list(function, target), None)
        }
        ("url" | "jsonpatch.escapeKey", _, [text]) => (traversal(text.size), Some(text.size)),
        ("lowerAscii" | "upperAscii" | "substring" | "trim", Some(text), _) => {
            (traversal(text.size), Some(text.size))
        }
        ("replace", Some(text), [old, new, ..]) => {
            (text.size.cost(2.0 * TEXT), Some(replaced(text.size, old.size, new.size)))
        }
        ("split", Some(text), _) => {
            let most = args.get(1).and_then(Arg::whole_number).unwrap_or(text.size.max);
            (text.size.cost(2.0 * TEXT), Some(Size::up_to(most)))
        }
        ("join", Some(list), _) => {
            let size = joined(list, args.first());
            (traversal(size), Some(size))
        }
        ("find" | "findAll", Some(text), [pattern, ..]) => {
            (matching(text.size, pattern.size), Some(Size::up_to(text.size.max)))
        }
        ("ip", Some(_), _) => (1, None),
        (
            "cidr" | "isIP" | "isCIDR" | "ip" | "quantity" | "isQuantity" | "semver" | "isSemver",
            _,
            [text, ..],
        ) => (traversal(text.size), None),
        ("ip.isCanonical", _, [text]) => (text.size.cost(2.0 * TEXT), None),
        ("containsIP" | "containsCIDR", _, [other]) => {
            let masking = if function == "containsCIDR" { cost(16, TEXT) + 1 } else { 0 };
            let parsing = if matches!(overload.parameters.last(), Some(Type::String)) {
                traversal(other.size)
            } else {
                0
            };
            (parsing.saturating_add(cost(32, TEXT) + masking), None)
        }
        ("validate", _, [text]) => (cost(traversal(text.size), 128.0 * PATTERN), None),
        (op::EQUAL, _, [left, right]) if left.ty == right.ty => match left.ty {
            Type::Opaque("kubernetes.NamedFormat") => (cost(64, TEXT), None),
            Type::Opaque("kubernetes.URL") => (traversal(right.size), None),
            Type::Opaque(_) => (1, None),
            _ => return None,
        },
        _ => return of_extension(function, overload, target, args),
    };
    Some(estimate)
}

/// What is for lists and sets.
fn of_extension(
    function: &str,
    overload: &Overload,
    target: Option<&Arg<'_>>,
    args: &[Arg<'_>],
) -> Option<Estimate> {
    let estimate = match (function, target, args) {
        ("sets.contains" | "sets.intersects", _, [a, b]) => {
            (a.size.times(b.size).cost(1.0).saturating_add(1), None)
        }
        ("sets.equivalent", _, [a, b]) => (a.size.times(b.size).cost(2.0).saturating_add(1), None),
        ("slice", Some(list), [start, end]) => {
            let end = end.whole_number().unwrap_or(list.size.max);
            let length = end.wrapping_sub(start.whole_number().unwrap_or(0));
            making(1.0, Size::exactly(length))
        }
        ("lists.range", _, [count]) => making(1.0, Size::exactly(count.whole_number().unwrap_or(u64::MAX))),
        ("reverse", Some(list), []) if !matches!(overload.parameters.first(), Some(Type::String)) => {
            making(1.0, list.size)
        }
        ("flatten", Some(list), _) => {
            #[expect(clippy::cast_precision_loss, reason = "an estimate")]
            let depth = args.first().map_or(1, |depth| depth.whole_number().unwrap_or(u64::MAX)) as f64;
            making(depth, list.size)
        }
        ("distinct", Some(list), []) => making(2.0, list.size.times(list.size)),
        ("sort", Some(list), []) => {
            let texts = matches!(list.ty, Type::List(item) if matches!(**item, Type::String | Type::Bytes));
            making(if texts { 2.0 + TEXT } else { 2.0 }, list.size.times(list.size))
        }
        _ => return None,
    };
    Some(estimate)
}

/// A call that makes a list of this size.
fn making(factor: f64, size: Size) -> Estimate {
    (size.cost(factor).saturating_add(11), Some(size))
}

fn in_list(function: &str, target: &Arg<'_>) -> u64 {
    let item = match target.ty {
        Type::List(item) | Type::Optional(item) | Type::Map(item, _) => Some(item),
        _ => None,
    };
    match item.map(AsRef::as_ref) {
        Some(Type::String | Type::Bytes) => {
            target.size.max.saturating_mul(traversal(target.item).saturating_add(1))
        }
        None if function != "includes" => traversal(target.size),
        _ => target.size.max,
    }
}

fn matching(text: Size, pattern: Size) -> u64 {
    traversal(text.plus(Size::exactly(1))).saturating_mul(pattern.cost(PATTERN))
}

fn joined(list: &Arg<'_>, separator: Option<&Arg<'_>>) -> Size {
    let texts = match list.ty {
        Type::List(_) => list.size.times(list.item),
        _ => Size::exactly(0),
    };
    let between = Size { min: list.size.min.saturating_sub(1), max: list.size.max.saturating_sub(1) };
    separator.map_or(texts, |separator| texts.plus(separator.size.times(between)))
}

fn replaced(text: Size, old: Size, new: Size) -> Size {
    let (mut count, mut kept) = (Size::exactly(0), Size::exactly(0));
    if old.min == 0 {
        count.max = text.max.saturating_add(1);
        kept.max = text.max;
    } else if new.max <= old.min {
        kept.max = text.max;
    } else {
        count.max = text.max.div_ceil(old.min);
    }
    if old.max == 0 {
        count.min = text.min.saturating_add(1);
        kept.min = text.min;
    } else if old.max <= new.min {
        kept.min = text.min;
    } else {
        count.min = text.min.div_ceil(old.max);
    }
    count.times(new).plus(kept)
}

/// What the language itself has.
fn built_in(function: &str, overload: &Overload, target: Option<&Arg<'_>>, args: &[Arg<'_>]) -> Estimate {
    let first = overload.parameters.first();
    match (function, target, args) {
        ("format", Some(text), _) => (traversal(text.size), None),
        ("bytes", _, [text]) if matches!(first, Some(Type::String)) => {
            let size = Size { min: text.size.min, max: text.size.max.wrapping_mul(4) };
            (traversal(text.size), Some(size))
        }
        ("string", _, [bytes]) if matches!(first, Some(Type::Bytes)) => {
            (traversal(bytes.size), Some(Size { min: bytes.size.min / 4, max: bytes.size.max }))
        }
        ("strings.quote", _, [text]) => {
            let size = Size {
                min: text.size.min.wrapping_add(2),
                max: text.size.max.wrapping_mul(2).wrapping_add(2),
            };
            (traversal(text.size), Some(size))
        }
        ("startsWith" | "endsWith", _, [part]) => (traversal(part.size), None),
        (op::IN, _, [_, list]) if matches!(overload.parameters.last(), Some(Type::List(_))) => {
            (list.size.max, None)
        }
        ("matches", Some(text), [pattern]) | ("matches", None, [text, pattern]) => {
            (matching(text.size, pattern.size), None)
        }
        ("contains", Some(text), [part]) => (traversal(text.size).saturating_mul(traversal(part.size)), None),
        (op::ADD, _, [left, right]) => {
            let size = left.size.plus(right.size);
            match first {
                Some(Type::String | Type::Bytes) => (traversal(size), Some(size)),
                Some(Type::List(_)) => (1, Some(size)),
                _ => (1, None),
            }
        }
        ("_<_" | "_>_" | "_<=_" | "_>=_", _, [left, right])
            if matches!(first, Some(Type::String | Type::Bytes)) =>
        {
            (cost(left.size.max.min(right.size.max), TEXT), None)
        }
        (op::EQUAL | op::NOT_EQUAL, _, [left, right]) => {
            (cost(left.size.max.min(right.size.max), TEXT), None)
        }
        _ => (1, None),
    }
}
