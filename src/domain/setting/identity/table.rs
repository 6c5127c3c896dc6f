//! Which CSP node a template's property writes.
//!
//! Source: the names that the property descriptions of Microsoft Graph and the policy CSP reference give each
//! other. Only what both describe as the same switch is here; the tests hold each path against the settings
//! catalog's ids and each property against Graph's metadata.

use crate::setting::Value;

/// Property, CSP path (below `Policy/Config` unless it begins with `/` or names a payload), value.
pub(super) type Row = (&'static str, &'static str, Map);

/// How the property's value is written in the CSP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Map {
    /// As it is.
    Same,
    /// On is this word; off says nothing.
    On(&'static str),
    /// Words of an enum.
    Words(&'static [(&'static str, &'static str)]),
}

impl Map {
    /// The CSP's value; `None` where the table does not say.
    pub fn map(self, value: &Value) -> Option<String> {
        match (self, value) {
            (Self::Same, Value::Int(number)) => Some(number.to_string()),
            (Self::On(word), Value::Bool(true)) => Some(word.to_owned()),
            (Self::Words(words), Value::Text(text)) => words
                .iter()
                .find(|(word, _)| *word == text.as_ref())
                .map(|(_, number)| (*number).to_owned()),
            _ => None,
        }
    }
}

const NO: Map = Map::On("0");
const YES: Map = Map::On("1");
const FALSE: Map = Map::On("false");
const SAME: Map = Map::Same;
/// Attack surface reduction.
const ASR: Map = Map::Words(&[
    ("block", "block"),
    ("auditMode", "audit"),
    ("warn", "warn"),
    ("disable", "off"),
]);
const ALLOWED: Map = Map::Words(&[("blocked", "0"), ("allowed", "1")]);

/// `windows10GeneralConfiguration`
#[rustfmt::skip]
const GENERAL: &[Row] = &[
    ("appsAllowTrustedAppsSideloading", "applicationmanagement_allowalltrustedapps", ALLOWED),
    ("bluetoothBlockAdvertising", "bluetooth_allowadvertising", NO),
    ("bluetoothBlockDiscoverableMode", "bluetooth_allowdiscoverablemode", NO),
    ("bluetoothBlockPrePairing", "bluetooth_allowprepairing", NO),
    ("bluetoothBlocked", "connectivity_allowbluetooth", NO),
    ("cameraBlocked", "camera_allowcamera", NO),
    ("cellularBlockDataWhenRoaming", "connectivity_allowcellulardataroaming", NO),
    ("cellularBlockVpn", "connectivity_allowvpnovercellular", NO),
    ("cellularBlockVpnWhenRoaming", "connectivity_allowvpnroamingovercellular", NO),
    ("connectedDevicesServiceBlocked", "connectivity_allowconnecteddevices", NO),
    ("cortanaBlocked", "experience_allowcortana", NO),
    ("defenderBlockEndUserAccess", "defender_allowuseruiaccess", NO),
    ("defenderCloudBlockLevel", "defender_cloudblocklevel", Map::Words(&[("high", "2"), ("highPlus", "4"), ("zeroTolerance", "6")])),
    ("defenderCloudExtendedTimeout", "defender_cloudextendedtimeout", SAME),
    ("defenderDaysBeforeDeletingQuarantinedMalware", "defender_daystoretaincleanedmalware", SAME),
    ("defenderRequireBehaviorMonitoring", "defender_allowbehaviormonitoring", YES),
    ("defenderRequireCloudProtection", "defender_allowcloudprotection", YES),
    ("defenderRequireRealTimeMonitoring", "defender_allowrealtimemonitoring", YES),
    ("defenderScanArchiveFiles", "defender_allowarchivescanning", YES),
    ("defenderScanDownloads", "defender_allowioavprotection", YES),
    ("defenderScanIncomingMail", "defender_allowemailscanning", YES),
    ("defenderScanMappedNetworkDrivesDuringFullScan", "defender_allowfullscanonmappednetworkdrives", YES),
    ("defenderScanMaxCpu", "defender_avgcpuloadfactor", SAME),
    ("defenderScanNetworkFiles", "defender_allowscanningnetworkfiles", YES),
    ("defenderScanRemovableDrivesDuringFullScan", "defender_allowfullscanremovabledrivescanning", YES),
    ("defenderScanScriptsLoadedInInternetExplorer", "defender_allowscriptscanning", YES),
    ("defenderSignatureUpdateIntervalInHours", "defender_signatureupdateinterval", SAME),
    ("developerUnlockSetting", "applicationmanagement_allowdeveloperunlock", ALLOWED),
    ("deviceManagementBlockManualUnenroll", "experience_allowmanualmdmunenrollment", NO),
    ("diagnosticsDataSubmissionMode", "system_allowtelemetry", Map::Words(&[("none", "0"), ("basic", "1"), ("full", "3")])),
    ("gameDvrBlocked", "applicationmanagement_allowgamedvr", NO),
    ("internetSharingBlocked", "wifi_allowinternetsharing", NO),
    ("locationServicesBlocked", "system_allowlocation", NO),
    ("passwordBlockSimple", "devicelock_allowsimpledevicepassword", NO),
    ("passwordExpirationDays", "devicelock_devicepasswordexpiration", SAME),
    ("passwordMinimumCharacterSetCount", "devicelock_mindevicepasswordcomplexcharacters", SAME),
    ("passwordMinimumLength", "devicelock_mindevicepasswordlength", SAME),
    ("passwordMinutesOfInactivityBeforeScreenTimeout", "devicelock_maxinactivitytimedevicelock", SAME),
    ("passwordPreviousPasswordBlockCount", "devicelock_devicepasswordhistory", SAME),
    // 0 stands for "required" in this CSP.
    ("passwordRequired", "devicelock_devicepasswordenabled", NO),
    ("passwordSignInFailureCountBeforeFactoryReset", "devicelock_maxdevicepasswordfailedattempts", SAME),
    ("screenCaptureBlocked", "experience_allowscreencapture", NO),
    ("sharedUserAppDataAllowed", "applicationmanagement_allowshareduserappdata", YES),
    ("storageBlockRemovableStorage", "system_allowstoragecard", NO),
    ("usbBlocked", "connectivity_allowusbconnection", NO),
    ("wiFiBlockAutomaticConnectHotspots", "wifi_allowautoconnecttowifisensehotspots", NO),
    ("wiFiBlockManualConfiguration", "wifi_allowmanualwificonfiguration", NO),
    ("wiFiBlocked", "wifi_allowwifi", NO),
    ("windowsStoreBlockAutoUpdate", "applicationmanagement_allowappstoreautoupdate", NO),];

/// `windows10EndpointProtectionConfiguration`. Below `ASR/`: attack surface reduction rules.
#[rustfmt::skip]
const PROTECTION: &[Row] = &[
    ("bitLockerAllowStandardUserEncryption", "/bitlocker_allowstandarduserencryption", YES),
    ("bitLockerDisableWarningForOtherDiskEncryption", "/bitlocker_allowwarningforotherdiskencryption", NO),
    ("bitLockerEncryptDevice", "/bitlocker_requiredeviceencryption", YES),
    ("bitLockerRecoveryPasswordRotation", "/bitlocker_configurerecoverypasswordrotation", Map::Words(&[("disabled", "0"), ("enabledForAzureAd", "1"), ("enabledForAzureAdAndHybrid", "2")])),
    ("defenderAdobeReaderLaunchChildProcess", "ASR/blockadobereaderfromcreatingchildprocesses", ASR),
    ("defenderAdvancedRansomewareProtectionType", "ASR/useadvancedprotectionagainstransomware", ASR),
    ("defenderEmailContentExecutionType", "ASR/blockexecutablecontentfromemailclientandwebmail", ASR),
    ("defenderGuardMyFoldersType", "defender_enablecontrolledfolderaccess", Map::Words(&[("enable", "1"), ("auditMode", "2"), ("blockDiskModification", "3"), ("auditDiskModification", "4")])),
    ("defenderNetworkProtectionType", "defender_enablenetworkprotection", Map::Words(&[("enable", "1"), ("auditMode", "2")])),
    ("defenderOfficeAppsExecutableContentCreationOrLaunchType", "ASR/blockofficeapplicationsfromcreatingexecutablecontent", ASR),
    ("defenderOfficeAppsLaunchChildProcessType", "ASR/blockallofficeapplicationsfromcreatingchildprocesses", ASR),
    ("defenderOfficeAppsOtherProcessInjectionType", "ASR/blockofficeapplicationsfrominjectingcodeintootherprocesses", ASR),
    ("defenderOfficeCommunicationAppsLaunchChildProcess", "ASR/blockofficecommunicationappfromcreatingchildprocesses", ASR),
    ("defenderOfficeMacroCodeAllowWin32ImportsType", "ASR/blockwin32apicallsfromofficemacros", ASR),
    ("defenderPreventCredentialStealingType", "ASR/blockcredentialstealingfromwindowslocalsecurityauthoritysubsystem", ASR),
    ("defenderProcessCreationType", "ASR/blockprocesscreationsfrompsexecandwmicommands", ASR),
    ("defenderScriptDownloadedPayloadExecutionType", "ASR/blockjavascriptorvbscriptfromlaunchingdownloadedexecutablecontent", ASR),
    ("defenderScriptObfuscatedMacroCodeType", "ASR/blockexecutionofpotentiallyobfuscatedscripts", ASR),
    ("defenderUntrustedExecutableType", "ASR/blockexecutablefilesrunningunlesstheymeetprevalenceagetrustedlistcriterion", ASR),
    ("defenderUntrustedUSBProcessType", "ASR/blockuntrustedunsignedprocessesthatrunfromusb", ASR),
    ("deviceGuardEnableVirtualizationBasedSecurity", "deviceguard_enablevirtualizationbasedsecurity", YES),
    ("deviceGuardLaunchSystemGuard", "deviceguard_configuresystemguardlaunch", Map::Words(&[("enabled", "1"), ("disabled", "2")])),
    ("deviceGuardLocalSystemAuthorityCredentialGuardSettings", "deviceguard_lsacfgflags", Map::Words(&[("enableWithUEFILock", "1"), ("enableWithoutUEFILock", "2"), ("disable", "0")])),
    ("deviceGuardSecureBootWithDMA", "deviceguard_requireplatformsecurityfeatures", Map::Words(&[("withoutDMA", "1"), ("withDMA", "3")])),
    ("smartScreenBlockOverrideForFiles", "smartscreen_preventoverrideforfilesinshell", YES),
    ("smartScreenEnableInShell", "smartscreen_enablesmartscreeninshell", YES),];

/// `windowsUpdateForBusinessConfiguration`
#[rustfmt::skip]
const UPDATES: &[Row] = &[
    ("deadlineForFeatureUpdatesInDays", "update_configuredeadlineforfeatureupdates", SAME),
    ("deadlineForQualityUpdatesInDays", "update_configuredeadlineforqualityupdates", SAME),
    ("deadlineGracePeriodInDays", "update_configuredeadlinegraceperiod", SAME),
    ("driversExcluded", "update_excludewudriversinqualityupdate", YES),
    ("featureUpdatesDeferralPeriodInDays", "update_deferfeatureupdatesperiodindays", SAME),
    ("featureUpdatesRollbackWindowInDays", "update_configurefeatureupdateuninstallperiod", SAME),
    ("microsoftUpdateServiceAllowed", "update_allowmuupdateservice", YES),
    ("qualityUpdatesDeferralPeriodInDays", "update_deferqualityupdatesperiodindays", SAME),];

/// `iosGeneralDeviceConfiguration` and `macOSGeneralDeviceConfiguration`
#[rustfmt::skip]
const APPLE: &[Row] = &[
    ("airDropBlocked", "com.apple.applicationaccess_allowairdrop", FALSE),
    ("cameraBlocked", "com.apple.applicationaccess_allowcamera", FALSE),
    ("iCloudBlockDocumentSync", "com.apple.applicationaccess_allowclouddocumentsync", FALSE),
    ("iCloudBlockPhotoLibrary", "com.apple.applicationaccess_allowcloudphotolibrary", FALSE),];

/// All types with their rows.
pub(super) const TYPES: &[(&str, &[Row])] = &[
    ("iosGeneralDeviceConfiguration", APPLE),
    ("macOSGeneralDeviceConfiguration", APPLE),
    ("windows10EndpointProtectionConfiguration", PROTECTION),
    ("windows10GeneralConfiguration", GENERAL),
    ("windowsUpdateForBusinessConfiguration", UPDATES),
];

/// The row of a property id (`odataType/property`).
pub(super) fn find(id: &str) -> Option<&'static Row> {
    let (kind, property) = id.split_once('/')?;
    let (_, rows) = TYPES.iter().find(|(name, _)| *name == kind)?;
    rows.iter().find(|(name, _, _)| *name == property)
}

/// The path as a key.
pub(super) fn key(path: &str) -> String {
    match (path.strip_prefix('/'), path.strip_prefix("ASR/")) {
        (Some(path), _) => format!("vendor_msft_{path}"),
        (_, Some(rule)) => {
            format!("vendor_msft_policy_config_defender_attacksurfacereductionrules_{rule}")
        }
        _ if path.starts_with("com.") => path.to_owned(),
        _ => format!("vendor_msft_policy_config_{path}"),
    }
}
