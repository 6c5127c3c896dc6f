//! Short names between a module and its glue.
//!
//! wasm-bindgen ends the name of each import with a hash, once in the module and once in the glue. No
//! compression helps against hashes: they are some five kilobytes of the first load.

use std::collections::BTreeMap;

/// A module and its glue, with short names, and the glue without its indentation.
/// `None`: they are not what wasm-bindgen wrote so far.
pub fn shorten(wasm: &[u8], glue: &str) -> Option<(Vec<u8>, String)> {
    let mut short = BTreeMap::new();
    let wasm = imports_renamed(wasm, &mut |name| {
        let next = format!("i{}", short.len());
        short.entry(name.to_owned()).or_insert(next).clone()
    })?;
    let mut out = String::with_capacity(glue.len());
    let mut met = 0;
    for line in glue.lines().map(str::trim) {
        match line
            .split_once(": ")
            .and_then(|(key, rest)| Some((short.get(key)?, rest)))
        {
            Some((key, rest)) => {
                met += 1;
                out += &format!("{key}: {rest}");
            }
            None => out += line,
        }
        out.push('\n');
    }
    (met == short.len()).then_some((wasm, out))
}

/// The same module, with other names in its section of imports.
fn imports_renamed(wasm: &[u8], rename: &mut dyn FnMut(&str) -> String) -> Option<Vec<u8>> {
    const IMPORTS: u8 = 2;
    let mut out = wasm.get(..8)?.to_vec();
    let mut rest = Reader(wasm.get(8..)?);
    while !rest.0.is_empty() {
        let id = rest.byte()?;
        let body = rest.sized()?;
        out.push(id);
        if id == IMPORTS {
            put_sized(&mut out, &imports(Reader(body), rename)?);
        } else {
            put_sized(&mut out, body);
        }
    }
    Some(out)
}

fn imports(mut from: Reader<'_>, rename: &mut dyn FnMut(&str) -> String) -> Option<Vec<u8>> {
    const FUNCTION: u8 = 0;
    let count = from.number()?;
    let mut out = Vec::new();
    put_number(&mut out, count);
    for _ in 0..count {
        put_sized(&mut out, from.sized()?);
        let name = std::str::from_utf8(from.sized()?).ok()?;
        put_sized(&mut out, rename(name).as_bytes());
        // wasm-bindgen imports functions only.
        if from.byte()? != FUNCTION {
            return None;
        }
        out.push(FUNCTION);
        put_number(&mut out, from.number()?);
    }
    from.0.is_empty().then_some(out)
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// LEB128, at most 32 bits.
    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn sized(&mut self) -> Option<&'a [u8]> {
        let size = usize::try_from(self.number()?).ok()?;
        let (bytes, rest) = self.0.split_at_checked(size)?;
        self.0 = rest;
        Some(bytes)
    }
}

fn put_number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn put_sized(out: &mut Vec<u8>, bytes: &[u8]) {
    put_number(out, u32::try_from(bytes.len()).unwrap_or(u32::MAX));
    out.extend(bytes);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// One import `m.__wbg_a_0123` of type 3, and a section that stays as it is.
    const MODULE: &[u8] = b"\0asm\x01\0\0\0\x02\x12\x01\x01m\x0c__wbg_a_0123\0\x03\x07\x02ok";

    #[test]
    fn both_sides_of_an_import_get_the_same_short_name() {
        let glue = "  const import0 = {\n    __wbg_a_0123: function(a) {\n";
        let (wasm, glue) = shorten(MODULE, glue).unwrap();
        assert_eq!(
            wasm,
            b"\0asm\x01\0\0\0\x02\x08\x01\x01m\x02i0\0\x03\x07\x02ok"
        );
        assert_eq!(glue, "const import0 = {\ni0: function(a) {\n");
    }

    #[test]
    fn a_glue_that_lacks_an_import_is_refused() {
        assert!(shorten(MODULE, "__wbg_b_0123: function(a) {").is_none());
        assert!(shorten(&MODULE[..12], "__wbg_a_0123: function(a) {").is_none());
    }
}
