//! Pure: escapes and sets in patterns, and the mistakes in them.

/// The classes of characters that Go has, in lower case and without dashes and spaces: general categories, their long
/// names, and the scripts whose name is one word.
const CLASSES: &str = "\
    adlam ahom any arabic armenian ascii assigned avestan balinese bamum batak bengali bhaiksuki bopomofo \
    brahmi braille buginese buhid c carian casedletter cc cf chakma cham cherokee chorasmian \
    closepunctuation cn cntrl co combiningmark common connectorpunctuation control coptic cs cuneiform \
    currencysymbol cypriot cyrillic dashpunctuation decimalnumber deseret devanagari digit dogra duployan \
    elbasan elymaic enclosingmark ethiopic finalpunctuation format georgian glagolitic gothic grantha greek \
    gujarati gurmukhi han hangul hanunoo hatran hebrew hiragana inherited initialpunctuation javanese kaithi \
    kannada katakana kawi kharoshthi khmer khojki khudawadi l lao latin lc lepcha letter letternumber limbu \
    lineseparator lisu ll lm lo lowercaseletter lt lu lycian lydian m mahajani makasar malayalam mandaic \
    manichaean marchen mark mathsymbol mc me medefaidrin miao mn modi modifierletter modifiersymbol \
    mongolian mro multani myanmar n nabataean nandinagari nd newa nko nl no nonspacingmark number nushu \
    ogham openpunctuation oriya osage osmanya other otherletter othernumber otherpunctuation othersymbol p \
    palmyrene paragraphseparator pc pd pe pf phoenician pi po privateuse ps punct punctuation rejang runic s \
    samaritan saurashtra sc separator sharada shavian siddham sinhala sk sm so sogdian soyombo \
    spaceseparator spacingmark sundanese surrogate symbol syriac tagalog tagbanwa takri tamil tangsa tangut \
    telugu thaana thai tibetan tifinagh tirhuta titlecaseletter toto ugaritic unassigned uppercaseletter vai \
    vithkuqi wancho yezidi yi z zl zp zs";

/// A mistake: the phrase, the part that is quoted, and the pattern from where the mistake is.
pub(crate) struct Wrong<'a> {
    pub(crate) what: &'static str,
    pub(crate) part: &'a str,
    pub(crate) rest: &'a str,
}

/// A mistake that begins where the rest of the pattern does, and quotes what is before `end`.
pub(crate) fn wrong<'a, T>(what: &'static str, rest: &'a str, end: &str) -> Result<T, Wrong<'a>> {
    Err(Wrong { what, part: until(rest, end), rest })
}

/// The part of `from` before `to`, which is its end.
pub(crate) fn until<'a>(from: &'a str, to: &str) -> &'a str {
    &from[..from.len() - to.len()]
}

/// The text after `\pL` or `\p{Greek}`.
pub(crate) fn property(text: &str) -> Result<&str, Wrong<'_>> {
    const WHAT: &str = "invalid character class range";
    let (name, after) = match text[2..].chars().next() {
        None => return wrong(WHAT, text, ""),
        Some('{') => match text[3..].split_once('}') {
            Some(parts) => parts,
            None => return wrong(WHAT, text, ""),
        },
        Some(c) => text[2..].split_at(c.len_utf8()),
    };
    let name = name.strip_prefix('^').unwrap_or(name);
    let plain: String = name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).collect();
    let plain = plain.to_ascii_lowercase();
    if plain.is_empty() || !CLASSES.split(' ').any(|class| class == plain) {
        return wrong(WHAT, text, after);
    }
    Ok(after)
}

/// The text after an escape of one character.
pub(crate) fn single(text: &str) -> Result<&str, Wrong<'_>> {
    let after = &text[1..];
    let Some(c) = after.chars().next() else {
        return Err(Wrong { what: "trailing backslash at end of expression", part: "", rest: text });
    };
    let rest = &after[c.len_utf8()..];
    let octal =
        |text: &str, most: usize| text.bytes().take(most).take_while(|b| (b'0'..=b'7').contains(b)).count();
    let refused = |rest: &str| wrong("invalid escape sequence", text, rest);
    match c {
        '1'..='7' if octal(rest, 1) == 0 => refused(rest),
        '0'..='7' => Ok(&rest[octal(rest, 2)..]),
        'x' => match rest.strip_prefix('{') {
            Some(inner) => {
                let digits = inner.bytes().take_while(u8::is_ascii_hexdigit).count();
                let code = u32::from_str_radix(&inner[..digits], 16).unwrap_or(u32::MAX);
                match inner[digits..].strip_prefix('}') {
                    Some(rest) if digits > 0 && code <= 0x10_ffff => Ok(rest),
                    Some(rest) => refused(rest),
                    None => {
                        let mut rest = inner[digits..].chars();
                        rest.next();
                        refused(rest.as_str())
                    }
                }
            }
            None => match rest.bytes().take(2).take_while(u8::is_ascii_hexdigit).count() {
                2 => Ok(&rest[2..]),
                _ => refused(rest.get(2..).unwrap_or_default()),
            },
        },
        'a' | 'f' | 'n' | 'r' | 't' | 'v' => Ok(rest),
        c if c.is_ascii() && !c.is_ascii_alphanumeric() => Ok(rest),
        _ => refused(rest),
    }
}

/// The text after a set in brackets.
pub(crate) fn set(text: &str) -> Result<&str, Wrong<'_>> {
    const NAMED: [&str; 14] = [
        "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space",
        "upper", "word", "xdigit",
    ];
    let mut rest = &text[1..];
    rest = rest.strip_prefix('^').unwrap_or(rest);
    let mut is_first = true;
    while is_first || !rest.starts_with(']') {
        is_first = false;
        if let Some(inner) = rest.strip_prefix("[:")
            && let Some(end) = inner.find(":]")
        {
            let name = inner[..end].strip_prefix('^').unwrap_or(&inner[..end]);
            if !NAMED.contains(&name) {
                return wrong("invalid character class range", rest, &inner[end + 2..]);
            }
            rest = &inner[end + 2..];
            continue;
        }
        if ["\\d", "\\D", "\\s", "\\S", "\\w", "\\W"].iter().any(|class| rest.starts_with(class)) {
            rest = &rest[2..];
            continue;
        }
        if rest.starts_with("\\p") || rest.starts_with("\\P") {
            rest = property(rest)?;
            continue;
        }
        let range = rest;
        let (low, after) = member(rest, text)?;
        rest = after;
        if let Some(after) =
            rest.strip_prefix('-').filter(|after| !after.is_empty() && !after.starts_with(']'))
        {
            let (high, after) = member(after, text)?;
            rest = after;
            if high < low {
                return wrong("invalid character class range", range, rest);
            }
        }
    }
    Ok(&rest[1..])
}

/// One character of a set, and the text after it.
fn member<'a>(rest: &'a str, whole: &'a str) -> Result<(u32, &'a str), Wrong<'a>> {
    let Some(c) = rest.chars().next() else {
        return wrong("missing closing ]", whole, "");
    };
    if c != '\\' {
        return Ok((c as u32, &rest[c.len_utf8()..]));
    }
    let after = single(rest)?;
    let escape = until(rest, after);
    let code = match escape.chars().nth(1) {
        Some('x') => u32::from_str_radix(escape[2..].trim_matches(['{', '}']), 16).unwrap_or_default(),
        Some('0'..='7') => u32::from_str_radix(&escape[1..], 8).unwrap_or_default(),
        Some('a') => 7,
        Some('f') => 12,
        Some('n') => 10,
        Some('r') => 13,
        Some('t') => 9,
        Some('v') => 11,
        Some(c) => c as u32,
        None => 0,
    };
    Ok((code, after))
}
