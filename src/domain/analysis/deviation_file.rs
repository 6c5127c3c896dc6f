//! Files of accepted deviations, read: our own as JSON or YAML, and Open Intune Baseline's CSV.

use super::deviations::DeviationError;
use crate::json::Json;
use crate::policy::dates;
use crate::protocol::Deviation;
use crate::yaml;

/// `2027-05-31`
pub fn is_day(text: &str) -> bool {
    text.len() == 10 && dates::seconds(text).is_some()
}

/// A member as text: YAML makes a number of `value: 1`, which must not become "any value".
fn scalar(value: &Json<'_>) -> String {
    match value {
        Json::String(text) => text.clone().into_owned(),
        Json::Null => String::new(),
        other => other.to_pretty(),
    }
}

/// Our own file, as JSON or as YAML.
pub fn ours(text: &str, complaints: &mut Vec<String>) -> Result<Vec<Deviation>, DeviationError> {
    let root = match Json::parse(text) {
        Ok(root) => root,
        Err(_) => yaml::parse(text).map_err(|_| DeviationError::NotDeviations)?,
    };
    if root.str_at("plumbline") != Some("deviations") {
        return Err(DeviationError::NotDeviations);
    }
    if root.get("version").and_then(Json::int) != Some(1) {
        return Err(DeviationError::TooNew);
    }
    let mut out = Vec::new();
    let list = root.get("deviations").and_then(Json::array).unwrap_or(&[]);
    for (number, one) in (1..).zip(list) {
        let text = |name: &str| one.get(name).map_or(String::new(), scalar);
        let words = |name: &str| text(name).trim().to_owned();
        let deviation = Deviation {
            setting: words("setting"),
            // As they are in the policy: a script ends in a line break.
            policy: text("policy"),
            value: text("value"),
            reason: words("reason"),
            owner: words("owner"),
            accepted: words("accepted"),
            expires: words("expires"),
        };
        let missing = ["setting", "reason", "owner"]
            .iter()
            .find(|name| words(name).is_empty());
        if let Some(name) = missing {
            complaints.push(format!("Deviation {number} has no {name}: it is left out."));
        } else if !deviation.expires.is_empty() && !is_day(&deviation.expires) {
            complaints.push(format!(
                "The last day of deviation {number} is no date: it is left out."
            ));
        } else {
            out.push(deviation);
        }
    }
    Ok(out)
}

/// Open Intune Baseline's reasons for what it leaves out of CIS.
pub fn cis(text: &str) -> Result<Vec<Deviation>, DeviationError> {
    let rows = csv(text);
    let head = rows.first().ok_or(DeviationError::NotDeviations)?;
    let column = |part: &str| {
        head.iter()
            .position(|name| name.to_lowercase().contains(part))
    };
    let (Some(reference), Some(name), Some(reason)) =
        (column("cis ref"), column("setting"), column("rationale"))
    else {
        return Err(DeviationError::NotDeviations);
    };
    let mut out = Vec::new();
    for row in rows.iter().skip(1) {
        let cell = |at: usize| row.get(at).map_or("", |cell| cell.trim());
        // `(L1) Ensure 'Enable screen saver (User)' is set to 'Enabled'`
        let words = cell(name);
        let between = words
            .split_once('\'')
            .and_then(|(_, rest)| rest.split_once("' is "));
        let setting = between.map_or(words, |(setting, _)| setting).trim();
        if setting.is_empty() || cell(reason).is_empty() {
            continue;
        }
        out.push(Deviation {
            setting: setting.to_owned(),
            reason: format!("{} (CIS {})", cell(reason), cell(reference)),
            owner: "Open Intune Baseline".to_owned(),
            ..Deviation::default()
        });
    }
    Ok(out)
}

/// RFC 4180.
fn csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let row = match rows.last_mut() {
            Some(row) => row,
            None => break,
        };
        let Some(cell) = row.last_mut() else { break };
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            c => cell.push(c),
        }
    }
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    rows
}
