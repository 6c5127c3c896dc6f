//! The engine, in a worker.

fn main() {}
