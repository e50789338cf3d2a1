use super::ast::{Kind, Literal, Macro, Node};
use super::parser::parse;

/// The tree with all its brackets.
fn tree(source: &str) -> String {
    show(&parse(source).unwrap_or_else(|error| panic!("{source}: {error}")))
}

fn show(node: &Node) -> String {
    let all = |nodes: &[Node]| nodes.iter().map(show).collect::<Vec<_>>().join(", ");
    match &node.kind {
        Kind::Literal(Literal::String(text)) => format!("'{text}'"),
        Kind::Literal(Literal::Int(int)) => int.to_string(),
        Kind::Literal(literal) => format!("{literal:?}"),
        Kind::Ident(name) => name.clone(),
        Kind::Select { operand, field, access } => format!("{}.{field}:{access:?}", show(operand)),
        Kind::Call { target: Some(target), function, args } => {
            format!("{}.{function}({})", show(target), all(args))
        }
        Kind::Call { target: None, function, args } => format!("{function}({})", all(args)),
        Kind::List(elements) => {
            let items: Vec<String> = elements
                .iter()
                .map(|element| format!("{}{}", if element.optional { "?" } else { "" }, show(&element.value)))
                .collect();
            format!("[{}]", items.join(", "))
        }
        Kind::Map(entries) => {
            let items: Vec<String> =
                entries.iter().map(|entry| format!("{}: {}", show(&entry.key), show(&entry.value))).collect();
            format!("{{{}}}", items.join(", "))
        }
        Kind::Message { name, fields } => format!("{name}{{{}}}", fields.len()),
        Kind::Comprehension(found) => format!(
            "{:?}({}, {}, {:?}, {:?}, {})",
            found.what,
            show(&found.range),
            found.first,
            found.second,
            found.filter.as_ref().map(show),
            show(&found.body)
        ),
    }
}

#[test]
fn operators_bind_as_the_language_says() {
    for (source, expected) in [
        ("1 + 2 * 3", "_+_(1, _*_(2, 3))"),
        ("1 - 2 - 3", "_-_(_-_(1, 2), 3)"),
        ("a || b && c == d", "_||_(a, _&&_(b, _==_(c, d)))"),
        ("a && b && c", "_&&_(a, b, c)"),
        ("a ? b : c ? d : e", "_?_:_(a, b, _?_:_(c, d, e))"),
        ("!a.b", "!_(a.b:Plain)"),
        ("!!a", "a"),
        ("---a", "-_(a)"),
        ("-1", "-1"),
        ("2 -1", "_-_(2, 1)"),
        ("- -1", "1"),
        ("a in b in c", "@in(@in(a, b), c)"),
        ("(a + b) * c", "_*_(_+_(a, b), c)"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("a[b][?c]", "_[?_](_[_](a, b), c)"),
        ("a.?b.c", "a.b:Optional.c:Plain"),
        ("[1, ?a, ]", "[1, ?a]"),
        ("{'a': 1, ?'b': c, }", "{'a': 1, 'b': c}"),
        ("a.b.C{x: 1}", "a.b.C{1}"),
        (".a", "a"),
        ("size(a)", "size(a)"),
        ("optional.of(a)", "optional.of(a)"),
        ("x.of(a)", "x.of(a)"),
        ("type(a) == google.protobuf.Timestamp", "_==_(type(a), google.protobuf.Timestamp)"),
        ("has(a.b)", "a.b:Test"),
    ] {
        assert_eq!(tree(source), expected, "{source}");
    }
}

#[test]
fn macros_give_names() {
    assert_eq!(tree("a.all(x, x > 1)"), "All(a, x, None, None, _>_(x, 1))");
    assert_eq!(tree("a.map(x, p, y)"), "Map(a, x, None, Some(\"p\"), y)");
    assert_eq!(tree("a.exists(i, v, p)"), "Exists(a, i, Some(\"v\"), None, p)");
    assert_eq!(
        tree("a.transformMapEntry(k, v, f, {})"),
        "TransformMapEntry(a, k, Some(\"v\"), Some(\"f\"), {})"
    );
    assert_eq!(tree("a.all(x)"), "a.all(x)");
    let found = parse("a.optMap(x, x)").map(|node| match node.kind {
        Kind::Comprehension(found) => found.what,
        other => panic!("{other:?}"),
    });
    assert_eq!(found, Ok(Macro::OptMap));
}

#[test]
fn every_mistake_says_what_and_where() {
    for (source, offset, message) in [
        ("", 0, "the expression is empty"),
        (" // a", 5, "the expression is empty"),
        ("self.spec.a >", 13, "unexpected end of input after `>`"),
        ("a b", 2, "unexpected `b` after `a`"),
        ("(a", 2, "expected `)`, found the end of input"),
        ("a)", 1, "unexpected `)` after `a`"),
        ("f(a b)", 4, "expected `)`, found `b`"),
        ("[a b]", 3, "expected `,` or `]`, found `b`"),
        ("{'a' 1}", 5, "expected `:`, found `1`"),
        ("a ? b", 5, "expected `:`, found the end of input"),
        ("a.", 2, "expected a name, found the end of input"),
        ("a.1", 1, "unexpected `.1` after `a`"),
        ("a..b", 2, "expected a name, found `.`"),
        ("a.in", 2, "`in` is a reserved word: the field of this name is `__in__`"),
        ("namespace == 'a'", 0, "`namespace` is a reserved word"),
        ("a && && b", 5, "unexpected `&&` after `&&`"),
        ("* a", 0, "unexpected `*`"),
        ("has(a)", 0, "has() takes a field: write `has(self.field)`"),
        ("a.all(x.y, true)", 7, "all() gives a name to each item: write `all(item, …)`"),
        ("a.all(x, x, true)", 0, "all() needs two different names"),
        ("9223372036854775808", 0, "this number is too large for an int, which has 64 bits"),
        ("18446744073709551616u", 0, "this number is too large for a uint, which has 64 bits"),
        ("a == 'x", 5, "this string is not closed"),
        (r"a.matches('\d+')", 11, r"unknown escape `\d`: write `\\d`, or a raw string r'…'"),
        ("-!a", 1, "unexpected `!` after `-`"),
    ] {
        let error = parse(source).map(|node| show(&node)).unwrap_err();
        assert_eq!((error.message.as_str(), error.offset), (message, offset), "{source}");
    }
}

#[test]
fn deep_nesting_is_a_mistake_and_a_long_row_is_none() {
    for deep in [
        "(".repeat(10_000),
        "[".repeat(10_000),
        "a.b(".repeat(10_000),
        format!("a{}", ".b".repeat(10_000)),
        format!("a{}", "[0]".repeat(10_000)),
        format!("a{}", " + a".repeat(10_000)),
        "a ? b : ".repeat(10_000),
        "{a: ".repeat(10_000),
        "!(".repeat(5_000) + &"-(".repeat(5_000),
        "a || a && a == a + a * (".repeat(2_000),
    ] {
        let error = parse(&deep).map(|node| node.height).unwrap_err();
        assert_eq!(error.message, "the expression is nested too deeply", "{}", &deep[..20]);
    }
    assert!(parse(&format!("a{}", " && a".repeat(10_000))).is_ok());
    assert!(parse(&format!("[a{}]", ", a".repeat(10_000))).is_ok());
    assert_eq!(parse(&" ".repeat(100_001)).map(|node| node.height).unwrap_err().offset, 0);
}
