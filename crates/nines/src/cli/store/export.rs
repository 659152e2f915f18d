//! `nines store export`: stored spans into files of a common format.

use crate::cli::Client;
use crate::cli::args::{ExportArgs, ExportFormat};
use crate::cli::context::Context;
use crate::cli::error::{Exit, Outcome, Trouble};
use crate::cli::output::print;
use crate::cli::progress::ProgressLine;
use crate::export::source::{DirectorySource, ServerSource, Source};
use crate::export::{self, Format, MANIFEST, Plan, Progress};
use crate::messages::Say;
use crate::{stores, words};
use nines_base::Timestamp;
use nines_base::lang::Message;
use nines_base::vfs::Vfs;
use nines_engine::damage::damage_text;
use nines_engine::real_vfs;
use nines_engine::walk::{Directory, Wanted};
use nines_storage::Window;
use nines_trace::filter::Filter;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;

pub fn run(context: &Context, args: ExportArgs) -> Outcome {
    let plan = plan(context, &args)?;
    let vfs = real_vfs();
    match &context.data {
        Some(data) => {
            let holder = format!("nines store export, process {}", std::process::id());
            let directory = Directory::open(vfs.clone(), data, &holder);
            let directory = directory.map_err(|error| stores::trouble(&error, context.lang))?;
            copy(context, &plan, &mut DirectorySource(directory), &vfs, &args.out)
        }
        None => {
            let client = context.client()?;
            seal(context, &client)?;
            let mut source = ServerSource::new(&client, vfs.clone(), &args.out);
            copy(context, &plan, &mut source, &vfs, &args.out)
        }
    }
}

fn plan(context: &Context, args: &ExportArgs) -> Result<Plan, Trouble> {
    let format = match args.format {
        ExportFormat::Parquet => Format::Parquet,
        ExportFormat::Otlp => Format::Otlp,
        ExportFormat::Zipkin => Format::Zipkin,
    };
    if format == Format::Parquet && !cfg!(feature = "parquet") {
        return Err(Trouble::new(context.lang, Say::NoParquet, Say::NoParquetHint));
    }
    if format == Format::Parquet && args.gzip {
        return Err(Trouble::new(context.lang, Say::GzipOfParquet, Say::GzipOfParquetHint));
    }
    let filter = Filter::parse(&args.filter).map_err(|error| Trouble {
        exit: Exit::Trouble,
        place: None,
        fact: Say::BadFilter { filter: args.filter.clone(), fact: error.fact.text(context.lang) }.text(context.lang),
        hint: Some(error.hint.text(context.lang)),
    })?;
    let from = args.from.as_deref().map(|text| time(context, text)).transpose()?;
    let to = args.to.as_deref().map(|text| time(context, text)).transpose()?;
    let window = (from.is_some() || to.is_some()).then(|| Window {
        from: from.unwrap_or(Timestamp(0)),
        // The window of stores includes its end; `--to` does not, so that one day's end is the next one's start.
        to: to.map_or(Timestamp(i64::MAX), |to| Timestamp(to.0.saturating_sub(1))),
    });
    Ok(Plan { format, gzip: args.gzip, wanted: Wanted { window, filter } })
}

fn time(context: &Context, text: &str) -> Result<Timestamp, Trouble> {
    let parsed = text.parse::<jiff::Timestamp>().or_else(|_| format!("{text}T00:00:00Z").parse());
    let wrong = |_: jiff::Error| Trouble::new(context.lang, Say::BadTime { value: text.to_owned() }, Say::BadTimeHint);
    parsed.map(|time| Timestamp(time.as_microsecond())).map_err(wrong)
}

/// Has a server make blocks of what it has in memory, so that they are copied too; says why it did not.
fn seal(context: &Context, client: &Client) -> Result<(), Trouble> {
    let answer = client.post("/api/nines/v1/store/seal")?;
    match answer.status {
        200 if answer.body["sealed"] == true => {}
        200 => context.say(&Say::NotSealed { reason: Say::NotSealedInTime.text(context.lang) }),
        // Only the server's own machine may.
        403 => context.say(&Say::NotSealed { reason: client.refused(&answer).fact }),
        _ => return Err(client.refused(&answer)),
    }
    Ok(())
}

fn copy(context: &Context, plan: &Plan, source: &mut dyn Source, vfs: &Arc<dyn Vfs>, out: &Path) -> Outcome {
    let mut line = ProgressLine::new(context);
    let outcome = export::run(plan, source, vfs, out, &mut |progress| {
        line.show(|line| progress_text(context, line, progress));
    });
    line.clear();
    let progress = outcome.map_err(|error| error.into_trouble(context.lang))?;
    tell(context, &progress, out);
    Ok(if progress.damage.is_empty() { Exit::Yes } else { Exit::No })
}

fn tell(context: &Context, progress: &Progress, out: &Path) {
    let damage: Vec<String> = progress.damage.iter().map(|error| damage_text(error, context.lang)).collect();
    if context.format.is_table() {
        damage.iter().for_each(|place| {
            print(&format!("{place}\n"));
        });
    } else {
        let items: Vec<Value> = damage.iter().map(|place| json!({ "damage": place })).collect();
        context.write(&json!({
            "out": out.display().to_string(), "manifest": out.join(MANIFEST).display().to_string(),
            "blocks": progress.n_blocks, "blocksBefore": progress.n_blocks_before, "blocksGone": progress.n_gone,
            "spans": progress.n_spans, "files": progress.n_files, "bytes": progress.written_bytes, "damage": items,
        }));
    }
    if progress.n_blocks_before > 0 {
        context.say(&Say::ExportBefore { blocks: progress.n_blocks_before });
    }
    if progress.n_gone > 0 {
        context.say(&Say::ExportGone { blocks: progress.n_gone });
    }
    if !damage.is_empty() {
        context.say(&Say::ExportDamaged { places: damage.len() });
    }
    context.say(&Say::ExportDone {
        spans: words::count(progress.n_spans, context.lang),
        files: progress.n_files,
        bytes: words::bytes(progress.written_bytes),
        out: out.display().to_string(),
    });
}

fn progress_text(context: &Context, line: &ProgressLine, progress: &Progress) -> String {
    let left = line.left_us(progress.read_bytes, progress.read_bytes_all);
    let text = Say::ExportProgress {
        blocks: progress.n_blocks,
        all: progress.n_blocks_all,
        spans: words::count(progress.n_spans, context.lang),
        bytes: words::bytes(progress.written_bytes),
        rate: words::count((progress.n_spans as f64 / line.seconds()) as u64, context.lang),
        left: left.map_or_else(|| "–".to_owned(), words::duration),
    };
    text.text(context.lang)
}
