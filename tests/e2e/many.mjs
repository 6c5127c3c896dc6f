// A tenant as large as one wants, as the list that Graph answers.

/** Settings of each policy. */
export const SETTINGS_EACH = 20;
const AREAS = ["Defender", "Browser", "DeviceLock", "Experience", "Update", "Firewall", "Privacy", "Power", "Storage", "System"];

/** A policy as Graph answers it, every one with settings and words of its own. */
function policy(p) {
  const settings = Array.from({ length: SETTINGS_EACH }, (_, s) => {
    const number = (p * 7 + s * 13) % 1_200;
    const definition = `device_vendor_msft_policy_config_${AREAS[number % AREAS.length].toLowerCase()}_setting${number}`;
    const odata = "#microsoft.graph.deviceManagementConfiguration";
    const instance = s % 3
      ? { "@odata.type": `${odata}ChoiceSettingInstance`, settingDefinitionId: definition, choiceSettingValue: { value: `${definition}_${(p + s) % 4}`, children: [] } }
      : { "@odata.type": `${odata}SimpleSettingInstance`, settingDefinitionId: definition, simpleSettingValue: { "@odata.type": `${odata}StringSettingValue`, value: `https://service-${p}.contoso.example/path/${s}?policy=${number}` } };
    return { id: String(s), settingInstance: instance };
  });
  const hex = p.toString(16).padStart(12, "0");
  return {
    "@odata.type": "#microsoft.graph.deviceManagementConfigurationPolicy",
    id: `11111111-2222-3333-4444-${hex}`,
    name: `Win - ${AREAS[p % AREAS.length]} - D - Policy number ${p} - v1.${p % 9}`,
    description: `What policy ${p} is for, in a sentence that somebody wrote by hand.`,
    platforms: "windows10", technologies: "mdm", roleScopeTagIds: ["0"],
    createdDateTime: "2025-03-04T10:00:00Z", lastModifiedDateTime: "2026-01-02T08:30:00Z",
    settingCount: SETTINGS_EACH, settings,
    assignments: [{ id: `a${p}`, target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: `99999999-2222-3333-4444-${hex}` } }],
  };
}

/** The list's text: so many policies, and `more` before them. */
export const tenant = (policies, more = []) => JSON.stringify({ value: [...more, ...Array.from({ length: policies }, (_, p) => policy(p))] });
