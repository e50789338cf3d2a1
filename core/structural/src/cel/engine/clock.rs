//! Pure: reckoning with times, and their texts as Go writes them.

use crate::cel::time::{DAY, SECONDS, Timestamp, days_since_1970, duration};

impl Timestamp {
    /// A whole second, if there is such a year.
    pub(crate) fn of_seconds(seconds: i64) -> Option<Self> {
        let timestamp = Self { seconds, nanos: 0, offset: 0 };
        SECONDS.contains(&seconds).then_some(timestamp)
    }

    /// The same, but also without an offset; nothing at all is 1970.
    pub(crate) fn parse_lax(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self { seconds: 0, nanos: 0, offset: 0 });
        }
        Self::parse(text).or_else(|| Self::parse(&format!("{text}Z")))
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

/// A length of time, or whole numbers with long names of units such as `3 days`: what `format: duration` takes.
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
    fn times_are_written_as_they_were_read() {
        for text in [
            "1970-01-01T00:00:00Z",
            "2023-07-14T10:30:45.123Z",
            "2000-02-29T23:59:59+01:30",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
        ] {
            assert_eq!(Timestamp::parse(text).map(Timestamp::text).as_deref(), Some(text));
        }
        assert_eq!(duration_text(1_500_000_000), "1.5s");
        assert_eq!(duration_text(-5_400_000_000_000), "-5400s");
    }

    #[test]
    fn long_names_of_units_are_read_too() {
        assert_eq!(lax_duration("3 days"), Some(3 * 86_400_000_000_000));
        assert_eq!(lax_duration("1h 30m"), Some(5_400_000_000_000));
        assert_eq!(lax_duration("5"), None);
    }
}
