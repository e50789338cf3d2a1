//! Pure: how long an answer asks to wait.

use http::HeaderMap;
use http::header;
use k8s_openapi::jiff::fmt::rfc2822::DateTimeParser;

/// The seconds in `Retry-After`, a number or a date. A date is compared with the server's own clock in `Date`, so that
/// clocks that differ do no harm; without it, it is not understood.
pub(crate) fn seconds(headers: &HeaderMap) -> Option<i32> {
    let value = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse::<i32>() {
        return (seconds >= 0).then_some(seconds);
    }
    let until = date(value)?;
    let now = date(headers.get(header::DATE)?.to_str().ok()?.trim())?;
    i32::try_from((until - now).max(0)).ok()
}

/// An HTTP date, in seconds.
fn date(text: &str) -> Option<i64> {
    const PARSER: DateTimeParser = DateTimeParser::new();
    Some(PARSER.parse_zoned(text).ok()?.timestamp().as_second())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn of(retry_after: &'static str, date: Option<&'static str>) -> Option<i32> {
        let mut headers = HeaderMap::new();
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static(retry_after));
        if let Some(date) = date {
            headers.insert(header::DATE, HeaderValue::from_static(date));
        }
        seconds(&headers)
    }

    #[test]
    fn both_forms_are_understood_and_nonsense_is_not() {
        let now = Some("Wed, 21 Oct 2026 07:28:00 GMT");
        assert_eq!(of("5", None), Some(5));
        assert_eq!(of(" 0 ", None), Some(0));
        assert_eq!(of("Wed, 21 Oct 2026 07:28:30 GMT", now), Some(30));
        assert_eq!(of("Wed, 21 Oct 2026 07:27:00 GMT", now), Some(0));
        assert_eq!(of("Wed, 21 Oct 2026 07:28:30 GMT", None), None);
        for nonsense in ["-1", "1.5", "soon", "", "99999999999"] {
            assert_eq!(of(nonsense, now), None, "{nonsense}");
        }
    }
}
