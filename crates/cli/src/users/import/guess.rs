//! What kind of file it is, by what stands at its beginning.

use std::io::{self, Read};

use irontrack_domain::import::ImportFormat;

/// So many bytes are looked at.
const BEGINNING: u64 = 4096;

/// The format of a file, if its beginning is that of one.
pub(super) fn format(file: &mut impl Read) -> io::Result<Option<ImportFormat>> {
    let mut beginning = Vec::new();
    file.take(BEGINNING).read_to_end(&mut beginning)?;
    Ok(of(&beginning))
}

fn of(beginning: &[u8]) -> Option<ImportFormat> {
    // Only our own document may be compressed.
    if beginning.starts_with(&[0x1f, 0x8b]) {
        return Some(ImportFormat::IrontrackJson);
    }
    let text = String::from_utf8_lossy(beginning);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') {
        return Some(ImportFormat::IrontrackJson);
    }
    let header = text.lines().next().unwrap_or_default().to_lowercase();
    if header.contains("exercise_title") {
        Some(ImportFormat::HevyCsv)
    } else if header.contains("exercise name") && header.contains("set order") {
        Some(ImportFormat::StrongCsv)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_beginning() {
        for (beginning, expected) in [
            ("{\"format\":\"irontrack-export\"", Some(ImportFormat::IrontrackJson)),
            ("\u{feff} {", Some(ImportFormat::IrontrackJson)),
            ("\"title\",\"start_time\",\"end_time\",\"description\",\"exercise_title\"\n", Some(ImportFormat::HevyCsv)),
            ("\u{feff}Date;Workout Name;Exercise Name;Set Order;Weight\n", Some(ImportFormat::StrongCsv)),
            ("Name,Exercise Name\n", None),
            ("", None),
        ] {
            assert_eq!(of(beginning.as_bytes()), expected, "{beginning}");
        }
        assert_eq!(of(&[0x1f, 0x8b, 8, 0]), Some(ImportFormat::IrontrackJson));
    }
}
