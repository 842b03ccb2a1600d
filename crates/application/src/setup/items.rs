//! Catalogue items of a file beside those that are stored.

use std::collections::{HashMap, HashSet};

use irontrack_domain::catalogue::{CatalogueItem, CatalogueKind, CatalogueName};
use irontrack_ports::{RepositoryError, UnitOfWork};

use super::ImportedItem;

/// The ids of all items, stored or new, by name. New ones for which the file has no id that is free get an invented one
/// until they are stored.
pub(super) struct Items {
    ids: HashMap<(CatalogueKind, String), i16>,
    /// Items that are not stored yet.
    pub(super) new: Vec<NewItem>,
}

/// An item that is not stored yet.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NewItem {
    kind: CatalogueKind,
    id: i16,
    pub(super) is_id_invented: bool,
    pub(super) name: CatalogueName,
}

/// What became of invented ids.
pub(super) struct Numbers(pub(super) HashMap<(CatalogueKind, i16), i16>);

impl Items {
    pub(super) fn new(stored: Vec<(CatalogueKind, Vec<CatalogueItem>)>, imported: Vec<ImportedItem>) -> Self {
        let mut ids = HashMap::new();
        let mut taken = HashSet::new();
        for (kind, items) in stored {
            taken.extend(items.iter().map(|item| (kind, item.id)));
            ids.extend(items.into_iter().map(|item| ((kind, item.name), item.id)));
        }
        let mut new = Vec::new();
        for ImportedItem { kind, id, name } in imported {
            let key = (kind, name.as_str().to_owned());
            if ids.contains_key(&key) {
                continue;
            }
            let free = id.filter(|&id| !taken.contains(&(kind, id)));
            // No stored item has a negative id.
            let invented = || (i16::MIN..0).find(|&id| !taken.contains(&(kind, id)));
            // With so many items the catalogue is full, which storing them will show.
            let Some(id) = free.or_else(invented) else { continue };
            taken.insert((kind, id));
            ids.insert(key, id);
            new.push(NewItem { kind, id, is_id_invented: free.is_none(), name });
        }
        Self { ids, new }
    }

    /// The id of the item of that name, whatever its case and blanks.
    pub(super) fn id(&self, kind: CatalogueKind, name: &str) -> Option<i16> {
        let name = CatalogueName::parse(name).ok()?;
        self.ids.get(&(kind, name.as_str().to_owned())).copied()
    }

    /// Stores the new items.
    pub(super) async fn insert(&self, unit: &mut dyn UnitOfWork) -> Result<Numbers, RepositoryError> {
        let mut numbers = HashMap::new();
        for kind in CatalogueKind::ALL {
            let (without, with): (Vec<_>, Vec<_>) =
                self.new.iter().filter(|item| item.kind == kind).partition(|item| item.is_id_invented);
            let with: Vec<_> = with
                .into_iter()
                .map(|item| CatalogueItem { id: item.id, name: item.name.as_str().to_owned() })
                .collect();
            // Also moves the sequence, so that the ids of the others are free.
            unit.catalogues().seed(kind, &with).await?;
            for item in without {
                let stored = unit.catalogues().insert(kind, &item.name).await?;
                numbers.insert((kind, item.id), stored.id);
            }
        }
        Ok(Numbers(numbers))
    }
}

impl Numbers {
    /// Puts the right ids in the place of invented ones.
    pub(super) fn correct(&self, kind: CatalogueKind, ids: &mut [i16]) {
        for id in ids {
            *id = self.0.get(&(kind, *id)).copied().unwrap_or(*id);
        }
    }
}
