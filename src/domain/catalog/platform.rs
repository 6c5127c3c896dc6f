//! Platforms: what Graph's several enums and type prefixes say, as one set.

use std::fmt;

/// One platform as the admin centre names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Platform {
    Windows,
    MacOs,
    Ios,
    Android,
    Linux,
    ChromeOs,
    TvOs,
    VisionOs,
}

impl Platform {
    /// All of them, in the order they are shown in.
    pub const EACH: [Platform; 8] = [
        Self::Windows,
        Self::MacOs,
        Self::Ios,
        Self::Android,
        Self::Linux,
        Self::ChromeOs,
        Self::TvOs,
        Self::VisionOs,
    ];

    /// Words on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Windows => "Windows",
            Self::MacOs => "macOS",
            Self::Ios => "iOS/iPadOS",
            Self::Android => "Android",
            Self::Linux => "Linux",
            Self::ChromeOs => "ChromeOS",
            Self::TvOs => "tvOS",
            Self::VisionOs => "visionOS",
        }
    }
}

/// A set of [`Platform`]s. Empty means that the object is not bound to a platform.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct Platforms(u8);

impl Platforms {
    /// Not bound to a platform.
    pub const ALL: Self = Self(0);
    #[allow(missing_docs)]
    pub const WINDOWS: Self = Self::of(Platform::Windows);
    #[allow(missing_docs)]
    pub const MACOS: Self = Self::of(Platform::MacOs);
    #[allow(missing_docs)]
    pub const IOS: Self = Self::of(Platform::Ios);
    #[allow(missing_docs)]
    pub const ANDROID: Self = Self::of(Platform::Android);
    #[allow(missing_docs)]
    pub const LINUX: Self = Self::of(Platform::Linux);
    #[allow(missing_docs)]
    pub const CHROMEOS: Self = Self::of(Platform::ChromeOs);

    /// The set of one platform.
    pub const fn of(platform: Platform) -> Self {
        Self(1 << platform as u8)
    }

    /// Both sets together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True when the set names this platform.
    pub const fn has(self, platform: Platform) -> bool {
        self.0 & (1 << platform as u8) != 0
    }

    /// True when the object is not bound to a platform.
    pub const fn is_all(self) -> bool {
        self.0 == 0
    }

    /// The platforms of the set, in the order they are shown in.
    pub fn iter(self) -> impl Iterator<Item = Platform> {
        Platform::EACH.into_iter().filter(move |p| self.has(*p))
    }

    /// The set as bits, for the wire between the threads.
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// From [`Self::bits`].
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// Reads an enum or a flags enum (`"windows10,macOS"`, any case). Unknown names add nothing.
    pub fn from_names(names: &str) -> Self {
        names
            .split(',')
            .map(|name| Self::from_prefix(name.trim()))
            .fold(Self::ALL, Self::and)
    }

    /// Reads the start of a name: an enum member or an `@odata.type` without `#microsoft.graph.`
    /// (`windows10EndpointProtectionConfiguration`, `iosGeneralDeviceConfiguration`, `win32LobApp`).
    pub fn from_prefix(name: &str) -> Self {
        const PREFIXES: [(&str, Platforms); 16] = [
            ("windows", Platforms::WINDOWS),
            ("win32", Platforms::WINDOWS),
            ("winget", Platforms::WINDOWS),
            ("office", Platforms::WINDOWS),
            ("editionupgrade", Platforms::WINDOWS),
            ("microsoftstore", Platforms::WINDOWS),
            ("sharedpc", Platforms::WINDOWS),
            ("macos", Platforms::MACOS),
            ("ios", Platforms::IOS),
            ("ipad", Platforms::IOS),
            ("android", Platforms::ANDROID),
            ("aosp", Platforms::ANDROID),
            ("linux", Platforms::LINUX),
            ("chromeos", Platforms::CHROMEOS),
            ("tvos", Platforms::of(Platform::TvOs)),
            ("visionos", Platforms::of(Platform::VisionOs)),
        ];
        // Who manages it stands first in some names: `managedIOSStoreApp`, `depMacOSEnrollmentProfile`.
        const LEADS: [&str; 5] = ["activedirectory", "azuread", "dep", "managed", "mdm"];
        let lower = name.to_ascii_lowercase();
        let core = LEADS.iter().find_map(|lead| lower.strip_prefix(lead));
        let core = core.unwrap_or(&lower);
        PREFIXES
            .iter()
            .find(|(prefix, _)| core.starts_with(prefix))
            .map_or(Self::ALL, |(_, set)| *set)
    }
}

impl fmt::Debug for Platforms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl fmt::Display for Platforms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_all() {
            return f.write_str("All platforms");
        }
        for (i, platform) in self.iter().enumerate() {
            if i > 0 {
                f.write_str(", ")?;
            }
            f.write_str(platform.label())?;
        }
        Ok(())
    }
}
