//! How the page's module is linked.

#![allow(clippy::print_stdout, reason = "this is how a build script speaks")]

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=src/build.rs");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|v| v == value);
    // The release build cuts the module in two (`xtask/split`), for which it must know who refers to whom.
    if is("CARGO_CFG_TARGET_ARCH", "wasm32") && is("OPT_LEVEL", "z") {
        println!("cargo::rustc-link-arg-bin=app=--emit-relocs");
    }
}
