//! Pure: whether one type fits another, and what unknown types must be for it.

use std::collections::BTreeMap;

use super::types::Type;

/// What is known of the types that were not known at first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inference {
    known: BTreeMap<u32, Type>,
    last: u32,
}

/// Numbers below are the letters in signatures.
const FIRST: u32 = 1000;

impl Inference {
    /// A type that is not known yet.
    pub(crate) fn unknown(&mut self) -> Type {
        self.last += 1;
        Type::Var(FIRST + self.last)
    }

    /// Signatures with fresh unknown types in the place of the letters.
    pub(crate) fn instance(&mut self, types: &[&Type]) -> Vec<Type> {
        let mut letters = BTreeMap::new();
        types.iter().map(|ty| self.fresh(ty, &mut letters)).collect()
    }

    fn fresh(&mut self, ty: &Type, letters: &mut BTreeMap<u32, Type>) -> Type {
        match ty {
            Type::Var(letter) => letters.entry(*letter).or_insert_with(|| self.unknown()).clone(),
            other => other.with_parameters(|inner| self.fresh(inner, letters)),
        }
    }

    /// The type with everything put in that is known by now.
    pub(crate) fn resolve(&self, ty: &Type) -> Type {
        match ty {
            Type::Var(number) => {
                self.known.get(number).map_or_else(|| ty.clone(), |known| self.resolve(known))
            }
            other => other.with_parameters(|inner| self.resolve(inner)),
        }
    }

    /// The same with `dyn` for what is not known in the end.
    pub(crate) fn settle(&self, ty: &Type) -> Type {
        match self.resolve(ty) {
            Type::Var(_) => Type::Dyn,
            other => other.with_parameters(|inner| self.settle(inner)),
        }
    }

    /// Whether values of type `from` can be given where `to` is wanted. What that says of unknown types is kept only if so.
    pub(crate) fn fits(&mut self, from: &Type, to: &Type) -> bool {
        let before = self.known.clone();
        let fits = self.unify(from, to);
        if !fits {
            self.known = before;
        }
        fits
    }

    /// [`fits`](Self::fits) for all at once.
    pub(crate) fn all_fit(&mut self, from: &[Type], to: &[Type]) -> bool {
        let before = self.known.clone();
        let fit = from.len() == to.len() && from.iter().zip(to).all(|(from, to)| self.unify(from, to));
        if !fit {
            self.known = before;
        }
        fit
    }

    fn unify(&mut self, from: &Type, to: &Type) -> bool {
        if let Type::Var(number) = to {
            match self.bind(*number, to, from) {
                Some(fits) => return fits,
                None if !matches!(from, Type::Var(_)) => {}
                None => {}
            }
        }
        if let Type::Var(number) = from {
            return self.bind(*number, from, to).unwrap_or(false);
        }
        match (from, to) {
            _ if from.is_dyn_or_error() || to.is_dyn_or_error() => true,
            (Type::Null, other) | (other, Type::Null) => takes_null(other),
            (Type::Type(_), Type::Type(_)) => true,
            (Type::List(a), Type::List(b)) | (Type::Optional(a), Type::Optional(b)) => self.unify(a, b),
            (Type::Map(key, value), Type::Map(other_key, other_value)) => {
                self.unify(key, other_key) && self.unify(value, other_value)
            }
            _ => from == to,
        }
    }

    /// Whether the unknown type `variable` can be `other`; `None` if that would make it contain itself.
    fn bind(&mut self, number: u32, variable: &Type, other: &Type) -> Option<bool> {
        if variable == other {
            return Some(true);
        }
        match self.known.get(&number).cloned() {
            Some(known) if known == *other => Some(true),
            Some(known) => {
                let fits = self.unify(other, &known);
                let general = if is_as_general(other, &known) { other } else { &known };
                if fits && !self.occurs(number, general) {
                    self.known.insert(number, general.clone());
                }
                Some(fits)
            }
            None if self.occurs(number, other) => None,
            None => {
                self.known.insert(number, other.clone());
                Some(true)
            }
        }
    }

    fn occurs(&self, number: u32, within: &Type) -> bool {
        match within {
            Type::Var(other) if *other == number => true,
            Type::Var(other) => self.known.get(other).is_some_and(|known| self.occurs(number, known)),
            other => other.parameters().into_iter().any(|inner| self.occurs(number, inner)),
        }
    }

    /// The type of several values together, if they have one.
    pub(crate) fn join(&mut self, previous: Option<Type>, current: &Type) -> Option<Type> {
        let Some(previous) = previous else { return Some(current.clone()) };
        let fits = self.fits(&previous, current);
        fits.then(|| if is_as_general(&previous, current) { previous } else { current.clone() })
    }
}

/// Whether `null` can be given where this is wanted.
fn takes_null(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Null | Type::Object(_) | Type::Optional(_) | Type::Opaque(_) | Type::Timestamp | Type::Duration
    )
}

/// Whether the first says no more than the second.
fn is_as_general(ty: &Type, other: &Type) -> bool {
    match (ty, other) {
        (Type::Dyn | Type::Var(_), _) => true,
        (_, Type::Dyn | Type::Var(_)) => false,
        (Type::Type(_), Type::Type(_)) => true,
        (Type::List(a), Type::List(b)) | (Type::Optional(a), Type::Optional(b)) => is_as_general(a, b),
        (Type::Map(key, value), Type::Map(other_key, other_value)) => {
            is_as_general(key, other_key) && is_as_general(value, other_value)
        }
        _ => ty == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_types_become_what_they_must_be() {
        let mut inference = Inference::default();
        let unknown = inference.unknown();
        assert!(inference.fits(&Type::list(unknown.clone()), &Type::list(Type::Int)));
        assert_eq!(inference.resolve(&unknown), Type::Int);
        assert!(!inference.fits(&Type::String, &unknown));
        assert!(inference.fits(&Type::Dyn, &unknown));
        assert_eq!(inference.settle(&unknown), Type::Dyn);
    }

    #[test]
    fn a_type_does_not_contain_itself() {
        let mut inference = Inference::default();
        let unknown = inference.unknown();
        assert!(!inference.fits(&Type::list(unknown.clone()), &unknown));
        assert_eq!(inference.settle(&unknown), Type::Dyn);
    }

    #[test]
    fn null_stands_for_structs_and_not_for_numbers() {
        let mut inference = Inference::default();
        assert!(inference.fits(&Type::Null, &Type::object(BTreeMap::new())));
        assert!(!inference.fits(&Type::Null, &Type::Int));
        assert!(!inference.fits(&Type::list(Type::Int), &Type::Null));
    }
}
