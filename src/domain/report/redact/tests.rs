use super::*;
use crate::snapshot::Tenant;

#[test]
fn whole_words_are_replaced_and_nothing_else() {
    let side = Snapshot {
        tenant: Tenant {
            id: "7c1f3c1e-0000-4000-8000-000000000001".into(),
            name: "Straße AG".into(),
            domain: "contoso.com".into(),
        },
        label: "Straße AG".into(),
        ..Snapshot::default()
    };
    let people = vec![("Ada Berg".to_owned(), "«owner 1»".to_owned())];
    let redactor = Redactor::new(&[&side], people);
    for (text, wanted) in [
        ("Contoso", "«tenant»"),
        ("contosophere", "contosophere"),
        ("asked ada berg.", "asked «owner 1»."),
        ("https://CONTOSO.com/x", "https://«domain»/x"),
        ("a.b@x.example.org, c", "«e-mail», c"),
        ("not@mail", "not@mail"),
        ("*S-1-12-1-1-2-3-4;S-1-5-32-544", "*«account»;S-1-5-32-544"),
        ("der Straße AG:", "der «tenant»:"),
        ("{7C1F3C1E-0000-4000-8000-000000000001}", "{«tenant id»}"),
        ("ä", "ä"),
        ("", ""),
    ] {
        let mut own = text.to_owned();
        redactor.text(&mut own);
        assert_eq!(own, wanted, "{text}");
    }
    let mut off = "Contoso".to_owned();
    Redactor::default().text(&mut off);
    assert_eq!(off, "Contoso");
}
