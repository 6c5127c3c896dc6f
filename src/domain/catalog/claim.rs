//! Which row an object belongs to, where several rows share one list.

use super::{ApiVersion, Row, Split, UNKNOWN, rows};
use crate::json::Json;

/// True when this object of the row's list is one of the row's.
pub fn claims(row: &Row, document: &Json<'_>) -> bool {
    match row.split {
        Split::Rest => !rows().any(|other| {
            other.list == row.list
                && other.version == row.version
                && other.split != Split::Rest
                && claims(other, document)
        }),
        Split::TemplateFamily(family) => document
            .get("templateReference")
            .and_then(|reference| reference.str_at("templateFamily"))
            .is_some_and(|named| named.eq_ignore_ascii_case(family)),
        Split::OdataType => odata_type(document).is_some_and(|named| {
            row.odata_types
                .iter()
                .any(|t| t.eq_ignore_ascii_case(named))
        }),
        Split::Flag(property, value) => {
            let flag = document.get(property).and_then(Json::bool);
            flag.unwrap_or(false) == value
        }
    }
}

/// The row of an object that this list answered with; [`UNKNOWN`] for what no row claims.
pub fn row_of(version: ApiVersion, list: &str, document: &Json<'_>) -> &'static Row {
    let mut sharing = rows().filter(|row| row.list == list && row.version == version);
    sharing
        .find(|row| claims(row, document))
        .unwrap_or(&UNKNOWN)
}

/// `@odata.type` without `#microsoft.graph.`.
pub fn odata_type<'d>(document: &'d Json<'_>) -> Option<&'d str> {
    let named = document.str_at("@odata.type")?;
    let named = named.strip_prefix('#').unwrap_or(named);
    Some(named.strip_prefix("microsoft.graph.").unwrap_or(named))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn shared_lists_are_split() {
        for (list, document, expect) in [
            (
                "configurationPolicies",
                r#"{"templateReference":{"templateFamily":"none"}}"#,
                "settingsCatalog",
            ),
            (
                "configurationPolicies",
                r#"{"templateReference":{"templateFamily":"Baseline"}}"#,
                "securityBaselines",
            ),
            ("configurationPolicies", r#"{}"#, "settingsCatalog"),
            (
                "configurationPolicies",
                r#"{"templateReference":{"templateFamily":"ofTomorrow"}}"#,
                "settingsCatalog",
            ),
            (
                "deviceConfigurations",
                r##"{"@odata.type":"#microsoft.graph.iosUpdateConfiguration"}"##,
                "iosUpdates",
            ),
            (
                "deviceConfigurations",
                r##"{"@odata.type":"#microsoft.graph.ofTomorrow"}"##,
                "deviceConfigurations",
            ),
            (
                "deviceEnrollmentConfigurations",
                r##"{"@odata.type":"#microsoft.graph.ofTomorrow"}"##,
                "unknown",
            ),
            (
                "deviceEnrollmentConfigurations",
                r##"{"@odata.type":"#microsoft.graph.deviceEnrollmentLimitConfiguration"}"##,
                "enrollmentLimits",
            ),
        ] {
            let document = Json::parse(document).unwrap();
            let row = row_of(
                ApiVersion::Beta,
                &format!("/deviceManagement/{list}"),
                &document,
            );
            assert_eq!(row.id, expect, "{document:?}");
        }
    }

    #[test]
    fn a_flag_splits_both_ways() {
        let list = "/deviceAppManagement/mobileAppConfigurations";
        for (text, expect) in [
            (r#"{"appSupportsOemConfig":true}"#, "androidOemConfig"),
            (r#"{"appSupportsOemConfig":false}"#, "appConfigDevices"),
            (r#"{}"#, "appConfigDevices"),
        ] {
            let document = Json::parse(text).unwrap();
            assert_eq!(
                row_of(ApiVersion::Beta, list, &document).id,
                expect,
                "{text}"
            );
        }
    }

    #[test]
    fn no_list_has_two_rows_for_the_rest() {
        for row in rows().filter(|row| row.split == Split::Rest) {
            let same = rows().filter(|other| {
                other.list == row.list && other.version == row.version && other.split == Split::Rest
            });
            assert_eq!(same.count(), 1, "{}", row.list);
        }
    }
}
