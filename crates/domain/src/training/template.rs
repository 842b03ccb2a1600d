//! What training units and plans have in common.

use chrono::{DateTime, Utc};

use super::{LongText, MyAccess, SharingStatus, TemplateName};
use crate::UserId;

/// What is known about a training unit or plan besides its content, as one of its readers sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct TemplateHead {
    /// Name, unique among the units or the plans of its owner, ignoring case.
    pub name: TemplateName,
    /// What it is for.
    pub description: Option<LongText>,
    /// For whom it is there.
    pub sharing_status: SharingStatus,
    /// The owner; `None` once their account is gone.
    pub created_by: Option<UserId>,
    /// What the reader may do with it.
    pub my_access: MyAccess,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// When it last changed: itself, or the list of what is in it.
    pub updated_at: DateTime<Utc>,
}
