//! An app registration, as each tool writes it. All of them make the same one: single-page application, this site's
//! redirect URI, no secret, no other platform, assignment required.

use super::ids::{GRAPH, id_of};
use super::{Plan, Role};
use crate::json::quoted;

/// What writes a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// By hand, in the admin center.
    Portal,
    /// The manifest, as the admin center shows it and Graph takes it.
    Manifest,
    /// The Azure CLI.
    AzureCli,
    /// Microsoft Graph PowerShell.
    PowerShell,
    /// HashiCorp's provider `azuread`.
    Terraform,
}

/// All of them with their names.
pub const TOOLS: [(Tool, &str); 5] = [
    (Tool::Portal, "By hand"),
    (Tool::Manifest, "Manifest"),
    (Tool::AzureCli, "Azure CLI"),
    (Tool::PowerShell, "Graph PowerShell"),
    (Tool::Terraform, "Terraform"),
];

/// The text for one registration.
pub fn snippet(tool: Tool, role: Role, plan: &Plan) -> String {
    match tool {
        Tool::Portal => portal(role, plan),
        Tool::Manifest => manifest(role, plan),
        Tool::AzureCli => azure_cli(role, plan),
        Tool::PowerShell => powershell(role, plan),
        Tool::Terraform => terraform(role, plan),
    }
}

/// True when people of other tenants are to sign in too.
fn many(plan: &Plan) -> bool {
    plan.tenant.trim() == "organizations"
}

fn audience(plan: &Plan) -> &'static str {
    if many(plan) {
        "AzureADMultipleOrgs"
    } else {
        "AzureADMyOrg"
    }
}

fn portal(role: Role, plan: &Plan) -> String {
    let scopes = plan.scopes(role);
    let accounts = if many(plan) {
        "Accounts in any organizational directory"
    } else {
        "Accounts in this organizational directory only"
    };
    let permissions = if scopes.is_empty() {
        "None. Remove User.Read, which the admin center adds.".to_owned()
    } else {
        format!("Delegated, Microsoft Graph: {}.", scopes.join(", "))
    };
    format!(
        "App registrations, New registration\n\
         \x20 Name: {}\n\
         \x20 Supported account types: {accounts}\n\
         \x20 Redirect URI: platform Single-page application, {}\n\
         Authentication: no other platform, both implicit grant boxes empty, Allow public client flows: No\n\
         Certificates & secrets: none\n\
         API permissions: {permissions}\n\
         Enterprise applications, {}, Properties: Assignment required: Yes\n\
         Enterprise applications, {}, Users and groups: who may use it\n",
        role.name(),
        plan.address,
        role.name(),
        role.name(),
    )
}

fn manifest(role: Role, plan: &Plan) -> String {
    let scopes = plan.scopes(role);
    let ids: Vec<String> = scopes
        .iter()
        .filter_map(|scope| id_of(scope))
        .map(|id| format!("        {{ \"id\": \"{id}\", \"type\": \"Scope\" }}"))
        .collect();
    let access = if ids.is_empty() {
        "[]".to_owned()
    } else {
        format!(
            "[\n    {{\n      \"resourceAppId\": \"{GRAPH}\",\n      \"resourceAccess\": [\n{}\n      ]\n    }}\n  ]",
            ids.join(",\n")
        )
    };
    format!(
        "{{\n\
         \x20 \"displayName\": {},\n\
         \x20 \"signInAudience\": \"{}\",\n\
         \x20 \"isFallbackPublicClient\": false,\n\
         \x20 \"spa\": {{ \"redirectUris\": [{}] }},\n\
         \x20 \"publicClient\": {{ \"redirectUris\": [] }},\n\
         \x20 \"web\": {{\n\
         \x20   \"redirectUris\": [],\n\
         \x20   \"implicitGrantSettings\": {{ \"enableIdTokenIssuance\": false, \"enableAccessTokenIssuance\": false }}\n\
         \x20 }},\n\
         \x20 \"optionalClaims\": {{ \"idToken\": [{{ \"name\": \"login_hint\" }}] }},\n\
         \x20 \"requiredResourceAccess\": {access}\n\
         }}\n",
        quoted(role.name()),
        audience(plan),
        quoted(&plan.address),
    )
}

fn azure_cli(role: Role, plan: &Plan) -> String {
    let (cloud, graph) = match plan.cloud.id.as_str() {
        "gcc-high" | "dod" => (
            "az cloud set --name AzureUSGovernment\n",
            &*plan.cloud.graph,
        ),
        "china" => ("az cloud set --name AzureChinaCloud\n", &*plan.cloud.graph),
        _ => ("", &*plan.cloud.graph),
    };
    let id = role.id();
    let resource = if graph == "https://graph.microsoft.com" {
        String::new()
    } else {
        format!(" --resource {graph}")
    };
    format!(
        "{cloud}az login --allow-no-subscriptions\n\
         cat > {id}.json <<'JSON'\n{}JSON\n\
         app=$(az rest --method POST{resource} --uri \"{graph}/v1.0/applications\" \\\n\
         \x20 --headers Content-Type=application/json --body @{id}.json --query appId --output tsv)\n\
         az rest --method POST{resource} --uri \"{graph}/v1.0/servicePrincipals\" \\\n\
         \x20 --headers Content-Type=application/json \\\n\
         \x20 --body \"{{\\\"appId\\\":\\\"$app\\\",\\\"appRoleAssignmentRequired\\\":true}}\" --output none\n\
         echo \"Client id: $app\"\n",
        manifest(role, plan)
    )
}

/// The first command of Microsoft Graph PowerShell, with its line's end: permissions with `, ` between them, and the host of the
/// cloud's Graph (`Get-MgEnvironment`).
pub fn connect(scopes: &str, graph: &str) -> String {
    let environment = match graph {
        "graph.microsoft.us" => " -Environment USGov",
        "dod-graph.microsoft.us" => " -Environment USGovDoD",
        "microsoftgraph.chinacloudapi.cn" => " -Environment China",
        _ => "",
    };
    format!("Connect-MgGraph -Scopes {scopes}{environment}\n")
}

fn powershell(role: Role, plan: &Plan) -> String {
    let graph = plan.cloud.graph.as_str();
    let connect = connect(
        "Application.ReadWrite.All",
        graph.strip_prefix("https://").unwrap_or(graph),
    );
    format!(
        "{connect}\
         $manifest = @'\n{}'@\n\
         $app = Invoke-MgGraphRequest -Method POST -Uri '/v1.0/applications' -Body $manifest -ContentType 'application/json'\n\
         $entry = @{{ appId = $app.appId; appRoleAssignmentRequired = $true }} | ConvertTo-Json\n\
         $null = Invoke-MgGraphRequest -Method POST -Uri '/v1.0/servicePrincipals' -Body $entry -ContentType 'application/json'\n\
         \"Client id: $($app.appId)\"\n",
        manifest(role, plan)
    )
}

fn terraform(role: Role, plan: &Plan) -> String {
    let name = role.id().replace('-', "_");
    let scopes: Vec<String> = plan
        .scopes(role)
        .iter()
        .map(|scope| format!("        {},\n", quoted(scope)))
        .collect();
    // Once for both registrations, which are to lie in one folder.
    let provider = match (role, plan.cloud.id.as_str()) {
        (Role::Reader, "gcc-high") => "usgovernmentl4",
        (Role::Reader, "dod") => "usgovernmentl5",
        (Role::Reader, "china") => "china",
        _ => "",
    };
    let provider = if provider.is_empty() {
        String::new()
    } else {
        format!("provider \"azuread\" {{\n  environment = \"{provider}\"\n}}\n\n")
    };
    let (graph, access) = if scopes.is_empty() {
        ("", String::new())
    } else {
        let graph = "data \"azuread_service_principal\" \"graph\" {\n  client_id = \"00000003-0000-0000-c000-000000000000\"\n}\n\n";
        let access = format!(
            "\n  required_resource_access {{\n\
             \x20   resource_app_id = data.azuread_service_principal.graph.client_id\n\n\
             \x20   dynamic \"resource_access\" {{\n\
             \x20     for_each = [\n{}      ]\n\
             \x20     content {{\n\
             \x20       id   = data.azuread_service_principal.graph.oauth2_permission_scope_ids[resource_access.value]\n\
             \x20       type = \"Scope\"\n\
             \x20     }}\n\
             \x20   }}\n\
             \x20 }}\n",
            scopes.concat()
        );
        (graph, access)
    };
    format!(
        "{provider}{graph}resource \"azuread_application\" \"{name}\" {{\n\
         \x20 display_name     = {}\n\
         \x20 sign_in_audience = \"{}\"\n\n\
         \x20 single_page_application {{\n\
         \x20   redirect_uris = [{}]\n\
         \x20 }}\n\n\
         \x20 optional_claims {{\n\
         \x20   id_token {{\n\
         \x20     name = \"login_hint\"\n\
         \x20   }}\n\
         \x20 }}\n{access}}}\n\n\
         resource \"azuread_service_principal\" \"{name}\" {{\n\
         \x20 client_id                    = azuread_application.{name}.client_id\n\
         \x20 app_role_assignment_required = true\n\
         }}\n\n\
         output \"{name}_client_id\" {{\n\
         \x20 value = azuread_application.{name}.client_id\n\
         }}\n",
        quoted(role.name()),
        audience(plan),
        quoted(&plan.address),
    )
}
