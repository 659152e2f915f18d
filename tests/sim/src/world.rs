//! Plays a story: the store, its disk, its clock and its consumer, step by step, with the book beside them.

use crate::book::Book;
use crate::consumer::{self, Consumer};
use crate::questions::{compare, read_all};
use crate::story::{Step, Story};
use crate::tally::Tally;
use crate::universe::{BEGIN, N_SPANS, SpanNo, number_of, span_of};
use nines_base::vfs::{Fault, Op, SimVfs, Vfs};
use nines_base::{Clock, DurationUs, ManualClock, Timestamp};
use nines_engine::{Config, Engine, OpenError, Pins};
use nines_span::Span;
use nines_storage::answer::{Gap, Gaps};
use nines_storage::contract::batch_of;
use nines_storage::{SpanStore, StoreError};
use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Where the store lies.
fn dir() -> &'static Path {
    Path::new("/data")
}

/// What a run came to: counts, or what did not hold.
pub type Verdict = Result<Tally, String>;

/// Plays a story to its end. A panic of the engine is a fault like any other.
pub fn run(story: &Story) -> Verdict {
    std::panic::catch_unwind(AssertUnwindSafe(|| World::new(story).play())).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a message");
        Err(format!("the engine panicked: {text}"))
    })
}

fn n_failed_reads(disk: &SimVfs) -> u64 {
    let failed = |(op, fault, _): &(Op, Fault, u64)| *op == Op::Read && *fault == Fault::Io;
    disk.fired().into_iter().filter(failed).map(|(_, _, count)| count).sum()
}

/// A batch that was taken, and what its sender was told.
struct Pending {
    batch: Vec<SpanNo>,
    arrived: Timestamp,
    told: Arc<Mutex<Option<Result<(), StoreError>>>>,
}

struct World<'s> {
    story: &'s Story,
    disk: SimVfs,
    clock: Arc<ManualClock>,
    engine: Option<Engine>,
    book: Book,
    consumer: Consumer,
    pending: Vec<Pending>,
    /// What the present engine took: all of it is durable once it closes well.
    taken: Vec<(SpanNo, Timestamp)>,
    /// How the unsynced fares when the fuse has burnt down; `None` if only the process dies then.
    fuse_seed: Option<u64>,
    /// A fault was scripted, or the room limited, since the last healing or crash.
    disturbed: bool,
    /// A read may have failed in the life of the present engine: it may lack what it could not read.
    reads_failed: bool,
    /// Reads that had failed before the present engine was opened.
    failed_reads_before: u64,
    /// The present engine said that it has stopped.
    stopped: bool,
    tally: Tally,
    talks: bool,
}

impl<'s> World<'s> {
    fn new(story: &'s Story) -> World<'s> {
        World {
            story,
            disk: SimVfs::new(),
            clock: Arc::new(ManualClock::new(BEGIN)),
            engine: None,
            book: Book::new(),
            consumer: Consumer::new(),
            pending: Vec::new(),
            taken: Vec::new(),
            fuse_seed: None,
            disturbed: false,
            reads_failed: false,
            failed_reads_before: 0,
            stopped: false,
            tally: Tally::default(),
            talks: std::env::var_os("NINES_SIM_TALKS").is_some(),
        }
    }

    fn play(mut self) -> Verdict {
        for (at, step) in self.story.steps.iter().enumerate() {
            self.note(|| step.to_string());
            self.step(step).map_err(|fault| format!("step {} (`{step}`): {fault}", at + 1))?;
        }
        self.finish().map_err(|fault| format!("at the end: {fault}"))?;
        self.tally.take(&self.disk);
        Ok(self.tally)
    }

    /// Says what a step came to, if asked to by the environment: for whoever looks into a story.
    fn note(&self, what: impl Fn() -> String) {
        if self.talks {
            println!("  {}", what());
        }
    }

    fn step(&mut self, step: &Step) -> Result<(), String> {
        match step {
            Step::Clock(by_s) => self.move_clock(*by_s),
            Step::Fuse(ops, seed) => {
                self.disk.crash_after(self.disk.n_ops() + ops);
                self.fuse_seed = Some(*seed);
            }
            Step::Doom(ops) => {
                self.disk.crash_after(self.disk.n_ops() + ops);
                self.fuse_seed = None;
            }
            Step::Fail(op, nth, fault) => {
                self.disk.fail(*op, *nth, *fault);
                self.disturbed = true;
            }
            Step::Fill(bytes) => {
                self.disk.set_capacity(Some(self.disk.used_bytes() + bytes));
                self.disturbed = true;
            }
            Step::Heal => self.heal()?,
            Step::Kill => self.kill()?,
            Step::Power(seed) => {
                self.tally.count("the power lost between operations");
                self.lose_power(*seed)?;
            }
            Step::Flip(file, bit) => self.flip(*file, *bit)?,
            Step::Check => self.check()?,
            needs_engine => {
                self.up()?;
                self.use_engine(needs_engine)?;
            }
        }
        self.settle()?;
        if self.disk.is_off() {
            self.burn_down();
            self.end_process()?;
        }
        Ok(())
    }

    /// The fuse has burnt down: the power went, or only the process died.
    fn burn_down(&mut self) {
        match self.fuse_seed {
            Some(seed) => {
                self.tally.count("the power lost within a step");
                self.disk.crash(seed);
            }
            None => {
                self.tally.count("a process killed within a step");
                self.disk.kill();
            }
        }
    }

    fn use_engine(&mut self, step: &Step) -> Result<(), String> {
        let Some(engine) = &self.engine else { return Ok(()) };
        match step {
            Step::Append(batch) => self.append(batch)?,
            Step::Commit => engine.commit(),
            Step::Turn => engine.turn(),
            Step::Seal => engine.seal(),
            Step::Ask(which) => self.ask(*which)?,
            Step::Feed(n_spans) => drop(self.feed(usize::from(*n_spans))?),
            Step::Save => self.consumer.save(engine),
            Step::Retain(age_s, bytes) => self.retain(*age_s, *bytes)?,
            Step::Close => self.close()?,
            other => return Err(format!("`{other}` needs no engine")),
        }
        Ok(())
    }

    fn config(&self) -> Config {
        Config {
            n_shards: self.story.n_shards,
            segment_spans: self.story.segment_spans,
            consumers: if self.story.consumer { vec![consumer::NAME.to_owned()] } else { Vec::new() },
            reserve_bytes: 0,
            threads: false,
            ..Config::default()
        }
    }

    fn open_on(&self, disk: &SimVfs) -> Result<Engine, OpenError> {
        let clock: Arc<dyn Clock> = self.clock.clone();
        Engine::open(Arc::new(disk.clone()), dir(), self.config(), clock)
    }

    /// Makes sure that a store is open; what it holds then must be what it promised.
    fn up(&mut self) -> Result<(), String> {
        if self.engine.is_some() {
            return Ok(());
        }
        self.failed_reads_before = n_failed_reads(&self.disk);
        self.taken.clear();
        self.stopped = false;
        let mut opened = self.open_on(&self.disk);
        for _ in 0..2 {
            if opened.is_ok() || !(self.disturbed || self.disk.is_off()) {
                break;
            }
            self.tally.count("an opening that failed and was tried again");
            if self.disk.is_off() {
                self.burn_down();
                self.consumer.restart();
            } else {
                self.calm();
            }
            opened = self.open_on(&self.disk);
        }
        self.engine = Some(opened.map_err(|error| format!("the store does not open: {error}"))?);
        self.book.open_file_flipped = false;
        self.look()
    }

    fn calm(&mut self) {
        self.disk.clear_faults();
        self.disk.set_capacity(None);
        self.disturbed = false;
    }

    /// All faults end. A store that did not stop goes on without a restart.
    fn heal(&mut self) -> Result<(), String> {
        let was_disturbed = self.disturbed;
        self.calm();
        let Some(engine) = &self.engine else { return Ok(()) };
        let could_not = engine.health().is_err();
        engine.turn();
        if self.disk.is_off() || matches!(engine.health(), Err(StoreError::Stopped { .. })) {
            return Ok(());
        }
        engine.health().map_err(|error| format!("there is room again, but: {error}"))?;
        if was_disturbed && could_not {
            self.tally.count("room found again without a restart");
        }
        Ok(())
    }

    fn move_clock(&mut self, by_s: i64) {
        self.tally.count(if by_s < 0 { "a clock set back" } else { "a clock set forward" });
        self.book.clock_went_back |= by_s < 0;
        self.clock.set(self.clock.now() + DurationUs(by_s.saturating_mul(1_000_000)));
    }

    /// The process dies: what was written stays written, what was only in memory is gone.
    fn kill(&mut self) -> Result<(), String> {
        self.tally.count("a process killed");
        self.disk.kill();
        self.end_process()
    }

    fn lose_power(&mut self, seed: u64) -> Result<(), String> {
        self.disk.crash(seed);
        self.end_process()
    }

    fn end_process(&mut self) -> Result<(), String> {
        // Its handles are dead, so that dropping it writes nothing.
        self.engine = None;
        self.settle()?;
        self.pending.clear();
        self.consumer.restart();
        self.disturbed = false;
        self.disk.set_capacity(None);
        Ok(())
    }

    fn append(&mut self, batch: &[SpanNo]) -> Result<(), String> {
        let Some(engine) = &self.engine else { return Ok(()) };
        let spans: Vec<Span> = batch.iter().map(|no| span_of(*no).clone()).collect();
        let arrived = self.clock.now();
        for attempt in 0..2 {
            let told = Arc::new(Mutex::new(None));
            let teller = told.clone();
            let done = Box::new(move |outcome| *teller.lock().expect("nobody panics here") = Some(outcome));
            match engine.append(&batch_of(&spans), arrived, done) {
                Ok(()) => {
                    self.book.taken(batch, arrived);
                    self.taken.extend(batch.iter().map(|no| (*no, arrived)));
                    self.pending.push(Pending { batch: batch.to_vec(), arrived, told });
                    return Ok(());
                }
                Err(StoreError::Full { .. }) if self.disturbed || self.disk.is_off() => {
                    self.tally.count("a batch refused for want of room");
                    return Ok(());
                }
                Err(StoreError::Stopped { .. }) if self.may_have_stopped() => {
                    self.tally.count("a batch refused for other reasons");
                    return Ok(());
                }
                Err(StoreError::Busy { .. }) if attempt == 0 => {
                    self.tally.count("a batch refused for other reasons");
                    engine.turn();
                }
                Err(StoreError::Busy { .. }) if self.disturbed || self.disk.is_off() => return Ok(()),
                Err(error) => return Err(format!("refused without a cause: {error}")),
            }
        }
        Ok(())
    }

    /// Whether something befell the disk that stops a store for good.
    fn may_have_stopped(&self) -> bool {
        let stops = |(op, fault, _): &(Op, Fault, u64)| *fault == Fault::Io || (*op == Op::Sync || *op == Op::SyncDir);
        self.disk.is_off() || self.disk.fired().iter().any(stops)
    }

    /// Books what senders were told.
    fn settle(&mut self) -> Result<(), String> {
        let was_stopped = self.stopped;
        let now_stopped =
            self.engine.as_ref().is_some_and(|engine| matches!(engine.health(), Err(StoreError::Stopped { .. })));
        let mut waiting = Vec::new();
        for pending in std::mem::take(&mut self.pending) {
            let told = pending.told.lock().expect("nobody panics here").clone();
            match told {
                None => waiting.push(pending),
                Some(Ok(())) if was_stopped => return Err("WAL-3: acknowledged after the store had stopped".into()),
                Some(Ok(())) => {
                    self.tally.count("a batch acknowledged");
                    self.book.acknowledged(&pending.batch, pending.arrived);
                }
                Some(Err(StoreError::Full { .. })) => self.tally.count("a batch refused for want of room"),
                Some(Err(_)) => self.tally.count("a batch refused for other reasons"),
            }
        }
        self.pending = waiting;
        if now_stopped && !was_stopped {
            self.tally.count("a store stopped by a failed disk");
            if !self.may_have_stopped() {
                return Err(format!(
                    "stopped without a cause: {:?}",
                    self.engine.as_ref().map(|engine| engine.health())
                ));
            }
        }
        self.stopped = was_stopped || now_stopped;
        Ok(())
    }

    fn close(&mut self) -> Result<(), String> {
        let Some(engine) = self.engine.take() else { return Ok(()) };
        let closed = engine.close();
        let unharmed = !self.disturbed && !self.disk.is_off() && !self.stopped;
        if let (Err(error), true) = (&closed, unharmed) {
            return Err(format!("it does not close: {error}"));
        }
        self.settle_closed(closed.is_ok());
        // What dropping does after a close must do no harm either.
        drop(engine);
        self.consumer.restart();
        Ok(())
    }

    /// After a clean close everything that was taken is durable, whatever senders had been told.
    fn settle_closed(&mut self, clean: bool) {
        for pending in std::mem::take(&mut self.pending) {
            if matches!(*pending.told.lock().expect("nobody panics here"), Some(Ok(()))) {
                self.tally.count("a batch acknowledged");
                self.book.acknowledged(&pending.batch, pending.arrived);
            }
        }
        if clean {
            self.tally.count("a clean close");
            for (no, arrived) in std::mem::take(&mut self.taken) {
                let entry = self.book.entry_mut(no);
                if !entry.at_risk {
                    entry.must = true;
                    entry.last_acknowledged = entry.last_acknowledged.max(Some(arrived));
                }
            }
        }
    }

    fn feed(&mut self, spans_max: usize) -> Result<u64, String> {
        let Some(engine) = &self.engine else { return Ok(0) };
        if !self.story.consumer {
            return Ok(0);
        }
        match self.consumer.read(engine, spans_max, &self.book)? {
            Ok(n_seen) => Ok(n_seen),
            Err(_) if self.disturbed || !self.book.flipped_files.is_empty() => Ok(0),
            Err(error) => Err(format!("the feed fails: {error}")),
        }
    }

    fn ask(&mut self, which: u8) -> Result<(), String> {
        self.note_bad_reads();
        let Some(engine) = &self.engine else { return Ok(()) };
        let mut difference = compare(engine, &self.book.model(), which);
        if matches!(difference, Ok(Some(_)))
            && compare(engine, &self.book.model_with_hidden(), which).is_ok_and(|d| d.is_none())
        {
            difference = Ok(None);
        }
        self.note_bad_reads();
        match difference {
            Ok(None) => Ok(()),
            Ok(Some(difference)) if self.is_told(&difference.gaps) => Ok(()),
            Ok(Some(difference)) if difference.names_only && !self.book.flipped_files.is_empty() => Ok(()),
            Ok(Some(difference)) => Err(difference.text),
            Err(error) => Err(format!("question {which} fails: {error}")),
        }
    }

    /// Whether gaps name a cause for answers that lack something: a file that was damaged, or a read
    /// that failed.
    fn is_told(&self, gaps: &Gaps) -> bool {
        let names_cause = |gap: &Gap| match gap {
            Gap::Limit { .. } => false,
            Gap::Damaged { place, .. } => {
                self.reads_failed || self.book.flipped_files.iter().any(|file| place.contains(file))
            }
        };
        // What could not be read while the store made itself ready is told once, not with every answer.
        let noted = || self.engine.as_ref().is_some_and(|engine| !engine.damage().is_empty());
        gaps.iter().any(names_cause) || (self.reads_failed && noted())
    }

    fn note_bad_reads(&mut self) {
        self.reads_failed = n_failed_reads(&self.disk) > self.failed_reads_before;
    }

    /// Reads every trace: nothing that was promised is missing, nothing comes twice, nothing is invented.
    fn look(&mut self) -> Result<(), String> {
        let (found, told) = self.read()?;
        let Some(engine) = &self.engine else { return Ok(()) };
        if !engine.damage().is_empty() {
            self.tally.count("damage told");
            if !self.reads_failed && self.book.flipped_files.is_empty() {
                return Err(format!("damage that nobody did: {:?}", engine.damage()));
            }
        }
        for no in 0..N_SPANS as SpanNo {
            let entry = self.book.entry(no);
            let excused = told && (entry.at_risk || self.reads_failed);
            if entry.must && !found.contains(&no) && !excused {
                let at_risk = if entry.at_risk { ", and the damage is not told" } else { "" };
                return Err(format!("WAL-1: span {no} was acknowledged and is lost{at_risk}"));
            }
            let shown = self.consumer.has_committed(no) && !entry.retained && !found.contains(&no);
            if shown && !excused {
                return Err(format!("the consumer was shown span {no}, which was not durable"));
            }
        }
        self.note(|| format!("it holds {found:?}, damage {:?}", engine.damage()));
        self.book.live = found;
        Ok(())
    }

    /// All spans the store gives, checked one by one, and whether it tells of damage.
    fn read(&mut self) -> Result<(BTreeSet<SpanNo>, bool), String> {
        self.note_bad_reads();
        let Some(engine) = &self.engine else { return Ok((BTreeSet::new(), false)) };
        let (spans, gaps) = read_all(engine).map_err(|error| format!("a trace cannot be read: {error}"))?;
        self.note_bad_reads();
        let told = self.is_told(&gaps);
        if !gaps.is_empty() && !told {
            return Err(format!("gaps that nobody made: {gaps:?}"));
        }
        let mut found = BTreeSet::new();
        for span in &spans {
            match number_of(span) {
                Some(no) if self.book.entry(no).arrivals.is_empty() => {
                    return Err(format!("span {no} is read and was never taken"));
                }
                Some(no) if !found.insert(no) => return Err(format!("span {no} is read twice")),
                Some(_) => {}
                None => return Err(format!("a span is read that does not exist: {span:?}")),
            }
        }
        Ok((found, told))
    }

    fn retain(&mut self, age_s: i64, bytes: Option<u64>) -> Result<(), String> {
        let (before, _) = self.read()?;
        let Some(engine) = &self.engine else { return Ok(()) };
        let (now, age) = (self.clock.now(), DurationUs::from_secs(age_s));
        match engine.retain(now, Some(age), bytes, &Pins::default()) {
            Err(error) if !self.disturbed && !self.disk.is_off() => return Err(format!("retention fails: {error}")),
            _ => {}
        }
        let (after, _) = self.read()?;
        for no in before.difference(&after) {
            self.tally.count("a span taken by retention");
            let too_young = self.book.entry(*no).last_acknowledged.is_some_and(|last| now - last <= age);
            if too_young && bytes.is_none() && !self.book.clock_went_back && !self.reads_failed {
                return Err(format!("retention took span {no}, which is too young"));
            }
        }
        for no in 0..N_SPANS as SpanNo {
            // Its last acknowledged copy may be gone, though a later one that is not durable is read still.
            let is_old = self.book.entry(no).last_acknowledged.is_none_or(|last| now - last > age);
            let may_be_gone = is_old || bytes.is_some() || self.book.clock_went_back || self.reads_failed;
            let entry = self.book.entry_mut(no);
            entry.must &= !may_be_gone;
            entry.retained |= may_be_gone;
        }
        let may_take_any = bytes.is_some() || self.book.clock_went_back;
        self.taken.retain(|(_, arrived)| !may_take_any && now - *arrived <= age);
        self.book.live = after;
        Ok(())
    }

    /// Files of the inbox and of blocks, in order.
    fn files(&self) -> Vec<(PathBuf, u64)> {
        let mut files = Vec::new();
        let mut folders = vec![dir().join("inbox"), dir().join("blocks")];
        while let Some(folder) = folders.pop() {
            for entry in self.disk.list(&folder).unwrap_or_default() {
                let path = folder.join(&entry.name);
                match entry.is_dir {
                    true => folders.push(path),
                    false if entry.len_bytes > 0 => files.push((path, entry.len_bytes)),
                    false => {}
                }
            }
        }
        files.sort();
        files
    }

    /// Turns a bit over in a file. What a store without that file gives must be given still.
    fn flip(&mut self, file: u64, bit: u64) -> Result<(), String> {
        let files = self.files();
        let Some((path, len_bytes)) = files.get((file % files.len().max(1) as u64) as usize) else { return Ok(()) };
        let without = self.disk.fork();
        without.remove(path).map_err(|error| error.to_string())?;
        // A block is not looked into by opening: what it cannot give, it cannot give, though the inbox may
        // have it still.
        let generation = path.file_stem().and_then(|stem| stem.to_str()?.split_once('-')).map(|(number, _)| number);
        if let Some(generation) = generation {
            let _ = without.remove(&dir().join(format!("inbox/{generation}.wal")));
        }
        let safe = match self.open_on(&without) {
            Err(error) => return Err(format!("without {} it does not open: {error}", path.display())),
            Ok(engine) => read_all(&engine).map_err(|error| error.to_string())?.0,
        };
        self.disk.flip_bit(path, bit % (len_bytes * 8)).map_err(|error| error.to_string())?;
        self.tally.count("a bit flipped");
        self.note(|| format!("bit {} of byte {} of {}", bit % 8, bit % (len_bytes * 8) / 8, path.display()));
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let last_inbox = files.iter().rfind(|(path, _)| path.starts_with(dir().join("inbox")));
        self.book.open_file_flipped |= self.engine.is_some() && last_inbox.is_some_and(|(last, _)| last == path);
        self.book.flipped_files.insert(name);
        for no in 0..N_SPANS as SpanNo {
            if !safe.iter().any(|span| span == span_of(no)) {
                self.book.entry_mut(no).at_risk = true;
            }
        }
        Ok(())
    }

    /// `store check` on the directory as it is; as after a crash of the process, if one is running.
    fn check(&mut self) -> Result<(), String> {
        let copy = self.disk.fork();
        let report = match Engine::check(Arc::new(copy), dir(), &mut |_| {}) {
            Ok(report) => report,
            // Nothing was opened yet, or the first start was cut off.
            Err(_) if self.engine.is_none() => return Ok(()),
            Err(error) => return Err(format!("it cannot be checked: {error}")),
        };
        if self.book.flipped_files.is_empty() && !report.damage.is_empty() {
            return Err(format!("the check finds damage that nobody did: {:?}", report.damage));
        }
        Ok(())
    }

    /// All faults end; the store is closed and opened once more; everything that was promised is there.
    fn finish(&mut self) -> Result<(), String> {
        self.heal()?;
        if self.disk.is_off() {
            self.burn_down();
            self.end_process()?;
        }
        if self.stopped {
            self.kill()?;
        }
        self.disk.crash_after(u64::MAX);
        self.up()?;
        self.look()?;
        self.use_engine(&Step::Turn)?;
        self.settle()?;
        self.look()?;
        self.close()?;
        self.up()?;
        for which in [0, 1, 34, 83] {
            self.ask(which)?;
        }
        while self.feed(7)? > 0 {}
        if self.story.consumer && self.book.flipped_files.is_empty() {
            for no in 0..N_SPANS as SpanNo {
                let (seen, wanted) = (self.consumer.n_seen(no), self.book.entry(no).n_acknowledged);
                if seen < wanted {
                    return Err(format!("the consumer saw span {no} {seen} times; it was acknowledged {wanted} times"));
                }
            }
        }
        self.check()
    }
}
