//! Argon2id, a bounded number at a time.

mod admission;
mod scratch;
mod stored;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::thread::available_parallelism;

use argon2::{Algorithm, Argon2, Params, Version};
use async_trait::async_trait;
use irontrack_domain::account::Password;
use irontrack_ports::{
    HashError, PasswordHash, PasswordHasher,
    tally::{HashQueueState, HashQueueWatch},
};
use zeroize::{Zeroize, Zeroizing};

pub(crate) use admission::Admission;
use scratch::ScratchPool;
use stored::{HASH_LEN, StoredHash, random_bytes, unexpected};

/// What the memory of new hashes costs, in KiB.
const MEMORY_KIB: u32 = 64 * 1024;

/// How often the memory is filled.
const PASSES: u32 = 3;

/// How much work is done at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HasherSettings {
    /// How many hashes are computed at once, in the whole process. Each takes a core and 64 MiB of memory, which
    /// are given back ten seconds after the last one.
    pub permits: usize,
    /// How many may wait for their turn. One more is refused as [`HashError::Busy`].
    pub queue_limit: usize,
}

impl Default for HasherSettings {
    /// A permit for each core, at most four, and a queue of eight for each: the last in it waits one to two seconds.
    fn default() -> Self {
        let permits = available_parallelism().map_or(1, usize::from).min(4);
        Self { permits, queue_limit: 8 * permits }
    }
}

/// Hashes passwords with Argon2id (version 19, 64 MiB, three passes, one lane). Stored hashes with other parameters
/// are verified as well, within bounds.
///
/// The work is done on tokio's blocking threads. Whoever stops waiting for it gives nothing back early: a permit and
/// its memory are free again when the work is done.
pub struct Argon2Hasher {
    admission: Arc<Admission>,
    scratch: Arc<ScratchPool>,
    params: Params,
    dummy: StoredHash,
}

impl Argon2Hasher {
    /// A hasher with its own permits: make one for the process.
    ///
    /// # Errors
    /// [`HashError::Unexpected`] when the operating system has no random bytes.
    pub fn new(settings: HasherSettings) -> Result<Self, HashError> {
        let params = Params::new(MEMORY_KIB, PASSES, 1, Some(HASH_LEN)).map_err(unexpected)?;
        Ok(Self {
            admission: Arc::new(Admission::new(settings)),
            scratch: Arc::default(),
            dummy: StoredHash::unreachable(&params)?,
            params,
        })
    }

    /// Who may compute now, for other work that must take turns with the hashes.
    pub(crate) fn admission(&self) -> Arc<Admission> {
        Arc::clone(&self.admission)
    }

    /// Waits for a permit and computes on another thread.
    async fn compute<T, F>(&self, work: F) -> Result<T, HashError>
    where
        T: Send + 'static,
        F: FnOnce(&ScratchPool) -> Result<T, HashError> + Send + 'static,
    {
        let permit = self.admission.enter().await?;
        let scratch = Arc::clone(&self.scratch);
        // The permit moves along: the caller may be gone before the work is done, and the memory is in use until then.
        let task = tokio::task::spawn_blocking(move || {
            let done = work(&scratch);
            scratch.release_later();
            drop(permit);
            done
        });
        task.await.map_err(unexpected)?
    }
}

#[async_trait]
impl PasswordHasher for Argon2Hasher {
    fn check_room(&self) -> Result<(), HashError> {
        self.admission.check_room()
    }

    async fn hash(&self, password: Password) -> Result<PasswordHash, HashError> {
        let params = self.params.clone();
        self.compute(move |scratch| {
            let salt = random_bytes()?;
            let hash = argon2id(&password, &params, &salt, HASH_LEN, scratch)?;
            Ok(PasswordHash::new(stored::encode(&params, &salt, &hash)?))
        })
        .await
    }

    async fn verify(&self, password: Password, hash: Option<PasswordHash>) -> Result<bool, HashError> {
        let (stored, known) = match hash {
            Some(hash) => (StoredHash::parse(hash.as_str())?, true),
            None => (self.dummy.clone(), false),
        };
        self.compute(move |scratch| {
            let hash = argon2id(&password, &stored.params, &stored.salt, stored.output.len(), scratch)?;
            Ok(stored.is_output(&hash)? & known)
        })
        .await
    }
}

impl HashQueueWatch for Argon2Hasher {
    fn state(&self) -> HashQueueState {
        self.admission.state()
    }
}

impl fmt::Debug for Argon2Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Argon2Hasher").field("admission", &self.admission).finish_non_exhaustive()
    }
}

fn argon2id(
    password: &Password,
    params: &Params,
    salt: &[u8],
    len: usize,
    scratch: &ScratchPool,
) -> Result<Zeroizing<Vec<u8>>, HashError> {
    let mut memory = scratch.take(params.block_count())?;
    let mut hash = Zeroizing::new(vec![0; len]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone())
        .hash_password_into_with_memory(password.expose().as_bytes(), salt, &mut hash, memory.blocks())
        .map_err(unexpected)?;
    // After a single pass the first blocks follow directly from the password, and would let somebody who reads our
    // memory try passwords at nearly no cost. Each further pass overwrites them; trying then costs nearly as much as
    // with the stored hash, and wiping would protect nothing.
    if params.t_cost() == 1 {
        memory.blocks().iter_mut().for_each(Zeroize::zeroize);
    }
    Ok(hash)
}
