//! Expressions against what kube-apiserver v1.37.2 says of them: its code compiled and evaluated each line of
//! `cel/vectors.jsonl` over the objects of `cel/subject.json`. And random words, which must never do harm.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by a panic; clippy knows only `#[test]` functions as tests"
)]

use kubist_structural::cel::{Answer, COST_LIMIT, EvaluationError, Program, Scope, Type, parse};
use kubist_structural::node::Node;
use serde_json::Value;

fn subject() -> Value {
    serde_json::from_str(include_str!("cel/subject.json")).unwrap()
}

fn vectors() -> Vec<Value> {
    include_str!("cel/vectors.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn text<'a>(vector: &'a Value, key: &str) -> Option<&'a str> {
    vector.get(key).and_then(Value::as_str)
}

/// What differs from the server: nothing if all is well.
fn difference(vector: &Value, subject: &Value) -> Option<String> {
    let scope = Scope::new(&Node::parse(&subject["schema"]), false).unwrap();
    let rule = text(vector, "rule").unwrap();
    let compiled = Program::compile(rule, &scope, false);
    let program = match (compiled, text(vector, "compile")) {
        (Err(errors), Some(expected)) => {
            let told = errors.iter().map(|error| {
                let (line, column) = error.position(rule);
                format!("ERROR: <input>:{line}:{column}: {}", error.message)
            });
            let told: Vec<String> = told.collect();
            // The words about mistakes in the text itself are ours; conversions are told without a place.
            let is_text = expected.contains("Syntax error");
            let is_conversion = expected.starts_with("program instantiation failed");
            let same = told.iter().all(|told| expected.contains(told.as_str()));
            let same = same && expected.matches("ERROR").count() == told.len();
            return (!is_text && !is_conversion && !same).then(|| format!("{told:?} is not {expected:?}"));
        }
        (Err(errors), None) => return Some(format!("refused: {errors:?}")),
        (Ok(program), Some(expected)) => {
            let is_type = expected == "cel expression must evaluate to a bool" && *program.ty() != Type::Bool;
            return (!is_type).then(|| format!("taken, but {expected:?}"));
        }
        (Ok(program), None) => program,
    };
    let estimate = vector.get("estimate").and_then(Value::as_u64);
    if estimate != Some(program.cost_max(&scope)) {
        return Some(format!("estimated at {}, not at {estimate:?}", program.cost_max(&scope)));
    }
    let object = if vector.get("empty").is_some() { &subject["empty"] } else { &subject["full"] };
    let evaluated = program.evaluate(&scope, object, Some(&subject["old"]), COST_LIMIT);
    let value = match &evaluated.result {
        Ok(Answer::Bool(value)) => Ok(value.to_string()),
        Ok(other) => Ok(format!("{other:?}")),
        Err(EvaluationError::Failed(why)) => Err(why.clone()),
        Err(_) => Err("too expensive".to_owned()),
    };
    let expected = match (text(vector, "value"), text(vector, "error")) {
        (Some(value), _) => Ok(value.to_owned()),
        (None, error) => Err(error.unwrap_or_default().to_owned()),
    };
    if value != expected {
        return Some(format!("{value:?} is not {expected:?}"));
    }
    let cost = vector.get("cost").and_then(Value::as_u64);
    (value.is_ok() && cost != Some(evaluated.cost))
        .then(|| format!("cost {} is not {cost:?}", evaluated.cost))
}

#[test]
fn expressions_mean_and_cost_what_they_do_at_the_server() {
    let subject = subject();
    let vectors = vectors();
    let differences: Vec<String> = vectors
        .iter()
        .filter_map(|vector| Some(format!("{}\n    {}", vector["rule"], difference(vector, &subject)?)))
        .collect();
    assert!(
        differences.is_empty(),
        "{} of {}:\n{}",
        differences.len(),
        vectors.len(),
        differences.join("\n")
    );
    assert!(vectors.len() > 350);
}

/// A small generator of pseudo-random numbers: the same on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end).unwrap()).unwrap()
    }
}

const WORDS: [&str; 70] = [
    "self",
    "oldSelf",
    ".",
    "s",
    "lo",
    "m",
    "i",
    "x",
    "all",
    "exists",
    "map",
    "filter",
    "has",
    "size",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "?",
    "+",
    "-",
    "*",
    "/",
    "%",
    "!",
    "&&",
    "||",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "in",
    "1",
    "0",
    "2u",
    "1.5",
    "'a'",
    "\"b\"",
    "r'\\d'",
    "b'x'",
    "'''t'''",
    "true",
    "false",
    "null",
    "int",
    "type",
    "string",
    "duration",
    "'1h'",
    "matches",
    "format",
    "optMap",
    "orValue",
    "namespace",
    "__dash__",
    "'",
    "\"",
    "\\",
    "=",
    "&",
    "`",
    "//",
    "\n",
    "é",
];

#[test]
fn random_words_are_read_judged_and_evaluated_without_harm() {
    let subject = subject();
    let scope = Scope::new(&Node::parse(&subject["schema"]), false).unwrap();
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let mut good = 0;
    for _ in 0..20_000 {
        let length = 1 + random.below(24);
        let between = if random.below(2) == 0 { " " } else { "" };
        let words: Vec<&str> = (0..length).map(|_| WORDS[random.below(WORDS.len())]).collect();
        let source = words.join(between);
        match parse(&source) {
            Ok(expr) => {
                good += 1;
                assert!(expr.chains().iter().all(|chain| chain.as_str().contains("elf")), "{source}");
                if let Ok(program) = Program::compile(&source, &scope, false) {
                    let evaluated = program.evaluate(&scope, &subject["full"], Some(&subject["old"]), 10_000);
                    assert!(evaluated.cost <= 20_000, "{source}");
                }
            }
            Err(error) => {
                assert!(error.offset <= source.len() && !error.message.contains('\n'), "{source}");
                let explained = error.explain(&source);
                assert_eq!(explained.lines().count(), 3, "{source}: {explained}");
            }
        }
    }
    assert!(good > 300, "{good} of the texts were expressions");
}
