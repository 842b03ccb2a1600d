//! What training units and plans have in common on the wire.

mod copy;
mod input;
mod list;
mod names;

pub(crate) use copy::{TemplateCopy, TemplateCopySchema};
pub(crate) use input::{description, name, sharing_status};
pub(crate) use list::{TemplateScopeName, TemplateSortName, read_filter};
pub(crate) use names::{MyAccessName, SharingStatusName};
