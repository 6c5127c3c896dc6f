//! What can be pressed about a sign-in that failed: every code of [`super::error`] leads somewhere.

use crate::problem::Problem;

/// The way on that helps most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Sign in again: as another person, with a second factor, or because it was an accident.
    SignIn,
    /// Whoever hosts the site has to mend registration or configuration.
    SetUp,
    /// An administrator of the tenant decides: what happened, as a text to send.
    Administrator,
}

/// The way on after this problem.
pub fn way(problem: &Problem) -> Way {
    match problem.code.strip_prefix("auth.").unwrap_or_default() {
        "registration" | "single_tenant" | "redirect_uri" | "app_unknown" | "not_spa"
        | "tenant_unknown" | "cloud" | "no_client" | "token_unreachable" | "other_tenant" => {
            Way::SetUp
        }
        "not_assigned"
        | "device"
        | "approved_app"
        | "blocked"
        | "blocked_partner"
        | "device_registration"
        | "partner_consent"
        | "tenant_restricted"
        | "account_state"
        | "challenge_repeated"
        | "keys"
        | "keys_unreachable"
        | "id_token"
        | "refused" => Way::Administrator,
        _ => Way::SignIn,
    }
}

/// What happened, to be sent to an administrator. `address`: of the site's folder.
pub fn letter(problem: &Problem, address: &str) -> String {
    let mut out = format!(
        "A sign-in to Plumbline at {address} did not succeed.\n\n{}\n{}\n\nCode: {}\n",
        problem.what, problem.remedy, problem.code
    );
    if !problem.detail.is_empty() {
        out.push_str("What Microsoft Entra said:\n");
        out.push_str(&problem.detail);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::error::{EntraError, SignInError};
    use crate::oauth::redirect::RedirectError;

    fn refused(error: &str, description: &str) -> Problem {
        SignInError::Redirect(RedirectError::Entra {
            error: Box::new(EntraError::from_redirect(error, description, "", "")),
            silent: false,
        })
        .into()
    }

    /// Every number that an administrator of a tenant meets, by what helps. None may fall back to the words for what is not known.
    #[test]
    fn every_error_of_entra_has_a_sentence_and_leads_somewhere() {
        use Way::{Administrator, SetUp, SignIn};
        let all: &[(Way, &[u32])] = &[
            (SignIn, &[65001, 90094, 90095, 65004]),
            (SetUp, &[650_052, 650_054, 650_056, 650_057]),
            (Administrator, &[50105]),
            (SignIn, &[50072, 50074, 50076, 50078, 50079, 50158]),
            (Administrator, &[53000, 53001, 53002, 530_002, 530_003]),
            (
                Administrator,
                &[53003, 53004, 530_032, 530_035, 53010, 53011, 530_034],
            ),
            (Administrator, &[50097, 50129, 50155, 50187]),
            (
                SignIn,
                &[700_084, 70008, 700_082, 70043, 50173, 50132, 50133, 50089],
            ),
            (SignIn, &[50058]),
            (SignIn, &[16000, 50020, 50034, 51004, 90072]),
            (Administrator, &[90099]),
            (SetUp, &[50194]),
            (Administrator, &[500_021, 500_022, 500_212, 500_213]),
            (SetUp, &[50011, 500_113, 900_971]),
            (SetUp, &[700_016, 70001, 7_000_112, 700_011]),
            (SetUp, &[9_002_326, 9_002_327]),
            (SignIn, &[54005, 501_481, 700_005, 70000]),
            (SignIn, &[50196]),
            (SetUp, &[90002]),
            (SignIn, &[90015]),
            (Administrator, &[50053, 50055, 50057]),
            (SetUp, &[90038]),
            (SignIn, &[90033]),
        ];
        for (expect, numbers) in all {
            for number in *numbers {
                let problem = refused("invalid_request", &format!("AADSTS{number}: x"));
                assert_ne!(problem.code, "auth.refused", "{number} has no words");
                assert!(!problem.what.is_empty() && !problem.remedy.is_empty());
                assert_eq!(way(&problem), *expect, "{number}: {}", problem.code);
            }
        }
    }

    #[test]
    fn what_has_no_number_leads_somewhere_too() {
        for (error, expect) in [
            ("consent_required", Way::SignIn),
            ("login_required", Way::SignIn),
            ("interaction_required", Way::SignIn),
            ("temporarily_unavailable", Way::SignIn),
            ("server_error", Way::SignIn),
            ("access_denied", Way::SignIn),
            ("unauthorized_client", Way::Administrator),
        ] {
            assert_eq!(way(&refused(error, "")), expect, "{error}");
        }
        let text = letter(
            &refused("invalid_request", "AADSTS50105: … Correlation ID: 4f"),
            "https://plumbline.contoso.com/",
        );
        assert!(text.contains("auth.not_assigned") && text.contains("Correlation ID: 4f"));
    }
}
