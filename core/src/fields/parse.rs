//! Pure: field selectors out of texts.

use std::borrow::Cow;
use std::str::FromStr;

use crate::error::{Error, Result};
use crate::fields::{Requirement, Selector};

/// What has a meaning in a selector.
const MEANING: [char; 3] = ['\\', ',', '='];

/// A value as it stands in a selector: what has a meaning there is written with a backslash.
#[must_use]
pub fn escape(value: &str) -> Cow<'_, str> {
    if !value.contains(MEANING) {
        return Cow::Borrowed(value);
    }
    let escaped = value.chars().flat_map(|c| MEANING.contains(&c).then_some('\\').into_iter().chain([c]));
    Cow::Owned(escaped.collect())
}

/// A value out of a selector.
///
/// # Errors
///
/// When what has a meaning in a selector stands there without a backslash, or something else with one.
pub fn unescape(value: &str) -> Result<Cow<'_, str>> {
    if !value.contains(MEANING) {
        return Ok(Cow::Borrowed(value));
    }
    let mut plain = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        plain.push(match c {
            '\\' => chars.next().filter(|c| MEANING.contains(c)).ok_or_else(|| {
                Error::invalid(format!(
                    "{value:?} has a backslash that is not before a backslash, \",\" or \"=\""
                ))
            })?,
            ',' | '=' => return Err(Error::invalid(format!("{value:?} has a \"{c}\" without a backslash"))),
            c => c,
        });
    }
    Ok(Cow::Owned(plain))
}

/// # Errors
///
/// When the text is no selector. Whether the server knows the fields is not checked.
impl FromStr for Selector {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let mut terms = terms(text);
        terms.sort_unstable();
        let requirements = terms.into_iter().filter(|term| !term.is_empty()).map(requirement);
        match requirements.collect::<Result<Vec<_>>>() {
            Ok(requirements) => Ok(Self::of(requirements.into_iter().flatten().collect())),
            Err(error) => Err(error.during(format!("field selector {text:?}"))),
        }
    }
}

/// Splits at commas without a backslash.
fn terms(text: &str) -> Vec<&str> {
    let mut escaped = false;
    text.split(|c| {
        let end = c == ',' && !escaped;
        escaped = c == '\\' && !escaped;
        end
    })
    .collect()
}

/// A term; none where neither a field nor a value is named, as apimachinery has it.
fn requirement(term: &str) -> Result<Option<Requirement>> {
    let sign = term.char_indices().find_map(|(at, _)| {
        ["!=", "==", "="].into_iter().find(|sign| term[at..].starts_with(sign)).zip(Some(at))
    });
    let Some((sign, at)) = sign else {
        return Err(Error::invalid(format!("{term:?} is not `field=value` or `field!=value`")));
    };
    let (field, value) = (&term[..at], unescape(&term[at + sign.len()..])?);
    let named = !(field.is_empty() && value.is_empty());
    Ok(named.then(|| Requirement { field: field.to_owned(), equal: sign != "!=", value: value.into_owned() }))
}
