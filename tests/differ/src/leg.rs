//! A leg: a thread with a namespace of its own that loads rules one way and asks packets of them.

use nines_replay::{Error, Ground, Outcome, Tool, with_replay};
use nines_traffic::nft::Table;
use nines_traffic::simulate::Packet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::Scope;

/// Jobs that wait for a leg: enough that it never waits for us.
const JOBS_WAITING_MAX: usize = 8;

/// Rules, one way or the other.
#[derive(Clone, Debug)]
pub enum Rules {
    /// A save file for iptables-legacy.
    Save(String),
    /// A table of ours.
    Table(Box<Table>),
}

type Job = (Rules, Arc<Vec<Packet>>);
type Done = Result<Vec<Outcome>, Error>;

/// A thread that does jobs in their order.
#[derive(Debug)]
pub struct Leg {
    jobs: SyncSender<Job>,
    done: Receiver<Done>,
}

impl Leg {
    /// Starts one; it ends when the leg is dropped.
    pub fn start<'s>(scope: &'s Scope<'s, '_>, ground: &'s Ground) -> Leg {
        let (jobs, todo) = sync_channel::<Job>(JOBS_WAITING_MAX);
        let (tell, done) = sync_channel::<Done>(JOBS_WAITING_MAX);
        scope.spawn(move || {
            let failed = with_replay(ground, |replay| {
                for (rules, packets) in todo {
                    let loaded = match &rules {
                        Rules::Save(save) => replay.load_save(Tool::Legacy, save),
                        Rules::Table(table) => replay.load_table(table),
                    };
                    let asked = loaded.and_then(|()| replay.ask(&packets));
                    // Posed packets are all sent.
                    let outcomes = asked.map(|asked| asked.into_iter().flatten().map(|(_, outcome)| outcome).collect());
                    if tell.send(outcomes).is_err() {
                        break;
                    }
                }
                Ok(())
            });
            if let Err(error) = failed {
                let _ = tell.send(Err(error));
            }
        });
        Leg { jobs, done }
    }

    /// Gives it a job. What it does not take because it failed, [`Leg::done`] tells.
    pub fn ask(&self, rules: Rules, packets: &Arc<Vec<Packet>>) {
        let _ = self.jobs.send((rules, Arc::clone(packets)));
    }

    /// What came of the oldest job; none where the leg is gone.
    pub fn done(&self) -> Option<Done> {
        self.done.recv().ok()
    }
}
