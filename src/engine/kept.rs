//! Snapshots that are kept: the bundled one, and the one that is saved.

use std::rc::Rc;

use domain::problem::Problem;
use domain::protocol::{Event, File, Job, Request};
use domain::snapshot::{Snapshot, Source, file};

use super::host::Engine;
use crate::worker::gzip;

/// The most that the bundled snapshot may have, in bytes.
const DEMO_LIMIT: usize = 32 * 1024 * 1024;

/// Opens the snapshot that comes with the site.
pub async fn open_demo(engine: Rc<Engine>, job: Job) {
    let event = match demo(&engine).await {
        _ if !engine.is_newest(job) => return,
        Ok(snapshot) => Event::SnapshotReady(engine.set_main(snapshot)),
        Err(problem) => Event::Failed(problem),
    };
    engine.port.send(job, &event);
}

async fn demo(engine: &Engine) -> Result<Snapshot, Problem> {
    let base = engine.base();
    let answer = engine
        .http
        .site(&base, "demo/demo.json", DEMO_LIMIT, "demo snapshot")
        .await?;
    if answer.status != 200 {
        return Err(Problem::new(
            "demo.missing_file",
            "The demo snapshot is not on this site.",
            "Put the folder demo beside index.html; the release comes with one.",
        ));
    }
    Ok(file::read(&answer.text(), Source::Demo)?)
}

/// Saves the main side, packed where the browser can.
pub async fn save(engine: Rc<Engine>, job: Job) {
    let event = engine.desk.borrow_mut().answer(Request::SaveSnapshot);
    let event = match event {
        Some(Event::Download(kept)) => Event::Download(packed(kept).await),
        Some(other) => other,
        None => return,
    };
    engine.port.send(job, &event);
}

async fn packed(kept: File) -> File {
    match gzip::pack(&kept.bytes).await {
        Some(bytes) => File {
            path: format!("{}.gz", kept.path),
            mime: "application/gzip".to_owned(),
            bytes,
        },
        None => kept,
    }
}
