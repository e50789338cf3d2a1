//! Pure: what strings mean once their quotes and escapes are read.

use super::error::Error;

/// What stands between the quotes of a literal that is not raw, as bytes. With `bytes`, `\xff` is a byte and not a
/// character. `at` is where `text` starts.
pub(super) fn unescape(text: &str, at: usize, bytes: bool) -> Result<Vec<u8>, Error> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(backslash) = rest.find('\\') {
        out.extend_from_slice(&rest.as_bytes()[..backslash]);
        let place = at + text.len() - rest.len() + backslash;
        rest = &rest[backslash + 1..];
        let letter = rest.chars().next();
        rest = &rest[letter.map_or(0, char::len_utf8)..];
        rest = escape(letter, rest, place, bytes, &mut out)?;
    }
    out.extend_from_slice(rest.as_bytes());
    Ok(out)
}

/// Reads what follows a backslash and its letter, and gives back what is left.
fn escape<'a>(
    letter: Option<char>,
    rest: &'a str,
    place: usize,
    bytes: bool,
    out: &mut Vec<u8>,
) -> Result<&'a str, Error> {
    let unknown = || match letter {
        Some(letter) => Error::new(
            place,
            format!("unknown escape `\\{letter}`: write `\\\\{letter}`, or a raw string r'…'"),
        ),
        None => Error::new(place, "a lone `\\` at the end of a string: write `\\\\`"),
    };
    let simple = match letter.ok_or_else(unknown)? {
        'a' => 0x07,
        'b' => 0x08,
        'f' => 0x0c,
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        'v' => 0x0b,
        quoted @ ('\\' | '\'' | '"' | '`' | '?') => quoted as u8,
        'x' | 'X' => return number(rest, 2, 16, place, bytes, out),
        'u' if !bytes => return number(rest, 4, 16, place, false, out),
        'U' if !bytes => return number(rest, 8, 16, place, false, out),
        first @ '0'..='3' => {
            let digits = rest.get(..2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
            let value = digits.and_then(|digits| u32::from_str_radix(&format!("{first}{digits}"), 8).ok());
            let value = value
                .ok_or_else(|| Error::new(place, "an octal escape has three digits, such as `\\012`"))?;
            push(value, place, bytes, out)?;
            return Ok(&rest[2..]);
        }
        _ => return Err(unknown()),
    };
    out.push(simple);
    Ok(rest)
}

fn number<'a>(
    rest: &'a str,
    length: usize,
    radix: u32,
    place: usize,
    byte: bool,
    out: &mut Vec<u8>,
) -> Result<&'a str, Error> {
    let digits = rest.get(..length).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
    let value = digits.and_then(|digits| u32::from_str_radix(digits, radix).ok());
    let value =
        value.ok_or_else(|| Error::new(place, format!("this escape needs {length} hexadecimal digits")))?;
    push(value, place, byte, out)?;
    Ok(&rest[length..])
}

fn push(value: u32, place: usize, byte: bool, out: &mut Vec<u8>) -> Result<(), Error> {
    if let (true, Ok(value)) = (byte, u8::try_from(value)) {
        out.push(value);
        return Ok(());
    }
    let Some(character) = char::from_u32(value) else {
        return Err(Error::new(place, "this escape is no Unicode character"));
    };
    out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    Ok(())
}

/// A whole number, which may start with `0x`.
pub(super) fn integer(digits: &str, negative: bool) -> Option<i64> {
    let magnitude = unsigned(digits)?;
    if negative { 0_i64.checked_sub_unsigned(magnitude) } else { i64::try_from(magnitude).ok() }
}

/// A whole number without a sign, which may start with `0x`.
pub(super) fn unsigned(digits: &str) -> Option<u64> {
    match digits.strip_prefix("0x") {
        Some(hexadecimal) => u64::from_str_radix(hexadecimal, 16).ok(),
        None => digits.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(written: &str) -> Result<String, String> {
        let bytes = unescape(written, 0, false).map_err(|error| error.message)?;
        Ok(String::from_utf8(bytes).expect("escapes of a string give characters"))
    }

    #[test]
    fn escapes_are_read() {
        assert_eq!(text(r"a\n\t\\\'\u00e9\U0001F600\x41\101\?").as_deref(), Ok("a\n\t\\'é😀AA?"));
        assert_eq!(text(r"\xff").as_deref(), Ok("ÿ"));
        assert_eq!(unescape(r"\xff\377", 0, true), Ok(vec![255, 255]));
    }

    #[test]
    fn wrong_escapes_are_named_with_their_place() {
        let error = unescape(r"ab\d", 10, false).unwrap_err();
        assert_eq!(
            (error.offset, error.message.as_str()),
            (12, r"unknown escape `\d`: write `\\d`, or a raw string r'…'")
        );
        for wrong in [r"\u12", r"\x4", r"\U00110000", r"\ud800", r"\09", r"\4", r"\xé", r"\"] {
            assert!(text(wrong).is_err(), "{wrong}");
        }
        assert!(unescape(r"\u00e9", 0, true).is_err());
    }

    #[test]
    fn whole_numbers_have_64_bits() {
        assert_eq!(integer("9223372036854775808", true), Some(i64::MIN));
        assert_eq!(integer("9223372036854775808", false), None);
        assert_eq!(integer("0x10", true), Some(-16));
        assert_eq!(unsigned("18446744073709551615"), Some(u64::MAX));
        assert_eq!(unsigned("18446744073709551616"), None);
    }
}
