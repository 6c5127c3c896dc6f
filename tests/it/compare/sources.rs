//! Every published source that is there: each file ends in one list, each with its reason.

use domain::policy::Policy;
use domain::snapshot::{Source, file};

use super::{folder, shared};

/// Sources that hold policies, and the fewest that are read of each.
const POLICIES: &[(&str, usize)] = &[
    ("asd-blueprint-secure-cloud", 6),
    ("ca-alexfilipin", 107),
    ("ca-baseline-j0eyv", 70),
    ("ca-nis2-clutch2view", 27),
    ("deploymenttheory-mobileconfig-fixtures", 8),
    ("graph-docs-examples", 325),
    ("graph-fixtures-terraform-m365", 499),
    ("intune-hydration-kit", 77),
    ("intune-tenant-clone-kit", 12),
    ("intuneadmin-baselines", 141),
    ("intunebackupandrestore-cmdcnd", 6),
    ("intunecd-ces2026", 152),
    ("microsoft-intune-acsc-hardening", 7),
    ("microsoft-intune-config-frameworks", 24),
    ("microsoft-mdatp-xplat", 20),
    ("microsoft-shell-intune-samples", 46),
    ("nathanmcnulty", 14),
    ("ncsc-device-security-guidance", 13),
    ("open-intune-baseline", 249),
];

#[test]
fn nothing_of_a_published_source_is_unaccounted_for() {
    eprintln!(
        "{:40} {:>6} {:>6} {:>6} {:>6} {:>8}",
        "source", "files", "read", "aside", "bad", "policies"
    );
    for (source, fewest) in POLICIES {
        let Some(path) = shared(source) else { return };
        let read = folder(&path);
        let files = read.snapshot.files;
        let policies = read.snapshot.policies.len();
        eprintln!(
            "{source:40} {:>6} {:>6} {:>6} {:>6} {policies:>8}",
            files.given, files.read, files.not_policy, files.unreadable
        );
        assert_eq!(
            files.given,
            files.read + files.not_policy + files.unreadable
        );
        assert_eq!(files.not_policy as usize, read.set_aside.len(), "{source}");
        assert!(read.set_aside.iter().all(|(_, why)| !why.is_empty()));
        let named = read
            .snapshot
            .findings
            .iter()
            .filter(|f| !f.problem.is_empty() && !f.remedy.is_empty());
        assert!(named.count() >= files.unreadable as usize, "{source}");
        assert!(policies >= *fewest, "{source}: {policies}");
        // One worker keeps what it read, the other reads it again: both know the same.
        let again = file::read(&file::write(&read.snapshot), Source::Files).unwrap();
        for (kept, handed) in read.snapshot.policies.iter().zip(&again.policies) {
            assert_eq!(known(kept), known(handed), "{source}");
        }
        assert_eq!(again.policies.len(), policies);
    }
}

/// Everything of a policy; white space around its document says nothing.
fn known(policy: &Policy) -> String {
    let raw = policy.raw.trim().into();
    format!(
        "{:?}",
        Policy {
            raw,
            ..policy.clone()
        }
    )
}
