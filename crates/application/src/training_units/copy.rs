//! Copying of units.

use irontrack_domain::{
    TrainingUnitId, UserId,
    account::Principal,
    training::{TemplateName, TrainingUnit, names_of_copies},
};
use irontrack_ports::{RepositoryError, UnitOfWork, repo::UnitCopy};
use uuid::Uuid;

use super::{TrainingUnits, UnitError, read};
use crate::{Answered, Once, unit_of_work::within};

impl TrainingUnits {
    /// Copies a unit that the caller may read into their account, with its entries, private and without grants. Without a
    /// name the copy is called as its source, with a number where that name is taken.
    ///
    /// # Errors
    /// [`UnitError`]: not found, then a given name taken.
    pub async fn copy(
        &self,
        caller: &Principal,
        id: TrainingUnitId,
        name: Option<TemplateName>,
        once: &Once<'_, TrainingUnit>,
    ) -> Result<Answered, UnitError> {
        let now = self.clock.now();
        let owner = caller.user_id;
        let copy = async |work: &mut dyn UnitOfWork| {
            // The account first, then the unit: everybody locks in this order.
            if work.accounts().lock_for_naming(owner).await? != Some(true) {
                return Err(UnitError::OwnerGone);
            }
            let source = work.training_units().keep(owner, id).await?.ok_or(UnitError::NotFound)?;
            let name = match name {
                Some(name) => name,
                None => unused_names(work, owner, &[source.head.name]).await?.remove(0),
            };
            let copy = UnitCopy { id: TrainingUnitId::new(Uuid::now_v7()), source: id, name };
            let copied = work.training_units().copy(std::slice::from_ref(&copy), owner, now).await;
            copied.map_err(|error| UnitError::of_naming(error, &copy.name))?;
            read(work, owner, copy.id).await
        };
        within(&*self.works, async |work| once.run(work, owner, now, copy).await).await
    }
}

/// A name for a copy of each unit of these names that no unit of the account has. The account must be locked for naming.
pub(crate) async fn unused_names(
    work: &mut dyn UnitOfWork,
    owner: UserId,
    names: &[TemplateName],
) -> Result<Vec<TemplateName>, RepositoryError> {
    let stems: Vec<&str> = names.iter().map(TemplateName::stem).collect();
    let taken = work.training_units().names_beginning(owner, &stems).await?;
    Ok(names_of_copies(names, &taken))
}
