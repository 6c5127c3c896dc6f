use super::*;

#[test]
fn every_address_comes_back() {
    let list = |query: &str, sort: Option<(&str, bool)>, policy| {
        Route::Inventory(List {
            query: query.to_owned(),
            sort: sort.map(|(c, d)| (c.to_owned(), d)),
            policy,
        })
    };
    let cases = [
        Route::Start,
        Route::Overview,
        list("", None, None),
        list("platform:windows name~\"ä & b\" 100%", None, None),
        list("", Some(("modified", true)), None),
        list(
            "a#b?c=d/e",
            Some(("name", false)),
            Some(PolicyRef::Index(7)),
        ),
        list(
            "",
            None,
            Some(PolicyRef::Id("4f0a7b21-9c1e_x/ü".to_owned())),
        ),
        Route::Compare(None),
        Route::Compare(Some(12)),
        Route::Analysis(View::of(Tab::Drift)),
        Route::Analysis(View {
            text: "a&b=c".to_owned(),
            show: "all,nobody".to_owned(),
            row: Some(3),
            ..View::of(Tab::Coverage)
        }),
        Route::Analysis(View {
            picked: [Some((1, 12)), Some((0, 7))],
            side: Some(2),
            ..View::of(Tab::Policies)
        }),
        Route::Analysis(View {
            rule: "r".to_owned(),
            ..View::of(Tab::Rule)
        }),
        Route::Analysis(View {
            about: "4f0a/b".to_owned(),
            sort: "-who".to_owned(),
            ..View::of(Tab::Audit)
        }),
        Route::Reports,
        Route::Trust,
        Route::Access,
        Route::Mine,
        Route::Rights(60),
        Route::Rights(7),
        Route::Permissions,
        Route::SetUp,
        Route::Threats,
    ];
    for route in cases {
        assert_eq!(Route::parse(&route.hash()), route, "{}", route.hash());
    }
}

#[test]
fn what_is_no_address_is_nowhere_or_kept_as_text() {
    for hash in [
        "#/compare/coverage/1",
        "#/nothing",
        "#/compare/x",
        "#/overview/1",
        "#/inventory/a/b",
    ] {
        assert_eq!(Route::parse(hash), Route::Nowhere, "{hash}");
    }
    assert_eq!(Route::parse(""), Route::Start);
    assert_eq!(Route::parse("#/inventory?q=%zz%"), Route::inventory("%zz%"));
    // An index that is no number names no policy.
    assert_eq!(Route::parse("#/inventory/~x"), Route::inventory(""));
}

#[test]
fn a_time_is_one_to_ninety_days() {
    for (hash, days) in [
        ("#/trust/rights", 60),
        ("#/trust/rights?days=30", 30),
        ("#/trust/rights?days=0", 1),
        ("#/trust/rights?days=4000000000", 90),
        ("#/trust/rights?days=-1", 60),
        ("#/trust/rights?days=x", 60),
    ] {
        assert_eq!(Route::parse(hash), Route::Rights(days), "{hash}");
    }
}
