//! How many passwords the machine can hash.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::{Duration, Instant},
};

use argon2::{Algorithm, Argon2, Block, Params, Version};

use crate::pause::pause;

/// Hashes as the server does (64 MiB, three passes, one lane, kept memory) on so many threads, and answers how many a
/// second.
pub(crate) fn rate(threads: usize, duration: Duration) -> Result<f64, argon2::Error> {
    let params = Params::new(64 * 1024, 3, 1, Some(32))?;
    let (done, stop) = (AtomicU64::new(0), AtomicBool::new(false));
    let started = Instant::now();
    std::thread::scope(|scope| {
        let hashers: Vec<_> = (0..threads)
            .map(|_| {
                let (done, stop, params) = (&done, &stop, params.clone());
                scope.spawn(move || -> Result<(), argon2::Error> {
                    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
                    let mut memory = vec![Block::default(); params.block_count()];
                    let mut hash = [0; 32];
                    while !stop.load(Ordering::Relaxed) {
                        hasher.hash_password_into_with_memory(
                            b"Deadl1ft!",
                            b"sixteen bytes ok",
                            &mut hash,
                            &mut memory,
                        )?;
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                    Ok(())
                })
            })
            .collect();
        pause(duration);
        stop.store(true, Ordering::Relaxed);
        hashers
            .into_iter()
            .try_for_each(|hasher| hasher.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    #[expect(clippy::cast_precision_loss, reason = "a small count")]
    let count = done.load(Ordering::Relaxed) as f64;
    Ok(count / started.elapsed().as_secs_f64())
}
