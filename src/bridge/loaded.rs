//! What the browser says a thread loaded.

use js_sys::Reflect;
use web_sys::Performance;

/// Each address that this thread loaded, and when it began, in milliseconds of this clock. The browser keeps the first 250.
///
/// "Resource Timing", <https://www.w3.org/TR/resource-timing/>.
pub fn loaded(clock: Option<Performance>) -> Vec<(String, f64)> {
    let list = clock.map(|clock| clock.get_entries_by_type("resource"));
    let entries = list.iter().flat_map(js_sys::Array::iter);
    let one = |entry| {
        let of = |name: &str| Reflect::get(&entry, &name.into()).ok();
        Some((of("name")?.as_string()?, of("startTime")?.as_f64()?))
    };
    entries.filter_map(one).collect()
}
