//! Who holds rights, and who acted: people, groups, applications, those who are gone.

use super::*;

const GROUP: &str = "aaaaaaaa-0000-4000-8000-0000000000f0";

fn kinds(rights: &Rights) -> Vec<(HolderKind, &str)> {
    rights
        .holders
        .iter()
        .map(|one| (one.kind, one.name.as_str()))
        .collect()
}

fn directory(what: Live, rows: &str) -> LiveRead {
    read(what, &[rows], None)
}

#[test]
fn a_group_whose_members_are_not_known_stands_for_them() {
    for (inside, expect) in [
        (vec![], vec![HolderKind::Group]),
        (
            vec![members(DESK, &[], because(Reason::Role))],
            vec![HolderKind::Group],
        ),
        // A page was lost: who came, and the rest as a group.
        (
            vec![members(
                DESK,
                &[(ADA, "ada@x.example")],
                because(Reason::Failed),
            )],
            vec![HolderKind::Person, HolderKind::Group],
        ),
        (
            vec![members(DESK, &[(ADA, "ada@x.example")], None)],
            vec![HolderKind::Person],
        ),
        // Nobody is in it, so nobody has the role.
        (vec![members(DESK, &[], None)], vec![]),
    ] {
        let mut reads = vec![roles()];
        reads.extend(assigned(&[("own", DESK)]));
        reads.extend(no_directory());
        reads.extend(inside);
        let rights = rights(&reads, &trail(&[], None), 60);
        let mut found: Vec<HolderKind> = rights.holders.iter().map(|one| one.kind).collect();
        found.sort();
        assert_eq!(found, expect);
        for one in rights
            .holders
            .iter()
            .filter(|one| one.kind == HolderKind::Group)
        {
            assert!(one.unused.is_empty(), "somebody in it may have used it");
            assert!(
                one.unknown
                    .iter()
                    .all(|(_, doubt)| *doubt == Doubt::Members)
            );
        }
    }
}

#[test]
fn roles_of_the_directory_hold_everything_directly_by_a_group_or_after_activating() {
    let active = format!(
        r##"[{{"roleDefinitionId":"3A2C62DB-5318-420d-8d74-23affee5d9d5","principalId":"{ADA}","principal":{{"@odata.type":"#microsoft.graph.user","id":"{ADA}","displayName":"Ada","userPrincipalName":"ADA@x.example"}}}},
            {{"roleDefinitionId":"62e90394-69f5-4237-9190-012177145e10","principalId":"{GROUP}","principal":{{"@odata.type":"#microsoft.graph.group","id":"{GROUP}","displayName":"Tier 0"}}}},
            {{"roleDefinitionId":"62e90394-69f5-4237-9190-012177145e10","principalId":"sp","principal":{{"@odata.type":"#microsoft.graph.servicePrincipal","id":"sp","appId":"client","displayName":"Pipeline"}}}},
            {{"roleDefinitionId":"another","principalId":"{BO}"}}]"##
    );
    let eligible = format!(
        r#"[{{"roleDefinitionId":"3a2c62db-5318-420d-8d74-23affee5d9d5","principalId":"{ADA}","principal":null}}]"#
    );
    let mut reads = vec![
        roles(),
        directory(Live::DirectoryAssignments, &active),
        directory(Live::DirectoryEligible, &eligible),
        members(GROUP, &[(BO, "bo@x.example")], None),
        read(Live::Person, &["[]"], None),
    ];
    reads.extend(assigned(&[]));
    let app = r#""applicationId":"client","applicationDisplayName":"Pipeline","auditActorType":"Application""#;
    let events = [event(app, "11-10", SYNC)];
    let rights = rights(&reads, &trail(&events, None), 60);
    let mut found = kinds(&rights);
    found.sort();
    assert_eq!(
        found,
        [
            (HolderKind::Person, "Ada"),
            (HolderKind::Person, "bo@x.example"),
            (HolderKind::Application, "Pipeline")
        ]
    );
    for one in &rights.holders {
        assert_eq!(one.held as usize, rights.names.len(), "{}", one.name);
    }
    let of = |name: &str| rights.holders.iter().find(|one| one.name == name).unwrap();
    let roles: Vec<(&str, bool)> = of("Ada")
        .roles
        .iter()
        .map(|role| (role.name.as_str(), role.eligible))
        .collect();
    assert_eq!(
        roles,
        [
            ("Intune Administrator", false),
            ("Intune Administrator", true)
        ]
    );
    assert_eq!(of("bo@x.example").roles[0].by, "Tier 0");
    assert_eq!(
        (of("Pipeline").id.as_str(), of("Pipeline").used.len()),
        ("client", 1)
    );
    assert!(!of("Ada").unused.is_empty());
}

#[test]
fn whoever_acted_and_holds_nothing_stands_there_too() {
    let app =
        r#""applicationId":"c1","applicationDisplayName":"Pipeline","userPrincipalName":null"#;
    let left = r#""userPrincipalName":"left@x.example","userId":"gone-1","userPermissions":["*"]"#;
    let other = ("Berth", "Moor", "Harbour", true);
    let events = [
        event(app, "11-10", SYNC),
        event(left, "11-11", SYNC),
        event(left, "11-12", other),
    ];
    let rights = rights(&desk(&["own"]), &trail(&events, None), 60);
    assert_eq!(
        kinds(&rights),
        [
            (HolderKind::Person, "ada@x.example"),
            (HolderKind::Gone, "left@x.example"),
            (HolderKind::Application, "Pipeline"),
        ]
    );
    let left = &rights.holders[1];
    assert!(
        left.had_everything
            && left.unused.is_empty()
            && left.unknown.is_empty()
            && !left.used[0].held
    );
    assert_eq!(
        (left.changes, left.strange, left.enough.as_deref()),
        (2, 1, None)
    );
    assert_eq!(rights.strange, [("Moor Berth".to_owned(), 1)]);
    // What the others did is no doubt about her.
    assert_eq!(said(&rights, "ada@x.example").1.len(), 2);
}

#[test]
fn an_event_without_an_id_is_somebodys_by_the_name() {
    let named = r#""userPrincipalName":"Ada@X.example""#;
    let trail_of = trail(&[event(named, "11-10", SYNC)], None);
    let ours = rights(&desk(&["own"]), &trail_of, 60);
    assert_eq!(
        said(&ours, "ada@x.example").0,
        ["Remote tasks: sync device"]
    );
    assert_eq!(ours.total, 1);
    // Of whom only the id is known, it may be the one who acted.
    let mut reads = desk(&["own"]);
    reads[1] = members(DESK, &[(ADA, "")], None);
    let unnamed = rights(&reads, &trail_of, 60);
    let (_, unused, unknown) = said(&unnamed, ADA);
    assert!(unused.is_empty() && unknown.iter().all(|(_, doubt)| *doubt == Doubt::Actor));
    assert_eq!(unnamed.total, 2);
}

#[test]
fn what_was_not_read_is_a_gap_and_no_right_is_unused_by_it() {
    let rights = rights(&[], &trail(&[event(&ada(), "11-10", SYNC)], None), 60);
    let parts: Vec<RightsPart> = rights.gaps.iter().map(|(part, _)| *part).collect();
    assert_eq!(
        parts,
        [
            RightsPart::Roles,
            RightsPart::Assignments,
            RightsPart::Directory,
            RightsPart::Eligible
        ]
    );
    assert_eq!(rights.excessive, 0);
    // No role says that there is such a right.
    assert_eq!(
        (rights.holders[0].kind, rights.holders[0].strange),
        (HolderKind::Gone, 1)
    );
    let mut reads = desk(&["no-such-role"]);
    reads[0].gap = because(Reason::Role);
    let vague = super::rights(&reads, &trail(&[], None), 60);
    assert!(vague.holders[0].vague);
    assert_eq!(
        (vague.holders[0].held, vague.holders[0].unused.len()),
        (0, 0)
    );
}

#[test]
fn holders_are_cut_and_counted() {
    let rows: Vec<(String, String)> = (0..500)
        .map(|n| (format!("id-{n}"), format!("p{n:03}@x.example")))
        .collect();
    let rows: Vec<(&str, &str)> = rows
        .iter()
        .map(|(id, upn)| (id.as_str(), upn.as_str()))
        .collect();
    let mut reads = desk(&["own"]);
    reads[1] = members(DESK, &rows, None);
    let rights = rights(&reads, &trail(&[], None), 60);
    assert_eq!(
        (rights.holders.len(), rights.total, rights.excessive),
        (MOST_HOLDERS, 500, 500)
    );
}
