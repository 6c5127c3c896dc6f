//! Real exports, when the shared folder is there: nothing of them is dropped.

use std::fs;
use std::path::{Path, PathBuf};

use crate::catalog::row;
use crate::json::Json;
use crate::setting::{Carrier, Interner, flatten};

/// Source and version, policies with instances, instances. From the shared folder's README.
const EXPECTED: &[(&str, usize, usize)] = &[
    ("open-intune-baseline/v1.0-0ba7175", 27, 300),
    ("open-intune-baseline/windows-v3.5", 54, 929),
    ("open-intune-baseline/windows-v3.6", 96, 2053),
    (
        "open-intune-baseline/windows-v3.6-as-downloaded-zip",
        11,
        110,
    ),
    ("intuneadmin-baselines/b3969c5", 105, 911),
    ("ncsc-device-security-guidance/681e075", 9, 280),
    ("intunecd-ces2026/2025-12-08-fd7741d", 14, 733),
    ("intunecd-ces2026/2026-02-05-a05355a", 69, 3148),
    ("intune-hydration-kit/dea7a5b", 2, 16),
    ("microsoft-intune-acsc-hardening/0e7cae0", 6, 997),
    ("asd-blueprint-secure-cloud/edf6f29", 6, 563),
    ("intunebackupandrestore-cmdcnd/76860ff", 3, 522),
    ("nathanmcnulty/05c1fd4", 6, 88),
    ("intune-tenant-clone-kit/f0f78cb", 2, 2),
];

#[test]
fn every_instance_of_every_export_is_a_setting() {
    let Some(shared) = shared() else {
        println!("skipped: no shared folder beside the repository");
        return;
    };
    let row = row("settingsCatalog").unwrap();
    let mut ids = Interner::default();
    let mut wrong = Vec::new();
    for (source, policies, instances) in EXPECTED {
        let mut counts = Vec::new();
        each_file(&shared.join("data").join(source), &mut |path| {
            let text = text(&fs::read(path).unwrap());
            let Some(document) = text.as_deref().and_then(|text| Json::parse(text).ok()) else {
                return;
            };
            let settings = flatten(row, "", &document, &mut ids);
            let count = settings.iter().filter(|s| s.carrier == Carrier::Catalog);
            let written = document.get("settings").map_or(0, instances_in);
            let count = count.count();
            assert_eq!(count, written, "{}", path.display());
            if count > 0 {
                counts.push(count);
            }
        });
        let found = (counts.len(), counts.iter().sum::<usize>());
        if found != (*policies, *instances) {
            wrong.push(format!(
                "{source}: {found:?}, not {:?}",
                (policies, instances)
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Counts as the README does: every object with a `settingDefinitionId`.
fn instances_in(value: &Json<'_>) -> usize {
    match value {
        Json::Array(items) => items.iter().map(instances_in).sum(),
        Json::Object(object) => {
            let below: usize = object.iter().map(|(_, value)| instances_in(value)).sum();
            below + usize::from(object.get("settingDefinitionId").is_some())
        }
        _ => 0,
    }
}

pub(crate) fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let path = std::env::var_os("PLUMBLINE_SHARED").map_or(beside, PathBuf::from);
    path.join("data").is_dir().then_some(path)
}

pub(crate) fn each_file(folder: &Path, visit: &mut dyn FnMut(&Path)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            each_file(&path, visit);
        } else if path
            .extension()
            .is_some_and(|end| end == "json" || end == "txt")
        {
            visit(&path);
        }
    }
}

fn text(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => {
            let units: Vec<u16> = rest
                .chunks_exact(2)
                .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
                .collect();
            String::from_utf16(&units).ok()
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        _ => String::from_utf8(bytes.to_vec()).ok(),
    }
}

/// Run by hand with `--profile host -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn how_long_flattening_takes_beside_parsing() {
    let Some(shared) = shared() else {
        println!("skipped: no shared folder beside the repository");
        return;
    };
    let row = row("settingsCatalog").unwrap();
    let mut texts = Vec::new();
    for version in ["windows-v3.5", "windows-v3.6"] {
        let folder = shared.join("data/open-intune-baseline").join(version);
        each_file(&folder, &mut |path| {
            texts.extend(text(&fs::read(path).unwrap()));
        });
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    for _ in 0..5 {
        let mut ids = Interner::default();
        let start = std::time::Instant::now();
        let parsed = texts
            .iter()
            .filter(|text| Json::parse(text).is_ok())
            .count();
        let parsing = start.elapsed();
        let documents = texts.iter().filter_map(|text| Json::parse(text).ok());
        let settings: usize = documents
            .map(|document| flatten(row, "", &document, &mut ids).len())
            .sum();
        let all = start.elapsed() - parsing;
        println!(
            "{bytes} bytes, {parsed} files in {parsing:?}, with {settings} settings in {all:?}"
        );
    }
}
