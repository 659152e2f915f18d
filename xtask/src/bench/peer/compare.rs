//! The table: both servers' figures, their ratio, and whether it is what it must be.

use super::super::limits::{Limit, short};
use super::load::Loaded;

/// Nines' CPU for a span as a share of Zipkin's, at most: JSON, and the two protobufs against Zipkin's proto3.
const CPU_JSON: Limit = Limit::at_most(1.0 / 6.0, 1.0 / 12.0);
const CPU_PROTO3: Limit = Limit::at_most(1.0 / 7.0, 1.0 / 12.0);
const CPU_OTLP: Limit = Limit::at_most(1.0 / 7.0, 1.0 / 12.0);
/// Resident memory likewise.
const RESIDENT: Limit = Limit::at_most(1.0 / 10.0, 1.0 / 10.0);
/// Answers that take Zipkin longer than this must come from nines in a tenth of the time.
const SLOW_MS: f64 = 10.0;
const ANSWER: Limit = Limit::at_most(1.0 / 10.0, 1.0 / 10.0);
/// And none may take longer than this, links than that.
const ANSWER_MS_MAX: f64 = 2.0;
const LINKS_MS_MAX: f64 = 10.0;

/// All that was measured.
pub struct Table {
    /// Zipkin, JSON; it is also asked.
    pub zipkin_json: Loaded,
    /// Zipkin, its protobuf.
    pub zipkin_proto3: Loaded,
    /// Nines, JSON; it is also asked.
    pub nines_json: Loaded,
    /// Nines, Zipkin's protobuf.
    pub nines_proto3: Loaded,
    /// Nines, OTLP.
    pub nines_otlp: Loaded,
}

impl Table {
    /// Prints it; `false` where nines is not as far ahead as it must be.
    pub fn print(&self) -> bool {
        println!("\n  {:<28}{:>10} {:>10} {:>10}  verdict", "", "Zipkin", "nines", "ratio");
        let mut good = true;
        let mut row = |what: &str, zipkin: f64, nines: f64, verdict: Option<bool>, note: String| {
            let says = match verdict {
                Some(true) => "ok",
                Some(false) => "SHORT",
                None => "",
            };
            good &= verdict != Some(false);
            let ratio = format!("{} x", short(zipkin / nines.max(1e-9)));
            println!("  {what:<28}{:>10} {:>10} {ratio:>10}  {says} {note}", short(zipkin), short(nines));
        };
        let cpu = [
            ("CPU-s per million, JSON", &self.zipkin_json, &self.nines_json, CPU_JSON),
            ("CPU-s per million, proto3", &self.zipkin_proto3, &self.nines_proto3, CPU_PROTO3),
            ("  OTLP against its proto3", &self.zipkin_proto3, &self.nines_otlp, CPU_OTLP),
        ];
        for (what, zipkin, nines, limit) in cpu {
            let (zipkin, nines) = (zipkin.cpu_per_million, nines.cpu_per_million);
            row(what, zipkin, nines, Some(limit.holds(nines / zipkin)), limit.as_ratio());
        }
        let mb = |loaded: &Loaded| loaded.resident_bytes.0 as f64 / 1e6;
        let highest = |loaded: &Loaded| loaded.resident_bytes.1 as f64 / 1e6;
        let (zipkin, nines) = (mb(&self.zipkin_json), mb(&self.nines_json));
        row("RSS when stored, MB", zipkin, nines, Some(RESIDENT.holds(nines / zipkin)), RESIDENT.as_ratio());
        row("RSS at its highest, MB", highest(&self.zipkin_json), highest(&self.nines_json), None, String::new());
        let rate = |loaded: &Loaded| loaded.spans_per_second / 1e3;
        row("k spans/s of wall time, JSON", rate(&self.zipkin_json), rate(&self.nines_json), None, String::new());
        let p99 = |loaded: &Loaded| loaded.acknowledged_p99_ms;
        row("acknowledged p99 ms, JSON", p99(&self.zipkin_json), p99(&self.nines_json), None, String::new());
        println!("  answers, p50 ms");
        for ((what, zipkin), (_, nines)) in self.zipkin_json.reads.iter().zip(&self.nines_json.reads) {
            let max_ms = if what.starts_with("dependencies") { LINKS_MS_MAX } else { ANSWER_MS_MAX };
            let (theirs, ours) = (zipkin.ms(0.5), nines.ms(0.5));
            let fast_enough = ours <= max_ms && (theirs <= SLOW_MS || ANSWER.holds(ours / theirs));
            let note = format!(
                "p99 {} / {}; {} and {} spans; at most {max_ms} ms",
                short(zipkin.ms(0.99)),
                short(nines.ms(0.99)),
                short(zipkin.spans()),
                short(nines.spans())
            );
            row(&format!("  {what}"), theirs, ours, Some(fast_enough), note);
            for (whose, wrong) in [("Zipkin", &zipkin.wrong), ("nines", &nines.wrong)] {
                wrong.iter().for_each(|wrong| println!("    {whose} answered otherwise: {wrong}"));
            }
        }
        good
    }
}
