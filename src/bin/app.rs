//! The page.

fn main() {
    #[cfg(target_arch = "wasm32")]
    page::run();
}

#[cfg(target_arch = "wasm32")]
mod page {
    use domain::protocol::Event;
    use plumbline::bridge::Engine;

    /// Starts the engine and shows what it says.
    pub fn run() {
        let engine = Engine::start(|_, event| match event {
            Event::Ready(ready) => show(&format!(
                "{}; the page's policy is {}",
                ready.cloud,
                if ready.policy_enforced {
                    "enforced"
                } else {
                    "not enforced"
                }
            )),
            Event::Misconfigured(problems) => {
                let lines = problems.iter().map(|p| format!("{} {}", p.what, p.remedy));
                show(&lines.collect::<Vec<_>>().join("\n"));
            }
            Event::Failed(problem) => show(&problem.what),
            _ => {}
        });
        // Lives as long as the page.
        std::mem::forget(engine);
    }

    fn show(text: &str) {
        let body = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.body());
        if let Some(body) = body {
            body.set_text_content(Some(text));
        }
    }
}
