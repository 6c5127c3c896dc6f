//! The settings of a policy as a tree, by category.

use std::rc::Rc;

use domain::protocol::{PolicyView, SettingView};
use yew::prelude::*;

use super::gap_note;
use crate::ui::components::{button, icon_s, id_chip, toggle};
use crate::ui::dom::intl;
use crate::ui::state::steps::ends;
use crate::ui::state::{Action, Pane, PolicyAction};

/// The section.
pub fn section(pane: &Pane) -> Html {
    let (Some(view), ids) = (&pane.view.value, pane.ids) else {
        return html! {};
    };
    let content = match &view.settings {
        Err(gap) => gap_note("Settings are", gap),
        Ok(list) if list.is_empty() => html! { <p class="soft">{ "It sets nothing." }</p> },
        Ok(list) => {
            let ends: Vec<usize> = ends(list).take(pane.steps + 1).collect();
            let shown = ends.last().copied().unwrap_or_default();
            let starts = std::iter::once(0).chain(ends.iter().copied());
            let parts = starts.zip(&ends).map(|(from, to)| {
                html! { <Part key={from} view={Rc::clone(view)} {ids} {from} to={*to}/> }
            });
            html! { <>
                { for parts }
                if shown < list.len() { <p class="row">
                    { button("", "", "Show more", Action::Policy(PolicyAction::More)) }
                    <span class="hint">{ format!("{} of {} settings are shown.", intl::number(shown as u32), intl::number(list.len() as u32)) }</span>
                </p> }
            </> }
        }
    };
    let count = view.head.settings.map(intl::number).unwrap_or_default();
    html! {
        <section id="p-set" tabindex="-1" aria-labelledby="h-s">
            <h3 id="h-s">{ "Settings " }<span class="quiet">{ count }</span><span class="grow"/>
                { toggle(ids, "ghost", html! { { "Descriptions and ids" } }, Action::Policy(PolicyAction::ShowIds)) }</h3>
            { content }
        </section>
    }
}

/// Some of the settings. It is drawn once, however many more are asked for.
#[derive(Properties)]
struct PartProps {
    view: Rc<PolicyView>,
    ids: bool,
    from: usize,
    to: usize,
}

impl PartialEq for PartProps {
    fn eq(&self, other: &Self) -> bool {
        let places = |p: &Self| (p.ids, p.from, p.to);
        Rc::ptr_eq(&self.view, &other.view) && places(self) == places(other)
    }
}

#[component]
fn Part(props: &PartProps) -> Html {
    let list = props.view.settings.as_deref().unwrap_or_default();
    let some = list.get(props.from..props.to).unwrap_or_default();
    html! { <ul class="tree">{ for categories(some, props.ids) }</ul> }
}

/// Runs of one category under a heading of their own.
fn categories(list: &[SettingView], ids: bool) -> Vec<Html> {
    let mut out = Vec::new();
    let mut rest = list;
    while let Some(first) = rest.first() {
        // What lies below a setting belongs to its category.
        let run = rest
            .iter()
            .take_while(|s| s.depth > 0 || s.category == first.category)
            .count()
            .max(1);
        let (these, after) = rest.split_at(run);
        rest = after;
        let lines = lines(these, first.depth, ids);
        out.push(if first.category.is_empty() {
            html! { <>{ for lines }</> }
        } else {
            group(
                &first.category,
                these.len(),
                html! { <ul>{ for lines }</ul> },
            )
        });
    }
    out
}

fn group(title: &str, n: usize, content: Html) -> Html {
    html! {
        <li><details open=true>
            <summary>{ icon_s("chev-right") }<span>{ title }</span><span class="quiet">{ n }</span></summary>{ content }
        </details></li>
    }
}

/// The settings of one depth, each with what lies below it.
fn lines(list: &[SettingView], depth: u16, ids: bool) -> Vec<Html> {
    let mut out = Vec::new();
    let mut rest = list;
    let mut element = list.first().map_or(0, |first| first.element);
    while let Some((first, after)) = rest.split_first() {
        let next_one = std::mem::replace(&mut element, first.element) != first.element;
        let below = after.iter().take_while(|s| s.depth > depth).count();
        let (children, after) = after.split_at(below);
        rest = after;
        // A depth that was left out does not end the tree.
        let next = children.first().map_or(depth, |child| child.depth);
        let under =
            (!children.is_empty()).then(|| html! { <ul>{ for lines(children, next, ids) }</ul> });
        out.push(if first.value.is_empty() && under.is_some() {
            group(&first.name, children.len(), under.unwrap_or_default())
        } else {
            html! { <li class={next_one.then_some("next")}>{ line(first, ids) }{ under }</li> }
        });
    }
    out
}

fn line(setting: &SettingView, ids: bool) -> Html {
    let name = html! { <span title={setting.description.clone()}>{ &setting.name }</span> };
    let ids = ids.then(|| ids_of(setting));
    if setting.long {
        return html! {
            <div class="full">{ name }<pre class="code" tabindex="0" role="region" aria-label={setting.name.clone()}>{ &setting.value }</pre>{ ids }</div>
        };
    }
    html! { <div>{ name }<span>{ &setting.value }</span>{ ids }</div> }
}

fn ids_of(setting: &SettingView) -> Html {
    html! {
        <>
            if !setting.description.is_empty() { <span class="soft full">{ &setting.description }</span> }
            { id_chip(&setting.id, "Setting id") }
            if !setting.csp.is_empty() { <span class="hint mono full">{ &setting.csp }</span> }
            if !setting.raw_value.is_empty() && !setting.long { <span class="hint mono full">{ &setting.raw_value }</span> }
        </>
    }
}
