//! Pure: which value of one server stands for which of the other.
//!
//! What a server invents, a uid or a resourceVersion, is another value on the other server. The first time two such
//! values stand in the same place they are bound; from then on one must appear exactly where the other does.

use std::cmp::Ordering;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    Uid,
    /// A version of an object: more than equal, they have an order.
    Version,
    /// A generated name.
    Name,
    /// A cluster address or node port that the server chose.
    Allocated,
}

/// The two servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Real,
    Embedded,
}

#[derive(Debug)]
struct Bound {
    class: Class,
    real: String,
    embedded: String,
    /// The line of the step that bound them.
    line: usize,
}

#[derive(Debug, Default)]
pub(crate) struct Bindings {
    bound: Vec<Bound>,
    /// The line of the step that is compared now.
    pub(crate) line: usize,
    /// Whether the step asks for one version, so that no later one can be the answer.
    pub(crate) exact: bool,
}

impl Bindings {
    /// Binds two values, or says why they cannot stand for one another.
    pub(crate) fn bind(&mut self, class: Class, real: &str, embedded: &str) -> Result<(), String> {
        let mut same_class = self.bound.iter().filter(|bound| bound.class == class);
        if let Some(known) = same_class.clone().find(|bound| bound.real == real || bound.embedded == embedded)
        {
            return match (known.real == real, known.embedded == embedded) {
                (true, true) => Ok(()),
                (true, false) => Err(format!("real the same as in line {}, embedded another", known.line)),
                _ => Err(format!("real another than in line {}, embedded the same", known.line)),
            };
        }
        if class == Class::Version
            && let Some(known) =
                same_class.find(|bound| order(real, &bound.real) != order(embedded, &bound.embedded))
        {
            let says = |ordering| if ordering == Ordering::Less { "older" } else { "newer" };
            return Err(format!(
                "real {} than in line {}, embedded {}",
                says(order(real, &known.real)),
                known.line,
                says(order(embedded, &known.embedded)),
            ));
        }
        self.bound.push(Bound {
            class,
            real: real.to_owned(),
            embedded: embedded.to_owned(),
            line: self.line,
        });
        Ok(())
    }

    /// What stands on the embedded server for a value of the real one.
    pub(crate) fn counterpart(&self, class: Class, real: &str) -> Option<&str> {
        let bound = self.bound.iter().find(|bound| bound.class == class && bound.real == real)?;
        Some(&bound.embedded)
    }

    /// Whether a version of the embedded server is later than this one, and not that of an object.
    pub(crate) fn is_free_after(&self, embedded: &str, known: &str) -> bool {
        let is_known = |bound: &Bound| bound.class == Class::Version && bound.embedded == embedded;
        order(embedded, known) == Ordering::Greater && !self.bound.iter().any(is_known)
    }

    /// A text in which every bound uid, name and address is replaced by what both servers have in common.
    pub(crate) fn common(&self, side: Side, text: &str) -> String {
        let mut text = text.to_owned();
        for (at, bound) in self.bound.iter().enumerate() {
            let own = if side == Side::Real { &bound.real } else { &bound.embedded };
            if bound.class != Class::Version && bound.real != bound.embedded && text.contains(own.as_str()) {
                text = text.replace(own.as_str(), &format!("<{:?} {}>", bound.class, at + 1));
            }
        }
        text
    }
}

/// Versions are decimal numbers of any length.
fn order(one: &str, other: &str) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_value_stands_for_its_counterpart_only() {
        let mut bindings = Bindings { line: 7, ..Bindings::default() };
        assert_eq!(bindings.bind(Class::Uid, "r1", "e1"), Ok(()));
        assert_eq!(bindings.bind(Class::Uid, "r1", "e1"), Ok(()));
        assert_eq!(bindings.bind(Class::Name, "r1", "e2"), Ok(()), "another class");
        let same = bindings.bind(Class::Uid, "r1", "e2").unwrap_err();
        assert_eq!(same, "real the same as in line 7, embedded another");
        let another = bindings.bind(Class::Uid, "r2", "e1").unwrap_err();
        assert_eq!(another, "real another than in line 7, embedded the same");
    }

    #[test]
    fn versions_keep_their_order() {
        let mut bindings = Bindings::default();
        bindings.bind(Class::Version, "90", "5").unwrap();
        bindings.bind(Class::Version, "100", "6").unwrap();
        assert!(bindings.bind(Class::Version, "101", "4").unwrap_err().contains("real newer"));
        assert!(bindings.bind(Class::Version, "95", "7").unwrap_err().contains("real older"));
        bindings.bind(Class::Version, "103", "7").unwrap();
        assert_eq!(bindings.counterpart(Class::Version, "103"), Some("7"));
    }

    #[test]
    fn bound_values_disappear_from_texts() {
        let mut bindings = Bindings::default();
        bindings.bind(Class::Name, "a-xyz12", "a-qrs34").unwrap();
        let real = bindings.common(Side::Real, "configmaps \"a-xyz12\" not found");
        assert_eq!(real, bindings.common(Side::Embedded, "configmaps \"a-qrs34\" not found"));
        assert_ne!(real, bindings.common(Side::Embedded, "configmaps \"a-xyz12\" not found"));
    }
}
