//! Several futures at once, on the task of the caller.

use std::{
    future::poll_fn,
    ops::DerefMut,
    pin::{Pin, pin},
    task::{Context, Poll},
};

/// Waits for two futures at once. The first one is the first to start.
pub(super) async fn both<A, B>(first: impl Future<Output = A>, second: impl Future<Output = B>) -> (A, B) {
    let (mut first, mut second) = (pin!(first), pin!(second));
    let (mut a, mut b) = (None, None);
    poll_fn(|context| {
        advance(&mut first, &mut a, context);
        advance(&mut second, &mut b, context);
        match (a.take(), b.take()) {
            (Some(a), Some(b)) => Poll::Ready((a, b)),
            unfinished => {
                (a, b) = unfinished;
                Poll::Pending
            }
        }
    })
    .await
}

/// Waits for all futures at once, and answers in their order.
pub(super) async fn all<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut running: Vec<_> = futures.into_iter().map(|future| (Box::pin(future), None)).collect();
    poll_fn(|context| {
        for (future, output) in &mut running {
            advance(future, output, context);
        }
        if running.iter().all(|(_, output)| output.is_some()) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    running.into_iter().filter_map(|(_, output)| output).collect()
}

fn advance<F: Future>(
    future: &mut Pin<impl DerefMut<Target = F>>,
    output: &mut Option<F::Output>,
    context: &mut Context<'_>,
) {
    if output.is_none()
        && let Poll::Ready(value) = future.as_mut().poll(context)
    {
        *output = Some(value);
    }
}
