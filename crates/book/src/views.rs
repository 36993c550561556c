//! Views of files, logged before anything leaves: views that come together share one commit and one disk flush.

use ledger::Act;
use records::{FileId, Kind, Operation, RecordId};
use tokio::sync::{mpsc, oneshot};

use crate::book::Book;
use crate::error::{BookError, Result};
use crate::work::Work;

/// At most so many views in one commit.
const TOGETHER: usize = 500;

pub(crate) struct View {
    operation: Operation,
    act: Act,
    file: FileId,
    record: Option<(RecordId, Kind)>,
    done: oneshot::Sender<std::result::Result<(), String>>,
}

/// The sending end of the queue.
pub(crate) struct Views(mpsc::Sender<View>);

impl Views {
    pub(crate) fn new() -> (Self, mpsc::Receiver<View>) {
        let (send, receive) = mpsc::channel(4 * TOGETHER);
        (Self(send), receive)
    }

    /// Logs a view and waits until it is on the disk.
    pub(crate) async fn log(
        &self,
        operation: &Operation,
        act: Act,
        file: FileId,
        record: Option<(RecordId, Kind)>,
    ) -> Result<()> {
        let (done, wait) = oneshot::channel();
        let view = View { operation: operation.clone(), act, file, record, done };
        let closed = || BookError::Place("The book is closing.".to_owned());
        self.0.send(view).await.map_err(|_| closed())?;
        wait.await.map_err(|_| closed())?.map_err(|what| BookError::Unavailable(what.into()))
    }
}

/// Runs the queue until the book is dropped. It holds the book weakly, so that it does not keep it alive.
pub(crate) fn run(book: &Book, mut inbox: mpsc::Receiver<View>) {
    let book = book.downgrade();
    tokio::spawn(async move {
        while let Some(first) = inbox.recv().await {
            let Some(book) = book.upgrade() else { return };
            // The writer's turn is taken first: what arrives while waiting for it joins this commit.
            let mut batch = vec![first];
            let result = commit(&book, &mut batch, &mut inbox).await;
            for view in batch {
                // Nobody waits any more where the browser went away; the view is logged all the same.
                let _ = view.done.send(result.as_ref().map_err(ToString::to_string).copied());
            }
        }
    });
}

async fn commit(book: &Book, batch: &mut Vec<View>, inbox: &mut mpsc::Receiver<View>) -> Result<()> {
    let mut work = Work::begin(book, &batch[0].operation.clone()).await?;
    while batch.len() < TOGETHER {
        match inbox.try_recv() {
            Ok(view) => batch.push(view),
            Err(_) => break,
        }
    }
    for view in batch.iter() {
        match work.act_for(&view.operation, view.act, view.file, view.record) {
            // Erased since it was read: there is no file left to note it in, and nothing is shown.
            Ok(()) | Err(BookError::NoFile(_)) => {}
            Err(error) => return Err(error),
        }
    }
    work.commit().await
}
