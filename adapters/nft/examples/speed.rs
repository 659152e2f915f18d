//! How long rules take to reach the kernel: ours beside `nft -f` and `iptables-restore`, in a network namespace of its
//! own. `cargo run --release -p nines-nft --example speed` as root; Debian's nftables and iptables are asked.
//!
//! Each replaces a whole table of so many rules by one of equal length; the median of several runs is shown. Ours is
//! encoding and commit, theirs the process from start to end.

use std::error::Error;
use std::fmt::Write as _;
use std::net::Ipv4Addr;
use std::process::Command;
use std::time::{Duration, Instant};

use nines_nft::{Connection, codec, scratch};
use nines_traffic::nft::build::whole;
use nines_traffic::nft::table::priority;
use nines_traffic::nft::{
    Action, BaseChain, Batch, Chain, ChainKind, Change, Data, Datatype, Element, Hook, Match, Name, Policy, Rule,
    RuleId, Set, SetHead, Table, TableFlags, TableId,
};

const INPUT: Name = Name::fixed("in");
const LIST: Name = Name::fixed("list");
/// Changes of one weight or one element that are timed.
const CHANGES: u32 = 200;
/// Elements of the list that one is changed of.
const LISTED: u32 = 10_000;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Outcome<()> {
    scratch::in_namespace(run)?
}

fn run() -> Outcome<()> {
    println!(
        "{:>7} {:>10} {:>10} {:>10} {:>12} {:>12}  milliseconds",
        "rules", "encode", "all", "nft -f", "ipt-nft", "ipt-legacy"
    );
    for (n_rules, n_runs) in [(10, 31), (1000, 11), (10_000, 5)] {
        let (encode, all) = ours(n_rules, n_runs)?;
        let nft = tool(n_runs, "nft", &["-f"], &nft_text(n_rules))?;
        let save = save_text(n_rules);
        let restore = tool(n_runs, "iptables-nft-restore", &[], &save)?;
        let legacy = tool(n_runs, "iptables-legacy-restore", &[], &save)?;
        println!(
            "{n_rules:>7} {:>10.3} {:>10.3} {:>10.3} {:>12.3} {:>12.3}  nft -f / ours = {:.1}",
            ms(encode),
            ms(all),
            ms(nft),
            ms(restore),
            ms(legacy),
            nft.as_secs_f64() / all.as_secs_f64()
        );
    }
    changes()
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

fn median(mut took: Vec<Duration>) -> Duration {
    took.sort_unstable();
    took.get(took.len() / 2).copied().unwrap_or_default()
}

/// Source and port of a rule by its number.
fn asked(number: u32) -> (Ipv4Addr, u16) {
    (Ipv4Addr::from(0x0a00_0000 + number), u16::try_from(1 + number % 60_000).unwrap_or(1))
}

fn rule(number: u32) -> Outcome<Rule> {
    let (source, port) = asked(number);
    let from = Match::from_net(source.into(), whole(source.into()));
    let rule = Rule::new(RuleId::new(format!("in/{number}"))?).when(from).when(Match::tcp_dport(port));
    Ok(rule.then(Action::counter()).then(Action::accept()))
}

fn table(rules: Vec<Rule>, sets: Vec<Set>) -> Table {
    let base = BaseChain {
        kind: ChainKind::Filter,
        hook: Hook::Input,
        priority: priority::FILTER - 5,
        policy: Policy::Accept,
    };
    let chain = Chain { name: INPUT, base: Some(base), rules };
    Table { id: TableId::nines(), flags: TableFlags::default(), objects: Vec::new(), sets, chains: vec![chain] }
}

fn replacing(table: &Table) -> Batch {
    let mut batch = Batch::create(table);
    batch.changes.splice(0..0, [Change::AddTable(table.flags), Change::DeleteTable]);
    batch
}

fn ours(n_rules: u32, n_runs: u32) -> Outcome<(Duration, Duration)> {
    let batch = replacing(&table((0..n_rules).map(rule).collect::<Outcome<_>>()?, Vec::new()));
    let mut connection = Connection::open()?;
    let (mut encode, mut all) = (Vec::new(), Vec::new());
    for _ in 0..n_runs {
        let start = Instant::now();
        codec::encode(&batch, None, 1)?;
        encode.push(start.elapsed());
        let start = Instant::now();
        connection.apply(&batch, None)?;
        all.push(start.elapsed());
    }
    Ok((median(encode), median(all)))
}

fn tool(n_runs: u32, command: &str, arguments: &[&str], text: &str) -> Outcome<Duration> {
    let file = std::env::temp_dir().join(format!("nines-nft-speed-{}", std::process::id()));
    std::fs::write(&file, text)?;
    let mut took = Vec::new();
    for _ in 0..n_runs {
        let start = Instant::now();
        let status = Command::new(command).args(arguments).arg(&file).status()?;
        took.push(start.elapsed());
        if !status.success() {
            return Err(format!("{command}: {status}").into());
        }
    }
    std::fs::remove_file(&file)?;
    Ok(median(took))
}

fn nft_text(n_rules: u32) -> String {
    let mut text = "table inet theirs\ndelete table inet theirs\ntable inet theirs {\nchain in {\n".to_owned();
    text.push_str("type filter hook input priority -5; policy accept;\n");
    for number in 0..n_rules {
        let (source, port) = asked(number);
        let _ = writeln!(text, "ip saddr {source} tcp dport {port} counter accept comment \"in/{number}\"");
    }
    text.push_str("}\n}\n");
    text
}

fn save_text(n_rules: u32) -> String {
    let mut text = "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n".to_owned();
    for number in 0..n_rules {
        let (source, port) = asked(number);
        let _ = writeln!(
            text,
            "-A INPUT -s {source} -p tcp -m tcp --dport {port} -m comment --comment \"in/{number}\" -j ACCEPT"
        );
    }
    text.push_str("COMMIT\n");
    text
}

/// One weight, one element: transactions of their own.
fn changes() -> Outcome<()> {
    let elements = (0..LISTED).map(|number| Element::one(Data::from(Ipv4Addr::from(0x0a00_0000 + number))));
    let head = SetHead::of(LIST, Datatype::Ipv4);
    let weighted = |parts: u32| -> Outcome<Rule> {
        Ok(Rule::new(RuleId::new("canary")?)
            .when(Match::tcp_dport(80))
            .when(Match::share(parts))
            .then(Action::accept()))
    };
    let set = Set { head: head.clone(), elements: elements.collect() };
    let mut connection = Connection::open()?;
    connection.apply(&replacing(&table(vec![weighted(100)?], vec![set])), None)?;
    let (_, live) = connection.table(&TableId::nines())?;
    let first = live.and_then(|table| table.chains.first()?.rules.first().map(|rule| rule.handle));
    let mut handle = first.ok_or("no rule")?;
    let one = vec![Element::one(Data::from(Ipv4Addr::new(192, 0, 2, 1)))];
    let (mut weights, mut added) = (Vec::new(), Vec::new());
    for number in 0..CHANGES {
        let generation = connection.generation()?.id;
        let batch = |change| Batch { table: TableId::nines(), changes: vec![change] };
        let replaced = batch(Change::ReplaceRule(INPUT, handle, weighted(1 + number)?));
        let start = Instant::now();
        connection.apply(&replaced, Some(generation))?;
        weights.push(start.elapsed());
        let start = Instant::now();
        connection.apply(&batch(Change::AddElements(head.clone(), one.clone())), None)?;
        added.push(start.elapsed());
        connection.apply(&batch(Change::DeleteElements(head.clone(), one.clone())), None)?;
        let (_, live) = connection.table(&TableId::nines())?;
        handle = live.and_then(|table| Some(table.chains.first()?.rules.first()?.handle)).ok_or("no rule")?;
    }
    println!(
        "a weight in {:.3}, an element of {LISTED} in {:.3}  milliseconds, p50 of {CHANGES}",
        ms(median(weights)),
        ms(median(added))
    );
    Ok(())
}
