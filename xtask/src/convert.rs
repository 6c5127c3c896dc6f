//! `cargo xtask convert SOURCE --to FORM OUT.zip`: the same export as on the Reports page.

use std::fs;

use domain::convert::{self, Form};

use crate::args::Args;
use crate::compare::side;
use crate::fail::Failure;

/// Reads the source, writes the zip, and says what became of each policy.
pub fn run(args: &mut Args) -> Result<(), Failure> {
    let usage = |words: &str| Failure::Usage(words.to_owned());
    let form = args.text("--to")?.unwrap_or_default();
    let form = Form::of(&form)
        .ok_or_else(|| usage("`--to` takes `intunemanagement`, `import` or `graph`."));
    let (Some(source), Some(target)) = (args.word(), args.word()) else {
        return Err(usage("`convert` needs a source and the zip to write."));
    };
    args.end()?;
    let snapshot = side(source.as_ref())?;
    let written = convert::export(&snapshot, form?);
    let bytes = convert::zip(&written.files)
        .ok_or_else(|| usage("The policies are more than one zip can hold."))?;
    fs::write(&target, &bytes).map_err(Failure::file(target.as_ref()))?;
    println!(
        "{} of {} policies written to {target} ({} files, {} bytes), {} secrets left out",
        written.policies,
        snapshot.policies.len(),
        written.files.len(),
        bytes.len(),
        written.secrets
    );
    for left in &written.left_out {
        println!(
            "  left out: {} \u{201c}{}\u{201d}: {}",
            left.kind, left.name, left.why
        );
    }
    for finding in &snapshot.findings {
        println!(
            "  {} {}: {} {}",
            finding.file, finding.place, finding.problem, finding.remedy
        );
    }
    Ok(())
}
