//! Group commit: orders that arrive while the disk is busy are carried out together in the next
//! transaction. Each is answered only after that transaction is on the disk; one wait serves many.

use crate::credential::check_in::{self, Finding, Report};
use crate::credential::{self, End, Issue, Issued};
use crate::{Database, Error};
use sea_orm::DatabaseTransaction;
use tokio::sync::{mpsc, oneshot};

/// Orders in one transaction at most.
const TOGETHER: usize = 128;
/// Orders that may wait; more callers than that wait for a place.
const WAITING: usize = 1024;

/// Something to be written.
#[derive(Clone, Debug)]
pub enum Order {
    /// Keep a credential.
    Issue(Box<Issue>),
    /// End credentials.
    End(End),
    /// Record check-ins.
    CheckIn {
        /// The reports.
        reports: Vec<Report>,
        /// When they arrived.
        now_ms: i64,
    },
}

/// What came of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Of [`Order::Issue`].
    Issued(Issued),
    /// Of [`Order::End`]: how many ended; `None` if there is no such credential.
    Ended(Option<u64>),
    /// Of [`Order::CheckIn`]: one finding a report.
    CheckedIn(Vec<Finding>),
}

type Waiting = (Order, oneshot::Sender<Result<Outcome, Error>>);

/// The one that writes for all.
#[derive(Clone, Debug)]
pub struct Group {
    sender: mpsc::Sender<Waiting>,
}

impl Group {
    /// Starts it; it ends when nobody holds it any more.
    #[must_use]
    pub fn start(database: Database) -> Self {
        let (sender, receiver) = mpsc::channel(WAITING);
        tokio::spawn(work(database, receiver));
        Self { sender }
    }

    async fn carry_out(&self, order: Order) -> Result<Outcome, Error> {
        let (answer, answered) = oneshot::channel();
        self.sender
            .send((order, answer))
            .await
            .map_err(|_| Error::Stopping)?;
        answered.await.map_err(|_| Error::Stopping)?
    }

    /// Keeps a credential.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn issue(&self, order: Issue) -> Result<Issued, Error> {
        match self.carry_out(Order::Issue(Box::new(order))).await? {
            Outcome::Issued(issued) => Ok(issued),
            _ => Err(Error::Stopping),
        }
    }

    /// Ends credentials; `None` if the person has no such credential.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn end(&self, order: End) -> Result<Option<u64>, Error> {
        match self.carry_out(Order::End(order)).await? {
            Outcome::Ended(ended) => Ok(ended),
            _ => Err(Error::Stopping),
        }
    }

    /// Records check-ins.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn check_in(&self, reports: Vec<Report>, now_ms: i64) -> Result<Vec<Finding>, Error> {
        match self.carry_out(Order::CheckIn { reports, now_ms }).await? {
            Outcome::CheckedIn(findings) => Ok(findings),
            _ => Err(Error::Stopping),
        }
    }
}

async fn work(database: Database, mut receiver: mpsc::Receiver<Waiting>) {
    let mut waiting = Vec::with_capacity(TOGETHER);
    while receiver.recv_many(&mut waiting, TOGETHER).await > 0 {
        let (orders, answers): (Vec<Order>, Vec<_>) = waiting.drain(..).unzip();
        match together(&database, orders.clone()).await {
            Ok(outcomes) => {
                for (answer, outcome) in answers.into_iter().zip(outcomes) {
                    // Whoever no longer waits has lost an answer, not the write.
                    let _ = answer.send(Ok(outcome));
                }
            }
            // One order may have spoilt the transaction for all: each gets its own.
            Err(error) if orders.len() > 1 => {
                tracing::warn!(%error, orders = orders.len(), "written one by one");
                for (order, answer) in orders.into_iter().zip(answers) {
                    let outcome = together(&database, vec![order]).await;
                    let _ = answer.send(
                        outcome.and_then(|mut outcomes| outcomes.pop().ok_or(Error::Stopping)),
                    );
                }
            }
            Err(error) => {
                if let Some(answer) = answers.into_iter().next() {
                    let _ = answer.send(Err(error));
                }
            }
        }
    }
}

async fn together(database: &Database, orders: Vec<Order>) -> Result<Vec<Outcome>, Error> {
    let region = database.region().to_owned();
    database
        .write(move |transaction| {
            let (region, orders) = (region.clone(), orders.clone());
            Box::pin(async move {
                let mut outcomes = Vec::with_capacity(orders.len());
                for order in &orders {
                    outcomes.push(one(transaction, &region, order).await?);
                }
                Ok(outcomes)
            })
        })
        .await
}

async fn one(
    transaction: &DatabaseTransaction,
    region: &str,
    order: &Order,
) -> Result<Outcome, Error> {
    Ok(match order {
        Order::Issue(order) => {
            Outcome::Issued(credential::issue(transaction, region, order).await?)
        }
        Order::End(order) => Outcome::Ended(credential::end(transaction, region, order).await?),
        Order::CheckIn { reports, now_ms } => {
            Outcome::CheckedIn(check_in::record(transaction, region, reports, *now_ms).await?)
        }
    })
}
