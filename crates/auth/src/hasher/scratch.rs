//! The memory that Argon2 fills. New memory of this size costs as much as a fifth of the whole hash, because the
//! operating system clears it page by page; so it is kept.

use std::sync::{Mutex, MutexGuard, PoisonError};

use argon2::Block;
use irontrack_ports::HashError;

use super::MEMORY_KIB;
use super::stored::unexpected;

/// The blocks that new hashes need: one is 1 KiB.
const KEPT_BLOCKS: usize = MEMORY_KIB as usize;

/// Memory that is not in use at the moment. Only who has a permit takes memory, so there is one piece for each permit
/// at most.
#[derive(Default)]
pub(super) struct ScratchPool {
    idle: Mutex<Vec<Vec<Block>>>,
}

impl ScratchPool {
    /// Memory for so many blocks. What a stored hash needs beyond the usual is not kept.
    pub(super) fn take(&self, count: usize) -> Result<Scratch<'_>, HashError> {
        if count > KEPT_BLOCKS {
            return Ok(Scratch { blocks: allocate(count)?, count, home: None });
        }
        let idle = self.idle().pop();
        let blocks = match idle {
            Some(blocks) => blocks,
            None => allocate(KEPT_BLOCKS)?,
        };
        Ok(Scratch { blocks, count, home: Some(self) })
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Vec<Block>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    pub(super) fn idle_count(&self) -> usize {
        self.idle().len()
    }
}

fn allocate(count: usize) -> Result<Vec<Block>, HashError> {
    let mut blocks = Vec::new();
    blocks.try_reserve_exact(count).map_err(unexpected)?;
    blocks.resize(count, Block::new());
    Ok(blocks)
}

/// Memory in use. Goes back to its pool when dropped.
pub(super) struct Scratch<'a> {
    blocks: Vec<Block>,
    count: usize,
    home: Option<&'a ScratchPool>,
}

impl Scratch<'_> {
    pub(super) fn blocks(&mut self) -> &mut [Block] {
        &mut self.blocks[..self.count]
    }
}

impl Drop for Scratch<'_> {
    fn drop(&mut self) {
        if let Some(pool) = self.home {
            pool.idle().push(std::mem::take(&mut self.blocks));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_used_again() {
        let pool = ScratchPool::default();
        let address = pool.take(1024).unwrap().blocks().as_ptr();
        let mut again = pool.take(KEPT_BLOCKS).unwrap();
        assert_eq!(again.blocks().as_ptr(), address);
        assert_eq!(again.blocks().len(), KEPT_BLOCKS);
        drop(pool.take(8).unwrap());
        drop(again);
        assert_eq!(pool.idle_count(), 2, "as much as was in use at once");
    }

    #[test]
    fn unusually_much_memory_is_not_kept() {
        let pool = ScratchPool::default();
        assert_eq!(pool.take(KEPT_BLOCKS + 1).unwrap().blocks().len(), KEPT_BLOCKS + 1);
        assert_eq!(pool.idle_count(), 0);
    }
}
