//! Pure: macros: what gives names to the items of a list, the entries of a map or the value of an optional.

use super::cost;
use super::eval::{Evaluation, LIST, key_text};
use super::lists;
use super::value::{Failure, Outcome, Value};
use crate::cel::ast::{Comprehension, Macro};

impl<'a> Evaluation<'a> {
    pub(super) fn comprehension(&mut self, comprehension: &'a Comprehension) -> Outcome<'a> {
        let range = self.value(&comprehension.range)?;
        if let Macro::OptMap | Macro::OptFlatMap = comprehension.what {
            let Value::Optional(value) = range else { return Err(Failure::no_such_overload()) };
            self.charge(2)?;
            let Some(value) = value else { return Ok(Value::none()) };
            // The server has the optional evaluated twice: for whether there is a value, and for the value.
            self.value(&comprehension.range)?;
            self.charge(1)?;
            let body = self
                .named(comprehension, value.as_ref().clone(), None, |this| this.value(&comprehension.body))?;
            let flat = comprehension.what == Macro::OptFlatMap;
            return Ok(if flat { body } else { Value::some(body) });
        }
        match comprehension.what {
            Macro::All => self.quantified(comprehension, &range, false),
            Macro::Exists => self.quantified(comprehension, &range, true),
            Macro::ExistsOne => self.exists_one(comprehension, &range),
            Macro::Filter => self.filter(comprehension, &range),
            Macro::Map | Macro::SortBy => self.mapped(comprehension, &range),
            _ => self.transformed(comprehension, &range),
        }
    }

    /// Runs something with the names that a macro gives.
    fn named<T>(
        &mut self,
        comprehension: &'a Comprehension,
        first: Value<'a>,
        second: Option<Value<'a>>,
        run: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let outer = self.scope.len();
        self.scope.push((&comprehension.first, first));
        if let (Some(name), Some(value)) = (&comprehension.second, second) {
            self.scope.push((name, value));
        }
        let result = run(self);
        self.scope.truncate(outer);
        result
    }

    fn quantified(
        &mut self,
        comprehension: &'a Comprehension,
        range: &Value<'a>,
        decides: bool,
    ) -> Outcome<'a> {
        let mut failure = None;
        let mut decided = false;
        let condition = if decides { 3 } else { 2 };
        for (first, second) in pairs(range, comprehension)? {
            // The condition of the loop is looked at before each item; it ends where that is seen.
            self.charge(condition)?;
            if decided {
                break;
            }
            self.charge(1)?;
            match self
                .named(comprehension, first?, second.transpose()?, |this| this.value(&comprehension.body))
            {
                Ok(Value::Bool(value)) => decided = value == decides,
                Ok(_) => failure = failure.or_else(|| Some(Failure::no_such_overload())),
                Err(Failure::TooExpensive) => return Err(Failure::TooExpensive),
                Err(why) => failure = failure.or(Some(why)),
            }
        }
        self.charge(1)?;
        match failure {
            Some(why) if !decided => Err(why),
            _ => Ok(Value::Bool(decides == decided)),
        }
    }

    fn exists_one(&mut self, comprehension: &'a Comprehension, range: &Value<'a>) -> Outcome<'a> {
        let mut count = 0;
        let mut failure = None;
        for (first, second) in pairs(range, comprehension)? {
            let found = self
                .named(comprehension, first?, second.transpose()?, |this| this.value(&comprehension.body));
            if is_true(&Self::or_later(found, &mut failure)?).unwrap_or_default() {
                self.charge(2)?;
                count += 1;
            }
        }
        self.charge(2)?;
        failure.map_or(Ok(Value::Bool(count == 1)), Err)
    }

    fn filter(&mut self, comprehension: &'a Comprehension, range: &Value<'a>) -> Outcome<'a> {
        let mut kept = Vec::new();
        for (first, second) in pairs(range, comprehension)? {
            let first = first?;
            let found = self.named(comprehension, first.clone(), second.transpose()?, |this| {
                this.value(&comprehension.body)
            })?;
            if is_true(&found)? {
                self.charge(LIST + 3)?;
                kept.push(first);
            }
        }
        self.charge(1)?;
        Ok(Value::list(kept))
    }

    /// The value of a macro's expression, if its filter lets the item pass.
    fn passing(&mut self, comprehension: &'a Comprehension) -> Result<Option<Value<'a>>, Failure> {
        if let Some(filter) = &comprehension.filter
            && !is_true(&self.value(filter)?)?
        {
            return Ok(None);
        }
        self.value(&comprehension.body).map(Some)
    }

    fn mapped(&mut self, comprehension: &'a Comprehension, range: &Value<'a>) -> Outcome<'a> {
        let mut values = Vec::new();
        for (first, second) in pairs(range, comprehension)? {
            let first = first?;
            let item = second.transpose()?;
            let value = self.named(comprehension, first.clone(), item, |this| this.passing(comprehension))?;
            if let Some(value) = value {
                self.charge(LIST + 2)?;
                values.push((value, first));
            }
        }
        self.charge(1)?;
        if comprehension.what == Macro::SortBy {
            let keys = Value::list(values.iter().map(|(key, _)| key.clone()).collect());
            if let Value::List(keys) = &keys {
                self.charge(2 + cost::of_sorting(keys))?;
            }
            return lists::sorted(values);
        }
        Ok(Value::list(values.into_iter().map(|(value, _)| value).collect()))
    }

    fn transformed(&mut self, comprehension: &'a Comprehension, range: &Value<'a>) -> Outcome<'a> {
        let mut entries: Vec<(Value<'a>, Value<'a>)> = Vec::new();
        for (first, second) in pairs(range, comprehension)? {
            let first = first?;
            let value = self.named(comprehension, first.clone(), second.transpose()?, |this| {
                this.passing(comprehension)
            })?;
            let Some(value) = value else { continue };
            self.charge(if comprehension.what == Macro::TransformMap { 3 } else { 2 })?;
            let added = match (comprehension.what, value) {
                (Macro::TransformMap, value) => vec![(first, value)],
                (_, Value::Map(map)) => {
                    let keys = map.keys().into_iter();
                    keys.map(|key| Ok((key.clone(), map.find(&key)?.unwrap_or(Value::Null))))
                        .collect::<Result<_, Failure>>()?
                }
                _ => return Err(Failure::no_such_overload()),
            };
            for (key, value) in added {
                if entries.iter().any(|(known, _)| known.equals(&key) == Ok(true)) {
                    return Err(Failure::new(format!(
                        "insert failed: key {} already exists",
                        key_text(&key)
                    )));
                }
                entries.push((key, value));
            }
        }
        self.charge(1)?;
        Ok(Value::map(entries))
    }
}

type Pair<'a> = (Outcome<'a>, Option<Outcome<'a>>);

/// What a macro gives names to, item by item.
fn pairs<'a>(range: &Value<'a>, comprehension: &Comprehension) -> Result<Vec<Pair<'a>>, Failure> {
    let two = comprehension.second.is_some();
    Ok(match range {
        Value::List(list) if two => (0..).map(|at| Ok(Value::Int(at))).zip(list.iter().map(Some)).collect(),
        Value::List(list) => list.iter().map(|item| (item, None)).collect(),
        Value::Map(map) => map
            .keys()
            .into_iter()
            .map(|key| {
                let value = two.then(|| map.find(&key).map(|value| value.unwrap_or(Value::Null)));
                (Ok(key), value)
            })
            .collect(),
        _ => return Err(Failure::no_such_overload()),
    })
}

fn is_true(value: &Value<'_>) -> Result<bool, Failure> {
    match value {
        Value::Bool(value) => Ok(*value),
        _ => Err(Failure::no_such_overload()),
    }
}
