//! The two dialogs: choosing a passphrase, and saying one.

use domain::sealed::{SHORTEST, SealedError, passphrase};
use domain::secret::Secret;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{WAITING, crypto, is_on, open_waiting, turn};
use crate::ui::components::{button, copy_button, field_text, icon_s, on};
use crate::ui::effects::send;
use crate::ui::state::{Action, ShellAction};

fn shut() -> Action {
    Action::Shell(ShellAction::Shut)
}

/// A new one; empty where the browser has no randomness.
fn fresh() -> String {
    crypto::random().map_or_else(|_| String::new(), |random| passphrase(&random))
}

/// Chooses a passphrase for what is saved from now on.
#[component]
fn Choose() -> Html {
    let text = use_state_eq(fresh);
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| text.set(field_text(&event)))
    };
    let another = {
        let text = text.clone();
        Callback::from(move |_: MouseEvent| text.set(fresh()))
    };
    let short = text.chars().count() < SHORTEST;
    let onsubmit = {
        let text = text.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !short {
                turn(Some((*text).clone()));
                send(shut());
                send(Action::Shell(ShellAction::Said(
                    "From now on files are saved encrypted.",
                )));
            }
        })
    };
    html! {
        <form {onsubmit}>
            <header><h2 class="dt">{ "Encrypt what is saved" }</h2></header>
            <div class="body stack">
                <p>{ "Snapshots, reports and exports are encrypted with this passphrase before they reach the disk, until you take it back, lock or close the tab." }</p>
                <div class="field"><label for="passphrase">{ "Passphrase" }</label>
                    <input id="passphrase" class="in mono" type="text" spellcheck="false" autocomplete="off" autocapitalize="off" required=true minlength={SHORTEST.to_string()}
                        value={(*text).clone()} {oninput}/>
                    <span class="hint">{ format!("{SHORTEST} characters or more. The offered one is random.") }</span></div>
                <p class="row">{ copy_button(&text, "Copy", "Passphrase") }<button type="button" class="btn ghost" onclick={another}>{ icon_s("refresh") }{ "Another" }</button></p>
                <p class="soft">{ "Keep it where passwords are kept. Nobody can open such a file without it, we neither. Files open here, or with a script of a few lines that comes with the source." }</p>
            </div>
            <footer>{ button("", "", "Not now", shut()) }<button type="submit" class="btn pri" disabled={short}>{ "Encrypt from now on" }</button></footer>
        </form>
    }
}

/// While it is on: what is so, and the way back.
fn already() -> Html {
    let off = Callback::from(|_: MouseEvent| {
        turn(None);
        send(shut());
        send(Action::Shell(ShellAction::Said(
            "From now on files are saved in clear.",
        )));
    });
    html! {
        <>
            <header><h2 class="dt">{ "Files are saved encrypted" }</h2></header>
            <div class="body stack"><p>{ "With the passphrase that was chosen in this tab. It is not shown again." }</p></div>
            <footer><button type="button" class="btn" onclick={off}>{ "Save in clear again" }</button>{ button("pri", "", "Keep it so", shut()) }</footer>
        </>
    }
}

/// The dialog that chooses a passphrase, or takes it back.
pub fn choose() -> Html {
    if is_on() {
        already()
    } else {
        html! { <Choose/> }
    }
}

/// Asks for the passphrase of files that are being opened.
#[component]
fn Open() -> Html {
    let text = use_state_eq(String::new);
    let wrong = use_state_eq(|| None::<SealedError>);
    let busy = use_state_eq(|| false);
    // Whoever shuts the dialog does not want the files any more.
    use_effect_with((), |()| || WAITING.set(None));
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| text.set(field_text(&event)))
    };
    let onsubmit = {
        let (text, wrong, busy) = (text.clone(), wrong.clone(), busy.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if *busy {
                return;
            }
            busy.set(true);
            let said = Secret::new((*text).clone());
            let (wrong, busy) = (wrong.setter(), busy.setter());
            spawn_local(async move {
                let opened = open_waiting(said).await;
                busy.set(false);
                wrong.set(opened.err());
            });
        })
    };
    html! {
        <form {onsubmit}>
            <header><h2 class="dt">{ "Open an encrypted file" }</h2></header>
            <div class="body stack">
                <div class="field"><label for="passphrase">{ "Passphrase" }</label>
                    <input id="passphrase" class="in mono" type="password" autocomplete="off" required=true autofocus=true
                        aria-invalid={wrong.map(|_| "true")} aria-describedby="passphrase-said" value={(*text).clone()} {oninput}/></div>
                <p id="passphrase-said" role="status">
                    if *busy { { "Opening …" } } else if let Some(error) = *wrong { <span class="err">{ error.words() }</span> }
                </p>
            </div>
            <footer><button type="button" class="btn" onclick={on(shut())}>{ "Not now" }</button><button type="submit" class="btn pri">{ "Open" }</button></footer>
        </form>
    }
}

/// The dialog that asks for a passphrase.
pub fn open() -> Html {
    html! { <Open/> }
}
