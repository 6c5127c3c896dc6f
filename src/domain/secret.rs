//! Values that must never be printed, stored or sent between the threads.

use std::fmt;

/// A secret string: a token, a PKCE verifier, an authorization code.
///
/// It has no `Display`, no `Serialize` and no `Clone`, and its `Debug` says nothing, so that it
/// cannot reach a log, a file or a bridge message by accident.
pub struct Secret(String);

impl Secret {
    /// Takes the string into custody.
    pub fn new(value: String) -> Self {
        Self(value)
    }

    /// The string itself, for the one place that has to send it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Drop for Secret {
    /// Overwrites the bytes, as far as safe Rust can. Copies that the browser made for a request
    /// header are out of reach; SECURITY.md says so.
    fn drop(&mut self) {
        let len = self.0.len();
        self.0.clear();
        self.0.extend(std::iter::repeat_n('\0', len));
    }
}
