//! Pure: a whole expression, and what its text alone says.

use super::ast::{Kind, Node};
use super::chain::{self, Chain};
use super::error::Error;
use super::parser;

/// An expression whose text is right.
#[derive(Clone, Debug)]
pub struct Expr {
    pub(crate) root: Node,
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
    Ok(Expr { root: parser::parse(source)? })
}

impl Expr {
    /// The fields that the expression reads, each with the way to it; without those that another one leads through.
    #[must_use]
    pub fn chains(&self) -> Vec<Chain> {
        chain::chains(&self.root)
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
