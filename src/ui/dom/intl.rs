//! Numbers and dates as the person's own locale writes them.

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

thread_local! {
    static FORMATS: Formats = Formats::new();
}

/// Making a format is slow, using it is not: one of each for the page's life.
struct Formats {
    number: Function,
    day: Function,
    minute: Function,
}

impl Formats {
    fn new() -> Self {
        let locales = Array::new();
        let dates = |options: &[(&str, &str)]| {
            let object = Object::new();
            for (name, value) in options {
                let _ = Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value));
            }
            Intl::DateTimeFormat::new(&locales, &object).format()
        };
        Self {
            number: Intl::NumberFormat::new(&locales, &Object::new()).format(),
            day: dates(&[("dateStyle", "medium")]),
            minute: dates(&[
                ("year", "numeric"),
                ("month", "short"),
                ("day", "numeric"),
                ("hour", "2-digit"),
                ("minute", "2-digit"),
                ("timeZoneName", "short"),
            ]),
        }
    }
}

fn call(format: impl Fn(&Formats) -> &Function, value: &JsValue) -> Option<String> {
    FORMATS.with(|formats| {
        let text = format(formats).call1(&JsValue::UNDEFINED, value).ok()?;
        text.as_string()
    })
}

/// A number with thousands separators.
pub fn number(n: u32) -> String {
    call(|f| &f.number, &JsValue::from_f64(f64::from(n))).unwrap_or_else(|| n.to_string())
}

/// A day; what is no date stays as it stands.
pub fn day(iso: &str) -> String {
    written(iso, |f| &f.day)
}

/// A day and a time with its zone; what is no date stays as it stands.
pub fn minute(iso: &str) -> String {
    written(iso, |f| &f.minute)
}

/// The same, from milliseconds since 1970.
pub fn moment(ms: f64) -> String {
    call(|f| &f.minute, &Date::new(&JsValue::from_f64(ms))).unwrap_or_default()
}

/// How old something is, in minutes; `None` where that is no date or lies ahead.
pub fn age_minutes(iso: &str) -> Option<u32> {
    let then = Date::parse(iso);
    let minutes = (Date::now() - then) / 60_000.0;
    // A number without sign and fraction, far below the limit.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (minutes >= 0.0).then_some(minutes as u32)
}

/// Now, ISO 8601 in UTC, to the second.
pub fn now_iso() -> String {
    let text = String::from(Date::new_0().to_iso_string());
    let whole = text.split('.').next().unwrap_or(&text);
    format!("{whole}Z")
}

fn written(iso: &str, format: impl Fn(&Formats) -> &Function) -> String {
    let date = Date::new(&JsValue::from_str(iso));
    if date.get_time().is_nan() {
        return iso.to_owned();
    }
    call(format, &date).unwrap_or_else(|| iso.to_owned())
}
