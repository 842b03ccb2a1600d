//! The memory that Argon2 fills. New memory of this size costs as much as a fifth of the whole hash, because the
//! operating system clears it page by page; so it is kept while passwords come, and given back some time after the last
//! one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use argon2::Block;
use irontrack_ports::HashError;
use tokio::time::{Instant, sleep};

use super::MEMORY_KIB;
use super::stored::unexpected;

/// The blocks that new hashes need: one is 1 KiB.
const KEPT_BLOCKS: usize = MEMORY_KIB as usize;

/// How long memory is kept after its last use.
const KEPT_FOR: Duration = Duration::from_secs(10);

/// Memory that is not in use at the moment. Only who has a permit takes memory, so there is one piece for each permit
/// at most.
#[derive(Default)]
pub(super) struct ScratchPool {
    idle: Mutex<Idle>,
}

#[derive(Default)]
struct Idle {
    pieces: Vec<Vec<Block>>,
    last_use: Option<Instant>,
    /// Whether a task waits for the time to give all back.
    is_watched: bool,
}

impl ScratchPool {
    /// Memory for so many blocks. What a stored hash needs beyond the usual is not kept.
    pub(super) fn take(&self, count: usize) -> Result<Scratch<'_>, HashError> {
        if count > KEPT_BLOCKS {
            return Ok(Scratch { blocks: allocate(count)?, count, home: None });
        }
        let idle = self.idle().pieces.pop();
        let blocks = match idle {
            Some(blocks) => blocks,
            None => allocate(KEPT_BLOCKS)?,
        };
        Ok(Scratch { blocks, count, home: Some(self) })
    }

    /// Gives the memory back when it has not been used for some time. To be called after each use, within a runtime.
    pub(super) fn release_later(self: &Arc<Self>) {
        if std::mem::replace(&mut self.idle().is_watched, true) {
            return;
        }
        let pool = Arc::downgrade(self);
        tokio::spawn(async move {
            loop {
                sleep(KEPT_FOR).await;
                match pool.upgrade() {
                    Some(pool) if !pool.release() => {}
                    _ => return,
                }
            }
        });
    }

    /// Gives all back, unless it was used a short time ago.
    fn release(&self) -> bool {
        let mut idle = self.idle();
        if idle.last_use.is_some_and(|last| last.elapsed() < KEPT_FOR) {
            return false;
        }
        idle.is_watched = false;
        let pieces = std::mem::take(&mut idle.pieces);
        // Nobody waits at the lock while the operating system takes them.
        drop(idle);
        drop(pieces);
        true
    }

    fn idle(&self) -> MutexGuard<'_, Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    pub(super) fn idle_count(&self) -> usize {
        self.idle().pieces.len()
    }
}

fn allocate(count: usize) -> Result<Vec<Block>, HashError> {
    let mut blocks = Vec::new();
    blocks.try_reserve_exact(count).map_err(unexpected)?;
    ask_for_huge_pages(&mut blocks);
    blocks.resize(count, Block::new());
    Ok(blocks)
}

/// Argon2 jumps around in its memory at random: with pages of 4 KiB nearly every step misses the processor's table of
/// pages. Where the kernel has no huge pages, all works as well, only slower.
#[cfg(target_os = "linux")]
fn ask_for_huge_pages(blocks: &mut Vec<Block>) {
    use rustix::{
        mm::{Advice, madvise},
        param::page_size,
    };

    let room = blocks.spare_capacity_mut();
    let skipped = room.as_ptr().cast::<u8>().align_offset(page_size());
    let Some(len) = size_of_val(room).checked_sub(skipped).map(|len| len / page_size() * page_size()) else { return };
    let start = room.as_mut_ptr().cast::<u8>().wrapping_add(skipped);
    #[expect(unsafe_code, reason = "the library cannot know whose memory it is; this advice changes nothing in it")]
    // SAFETY: all pages lie within the memory that the vector has reserved, and keep what is in them.
    let _slower_without = unsafe { madvise(start.cast(), len, Advice::LinuxHugepage) };
}

#[cfg(not(target_os = "linux"))]
fn ask_for_huge_pages(_: &mut Vec<Block>) {}

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
            let mut idle = pool.idle();
            idle.pieces.push(std::mem::take(&mut self.blocks));
            idle.last_use = Some(Instant::now());
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

    #[tokio::test(start_paused = true)]
    async fn memory_is_given_back_some_time_after_its_last_use() {
        let pool = Arc::new(ScratchPool::default());
        drop(pool.take(8).unwrap());
        pool.release_later();
        sleep(KEPT_FOR / 2).await;
        drop(pool.take(8).unwrap());
        pool.release_later();
        sleep(KEPT_FOR * 3 / 4).await;
        assert_eq!(pool.idle_count(), 1, "it was used again");
        sleep(KEPT_FOR).await;
        assert_eq!(pool.idle_count(), 0);

        drop(pool.take(8).unwrap());
        pool.release_later();
        sleep(KEPT_FOR * 2).await;
        assert_eq!(pool.idle_count(), 0, "also the next time");
    }
}
