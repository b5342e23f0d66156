//! Work on several cores, with the results in order.

use std::num::NonZero;
use std::panic;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use crate::problem::Problem;

/// The most workers. Each has its own memory, and 16 of them stay below 32 MiB.
const MOST_WORKERS: usize = 16;

/// Results of some work on each item, in the order of the items.
///
/// One thread takes items from the source and hands them to the workers in turn. `next` collects the results in the same
/// turn. A worker is at most one result ahead, and the source thread takes the next item only after it has handed out the
/// last one, so that little is under way at any time.
///
/// Dropping this does not wait for the threads, because the source may block in a read for ever. They end with the next
/// item or with the program.
pub struct InOrder<R> {
    source: Option<JoinHandle<()>>,
    workers: Vec<Worker<R>>,
    turn: usize,
}

struct Worker<R> {
    results: Receiver<R>,
    thread: Option<JoinHandle<()>>,
}

/// Starts work on the items.
pub fn in_order<T, R>(
    items: impl Iterator<Item = T> + Send + 'static,
    work: impl Fn(T) -> R + Clone + Send + 'static,
) -> Result<InOrder<R>, Problem>
where
    T: Send + 'static,
    R: Send + 'static,
{
    let count = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_WORKERS);
    let mut senders = Vec::new();
    let mut workers = Vec::new();
    for _ in 0..count {
        let (sender, dealt) = sync_channel(0);
        let (finished, results) = sync_channel(1);
        let work = work.clone();
        match start("worker", move || deal(dealt.into_iter().map(work), &[finished])) {
            Ok(thread) => {
                senders.push(sender);
                workers.push(Worker { results, thread: Some(thread) });
            }
            // go on with the workers that did start
            Err(problem) if workers.is_empty() => return Err(problem),
            Err(_) => break,
        }
    }
    let source = start("source", move || deal(items, &senders))?;
    Ok(InOrder { source: Some(source), workers, turn: 0 })
}

impl<R> Iterator for InOrder<R> {
    type Item = R;

    /// Panics if one of the threads did.
    fn next(&mut self) -> Option<R> {
        let count = self.workers.len();
        let worker = self.workers.get_mut(self.turn)?;
        if let Ok(result) = worker.results.recv() {
            self.turn = (self.turn + 1) % count;
            return Some(result);
        }
        // This worker has ended. If it did not panic, the source has ended too.
        for thread in [worker.thread.take(), self.source.take()] {
            if let Some(Err(panicked)) = thread.map(JoinHandle::join) {
                panic::resume_unwind(panicked);
            }
        }
        None
    }
}

/// Sends the items to the receivers in turn, until one of them is gone.
fn deal<T>(items: impl Iterator<Item = T>, senders: &[SyncSender<T>]) {
    for (item, sender) in items.zip(senders.iter().cycle()) {
        if sender.send(item).is_err() {
            return;
        }
    }
}

fn start(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Problem> {
    thread::Builder::new().name(name.to_owned()).spawn(work).map_err(|error| Problem::Thread { error })
}
