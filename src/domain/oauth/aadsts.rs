//! Words for the AADSTS numbers that administrators meet. Entra documentation: "Microsoft Entra
//! authentication and authorization error codes". Hints only: no decision is made on a number.

/// Code of the problem, what happened, what to do.
pub type Words = (&'static str, &'static str, &'static str);

/// The words for a number, where there are any.
pub fn words(number: u32) -> Option<Words> {
    Some(match number {
        65001 => (
            "auth.consent",
            "A permission that was asked for has not been consented to.",
            "Sign in again and consent, or send your administrator the consent link.",
        ),
        90094 => (
            "auth.admin_consent",
            "A permission that was asked for needs an administrator's consent.",
            "Send your administrator the consent link.",
        ),
        90095 => (
            "auth.approval_requested",
            "Your request was sent to your administrators. Nothing was changed.",
            "Sign in again when they have approved it.",
        ),
        65004 => (
            "auth.declined",
            "You declined the permissions. Nothing was changed.",
            "Sign in again when you want to go on, or open the demo or your own files.",
        ),
        650_052 | 650_054 | 650_056 | 650_057 => (
            "auth.registration",
            "The app registration lacks a permission that was asked for, or the service is not in this tenant.",
            "An administrator has to complete the app registration's API permissions.",
        ),
        50105 => (
            "auth.not_assigned",
            "Your administrators let only assigned people use this app.",
            "Ask to be assigned to the app.",
        ),
        50072 | 50074 | 50076 | 50078 | 50079 | 50158 => (
            "auth.second_factor",
            "Your organization asks for a second factor.",
            "Sign in again and complete it.",
        ),
        53000 | 53001 | 530_002 | 530_003 => (
            "auth.device",
            "Your organization lets only managed, compliant devices in.",
            "Use such a device, and a browser that can prove it: Edge, or Chrome with Microsoft Single Sign On.",
        ),
        53002 => (
            "auth.approved_app",
            "Conditional Access asks for an approved app, which a web app on this device cannot be.",
            "Use a desktop browser.",
        ),
        53003 | 53004 | 530_032 | 530_035 | 53010 | 53011 => (
            "auth.blocked",
            "A policy of your organization blocks this sign-in.",
            "Give the correlation id below to your administrator.",
        ),
        530_034 => (
            "auth.blocked_partner",
            "The customer's policy blocks sign-ins of service providers.",
            "Ask the customer's administrator.",
        ),
        50097 | 50129 | 50155 | 50187 => (
            "auth.device_registration",
            "Your organization asks for a registered device.",
            "Sign in from a device that is registered in the tenant.",
        ),
        700_084 | 70008 | 700_082 | 70043 | 50173 | 50132 | 50133 | 50089 => (
            "auth.ended",
            "Your session ended or was revoked.",
            "Sign in again.",
        ),
        50058 => (
            "auth.no_session",
            "There is no session at Microsoft in this browser.",
            "Sign in with the button.",
        ),
        16000 | 50020 | 50034 | 51004 | 90072 => (
            "auth.wrong_account",
            "That account is not in the tenant.",
            "Sign in again and choose another account.",
        ),
        90099 => (
            "auth.partner_consent",
            "This app has not been authorized in the customer's tenant.",
            "A customer administrator, or consent through Partner Center, must accept it first.",
        ),
        50194 => (
            "auth.single_tenant",
            "The app registration is for one tenant, and config.json says \"organizations\".",
            "Set \"tenant\" in config.json to the tenant's id.",
        ),
        500_021 | 500_022 | 500_212 | 500_213 => (
            "auth.tenant_restricted",
            "Your network or organization blocks sign-ins to that tenant.",
            "Ask your administrator.",
        ),
        50011 | 500_113 | 900_971 => (
            "auth.redirect_uri",
            "The address of this site is not registered as a redirect URI.",
            "Register the address of this page's folder under Single-page application in the app registration.",
        ),
        700_016 | 70001 | 7_000_112 | 700_011 => (
            "auth.app_unknown",
            "This app is not installed in your tenant, or an administrator disabled it.",
            "Check \"clientId\" in config.json, and the enterprise application in the tenant.",
        ),
        9_002_326 | 9_002_327 => (
            "auth.not_spa",
            "The redirect URI is registered, but not as a single-page application.",
            "Move it to the Single-page application platform in the app registration.",
        ),
        54005 | 501_481 | 700_005 | 70000 => (
            "auth.code_refused",
            "The sign-in response was used before, or does not belong to this sign-in.",
            "Start again with the sign-in button.",
        ),
        50196 => (
            "auth.loop_at_microsoft",
            "Microsoft sees too many sign-ins in a row from this app.",
            "Wait five minutes, then sign in with the button.",
        ),
        90002 => (
            "auth.tenant_unknown",
            "There is no tenant of that name.",
            "Correct \"tenant\" in config.json.",
        ),
        90015 => (
            "auth.too_long",
            "The sign-in asks for too much at once.",
            "Ask for fewer features.",
        ),
        50053 | 50055 | 50057 => (
            "auth.account_state",
            "The account is locked or disabled, or its password has expired.",
            "Ask your administrator.",
        ),
        90038 => (
            "auth.cloud",
            "That tenant lives in another Microsoft cloud.",
            "Use a site that is set up for that cloud.",
        ),
        90033 => (
            "auth.unavailable",
            "The login service is overloaded or out of order.",
            "Wait a minute, then sign in again.",
        ),
        _ => return None,
    })
}
