//! `nines traffic explain SRC DST:PORT`: what becomes of a packet by all the rules of this host, and beside it what the
//! kernel does with real ones.

use super::{answer, apply, unexpected};
use crate::cli::args::ExplainArgs;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Outcome, Trouble};
use crate::cli::output::print;
use crate::cli::traffic::words::Tell;
use crate::host_traffic::packet;
use crate::words;
use nines_api::AskedPacket;
use nines_base::lang::Message;
use nines_netd::protocol::{TRACE_SECONDS, Trace};
use nines_netd::{Answer, Request};
use nines_traffic::net::Protocol;
use nines_traffic::simulate::{Packet, packet_line};
use serde_json::Value;

pub(super) fn run(context: &Context, args: ExplainArgs) -> Outcome {
    let asked = AskedPacket {
        source: args.source,
        destination: args.destination,
        protocol: args.proto,
        input: args.comes,
        output: args.leaves,
        state: Some(args.ct),
    };
    let packet = packet(&asked).map_err(|fault| Trouble::new(context.lang, fault.fact, fault.hint))?;
    let live = args.live.as_deref().map(|text| trace(context, &packet, text)).transpose()?;
    let line = packet_line(&packet);
    let socket = &args.netd.socket;
    let Answer::Explained(explained) = answer(context, socket, &Request::Explain(Box::new(packet)))? else {
        return Err(unexpected(context));
    };
    let mut document = object(context, &explained)?;
    document["packet"] = object(context, &line)?;
    if let Some(live) = live {
        context.say(&Tell::Tracing);
        let Answer::Traced(traced) = answer(context, socket, &Request::Trace(live))? else {
            return Err(unexpected(context));
        };
        document["live"] = object(context, &traced)?;
    }
    if context.format.is_table() {
        print(&text(context, &document));
    } else {
        context.write(&document);
    }
    context.page("/traffic/explain");
    Ok(if document["verdict"] == "unknown" { Exit::No } else { Exit::Yes })
}

fn object(context: &Context, text: &str) -> Result<Value, Trouble> {
    serde_json::from_str(text).map_err(|_| unexpected(context))
}

/// Which real packets are looked at: those like the one asked for, from any port of its sender.
fn trace(context: &Context, packet: &Packet, within: &str) -> Result<Trace, Trouble> {
    let seconds = apply::seconds(context, within).ok().filter(|seconds| TRACE_SECONDS.contains(seconds));
    let bad = || {
        let hint = Tell::BadLiveHint { most: *TRACE_SECONDS.end() };
        Trouble::new(context.lang, Tell::BadLive { text: within.to_owned() }, hint)
    };
    let seconds = seconds.ok_or_else(bad)?;
    // A packet that was read has both ends.
    let (Some(source), Some(destination)) = (packet.source, packet.destination) else { return Err(bad()) };
    Ok(Trace {
        source: source.address,
        destination: destination.address,
        protocol: packet.protocol.unwrap_or(Protocol::TCP),
        port: destination.port,
        seconds,
    })
}

fn text(context: &Context, document: &Value) -> String {
    let field = |name: &str| words::text(document, name);
    let mut lines = vec![format!("{}  {}", field("verdict"), field("rule")).trim_end().to_owned()];
    for (name, arrow) in [("to", "->"), ("from", "<-")] {
        lines.extend(document[name].as_str().map(|end| format!("  {arrow} {end}")));
    }
    lines.extend(texts(&document["missing"]).map(|missing| format!("  ? {missing}")));
    lines.extend(texts(&document["path"]).map(|step| format!("  {step}")));
    if !document["live"].is_null() {
        lines.extend(live(context, &document["live"]));
    }
    lines.join("\n") + "\n"
}

fn texts(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// Packets as the kernel took them, each with its steps.
fn live(context: &Context, live: &Value) -> Vec<String> {
    let packets = live["packets"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut lines = vec![String::new(), Tell::Traced { packets: packets.len() }.text(context.lang)];
    for packet in packets {
        lines.push(format!("  {}", words::text(packet, "verdict")).trim_end().to_owned());
        let steps = packet["steps"].as_array().into_iter().flatten();
        lines.extend(steps.map(|step| {
            let field = |name: &str| words::text(step, name);
            format!("    {} {} {} {}", field("table"), field("chain"), field("rule"), field("verdict"))
        }));
    }
    lines
}
