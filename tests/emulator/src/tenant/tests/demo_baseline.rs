//! `tests/data/demo-baseline` is written from its table: `PLUMBLINE_BLESS=1 cargo test -p plumbline-emulator demo_baseline`.

use super::super::odata::query::Query;
use super::super::odata::render::{Place, object};
use super::super::template::Block;
use super::*;

const README: &str = "\
# Quayside, a demo baseline

What `cargo xtask demo` is compared with: our own content (MIT OR Apache-2.0), in the shape that IntuneManagement exports.
It overlaps the generated demo tenant under other policy names: most settings are the same, some differ, some are missing, some extra.
Do not use it for real devices. Written by `PLUMBLINE_BLESS=1 cargo test -p plumbline-emulator demo_baseline`
from `tests/emulator/src/tenant/data/demo-baseline.json`.
";

/// Path below the folder, and content.
fn files() -> Vec<(String, String)> {
    let world = World::new(&GeneratorOptions::default());
    let blocks = Block::all(include_str!("../data/demo-baseline.json")).unwrap();
    let mut files = vec![("README.md".to_owned(), README.to_owned())];
    for block in &blocks {
        for short in block.objects() {
            let whole = build::whole(&world, block, short);
            let expand: Vec<String> = block
                .names("navigation")
                .iter()
                .map(|n| match *n {
                    "scheduledActionsForRule" => {
                        format!("{n}($expand=scheduledActionConfigurations)")
                    }
                    n => n.to_owned(),
                })
                .collect();
            let options = [("$expand".to_owned(), expand.join(","))];
            let query = Query::read(&options).unwrap();
            let version = if block.str("version").is_empty() {
                "beta"
            } else {
                block.str("version")
            };
            let path = block.path().trim_start_matches('/');
            let context = format!("https://graph.microsoft.com/{version}/$metadata#{path}/$entity");
            let mut document = json!({"@odata.context": context});
            let shown = object(&whole, &query, Place::Item, &context, &world);
            document
                .as_object_mut()
                .unwrap()
                .extend(shown.as_object().unwrap().clone());
            let name = ["name", "displayName"]
                .iter()
                .find_map(|k| document[*k].as_str())
                .unwrap();
            let file = format!("{}/{name}.json", block.str("folder"));
            files.push((file, format!("{:#}\n", document)));
        }
    }
    files
}

#[test]
fn demo_baseline_is_what_its_table_says() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../data/demo-baseline");
    let bless = std::env::var_os("PLUMBLINE_BLESS").is_some();
    let files = files();
    assert!((15..=25).contains(&(files.len() - 1)), "{}", files.len());
    for (path, text) in &files {
        let file = folder.join(path);
        if bless {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, text).unwrap();
        }
        let have = fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(&have, text, "{path} is not what its table says");
    }
}

#[test]
fn demo_baseline_reads_whole_and_overlaps_the_tenant() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../data/demo-baseline");
    let baseline = Tenant::from_folder(&folder).unwrap();
    let demo = tenant();
    let list = "/deviceManagement/configurationPolicies";
    let settings = |tenant: &Tenant| {
        let mut talk = Talk {
            tenant,
            said: Vec::new(),
        };
        let mut values = BTreeSet::new();
        let (_, policies) = talk.all("beta", list);
        for policy in policies {
            let url = format!(
                "{list}/{}/settings?$top=1000",
                policy["id"].as_str().unwrap()
            );
            let (_, found) = talk.all("beta", &url);
            for setting in found {
                let mut instance = setting["settingInstance"].clone();
                instance
                    .as_object_mut()
                    .unwrap()
                    .remove("settingInstanceTemplateReference");
                values.insert(instance["settingDefinitionId"].to_string());
            }
        }
        values
    };
    let (ours, theirs) = (settings(&demo), settings(&baseline));
    assert!(theirs.len() > 50);
    let shared = theirs.intersection(&ours).count();
    assert!(
        shared * 10 >= theirs.len() * 8,
        "{shared} of {}",
        theirs.len()
    );
}
