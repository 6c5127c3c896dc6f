//! Microsoft's ids of the permissions, which a manifest names them by.
//!
//! Microsoft Graph permissions reference. Names alone do everywhere else.

/// The application id of Microsoft Graph, in every cloud.
pub const GRAPH: &str = "00000003-0000-0000-c000-000000000000";

/// Delegated permission, id. A permission that is not here has none in the metadata that the tests hold it against.
const IDS: &[(&str, &str)] = &[
    (
        "DeviceManagementConfiguration.Read.All",
        "f1493658-876a-4c87-8fa7-edb559b3476a",
    ),
    (
        "DeviceManagementApps.Read.All",
        "4edf5f54-4666-44af-9de9-0144fb4b6e8c",
    ),
    (
        "DeviceManagementServiceConfig.Read.All",
        "8696daa5-bce5-4b2e-83f9-51b6defc4e1e",
    ),
    (
        "DeviceManagementScripts.Read.All",
        "d32381d8-ee89-4220-9c83-b672aa68d404",
    ),
    (
        "DeviceManagementRBAC.Read.All",
        "49f0cc30-024c-4dfd-ab3e-82e137ee5431",
    ),
    (
        "DeviceManagementManagedDevices.Read.All",
        "314874da-47d6-4978-88dc-cf0d37f0bb82",
    ),
    (
        "DeviceManagementCloudCA.Read.All",
        "ac5c8443-d999-471f-9247-ce92cf5c5560",
    ),
    ("CloudPC.Read.All", "5252ec4e-fd40-4d92-8c68-89dd1d3c6110"),
    (
        "Group.ReadBasic.All",
        "ba1917bc-a64b-4c71-b66d-229d4a520e66",
    ),
    ("Policy.Read.All", "572fea84-0151-49b2-9301-11cb16974376"),
    (
        "Policy.Read.AuthenticationMethod",
        "a6ff13ac-1851-4993-8ca9-a671d70de2d5",
    ),
    (
        "Policy.Read.DeviceConfiguration",
        "3616a4b0-6746-49c4-a678-4c237599074d",
    ),
    (
        "Policy.Read.PermissionGrant",
        "414de6ea-2d92-462f-b120-6e2a809a6d01",
    ),
    ("Agreement.Read.All", "af2819c9-df71-4dd3-ade7-4d7c9dc653b7"),
    (
        "AuthenticationContext.Read.All",
        "57b030f1-8c35-469c-b0d9-e4a077debe70",
    ),
    (
        "AdministrativeUnit.Read.All",
        "3361d15d-be43-4de6-b441-3c746d05163d",
    ),
    (
        "RoleManagement.Read.Directory",
        "741c54c3-0c1e-44a1-818b-3f97ab4e8c83",
    ),
    (
        "RoleManagementPolicy.Read.Directory",
        "3de2cdbe-0ff5-47d5-bdee-7f45b4749ead",
    ),
    (
        "ConfigurationMonitoring.Read.All",
        "c645bb69-adc4-4242-b620-02e635f03bf6",
    ),
    ("AuditLog.Read.All", "e4c9e354-4dc5-45b8-9e7c-e1393b0b1a20"),
    (
        "Application.Read.All",
        "c79f8feb-a9db-4090-85f9-90d820caa0eb",
    ),
    ("Directory.Read.All", "06da0dbc-49e2-44d2-8312-53f166ab848a"),
    (
        "PrivilegedAssignmentSchedule.Read.AzureADGroup",
        "02a32cc4-7ab5-4b58-879a-0586e0f7c495",
    ),
    (
        "PrivilegedEligibilitySchedule.Read.AzureADGroup",
        "8f44f93d-ecef-46ae-a9bf-338508d44d6b",
    ),
    ("User.Read", "e1fe6dd8-ba31-4d61-89e7-88639da4683d"),
];

/// The id of a delegated permission.
pub fn id_of(scope: &str) -> Option<&'static str> {
    IDS.iter()
        .find(|(name, _)| *name == scope)
        .map(|(_, id)| *id)
}
