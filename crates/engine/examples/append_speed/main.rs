//! Where a span's nanoseconds and bytes go between its message and its block, without a socket or a disk.
//!
//! `cargo run --release -p nines-engine --example append_speed -- [std|hard|wild] [rounds] [shards]`
//!
//! Each round takes 250 000 spans a shard through decoding, segments, records and blocks, and prints
//! CPU nanoseconds a span for each stage; then the bytes a span of each kind of section. Run it under
//! `perf record -g` or `valgrind --tool=callgrind` to see inside a stage.

mod corpus;

use bumpalo::Bump;
use corpus::Mood;
use nines_base::Timestamp;
use nines_engine::block::{BlockId, encode_block, read_footer};
use nines_engine::hot::{BatchMemo, Segment};
use nines_engine::inbox::record::{begin_record, end_record};
use nines_engine::inbox::write_delta;
use nines_span::{Batch, zipkin};
use rustix::time::{ClockId, clock_gettime};
use std::collections::BTreeMap;
use std::convert::Infallible;

const SPANS_PER_SHARD: usize = 250_000;
const STAGES: [&str; 4] = ["decode", "append", "record", "block"];

fn main() {
    let mut args = std::env::args().skip(1);
    let mood = match args.next().as_deref() {
        None | Some("std") => Mood::Std,
        Some("hard") => Mood::Hard,
        Some("wild") => Mood::Wild,
        Some(other) => panic!("`{other}` is no corpus; there are std, hard and wild"),
    };
    let mut number = |default| args.next().map_or(default, |text| text.parse().expect("a number"));
    let (n_rounds, n_shards): (u64, usize) = (number(4), number(2) as usize);
    let messages = corpus::messages(mood, SPANS_PER_SHARD * n_shards);
    let json_bytes: usize = messages.iter().map(Vec::len).sum();
    let mut segments: Vec<Segment> = (0..n_shards).map(|_| Segment::default()).collect();
    for round in 0..n_rounds {
        segments.iter_mut().for_each(Segment::clear);
        let mut run = Run { round, cpu_ns: [0; 4], record_bytes: 0, section_bytes: BTreeMap::new() };
        let clock = cpu_ns();
        messages.iter().for_each(|message| run.take(message, &mut segments));
        run.cpu_ns[1] = cpu_ns() - clock - run.cpu_ns[0] - run.cpu_ns[2];
        let memory: usize = segments.iter().map(Segment::n_bytes).sum();
        let clock = cpu_ns();
        let blocks: Vec<Vec<u8>> = segments.iter().enumerate().map(|(shard, segment)| block(segment, shard)).collect();
        run.cpu_ns[3] = cpu_ns() - clock;
        let n_spans: usize = segments.iter().map(Segment::len).sum();
        print!("{:>4} B JSON", json_bytes / n_spans);
        STAGES.iter().zip(run.cpu_ns).for_each(|(stage, ns)| print!("  {stage} {:>4} ns", ns / n_spans as u64));
        let all_ns: u64 = run.cpu_ns.iter().sum();
        print!("  all {:>4} ns", all_ns / n_spans as u64);
        let block_bytes: usize = blocks.iter().map(Vec::len).sum();
        let a_span = |bytes: usize| bytes as f64 / n_spans as f64;
        println!(
            "  strings {:.0} B  record {:.0} B  block {:.2} B",
            a_span(memory),
            a_span(run.record_bytes),
            a_span(block_bytes)
        );
        if round + 1 == n_rounds {
            blocks.iter().for_each(|block| run.count_sections(block));
            for (section, bytes) in &run.section_bytes {
                println!("{section:>16} {:.3}", a_span(*bytes));
            }
        }
    }
}

struct Run {
    round: u64,
    cpu_ns: [u64; 4],
    record_bytes: usize,
    section_bytes: BTreeMap<String, usize>,
}

impl Run {
    /// Takes a message as `Inner::append` does, but for locks and the queue.
    fn take(&mut self, message: &[u8], segments: &mut [Segment]) {
        let clock = cpu_ns();
        let arena = Bump::new();
        let mut batch = Batch::default();
        zipkin::decode(zipkin::Encoding::JsonV2, message, &arena, &mut batch).expect("a valid message");
        // Another round is other traces at another time.
        let turn = self.round.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for span in &mut batch.spans {
            span.trace_id.0 ^= u128::from(turn);
            span.id.0 ^= turn;
            span.parent_id = span.parent_id.map(|parent| nines_base::SpanId(parent.0 ^ turn));
            span.start.us += self.round * 400_000_000;
        }
        self.cpu_ns[0] += cpu_ns() - clock;
        let mut record = Vec::new();
        let n_shards = segments.len();
        for (shard, segment) in segments.iter_mut().enumerate() {
            let mark = segment.mark();
            let arrived = Timestamp(batch.spans[0].start.us as i64);
            segment.begin_record(arrived);
            let mut memo = BatchMemo::default();
            for view in batch.views().filter(|view| view.span.trace_id.0 as usize % n_shards == shard) {
                segment.append(&view, &mut memo);
            }
            let clock = cpu_ns();
            record.clear();
            let at = begin_record(&mut record, shard, mark.rows as u64, arrived);
            write_delta(segment, &mark, &mut record);
            end_record(&mut record, at);
            self.record_bytes += record.len();
            self.cpu_ns[2] += cpu_ns() - clock;
        }
    }

    fn count_sections(&mut self, block: &[u8]) {
        let read = |at: u64, n: usize| Ok::<_, Infallible>(block[at as usize..at as usize + n].to_vec());
        let footer = read_footer(block.len() as u64, read).unwrap_or_else(|never| match never {});
        let footer = footer.expect("a whole block");
        for section in footer.of_block.iter().chain(footer.of_groups.iter().flatten()) {
            *self.section_bytes.entry(section.kind.to_string()).or_default() += section.stored_bytes as usize;
        }
    }
}

fn block(segment: &Segment, shard: usize) -> Vec<u8> {
    encode_block(segment, BlockId { generation: 1, shard: shard as u32 }, 1, |_| Vec::new())
}

/// CPU time of this thread so far.
fn cpu_ns() -> u64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}
