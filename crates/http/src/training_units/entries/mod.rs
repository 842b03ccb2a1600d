//! The entries of a training unit.

pub(super) mod add;
pub(super) mod delete;
pub(super) mod order;
pub(super) mod replace;
pub(super) mod update;

use irontrack_application::{tag, training_units::EntryOf};
use irontrack_domain::{EntityTag, UnitEntryId};

use super::{dto::UnitEntry, entry_input::id_of};
use crate::call::{Read, RequestParts, Violations};

/// The id of an entry in the path.
fn entry_id(request: &RequestParts<'_>, violations: &mut Violations) -> Read<UnitEntryId> {
    request.path.integer("entry_id", violations).map(id_of)
}

/// An entry on the wire, and the tag of the unit that it is in.
fn with_tag(of: &EntryOf) -> (EntityTag, Option<UnitEntry>) {
    (tag(&of.unit), of.entry().map(|entry| UnitEntry::new(of.place, entry)))
}
