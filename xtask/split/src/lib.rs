//! One WebAssembly module as two: what is needed at once, and what comes later.
//!
//! Rust links one module. A page that only shows its first screen needs a part of it, so the build cuts: what can be
//! reached only through the *gates*, functions of an agreed name, goes into a second module. Nothing is there twice, and nothing
//! is changed but the calls of the gates, which go through the table of functions: the second module fills its places there, and its
//! bytes of the memory, when it is instantiated with the first one's exports. A gate that is called before that is a trap.
//!
//! What reaches what is not guessed: the linker says it (`--emit-relocs`), and the names of functions carry that over
//! to the module that wasm-bindgen writes.

#![forbid(unsafe_code)]

mod linked;
mod module;
mod plan;
mod write;

#[cfg(test)]
mod tests;

use std::fmt;

pub use linked::Linked;
pub use module::Module;
pub use plan::Plan;
pub use write::Halves;

/// The module's name under which the later part imports from the first.
pub const FROM: &str = "p";

/// Why a module was not split.
#[derive(Debug)]
pub enum Refused {
    /// Not a WebAssembly module.
    Unreadable(wasmparser::BinaryReaderError),
    /// The linker's output has no relocations.
    NoRelocations,
    /// No function has the gates' name.
    NoGate(String),
    /// Numbers that lead nowhere.
    Malformed,
    /// Something that was not in such modules so far.
    Shape(&'static str),
    /// Could not be written again.
    Unwritable(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => write!(f, "not a module: {error}"),
            Self::NoRelocations => f.write_str("linked without `--emit-relocs`"),
            Self::NoGate(gate) => write!(f, "no function is called `{gate}`"),
            Self::Malformed => f.write_str("numbers in it lead nowhere"),
            Self::Shape(what) => write!(f, "there is {what} in it, which is new"),
            Self::Unwritable(what) => write!(f, "an instruction cannot be written again: {what}"),
        }
    }
}

impl std::error::Error for Refused {}

impl From<wasmparser::BinaryReaderError> for Refused {
    fn from(error: wasmparser::BinaryReaderError) -> Self {
        Self::Unreadable(error)
    }
}

impl From<wasm_encoder::reencode::Error<Refused>> for Refused {
    fn from(error: wasm_encoder::reencode::Error<Refused>) -> Self {
        match error {
            wasm_encoder::reencode::Error::UserError(refused) => refused,
            wasm_encoder::reencode::Error::ParseError(error) => Self::Unreadable(error),
            other => Self::Unwritable(other.to_string()),
        }
    }
}

/// Splits `module`, which wasm-bindgen made from `linked`.
///
/// # Errors
/// See [`Refused`].
pub fn split(linked: &[u8], module: &[u8], gate: &str) -> Result<Halves, Refused> {
    let linked = Linked::read(linked)?;
    let module = Module::read(module)?;
    let plan = Plan::make(&linked, &module, gate)?;
    write::write(&module, &plan)
}
