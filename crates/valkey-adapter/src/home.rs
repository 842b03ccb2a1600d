//! Where the connection lives.

use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::runtime::Handle;

/// Runs a future in the caller's task, but as if on another runtime: what it spawns, and the sockets it opens, belong
/// to that one.
///
/// The client reconnects within the call that finds the connection lost. On a web server's worker, which is a runtime
/// of one thread, the new connection would then wait for every request that keeps this worker busy, and end with it.
pub(crate) struct AtHome<F> {
    home: Handle,
    future: Pin<Box<F>>,
}

impl<F: Future> AtHome<F> {
    pub(crate) fn new(home: &Handle, future: F) -> Self {
        Self { home: home.clone(), future: Box::pin(future) }
    }
}

impl<F: Future> Future for AtHome<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = &mut *self;
        let _at_home = this.home.enter();
        this.future.as_mut().poll(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    #[test]
    fn what_is_spawned_outlives_the_callers_runtime() {
        let home = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let worker = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (start, started) = oneshot::channel();
        let (finish, finished) = oneshot::channel();
        worker().block_on(AtHome::new(home.handle(), async {
            tokio::spawn(async { finish.send(started.await) });
        }));
        start.send(7).unwrap();
        assert_eq!(worker().block_on(finished).unwrap(), Ok(7));
    }
}
