//! `cargo xtask sim`: many seeds, or one, or a story.

use nines_sim::chance::Chance;
use nines_sim::flips::Subject;
use nines_sim::shrink::shrink;
use nines_sim::story::{Story, story_of};
use nines_sim::tally::Tally;
use nines_sim::world;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

const HELP: &str = "\
usage: cargo xtask sim [--seeds N] [--from S]   play the stories of N seeds (10000) from S (0) on
       cargo xtask sim --seed S                 play one and print it
       cargo xtask sim --story FILE             play a story as it was printed
       cargo xtask sim --flips N                flip every bit of a block of 16 kB, and N random ones of one of
                                                1 MB; answers must stay the same or name the damage

A story that fails is made as short as it will go and printed. Once its fault is mended it belongs
under tests/sim/stories/, with a line of why.

exit codes: 0 all held, 1 one did not, 2 wrong usage
";

/// Seeds unless told otherwise: what the store was accepted on.
const SEEDS_DEFAULT: u64 = 10_000;

/// The block of which every bit is flipped.
const SMALL_BYTES: u64 = 16_000;

/// The block of which random bits are flipped.
const LARGE_BYTES: u64 = 1_000_000;

enum Task {
    Seeds { from: u64, n_seeds: u64 },
    One(Story),
    Flips(u64),
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // A panic is caught and told with its story; its own message in between would only confuse.
    std::panic::set_hook(Box::new(|_| {}));
    let held = match parse(&arguments) {
        Err(why) => {
            eprintln!("error: {why}\n\n{HELP}");
            return ExitCode::from(2);
        }
        Ok(None) => {
            print!("{HELP}");
            true
        }
        Ok(Some(Task::One(story))) => play_one(&story),
        Ok(Some(Task::Flips(n_random))) => {
            let small = Subject::new(SMALL_BYTES);
            let large = Subject::new(LARGE_BYTES);
            let bits = |subject: &Subject| subject.n_bytes() * 8;
            flip_all("every bit", &small, bits(&small), |at| at)
                && flip_all("random bits", &large, n_random, |at| Chance::new(at).below(bits(&large)))
        }
        Ok(Some(Task::Seeds { from, n_seeds })) => play_many(from, n_seeds),
    };
    if held { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

fn parse(arguments: &[String]) -> Result<Option<Task>, String> {
    let (mut from, mut n_seeds) = (0, SEEDS_DEFAULT);
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        if matches!(word.as_str(), "help" | "--help" | "-h") {
            return Ok(None);
        }
        let value = words.next().ok_or_else(|| format!("`{word}` wants a value"))?;
        let number = || value.parse::<u64>().map_err(|_| format!("`{value}` is no number"));
        match word.as_str() {
            "--seeds" => n_seeds = number()?,
            "--from" => from = number()?,
            "--flips" => return Ok(Some(Task::Flips(number()?))),
            "--seed" => return Ok(Some(Task::One(story_of(number()?)))),
            "--story" => {
                let text = std::fs::read_to_string(value).map_err(|error| format!("read {value}: {error}"))?;
                return Ok(Some(Task::One(text.parse()?)));
            }
            _ => return Err(format!("unknown option `{word}`")),
        }
    }
    Ok(Some(Task::Seeds { from, n_seeds }))
}

fn play_one(story: &Story) -> bool {
    print!("{story}");
    match world::run(story) {
        Ok(tally) => {
            print_tally(&tally);
            true
        }
        Err(fault) => {
            println!("\nfails: {fault}");
            print_shrunk(story);
            false
        }
    }
}

fn print_shrunk(story: &Story) {
    let (short, fault) = shrink(story);
    println!("\nin short:\n{short}\nfails: {fault}");
}

fn print_tally(tally: &Tally) {
    for (what, count) in tally.lines() {
        println!("{count:>10}  {what}");
    }
}

/// Flips bits on all cores until one is answered wrongly.
fn flip_all(what: &str, subject: &Subject, n_flips: u64, bit_of: impl Fn(u64) -> u64 + Sync) -> bool {
    let started = Instant::now();
    let (next, n_told, wrong) = (AtomicU64::new(0), AtomicU64::new(0), Mutex::new(None));
    on_all_cores(|| {
        while wrong.lock().expect("telling does not panic").is_none() {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= n_flips {
                break;
            }
            match subject.flip(bit_of(at)) {
                Ok(told) => drop(n_told.fetch_add(u64::from(told), Ordering::Relaxed)),
                Err(fault) => *wrong.lock().expect("telling does not panic") = Some(fault),
            }
        }
    });
    if let Some(fault) = wrong.into_inner().expect("telling does not panic") {
        println!("{what} of a block of {} bytes: {fault}", subject.n_bytes());
        return false;
    }
    let (told, seconds) = (n_told.into_inner(), started.elapsed().as_secs_f64());
    println!("{what} of a block of {} bytes: {n_flips} flips, {told} met and told, {seconds:.1} s", subject.n_bytes());
    true
}

fn on_all_cores(work: impl Fn() + Sync) {
    let n_threads = std::thread::available_parallelism().map_or(1, |n| n.get());
    std::thread::scope(|scope| (0..n_threads).for_each(|_| drop(scope.spawn(&work))));
}

fn play_many(from: u64, n_seeds: u64) -> bool {
    let started = Instant::now();
    let n_threads = std::thread::available_parallelism().map_or(1, |n| n.get());
    let (next, stop) = (AtomicU64::new(from), AtomicBool::new(false));
    let all = Mutex::new((Tally::default(), None));
    std::thread::scope(|scope| {
        for _ in 0..n_threads {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= from + n_seeds {
                        break;
                    }
                    let verdict = world::run(&story_of(seed));
                    let mut all = all.lock().expect("counting does not panic");
                    match verdict {
                        Ok(tally) => all.0.join(tally),
                        Err(fault) => {
                            stop.store(true, Ordering::Relaxed);
                            all.1.get_or_insert((seed, fault));
                        }
                    }
                }
            });
        }
    });
    let (tally, failed) = all.into_inner().expect("counting does not panic");
    if let Some((seed, fault)) = failed {
        println!("seed {seed} fails: {fault}\nhint: cargo xtask sim --seed {seed} plays it alone");
        print_shrunk(&story_of(seed));
        return false;
    }
    print_tally(&tally);
    println!("\n{n_seeds} seeds from {from} held, in {:.1} s on {n_threads} threads", started.elapsed().as_secs_f64());
    let missing = tally.missing();
    if n_seeds >= SEEDS_DEFAULT && !missing.is_empty() {
        println!("but they never met: {}", missing.join(", "));
        return false;
    }
    true
}
