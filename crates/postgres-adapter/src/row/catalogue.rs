//! The columns of a catalogue item.

use diesel::{
    Queryable,
    sql_types::{SmallInt, Text},
};
use irontrack_domain::catalogue::CatalogueItem;

/// The types of `id, name`.
pub(crate) type ItemColumns = (SmallInt, Text);

/// A row of `id, name`.
#[derive(Queryable)]
pub(crate) struct ItemRow {
    id: i16,
    name: String,
}

impl From<ItemRow> for CatalogueItem {
    fn from(ItemRow { id, name }: ItemRow) -> Self {
        Self { id, name }
    }
}
