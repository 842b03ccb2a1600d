//! Fields that bodies of training units and plans have in common.

use irontrack_domain::training::{LongText, SharingStatus, TemplateName};

use crate::call::{Field, Read, Violations};

/// The field `name`.
pub(crate) fn name(field: &Field<'_>, violations: &mut Violations) -> Read<TemplateName> {
    field.text(TemplateName::parse, violations)
}

/// The field `description`.
pub(crate) fn description(field: &Field<'_>, violations: &mut Violations) -> Read<LongText> {
    field.text(LongText::parse, violations)
}

/// The field `sharingStatus`.
pub(crate) fn sharing_status(field: &Field<'_>, violations: &mut Violations) -> Read<SharingStatus> {
    let statuses: Vec<_> = SharingStatus::ALL.iter().map(|&status| (status.as_str(), status)).collect();
    field.choice(&statuses, violations)
}
