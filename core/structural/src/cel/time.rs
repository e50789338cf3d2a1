//! Pure: points in time and lengths of time, read and written as Go does.

/// A point in time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timestamp {
    /// Seconds since 1970.
    pub(crate) seconds: i64,
    pub(crate) nanos: u32,
    /// The offset in seconds in which it was written, and is written again.
    offset: i64,
}

/// The first and the last second that there is: years 1 to 9999.
const SECONDS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

const DAY: i64 = 86_400;

impl Timestamp {
    /// A whole second, if there is such a year.
    pub(crate) fn of_seconds(seconds: i64) -> Option<Self> {
        let timestamp = Self { seconds, nanos: 0, offset: 0 };
        SECONDS.contains(&seconds).then_some(timestamp)
    }

    /// RFC 3339, as Go reads it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.split_once('T')?;
        Self::of_parts(date, time)
    }

    /// The same, but also without an offset; nothing at all is 1970.
    pub(crate) fn parse_lax(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self { seconds: 0, nanos: 0, offset: 0 });
        }
        Self::parse(text).or_else(|| Self::parse(&format!("{text}Z")))
    }

    fn of_parts(date: &str, time: &str) -> Option<Self> {
        let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
        let clock = time.get(..8)?;
        let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
        if !(1..=12).contains(&month) || !(1..=days_of(year, month)).contains(&day) {
            return None;
        }
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let mut rest = &time[8..];
        let mut nanos = 0;
        if let Some(fraction) = rest.strip_prefix(['.', ',']) {
            let length = fraction.find(|c: char| !c.is_ascii_digit()).unwrap_or(fraction.len());
            let digits = format!("{:0<9}", &fraction[..length]);
            nanos = digits[..9].parse().ok().filter(|_| length > 0)?;
            rest = &fraction[length..];
        }
        let offset = offset(rest)?;
        let seconds = days_since_1970(year, month, day) * DAY + hour * 3600 + minute * 60 + second - offset;
        Some(Self { seconds, nanos, offset })
    }

    pub(crate) fn is_in_range(self) -> bool {
        SECONDS.contains(&self.seconds)
    }

    /// Nanoseconds since 1970.
    fn total(self) -> i128 {
        i128::from(self.seconds) * 1_000_000_000 + i128::from(self.nanos)
    }

    /// So much later, if there is such a year.
    pub(crate) fn plus(self, nanoseconds: i128) -> Option<Self> {
        let total = self.total() + nanoseconds;
        let seconds = i64::try_from(total.div_euclid(1_000_000_000)).ok()?;
        let nanos = u32::try_from(total.rem_euclid(1_000_000_000)).ok()?;
        Some(Self { seconds, nanos, ..self }).filter(|moved| moved.is_in_range())
    }

    /// The time since then in nanoseconds, if they have 64 bits.
    pub(crate) fn minus(self, earlier: Self) -> Option<i64> {
        i64::try_from(self.total() - earlier.total()).ok()
    }

    pub(crate) fn order(self, other: Self) -> std::cmp::Ordering {
        self.total().cmp(&other.total())
    }

    /// RFC 3339 with as much of the fraction as there is.
    pub(crate) fn text(self) -> String {
        let local = self.seconds + self.offset;
        let (year, month, day) = date_of(local.div_euclid(DAY));
        let clock = local.rem_euclid(DAY);
        let fraction = fraction(self.nanos);
        let zone = match self.offset {
            0 => "Z".to_owned(),
            offset => {
                let sign = if offset < 0 { '-' } else { '+' };
                format!("{sign}{:02}:{:02}", offset.abs() / 3600, offset.abs() % 3600 / 60)
            }
        };
        let (hour, minute, second) = (clock / 3600, clock / 60 % 60, clock % 60);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{zone}")
    }

    /// One of the parts, in UTC or at an offset: `getFullYear()` and its like.
    ///
    /// `None` for a zone that is neither `UTC` nor an offset: names would need the table of all zones.
    pub(crate) fn part(self, function: &str, zone: Option<&str>) -> Option<i64> {
        let local = self.seconds + zone.map_or(Some(0), zone_offset)?;
        let days = local.div_euclid(DAY);
        let (year, month, day) = date_of(days);
        let clock = local.rem_euclid(DAY);
        Some(match function {
            "getFullYear" => year,
            "getMonth" => month - 1,
            "getDayOfYear" => days - days_since_1970(year, 1, 1),
            "getDayOfMonth" => day - 1,
            "getDate" => day,
            // 1 January 1970 was a Thursday.
            "getDayOfWeek" => (days + 4).rem_euclid(7),
            "getHours" => clock / 3600,
            "getMinutes" => clock / 60 % 60,
            "getSeconds" => clock % 60,
            _ => i64::from(self.nanos / 1_000_000),
        })
    }
}

fn zone_offset(zone: &str) -> Option<i64> {
    if matches!(zone, "" | "UTC") {
        return Some(0);
    }
    let (hours, minutes) = zone.split_once(':')?;
    let negative = hours.starts_with('-');
    let hours: i64 = hours.parse().ok()?;
    let minutes: i64 = minutes.parse().ok()?;
    let minutes = if negative { hours * 60 - minutes } else { hours * 60 + minutes };
    Some(minutes * 60)
}

fn offset(text: &str) -> Option<i64> {
    if text == "Z" {
        return Some(0);
    }
    let sign = match text.bytes().next()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let [hours, minutes] = numbers(&text[1..], ':', [2, 2])?;
    (hours <= 24 && minutes <= 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// Numbers of these lengths with this between them, and nothing else.
fn numbers<const N: usize>(text: &str, between: char, lengths: [usize; N]) -> Option<[i64; N]> {
    let mut parts = text.split(between);
    let mut numbers = [0; N];
    for (number, length) in numbers.iter_mut().zip(lengths) {
        let part = parts.next()?;
        if part.len() != length || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Counts years from March, so that a leap day is the last of its year.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}

fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

fn fraction(nanos: u32) -> String {
    if nanos == 0 {
        return String::new();
    }
    format!(".{nanos:09}").trim_end_matches('0').to_owned()
}

const UNITS: [(&str, f64); 8] =
    [("ns", 1.0), ("us", 1e3), ("µs", 1e3), ("μs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 6e10), ("h", 3.6e12)];

/// A length of time such as `1h30m`, in nanoseconds.
pub(crate) fn duration(text: &str) -> Option<i64> {
    let (negative, mut rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if rest == "0" {
        return Some(0);
    }
    let mut total: i128 = 0;
    while !rest.is_empty() || total == 0 && rest.is_empty() {
        let length = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, after) = rest.split_at(length);
        let unit = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
        let (unit, after) = after.split_at(unit);
        let (_, size) = UNITS.into_iter().find(|(name, _)| *name == unit)?;
        total += nanoseconds(number, size)?;
        rest = after;
        if rest.is_empty() {
            break;
        }
    }
    i64::try_from(if negative { -total } else { total }).ok()
}

#[expect(clippy::cast_possible_truncation, reason = "what is cut is less than a nanosecond, as Go cuts it")]
fn nanoseconds(number: &str, size: f64) -> Option<i128> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && part.is_empty()) || !digits(whole) || !digits(part) {
        return None;
    }
    let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let part: f64 = if part.is_empty() { 0.0 } else { format!("0.{part}").parse().ok()? };
    whole.checked_mul(size as i128)?.checked_add((part * size) as i128)
}

/// The same, or whole numbers with long names of units such as `3 days`: what `format: duration` takes.
pub(crate) fn lax_duration(text: &str) -> Option<i64> {
    const NAMES: [(&[&str], i64); 8] = [
        (&["ns", "nano"], 1),
        (&["us", "µs", "micro"], 1_000),
        (&["ms", "milli"], 1_000_000),
        (&["s", "sec"], 1_000_000_000),
        (&["m", "min"], 60_000_000_000),
        (&["h", "hr", "hour"], 3_600_000_000_000),
        (&["d", "day"], 86_400_000_000_000),
        (&["w", "wk", "week"], 604_800_000_000_000),
    ];
    if let Some(duration) = duration(text) {
        return Some(duration);
    }
    let (mut total, mut found, mut rest) = (0_i64, false, text);
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        rest = &rest[start..];
        let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (number, after) = rest.split_at(length);
        let after = after.trim_start();
        let unit = after.find(|c: char| !c.is_ascii_alphabetic() && c != 'µ').unwrap_or(after.len());
        let (unit, after) = after.split_at(unit);
        let unit = unit.to_lowercase();
        rest = after;
        let number: i64 = number.parse().ok()?;
        let is = |names: &[&str]| {
            names.contains(&unit.as_str()) || names.last().is_some_and(|last| unit.starts_with(last))
        };
        if let Some((_, size)) = NAMES.into_iter().find(|(names, _)| !unit.is_empty() && is(names)) {
            total = total.wrapping_add(number.wrapping_mul(size));
            found = true;
        }
    }
    found.then_some(total)
}

/// Seconds with as much of the fraction as there is.
#[expect(clippy::cast_precision_loss, reason = "Go computes it in float64 too")]
pub(crate) fn duration_text(nanoseconds: i64) -> String {
    let (whole, part) = (nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000);
    format!("{}s", whole as f64 + part as f64 / 1e9)
}

/// One of the totals: `getHours()` and its like. Milliseconds are those within the second.
pub(crate) fn duration_part(nanoseconds: i64, function: &str) -> i64 {
    match function {
        "getHours" => nanoseconds / 3_600_000_000_000,
        "getMinutes" => nanoseconds / 60_000_000_000,
        "getSeconds" => nanoseconds / 1_000_000_000,
        _ => nanoseconds / 1_000_000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_are_read_and_written() {
        for text in [
            "1970-01-01T00:00:00Z",
            "2023-07-14T10:30:45.123Z",
            "2000-02-29T23:59:59+01:30",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
        ] {
            assert_eq!(Timestamp::parse(text).map(Timestamp::text).as_deref(), Some(text));
        }
        for wrong in [
            "",
            "2023-02-29T00:00:00Z",
            "2023-01-01",
            "2023-01-01T24:00:00Z",
            "2023-01-01T00:00:00",
            "2023-1-01T00:00:00Z",
        ] {
            assert!(Timestamp::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn durations_are_read_and_written() {
        for (text, nanoseconds) in [
            ("1h30m", Some(5_400_000_000_000)),
            ("1.5s", Some(1_500_000_000)),
            ("-1ms", Some(-1_000_000)),
            ("0", Some(0)),
            (".5s", Some(500_000_000)),
            ("", None),
            ("5", None),
            ("1d", None),
            ("s", None),
            ("1h 30m", None),
        ] {
            assert_eq!(duration(text), nanoseconds, "{text}");
        }
        assert_eq!(lax_duration("3 days"), Some(3 * 86_400_000_000_000));
        assert_eq!(lax_duration("1h 30m"), Some(5_400_000_000_000));
        assert_eq!(lax_duration("5"), None);
        assert_eq!(duration_text(1_500_000_000), "1.5s");
        assert_eq!(duration_text(-5_400_000_000_000), "-5400s");
    }
}
