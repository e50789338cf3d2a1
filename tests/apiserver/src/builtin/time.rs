//! Pure: times, read and refused as Go's `time.Parse` does, written as the API server writes them.

use jiff::civil::{Date, DateTime, Time};
use jiff::{Timestamp, tz::Offset};
use kubist_structural::field_error::quote;

const SECONDS: &str = "2006-01-02T15:04:05Z07:00";
const MICROS: &str = "2006-01-02T15:04:05.000000Z07:00";

/// Reads a `Time` and gives its canonical text, in UTC and without fractions; the zero time is `None`.
///
/// # Errors
/// Go's text about the first mistake.
pub(crate) fn seconds(text: &str) -> Result<Option<String>, String> {
    let time = Reader { layout: SECONDS, text, rest: text }.read(false)?;
    Ok(format_seconds(time))
}

/// Reads a `MicroTime`, which has exactly six digits behind the point, likewise.
///
/// # Errors
/// Go's text about the first mistake.
pub(crate) fn micros(text: &str) -> Result<Option<String>, String> {
    let time = Reader { layout: MICROS, text, rest: text }.read(true)?;
    Ok(format_micros(time))
}

/// Writes a time as `Time` does; the zero time is `None`.
pub(crate) fn format_seconds(time: Timestamp) -> Option<String> {
    let utc = Offset::UTC.to_datetime(time);
    (!is_zero(utc)).then(|| utc.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// Writes a time as `MicroTime` does; the zero time is `None`.
pub(crate) fn format_micros(time: Timestamp) -> Option<String> {
    let utc = Offset::UTC.to_datetime(time);
    (!is_zero(utc)).then(|| utc.strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string())
}

/// Writes a duration as Go does: `1h2m3.5s`, `1.5ms`, `0s`.
pub(crate) fn format_duration(nanos: i64) -> String {
    let (sign, size) = (if nanos < 0 { "-" } else { "" }, nanos.unsigned_abs());
    let fraction = |value: u64, unit: u64| {
        let digits = format!("{:0width$}", value % unit, width = unit.ilog10() as usize);
        let digits = digits.trim_end_matches('0');
        let whole = value / unit;
        if unit == 1 || digits.is_empty() { whole.to_string() } else { format!("{whole}.{digits}") }
    };
    let text = match size {
        0 => "0s".to_owned(),
        1..1_000 => format!("{size}ns"),
        1_000..1_000_000 => format!("{}\u{b5}s", fraction(size, 1_000)),
        1_000_000..1_000_000_000 => format!("{}ms", fraction(size, 1_000_000)),
        _ => {
            let (hours, minutes) = (size / 3_600_000_000_000, size / 60_000_000_000 % 60);
            let seconds = format!("{}s", fraction(size % 60_000_000_000, 1_000_000_000));
            match (hours, minutes) {
                (0, 0) => seconds,
                (0, _) => format!("{minutes}m{seconds}"),
                _ => format!("{hours}h{minutes}m{seconds}"),
            }
        }
    };
    format!("{sign}{text}")
}

/// Go's zero time is the beginning of year one.
fn is_zero(utc: DateTime) -> bool {
    utc == DateTime::constant(1, 1, 1, 0, 0, 0, 0)
}

struct Reader<'a> {
    layout: &'a str,
    text: &'a str,
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn read(mut self, micros: bool) -> Result<Timestamp, String> {
        let year = self.digits(4, "2006", "", 0..10_000)?;
        self.literal("-")?;
        let month = self.digits(2, "01", "month", 1..13)?;
        self.literal("-")?;
        let day = self.digits(2, "02", "", 0..100)?;
        self.literal("T")?;
        let hour = self.digits(2, "15", "hour", 0..24)?;
        self.literal(":")?;
        let minute = self.digits(2, "04", "minute", 0..60)?;
        self.literal(":")?;
        let second = self.digits(2, "05", "second", 0..60)?;
        let nanos = if micros { self.micros()? } else { self.fraction() };
        let offset = self.offset()?;
        if !self.rest.is_empty() {
            return Err(self.wrong(&format!("extra text: {}", quote(self.rest))));
        }
        // The numbers are in the ranges checked above, so they fit.
        let date =
            Date::new(year as i16, month as i8, day as i8).map_err(|_| self.wrong("day out of range"))?;
        let time = Time::new(hour as i8, minute as i8, second as i8, nanos)
            .map_err(|_| self.wrong("second out of range"))?;
        let offset =
            Offset::from_seconds(offset).map_err(|_| self.wrong("time zone offset hour out of range"))?;
        offset.to_timestamp(DateTime::from_parts(date, time)).map_err(|_| self.wrong("day out of range"))
    }

    fn wrong(&self, why: &str) -> String {
        format!("parsing time {}: {why}", quote(self.text))
    }

    fn misfit(&self, element: &str) -> String {
        let (text, layout) = (quote(self.text), self.layout);
        format!("parsing time {text} as \"{layout}\": cannot parse {} as \"{element}\"", quote(self.rest))
    }

    fn literal(&mut self, literal: &str) -> Result<(), String> {
        self.rest = self.rest.strip_prefix(literal).ok_or_else(|| self.misfit(literal))?;
        Ok(())
    }

    fn number(text: &str) -> Option<i32> {
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
    }

    fn digits(
        &mut self,
        count: usize,
        element: &str,
        range_name: &str,
        range: std::ops::Range<i32>,
    ) -> Result<i32, String> {
        let number = self.rest.get(..count).and_then(Self::number).ok_or_else(|| self.misfit(element))?;
        if !range.contains(&number) {
            return Err(self.wrong(&format!("{range_name} out of range")));
        }
        self.rest = &self.rest[count..];
        Ok(number)
    }

    fn micros(&mut self) -> Result<i32, String> {
        let digits = self.rest.strip_prefix('.').and_then(|rest| rest.get(..6));
        let micros = digits.and_then(Self::number).ok_or_else(|| self.misfit(".000000"))?;
        self.rest = &self.rest[7..];
        Ok(micros * 1000)
    }

    /// A fraction of a second is taken where none is expected, and dropped.
    fn fraction(&mut self) -> i32 {
        if let Some(rest) = self.rest.strip_prefix(['.', ','])
            && rest.starts_with(|c: char| c.is_ascii_digit())
        {
            self.rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        }
        0
    }

    /// Seconds east of Greenwich.
    fn offset(&mut self) -> Result<i32, String> {
        if let Some(rest) = self.rest.strip_prefix('Z') {
            self.rest = rest;
            return Ok(0);
        }
        let parts = |text: &'a str| {
            let (sign, text) = match text.get(..1)? {
                "+" => (1, &text[1..]),
                "-" => (-1, &text[1..]),
                _ => return None,
            };
            let hour = Self::number(text.get(..2)?)?;
            let minute = Self::number(text.get(2..5)?.strip_prefix(':')?)?;
            Some((sign, hour, minute, &text[5..]))
        };
        let (sign, hour, minute, rest) = parts(self.rest).ok_or_else(|| self.misfit("Z07:00"))?;
        if hour > 24 {
            return Err(self.wrong("time zone offset hour out of range"));
        }
        if minute > 60 {
            return Err(self.wrong("time zone offset minute out of range"));
        }
        self.rest = rest;
        Ok(sign * (hour * 3600 + minute * 60))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_come_back_in_utc() {
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(seconds("2024-02-29T12:00:00Z"), Ok(text("2024-02-29T12:00:00Z")));
        assert_eq!(seconds("2024-01-01T00:30:00.999+01:00"), Ok(text("2023-12-31T23:30:00Z")));
        assert_eq!(seconds("0001-01-01T00:00:00Z"), Ok(None));
        assert_eq!(micros("2024-01-01T00:00:00.123456Z"), Ok(text("2024-01-01T00:00:00.123456Z")));
    }

    #[test]
    fn durations_are_written_as_go_writes_them() {
        for (nanos, expected) in [
            (0, "0s"),
            (5, "5ns"),
            (1_500_000, "1.5ms"),
            (-1_000_000_000, "-1s"),
            (3_723_500_000_000, "1h2m3.5s"),
            (60_000_000_000, "1m0s"),
        ] {
            assert_eq!(format_duration(nanos), expected);
        }
    }

    #[test]
    fn mistakes_have_gos_words() {
        for (wrong, expected) in [
            ("abc", "cannot parse \"abc\" as \"2006\""),
            ("", "cannot parse \"\" as \"2006\""),
            ("2024/01/01", "cannot parse \"/01/01\" as \"-\""),
            ("2024-1-01T00:00:00Z", "cannot parse \"1-01T00:00:00Z\" as \"01\""),
            ("2024-01-01 00:00:00Z", "cannot parse \" 00:00:00Z\" as \"T\""),
            ("2024-01-01T00:00:00", "cannot parse \"\" as \"Z07:00\""),
        ] {
            let expected = format!("parsing time \"{wrong}\" as \"2006-01-02T15:04:05Z07:00\": {expected}");
            assert_eq!(seconds(wrong), Err(expected));
        }
        let wrong = |text: &str| seconds(text).unwrap_err();
        assert_eq!(
            wrong("2024-13-01T00:00:00Z"),
            "parsing time \"2024-13-01T00:00:00Z\": month out of range"
        );
        assert_eq!(wrong("2023-02-29T00:00:00Z"), "parsing time \"2023-02-29T00:00:00Z\": day out of range");
        assert_eq!(
            wrong("2024-01-01T00:00:00Zx"),
            "parsing time \"2024-01-01T00:00:00Zx\": extra text: \"x\""
        );
        assert!(micros("2024-01-01T00:00:00Z").unwrap_err().ends_with("cannot parse \"Z\" as \".000000\""));
    }
}
