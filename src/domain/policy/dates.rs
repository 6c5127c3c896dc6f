//! Dates as the several tools write them, as one form: ISO 8601 in UTC, whole seconds.

/// `2024-05-01T10:00:00.1234567Z`, `2024-05-01T12:00:00+02:00`, `/Date(1642113131445)/` →
/// `2024-05-01T10:00:00Z`. Empty for "never" (`0001-01-01…`) and for what is no date.
pub fn normalise(text: &str) -> String {
    match seconds(text) {
        Some(seconds) => iso(seconds),
        None => String::new(),
    }
}

/// Seconds since 1970 in UTC. A text without a zone is taken as UTC.
/// `None` for "never" (`0001-01-01…`) and for what is no date.
pub fn seconds(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix("/Date(") {
        let end = inner.find(|c: char| !c.is_ascii_digit() && c != '-')?;
        return Some(inner.get(..end)?.parse::<i64>().ok()?.div_euclid(1000));
    }
    let (year, month, day) = (part(text, 0, 4)?, part(text, 5, 7)?, part(text, 8, 10)?);
    let dashes = text.as_bytes().get(4) == Some(&b'-') && text.as_bytes().get(7) == Some(&b'-');
    if !dashes || year <= 1 || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let midnight = days(year, month, day) * 86_400;
    let Some(time) = text.get(11..) else {
        return Some(midnight);
    };
    let hour = part(time, 0, 2).unwrap_or(0);
    let minute = part(time, 3, 5).unwrap_or(0);
    let second = part(time, 6, 8).unwrap_or(0);
    let zone = time
        .find(['+', '-'])
        .and_then(|at| time.get(at..))
        .map_or(0, offset);
    Some(midnight + hour * 3600 + minute * 60 + second - zone)
}

/// `2024-05-01T10:00:00Z`
pub fn iso(seconds: i64) -> String {
    let (year, month, day) = date(seconds.div_euclid(86_400));
    let time = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

fn part(text: &str, from: usize, to: usize) -> Option<i64> {
    let digits = text.get(from..to)?;
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| digits.parse().ok())
        .flatten()
}

/// `+02:00` in seconds.
fn offset(zone: &str) -> i64 {
    let hours = part(zone, 1, 3).unwrap_or(0);
    let minutes = part(zone, 4, 6).or_else(|| part(zone, 3, 5)).unwrap_or(0);
    let size = hours * 3600 + minutes * 60;
    if zone.starts_with('-') { -size } else { size }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar, counted in eras of 400 years
/// that begin on 1 March, so that the leap day is the last one of its year.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_becomes_one() {
        for (written, expect) in [
            ("2024-05-01T10:00:00Z", "2024-05-01T10:00:00Z"),
            ("2024-05-01T10:00:00.1234567Z", "2024-05-01T10:00:00Z"),
            ("2024-05-01T12:00:00+02:00", "2024-05-01T10:00:00Z"),
            ("2024-05-01T12:00:00.5-0130", "2024-05-01T13:30:00Z"),
            ("2024-02-29", "2024-02-29T00:00:00Z"),
            ("/Date(1642113131445)/", "2022-01-13T22:32:11Z"),
            ("/Date(-1000)/", "1969-12-31T23:59:59Z"),
            ("0001-01-01T00:00:00Z", ""),
            ("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59Z"),
            ("yesterday", ""),
            ("/Date()/", ""),
            ("2024-13-01", ""),
            ("", ""),
            ("ä024-05-01", ""),
        ] {
            assert_eq!(normalise(written), expect, "{written}");
        }
    }

    #[test]
    fn days_and_dates_are_inverse() {
        for day in (-800_000..3_000_000).step_by(137) {
            let (year, month, of_month) = date(day);
            assert_eq!(days(year, month, of_month), day);
        }
    }
}
