//! Pure: texts of other programs, made fit for an error message.

/// The text without escape sequences of terminals and without control characters, in one line.
pub(crate) fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\u{1b}' => skip_sequence(&mut chars),
            '\u{9b}' => skip_parameters(&mut chars),
            '\n' | '\r' | '\t' | ' ' => {
                if !cleaned.is_empty() && !cleaned.ends_with(' ') {
                    cleaned.push(' ');
                }
            }
            _ if char.is_control() || is_invisible(char) => {}
            _ => cleaned.push(char),
        }
    }
    cleaned.truncate(cleaned.trim_end().len());
    cleaned
}

/// After an escape: `[` and parameters up to a letter, `]` and others and text up to a bell or an
/// escaped backslash, or one more character.
fn skip_sequence(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    match chars.next() {
        Some('[') => skip_parameters(chars),
        Some(']' | 'P' | 'X' | '^' | '_') => {
            while let Some(char) = chars.next() {
                match char {
                    '\u{7}' | '\u{9c}' => break,
                    '\u{1b}' => {
                        chars.next_if_eq(&'\\');
                        break;
                    }
                    _ => {}
                }
            }
        }
        Some(' '..='/') => {
            chars.next();
        }
        Some(_) | None => {}
    }
}

fn skip_parameters(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    while chars.next_if(|char| (' '..='?').contains(char)).is_some() {}
    chars.next_if(|char| ('@'..='~').contains(char));
}

/// Marks that turn the direction of text around.
fn is_invisible(char: char) -> bool {
    matches!(char, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_control_characters_are_left_out() {
        for (text, cleaned) in [
            ("plain", "plain"),
            ("\u{1b}[31mred\u{1b}[0m", "red"),
            ("\u{1b}]0;title\u{7}text", "text"),
            ("\u{1b}]8;;http://x\u{1b}\\link", "link"),
            ("\u{9b}2Jcleared", "cleared"),
            ("\u{1b}(Bcharset", "charset"),
            ("a\r\n\tb  c\n", "a b c"),
            ("bell\u{7}, delete\u{7f}, null\0", "bell, delete, null"),
            ("\u{202e}backwards", "backwards"),
            ("ends in \u{1b}[", "ends in"),
            ("größer – ok", "größer – ok"),
        ] {
            assert_eq!(clean(text), cleaned, "{text:?}");
        }
    }
}
