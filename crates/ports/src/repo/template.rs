//! What writing training units and plans has in common.

use irontrack_domain::{
    UserId,
    training::{LongText, SharingStatus, TemplateName},
};

/// What a new unit or plan is called, to whom it belongs, and for whom it is there.
#[derive(Debug, Clone)]
pub struct NewTemplate {
    /// The owner.
    pub owner: UserId,
    /// Name.
    pub name: TemplateName,
    /// What it is for.
    pub description: Option<LongText>,
    /// For whom it is there.
    pub sharing_status: SharingStatus,
}

/// What to change of a unit or plan. `None` leaves the stored value alone.
#[derive(Debug, Clone, Default)]
pub struct TemplateChanges {
    /// Name.
    pub name: Option<TemplateName>,
    /// What it is for; `Some(None)` clears it.
    pub description: Option<Option<LongText>>,
    /// For whom it is there.
    pub sharing_status: Option<SharingStatus>,
}
