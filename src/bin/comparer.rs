//! The comparer, in a worker.

fn main() {
    #[cfg(target_arch = "wasm32")]
    plumbline::comparer::run();
}
