//! Training that was recorded elsewhere.

/// What a file is that somebody imports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ImportFormat {
    /// The CSV file that Strong exports.
    StrongCsv,
    /// The CSV file that Hevy exports.
    HevyCsv,
    /// The document in which IronTrack exports everything of an account.
    IrontrackJson,
}

impl ImportFormat {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::StrongCsv, Self::HevyCsv, Self::IrontrackJson];

    /// The stable name, in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::StrongCsv => "strong_csv",
            Self::HevyCsv => "hevy_csv",
            Self::IrontrackJson => "irontrack_json",
        }
    }

    /// The format of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == name)
    }

    /// The most bytes that a file may have, decompressed where it can be compressed.
    #[must_use]
    pub const fn max_bytes(self) -> u64 {
        const MEBIBYTE: u64 = 1024 * 1024;
        match self {
            Self::StrongCsv | Self::HevyCsv => 20 * MEBIBYTE,
            Self::IrontrackJson => 200 * MEBIBYTE,
        }
    }

    /// Whether the times in a file are those of clocks whose time zone the file does not name.
    #[must_use]
    pub const fn needs_time_zone(self) -> bool {
        matches!(self, Self::StrongCsv | Self::HevyCsv)
    }
}

/// How many different exercises a file may name.
pub const MAX_NAMES: usize = 5_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_by_their_names() {
        for format in ImportFormat::ALL {
            assert_eq!(ImportFormat::from_name(format.as_str()), Some(format));
        }
        assert_eq!(ImportFormat::from_name("Strong_csv"), None);
    }
}
