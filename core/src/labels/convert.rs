//! Pure: selectors of the kind that stands in objects.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement};

use crate::error::{Error, Result};
use crate::labels::Selector;
use crate::labels::requirement::{Operator, Requirement};

/// An empty one selects everything.
///
/// # Errors
///
/// When the selector is not one that the server takes.
impl TryFrom<&LabelSelector> for Selector {
    type Error = Error;

    fn try_from(selector: &LabelSelector) -> Result<Self> {
        let equal = selector.match_labels.iter().flatten();
        let equal = equal.map(|(key, value)| Requirement::new(key, Operator::Equals, [value]));
        let expressions = selector.match_expressions.iter().flatten().map(of_expression);
        let requirements = equal.chain(expressions).collect::<Result<Vec<_>>>();
        requirements.map(Self::of).map_err(|error| error.during("label selector"))
    }
}

/// None selects nothing, as where the API has one that may be absent.
///
/// # Errors
///
/// When the selector is not one that the server takes.
impl TryFrom<Option<&LabelSelector>> for Selector {
    type Error = Error;

    fn try_from(selector: Option<&LabelSelector>) -> Result<Self> {
        selector.map_or_else(|| Ok(Self::nothing()), Self::try_from)
    }
}

fn of_expression(expression: &LabelSelectorRequirement) -> Result<Requirement> {
    let operator = match &*expression.operator {
        "In" => Operator::In,
        "NotIn" => Operator::NotIn,
        "Exists" => Operator::Exists,
        "DoesNotExist" => Operator::DoesNotExist,
        other => return Err(Error::invalid(format!("{other:?} is not In, NotIn, Exists or DoesNotExist"))),
    };
    Requirement::new(&expression.key, operator, expression.values.iter().flatten())
}

/// # Errors
///
/// When it compares numbers or selects nothing, which such a selector cannot say.
impl TryFrom<&Selector> for LabelSelector {
    type Error = Error;

    fn try_from(selector: &Selector) -> Result<Self> {
        let mut converted = Self::default();
        if selector.is_nothing() {
            return Err(Error::invalid("a LabelSelector cannot select nothing"));
        }
        for requirement in selector.requirements() {
            let operator = match (requirement.operator(), requirement.values()) {
                (Operator::Equals | Operator::DoubleEquals, [value]) => {
                    let labels = converted.match_labels.get_or_insert_default();
                    if !labels.contains_key(requirement.key()) {
                        labels.insert(requirement.key().to_owned(), value.clone());
                        continue;
                    }
                    // Two values of one label exclude each other, and must not become one.
                    "In"
                }
                (Operator::Equals | Operator::DoubleEquals | Operator::In, _) => "In",
                (Operator::NotEquals | Operator::NotIn, _) => "NotIn",
                (Operator::Exists, _) => "Exists",
                (Operator::DoesNotExist, _) => "DoesNotExist",
                (Operator::GreaterThan | Operator::LessThan, _) => {
                    return Err(Error::invalid(format!("a LabelSelector cannot say \"{requirement}\"")));
                }
            };
            let mut values = requirement.values().to_vec();
            values.sort_unstable();
            converted.match_expressions.get_or_insert_default().push(LabelSelectorRequirement {
                key: requirement.key().to_owned(),
                operator: operator.to_owned(),
                values: Some(values).filter(|values| !values.is_empty()),
            });
        }
        Ok(converted)
    }
}
