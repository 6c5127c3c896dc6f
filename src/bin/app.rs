//! The page.

fn main() {
    #[cfg(target_arch = "wasm32")]
    page::run();
}

#[cfg(target_arch = "wasm32")]
mod page {
    use plumbline::bridge::{Engine, show_panics, sign_in};
    use plumbline::ui;

    /// Starts the engine, and the page that asks it.
    pub fn run() {
        show_panics();
        let engine = Engine::start(ui::deliver, ui::read);
        let ask = move |request| engine.ask(&request);
        ui::run(Box::new(ask), sign_in::arrive());
    }
}
