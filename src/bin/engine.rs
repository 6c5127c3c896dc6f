//! The engine, in a worker.

fn main() {
    #[cfg(target_arch = "wasm32")]
    plumbline::engine::run();
}
