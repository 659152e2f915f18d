use nines_span::*;
use bumpalo::Bump;
use std::time::Instant;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    match args[1].as_str() {
        "show" => {
            let kind = &args[2];
            let body = std::fs::read(&args[3]).unwrap();
            let arena = Bump::new();
            let mut batch = Batch::default();
            let r = if kind == "json" { zipkin::decode(zipkin::Encoding::JsonV2, &body, &arena, &mut batch) } else { otlp::decode(&body, &arena, &mut batch) };
            match r {
                Ok(()) => {
                    let spans: Vec<Span> = batch.views().map(|v| v.to_span()).collect();
                    let mut out = Vec::new();
                    zipkin::json_v2::write_list(&spans, &mut out);
                    println!("{}", String::from_utf8(out).unwrap());
                    if batch.rejected > 0 { eprintln!("rejected {} {:?}", batch.rejected, batch.rejected_why); }
                    if kind != "json" {
                        let again = otlp::encode(&spans);
                        let mut b2 = Batch::default();
                        otlp::decode(&again, &arena, &mut b2).unwrap();
                        let s2: Vec<Span> = b2.views().map(|v| v.to_span()).collect();
                        assert_eq!(spans, s2);
                    }
                }
                Err(e) => println!("ERR {e}"),
            }
        }
        // lines of hex? one body per NUL-separated record
        "many" => {
            let data = std::fs::read(&args[2]).unwrap();
            let mut at = 0;
            use std::io::Write;
            let mut o = std::io::BufWriter::new(std::io::stdout().lock());
            while at < data.len() {
                let n = u32::from_be_bytes(data[at..at+4].try_into().unwrap()) as usize;
                let body = &data[at+4..at+4+n];
                at += 4 + n;
                let arena = Bump::new();
                let mut batch = Batch::default();
                let line = match zipkin::json_v2::decode(body, &arena, &mut batch) {
                    Ok(()) => {
                        let spans: Vec<Span> = batch.views().map(|v| v.to_span()).collect();
                        let mut out = Vec::new();
                        zipkin::json_v2::write_list(&spans, &mut out);
                        String::from_utf8(out).unwrap()
                    }
                    Err(e) => format!("ERR {e}"),
                };
                writeln!(o, "{}", line.replace('\n', "\\n")).unwrap();
            }
        }
        "bench" => {
            let kind = &args[2];
            let body = std::fs::read(&args[3]).unwrap();
            let mut best = f64::MAX; let mut n = 0;
            let mut arena = Bump::new();
            let rounds = args.get(4).map_or(2000, |a| a.parse().unwrap());
            for _ in 0..7 {
                let t = Instant::now();
                for _ in 0..rounds {
                    arena.reset();
                    let mut batch = Batch::default();
                    if kind == "json" { zipkin::decode(zipkin::Encoding::JsonV2, &body, &arena, &mut batch).unwrap() } else { otlp::decode(&body, &arena, &mut batch).unwrap() };
                    n = std::hint::black_box(&batch).spans.len();
                }
                best = best.min(t.elapsed().as_secs_f64() / (rounds * n) as f64);
            }
            println!("{} spans, {:.1} B/span, {:.0} ns/span, {:.2} M/s, {:.0} MB/s", n, body.len() as f64 / n as f64, best * 1e9, 1e-6 / best, body.len() as f64 / n as f64 / best / 1e6);
        }
        _ => {}
    }
}
