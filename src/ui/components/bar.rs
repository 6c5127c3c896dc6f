//! Bars: SVG geometry, because a size in a style attribute is against the page's policy.
//! Filled is assigned, hollow is not assigned, hatched is unknown.

use yew::prelude::*;

/// A piece of a bar: class and length.
pub type Segment = (&'static str, u32);

/// A bar of so many units. Hidden from screen readers unless it has a name: the number stands beside it.
pub fn bar(
    class: &'static str,
    height: u32,
    whole: u32,
    segments: &[Segment],
    name: Option<String>,
) -> Html {
    let whole = whole.max(1);
    let mut x = 0;
    let rects = segments.iter().filter(|(_, w)| *w > 0).map(|&(class, width)| {
        let from = x;
        x += width;
        let (y, h) = if class == "open" { (".5".to_owned(), height - 1) } else { ("0".to_owned(), height) };
        html! { <rect {class} x={from.to_string()} {y} width={width.to_string()} height={h.to_string()}/> }
    });
    let rects: Html = rects.collect();
    let mut edge = 0;
    let gaps: Html = segments
        .iter()
        .filter(|(_, w)| *w > 0)
        .map(|&(_, width)| {
            edge += width;
            if edge >= whole {
                html! {}
            } else {
                html! { <path class="gap" d={format!("M{edge} 0v{height}")}/> }
            }
        })
        .collect();
    let gaps = if class.contains("big") {
        gaps
    } else {
        html! {}
    };
    let view = format!("0 0 {whole} {height}");
    let hidden = if name.is_some() { None } else { Some("true") };
    let role = name.as_ref().map(|_| "img");
    html! {
        <svg class={classes!("bar", class)} viewBox={view} preserveAspectRatio="none" {role} aria-label={name} aria-hidden={hidden}>
            { rects }{ gaps }
        </svg>
    }
}

/// Upright bars beside each other, with a title and what they say, for who cannot see them.
pub fn bars(title: String, told: String, heights: &[u32]) -> Html {
    let most = heights.iter().copied().max().unwrap_or(1).max(1);
    let bars = heights.iter().enumerate().filter(|(_, n)| **n > 0).map(|(at, n)| {
        html! { <rect x={(at * 4).to_string()} y={(most - n).to_string()} width="3" height={n.to_string()}/> }
    });
    let view = format!("0 0 {} {most}", heights.len() * 4);
    html! {
        <svg class="bar bars" viewBox={view} preserveAspectRatio="none" role="img" aria-labelledby="bars-title bars-told">
            <title id="bars-title">{ title }</title><desc id="bars-told">{ told }</desc>{ for bars }
        </svg>
    }
}

/// The pattern of what is unknown: once in a document that draws it.
pub fn hatch() -> Html {
    html! {
        <svg class="vh" aria-hidden="true"><defs>
            <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <path class="hatch" d="M2 0v6"/>
            </pattern>
        </defs></svg>
    }
}
