//! Numbers that are no 64-bit integers: kept as they were written, compared in one form.
//!
//! A tree of `f64` would round them, and what parses and writes `f64` brings 20 kB of tables.

/// More zeros than this are written as an exponent.
const ZEROS: i64 = 40;

/// A decimal number (`-1.50e1`) in one form (`-15`), so that equal numbers are equal texts.
///
/// The form is that of `f64`'s `Display`: no exponent, unless the number is very large or small; no more zeros than needed.
pub fn plain(text: &str) -> String {
    let Parts {
        negative,
        digits,
        point,
    } = parts(text);
    let mut out = if negative { "-" } else { "" }.to_owned();
    let zeros = |out: &mut String, count: i64| out.extend((0..count).map(|_| '0'));
    let length = digits.len() as i64;
    if digits.is_empty() {
        out.push('0');
    } else if !(-ZEROS..=length + ZEROS).contains(&point) {
        out += &digits;
        out += &format!("e{}", point.saturating_sub(length));
    } else if point <= 0 {
        out += "0.";
        zeros(&mut out, -point);
        out += &digits;
    } else {
        let (whole, fraction) = digits.split_at(digits.len().min(point as usize));
        out += whole;
        zeros(&mut out, point - length);
        if !fraction.is_empty() {
            out.push('.');
            out += fraction;
        }
    }
    out
}

/// True for a decimal number that is beyond `f64`: most programs read it as infinite.
pub(super) fn is_endless(text: &str) -> bool {
    let Parts { digits, point, .. } = parts(text);
    !digits.is_empty() && point > 309
}

struct Parts {
    negative: bool,
    /// Without zeros at either end.
    digits: String,
    /// How many of them, or how many zeros more, stand before the point; negative: zeros after it.
    point: i64,
}

fn parts(text: &str) -> Parts {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = [whole, fraction].concat();
    let digits = all.trim_start_matches('0');
    let point = whole.len() as i64 - (all.len() - digits.len()) as i64;
    let digits = digits.trim_end_matches('0');
    let point = point.saturating_add(exponent_of(exponent));
    Parts {
        negative,
        digits: digits.to_owned(),
        point,
    }
}

/// An exponent; one that no number has is the largest or smallest.
fn exponent_of(text: &str) -> i64 {
    let bounded = if text.starts_with('-') {
        i64::MIN / 4
    } else {
        i64::MAX / 4
    };
    text.parse()
        .unwrap_or(bounded)
        .clamp(i64::MIN / 4, i64::MAX / 4)
}

/// A decimal number as JSON writes it; `None` for anything else. `+`, and a point at either end, are read too:
/// YAML and property lists have them.
pub fn json(text: &str) -> Option<String> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let power = exponent.map(|text| text.strip_prefix(['-', '+']).unwrap_or(text));
    let is_one = digits(whole)
        && digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && power.is_none_or(|text| !text.is_empty() && digits(text));
    is_one.then(|| plain(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_numbers_are_equal_texts() {
        for (text, wanted) in [
            ("1.50", "1.5"),
            ("15e-1", "1.5"),
            ("1.0", "1"),
            ("1.0e5", "100000"),
            ("-0.0010", "-0.001"),
            ("-0", "-0"),
            ("0.0e9", "0"),
            ("12345678901234567890", "12345678901234567890"),
            ("1e39", "1000000000000000000000000000000000000000"),
            ("1.5E400", "15e399"),
            ("1e-400", "1e-400"),
            ("1e99999999999999999999", "1e2305843009213693951"),
        ] {
            assert_eq!(plain(text), wanted, "{text}");
        }
    }

    #[test]
    fn it_is_the_form_in_which_rust_writes_numbers() {
        for text in [
            "1.50",
            "0.1",
            "-2.5e3",
            "1e21",
            "1.25e-7",
            "100.0",
            "9007199254740993.5e-3",
        ] {
            let number: f64 = text.parse().unwrap_or_default();
            if number.to_string().len() < 16 {
                assert_eq!(plain(text), number.to_string(), "{text}");
            }
        }
    }

    #[test]
    fn what_other_formats_write_becomes_json() {
        for (text, wanted) in [
            ("+1.5", Some("1.5")),
            (".5", Some("0.5")),
            ("1.", Some("1")),
            ("1.5e+3", Some("1500")),
            ("", None),
            (".", None),
            ("1e", None),
            ("nan", None),
            ("1.5.2", None),
        ] {
            assert_eq!(json(text).as_deref(), wanted, "{text}");
        }
    }
}
