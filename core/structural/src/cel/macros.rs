//! Pure: calls that are macros: they give names to what is in a list, a map or an optional.

use super::ast::{Access, Comprehension, Kind, Macro, Node};
use super::error::Error;

/// `name(args)`: `has` is the only macro among functions.
pub(super) fn function(name: String, mut args: Vec<Node>, at: usize) -> Result<Kind, Error> {
    if name != "has" || args.len() != 1 {
        return Ok(Kind::Call { target: None, function: name, args });
    }
    let arg = args.remove(0);
    match arg.kind {
        Kind::Select { operand, field, access: Access::Plain } => {
            Ok(Kind::Select { operand, field, access: Access::Test })
        }
        _ => Err(Error::new(at, "has() takes a field: write `has(self.field)`")),
    }
}

/// The macros among methods: name, number of arguments, how many of them are names, what it is.
const METHODS: [(&str, usize, usize, Macro); 19] = [
    ("all", 2, 1, Macro::All),
    ("exists", 2, 1, Macro::Exists),
    ("exists_one", 2, 1, Macro::ExistsOne),
    ("filter", 2, 1, Macro::Filter),
    ("map", 2, 1, Macro::Map),
    ("map", 3, 1, Macro::Map),
    ("sortBy", 2, 1, Macro::SortBy),
    ("optMap", 2, 1, Macro::OptMap),
    ("optFlatMap", 2, 1, Macro::OptFlatMap),
    ("all", 3, 2, Macro::All),
    ("exists", 3, 2, Macro::Exists),
    ("exists_one", 3, 2, Macro::ExistsOne),
    ("existsOne", 3, 2, Macro::ExistsOne),
    ("transformList", 3, 2, Macro::Map),
    ("transformList", 4, 2, Macro::Map),
    ("transformMap", 3, 2, Macro::TransformMap),
    ("transformMap", 4, 2, Macro::TransformMap),
    ("transformMapEntry", 3, 2, Macro::TransformMapEntry),
    ("transformMapEntry", 4, 2, Macro::TransformMapEntry),
];

/// `target.name(args)`
pub(super) fn method(target: Node, name: String, mut args: Vec<Node>) -> Result<Kind, Error> {
    let known = METHODS.iter().find(|(method, count, ..)| *method == name && *count == args.len());
    let Some((_, _, names, what)) = known else {
        return Ok(Kind::Call { target: Some(Box::new(target)), function: name, args });
    };
    let mut rest = args.split_off(*names);
    let mut variables = Vec::new();
    for variable in args {
        match variable.kind {
            Kind::Ident(name) if !name.contains('.') => variables.push(name),
            _ => {
                let message = format!("{name}() gives a name to each item: write `{name}(item, …)`");
                return Err(Error::new(variable.at, message));
            }
        }
    }
    if variables.get(1) == variables.first() {
        return Err(Error::new(target.at, format!("{name}() needs two different names")));
    }
    let mut variables = variables.into_iter();
    let (Some(first), second) = (variables.next(), variables.next()) else {
        return Err(Error::new(target.at, format!("{name}() needs a name")));
    };
    let (Some(body), filter) = (rest.pop(), rest.pop()) else {
        return Err(Error::new(target.at, format!("{name}() needs an expression")));
    };
    let what = *what;
    Ok(Kind::Comprehension(Box::new(Comprehension { what, range: target, first, second, filter, body })))
}
