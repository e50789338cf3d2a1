//! Pure: a whole expression, and what its text alone says.

use super::ast::{Kind, Node};
use super::chain::{self, Chain};
use super::check::{Checked, check};
use super::error::Error;
use super::parser;
use super::types::Type;

/// An expression whose text is right.
#[derive(Clone, Debug)]
pub struct Expr {
    pub(crate) root: Node,
    /// How many nodes there are.
    nodes: usize,
}

/// Reads the text of an expression.
///
/// # Errors
///
/// The first mistake of the text, with its place. Names and types are not looked at: [`Expr::check`] does that.
///
/// # Examples
///
/// ```
/// use kubist_structural::cel::parse;
///
/// assert!(parse("self.replicas <= self.max").is_ok());
/// assert_eq!(parse("self.a ? 1").unwrap_err().to_string(), "expected `:`, found the end of input");
/// ```
pub fn parse(source: &str) -> Result<Expr, Error> {
    let mut root = parser::parse(source)?;
    let nodes = root.number(0);
    Ok(Expr { root, nodes })
}

impl Expr {
    /// The fields that the expression reads, each with the way to it; without those that another one leads through.
    #[must_use]
    pub fn chains(&self) -> Vec<Chain> {
        chain::chains(&self.root)
    }

    /// The type of the expression over a `self` of this type; with `optional_old_self`, `oldSelf` is an optional.
    ///
    /// With [`Type::Dyn`] everything is found that is wrong whatever `self` is: names that do not exist, calls with the
    /// wrong number of arguments, literals that do not fit.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with names and types, in the words of the API server.
    ///
    /// # Examples
    ///
    /// ```
    /// use kubist_structural::cel::{Type, parse};
    ///
    /// let source = "self.name.matchs('^a')";
    /// let errors = parse(source).unwrap().check(&Type::Dyn, false).unwrap_err();
    /// assert_eq!(
    ///     errors[0].explain(source),
    ///     "undeclared reference to 'matchs' (in container ''); did you mean `matches`?\n  \
    ///      self.name.matchs('^a')\n                  ^"
    /// );
    /// assert_eq!(parse("self.a.size() + 1").unwrap().check(&Type::Dyn, false), Ok(Type::Int));
    /// ```
    pub fn check(&self, of_self: &Type, optional_old_self: bool) -> Result<Type, Vec<Error>> {
        let checked = self.types(of_self, optional_old_self);
        if checked.errors.is_empty() { Ok(checked.types[0].clone()) } else { Err(checked.errors) }
    }

    pub(crate) fn types(&self, of_self: &Type, optional_old_self: bool) -> Checked {
        let old = if optional_old_self { Type::optional(of_self.clone()) } else { of_self.clone() };
        let variables = vec![("self".to_owned(), of_self.clone()), ("oldSelf".to_owned(), old)];
        check(&self.root, self.nodes, variables)
    }

    /// Whether the expression looks at the value from before an update.
    #[must_use]
    pub fn uses_old_self(&self) -> bool {
        mentions(&self.root, "oldSelf")
    }
}

fn mentions(node: &Node, variable: &str) -> bool {
    let mut found = match &node.kind {
        Kind::Ident(name) => name == variable,
        // The name may be given to something else.
        Kind::Comprehension(comprehension)
            if comprehension.first == variable || comprehension.second.as_deref() == Some(variable) =>
        {
            return mentions(&comprehension.range, variable);
        }
        _ => false,
    };
    node.kind.each_child(&mut |child| found = found || mentions(child, variable));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_self_is_found_unless_the_name_is_given_away() {
        let uses = |source: &str| parse(source).is_ok_and(|expr| expr.uses_old_self());
        assert!(uses("self == oldSelf"));
        assert!(uses("self.a.all(x, x in oldSelf.a)"));
        assert!(uses("oldSelf.all(oldSelf, true)"));
        assert!(!uses("self.a.all(oldSelf, oldSelf > 1)"));
        assert!(!uses("self.oldSelf == 'oldSelf'"));
    }
}
