//! One document for each object: what the list said, what the object said, and what is below it,
//! under the names that exports use.

use std::borrow::Cow;

use crate::json::{Json, Object};

/// Something that was read below an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The property it is kept under.
    pub name: &'static str,
    /// The part and the element of it that this one hangs on; `None`: the object itself.
    pub under: Option<(usize, usize)>,
    /// JSON texts.
    pub elements: Vec<String>,
    /// One value instead of a collection.
    pub single: bool,
    /// False: not read to its end. Left out of the document, so that the key says nothing.
    pub whole: bool,
}

/// The object as the list has it, with what it says itself on top.
pub fn merge<'a>(listed: Json<'a>, item: Json<'a>) -> Json<'a> {
    let (Json::Object(listed), Json::Object(mut item)) = (listed, item) else {
        return Json::Null;
    };
    for (key, value) in listed.0 {
        if item.get(&key).is_none() {
            item.0.push((key, value));
        }
    }
    Json::Object(item)
}

/// An answer of its own, without what only an answer has.
pub fn without_context(mut answer: Json<'_>) -> Json<'_> {
    if let Json::Object(object) = &mut answer {
        object.0.retain(|(key, _)| key != "@odata.context");
    }
    answer
}

/// Takes `settingDefinitions` out of an element of `settings`: they are kept once for all policies.
pub fn take_definitions<'a>(element: &mut Json<'a>) -> Option<Json<'a>> {
    let Json::Object(object) = element else {
        return None;
    };
    let named = |(key, _): &(Cow<'_, str>, Json<'_>)| key == "settingDefinitions";
    let at = object.0.iter().position(named)?;
    let (_, definitions) = object.0.remove(at);
    object
        .0
        .retain(|(key, _)| key != "settingDefinitions@odata.context");
    Some(definitions)
}

/// The document with all its parts.
pub fn document<'a>(mut document: Json<'a>, parts: &'a [Part]) -> Json<'a> {
    for (number, part) in parts.iter().enumerate() {
        if let (None, true, Json::Object(object)) = (part.under, part.whole, &mut document) {
            object.set(part.name, value(parts, number));
        }
    }
    document
}

fn value<'a>(parts: &'a [Part], number: usize) -> Json<'a> {
    let part = &parts[number];
    let mut elements: Vec<Json<'a>> = part.elements.iter().map(|text| parse(text)).collect();
    for (deeper, below) in parts.iter().enumerate().filter(|(_, below)| below.whole) {
        if let Some((above, element)) = below.under
            && above == number
            && let Some(Json::Object(object)) = elements.get_mut(element)
        {
            object.set(below.name, value(parts, deeper));
        }
    }
    if part.single {
        elements.pop().unwrap_or(Json::Null)
    } else {
        Json::Array(elements)
    }
}

/// What was written from a tree reads as one again.
fn parse(text: &str) -> Json<'_> {
    Json::parse(text).unwrap_or(Json::Object(Object(Vec::<(Cow<'_, str>, Json<'_>)>::new())))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn part(name: &'static str, under: Option<(usize, usize)>, elements: &[&str]) -> Part {
        let elements = elements.iter().map(|e| (*e).to_owned()).collect();
        Part {
            name,
            under,
            elements,
            single: false,
            whole: true,
        }
    }

    #[test]
    fn children_stand_under_their_names() {
        let mut parts = vec![
            part(
                "definitionValues",
                None,
                &[r#"{"id":"a"}"#, r#"{"id":"b"}"#],
            ),
            part("presentationValues", Some((0, 1)), &["1", "2"]),
            part("presentationValues", Some((0, 0)), &[]),
            part("assignments", None, &[]),
            part("categories", None, &["7"]),
            part("logo", None, &[r#"{"value":"x"}"#]),
        ];
        parts[4].whole = false;
        parts[5].single = true;
        let listed = Json::parse(r#"{"id":"p","assignments":null}"#).unwrap();
        assert_eq!(
            document(listed, &parts).to_text(),
            concat!(
                r#"{"id":"p","assignments":[],"definitionValues":[{"id":"a","presentationValues":[]},"#,
                r#"{"id":"b","presentationValues":[1,2]}],"logo":{"value":"x"}}"#
            )
        );
    }

    #[test]
    fn the_item_wins_over_the_list_and_loses_nothing() {
        let listed = Json::parse(r#"{"id":"p","created":1,"script":null}"#).unwrap();
        let item = Json::parse(r#"{"@odata.context":"c","id":"p","script":"x"}"#).unwrap();
        assert_eq!(
            merge(listed, item).to_text(),
            r#"{"@odata.context":"c","id":"p","script":"x","created":1}"#
        );
    }

    #[test]
    fn definitions_are_taken_out() {
        let mut element = Json::parse(
            r#"{"id":"0","settingDefinitions@odata.context":"c","settingDefinitions":[1],"x":2}"#,
        )
        .unwrap();
        assert_eq!(take_definitions(&mut element).unwrap().to_text(), "[1]");
        assert_eq!(element.to_text(), r#"{"id":"0","x":2}"#);
        assert_eq!(take_definitions(&mut element), None);
    }
}
