//! The intent file, read strictly: every key known, every word meant, every fault at its place.

use super::field::{Field, Log, Object, found};
use super::model::{Fate, Inbound, Intents, Limit, Management, Ports, Want};
use super::{lists, service, values};
use crate::finding::Finding;
use crate::iptables::matches::{Rate, RateUnit};
use crate::iptables::{Ruleset, TableName};
use crate::messages::{Fact, Hint};
use crate::net::{Family, Net};
use crate::services::Services;
use nines_yaml::{Mark, Node, Value, clipped, listed};

/// Most inbound rules: a host's own rules are tens; more addresses belong into lists.
pub const INBOUND_MAX: usize = 10_000;

/// How often a rule is logged where it only says that it is.
const LOG_USUAL: Rate = Rate { count: 10, per: RateUnit::Second };

/// Keys under `traffic`.
const SECTIONS: [&str; 7] = ["management", "lists", "inbound", "otherwise", "outbound", "services", "raw"];

/// Keys of a rule.
const RULE_KEYS: [&str; 8] = ["redirect", "allow", "deny", "forward", "from", "limit", "log", "masquerade"];

/// Keys that say what a rule wants.
const WANTS: [&str; 4] = ["redirect", "allow", "deny", "forward"];

/// What a file says, and everything there is to tell of it; usable only where no finding is an error.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// What could be read.
    pub intents: Intents,
    /// In the order of their places.
    pub findings: Vec<Finding>,
}

impl Loaded {
    /// Whether no finding is an error.
    pub fn usable(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity != crate::finding::Severity::Error)
    }
}

/// Reads an intent file. Lists that stand in files of their own are filled by [`Intents::fill`].
pub fn read(file: &str, bytes: &[u8], services: &Services) -> Loaded {
    let text = match nines_yaml::read_text(bytes) {
        Ok(text) => text,
        Err(fault) => {
            let mut log = Log { file, text: "", findings: Vec::new() };
            log.error(fault.at, "", Fact::of_text(&fault.fact), Hint::of_text(&fault.hint));
            return Loaded { findings: log.findings, ..Loaded::default() };
        }
    };
    let (documents, faults) = nines_yaml::read_documents(&text);
    let mut log = Log { file, text: &text, findings: Vec::new() };
    if is_saved(&text) {
        log.error(Mark::START, "", Fact::SavedRules, Hint::ImportRules);
        return Loaded { findings: log.findings, ..Loaded::default() };
    }
    for fault in faults {
        let address = Some(()).filter(|()| fault.fact == nines_yaml::messages::Fact::ColonMisplaced);
        match address.and_then(|()| bare_address(&text, fault.at)) {
            Some(text) => {
                let fact = Fact::AddressReadAsMapping { text: text.clone() };
                log.error(fault.at, "", fact, Hint::QuoteAddress { text });
            }
            None => log.error(fault.at, "", Fact::of_text(&fault.fact), Hint::of_text(&fault.hint)),
        }
    }
    let intents = read_documents(&documents, services, &mut log);
    log.findings.sort_by_key(|finding| (finding.place.line, finding.place.column));
    Loaded { intents, findings: log.findings }
}

fn read_documents(documents: &[Node], services: &Services, log: &mut Log<'_>) -> Intents {
    if let Some(second) = documents.get(1) {
        log.error(second.at, "", Fact::SeveralDocuments, Hint::OneDocument);
    }
    let Some(document) = documents.first().filter(|document| document.value != Value::Null) else {
        if log.findings.is_empty() {
            log.error(
                Mark::START,
                "traffic",
                Fact::Missing { field: "traffic".into() },
                Hint::Add { example: "traffic: { … }".into() },
            );
        }
        return Intents::default();
    };
    let traffic = read_root(document, log);
    let sections =
        traffic.and_then(|traffic| traffic.object(&SECTIONS, "traffic: { inbound: [ … ], otherwise: deny }", log));
    sections.map(|sections| read_sections(&sections, services, log)).unwrap_or_default()
}

/// What stands under `traffic`. Where something else stands there, that is told alone.
fn read_root<'t>(document: &'t Node, log: &mut Log<'_>) -> Option<Field<'t>> {
    let root = Field::root(document).mapping("traffic: { … }", log)?;
    for (key, field) in root.fields().filter(|(key, _)| *key != "traffic") {
        let near = nines_yaml::nearest(key, ["traffic"]);
        let hint = match near {
            Some(word) => Hint::DidYouMean { word: word.to_owned() },
            None if SECTIONS.contains(&key) => Hint::UnderTraffic { key: key.to_owned() },
            None => Hint::OneOf { known: "traffic".to_owned() },
        };
        log.error(field.key_at, &clipped(key), Fact::UnknownField { field: clipped(key) }, hint);
    }
    if root.entries.is_empty() { root.require("traffic", "traffic: { … }", log) } else { root.get("traffic") }
}

/// Whether a text is what `iptables-save` writes.
fn is_saved(text: &str) -> bool {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    first.and_then(|line| line.strip_prefix('*')).is_some_and(|table| TableName::parse(table).is_some())
}

/// The address without quotes that a line ends in, where YAML takes its last colon for a key's.
fn bare_address(text: &str, at: Mark) -> Option<String> {
    let line = nines_yaml::line_of(text, at.line);
    let word = line.split([' ', ',', '[', ']', '{', '}']).find(|word| word.ends_with("::") && word.len() > 2)?;
    let is_address = format!("{word}1").parse::<core::net::Ipv6Addr>().is_ok();
    is_address.then(|| word.strip_suffix(':').unwrap_or(word).to_owned())
}

fn read_sections(sections: &Object<'_>, services: &Services, log: &mut Log<'_>) -> Intents {
    let mut intents = Intents::default();
    if let Some(field) = sections.get("lists") {
        intents.lists = lists::read(&field, log);
    }
    if let Some(field) = sections.get("management") {
        intents.management = read_management(&field, &intents, services, log);
    }
    if let Some(field) = sections.get("inbound") {
        intents.inbound = read_inbound(&field, &intents, services, log);
    }
    if let Some(field) = sections.get("services") {
        intents.services = service::read(&field, &intents, services, log);
    }
    intents.outbound = sections.get("outbound").and_then(|field| read_outbound(&field, log)).unwrap_or_default();
    let needs = !intents.inbound.is_empty() || !intents.services.is_empty();
    intents.otherwise = match sections.get("otherwise") {
        Some(field) => field.choice(&Fate::ALL, log),
        None if needs => {
            let hint = Hint::Add { example: "otherwise: deny".to_owned() };
            log.error(sections.field.key_at, "traffic.otherwise", Fact::OtherwiseMissing, hint);
            None
        }
        None => None,
    };
    intents.raw = sections.get("raw").map(|field| read_raw(&field, services, log)).unwrap_or_default();
    check_ports(&intents, log);
    intents
}

/// Rules of iptables, as `iptables-save` writes them, under the family they are for. What is wrong stands at its own
/// line: a block's text begins on the line after its key.
fn read_raw(field: &Field<'_>, services: &Services, log: &mut Log<'_>) -> Vec<Ruleset> {
    let families = [("ipv4", Family::V4), ("ipv6", Family::V6)];
    let example = "raw: { ipv4: | … }";
    let Some(object) = field.object(&families.map(|(name, _)| name), example, log) else { return Vec::new() };
    let mut rules = Vec::new();
    for (name, entry) in object.fields() {
        let family = families.iter().find(|(known, _)| *known == name).map(|(_, family)| *family);
        let (Some(family), Some(text)) = (family, entry.word("ipv4: |", log)) else { continue };
        let read = crate::iptables::read::read_as(log.file, text, family, services);
        for finding in read.findings {
            let line = entry.key_at.line + finding.place.line;
            let indent = nines_yaml::line_of(log.text, line).chars().take_while(|letter| *letter == ' ').count();
            let at = Mark { line, column: finding.place.column + indent };
            log.error(at, &entry.path, finding.fact, finding.hint);
        }
        let mut of_file = read.rules;
        of_file.shift(entry.key_at.line);
        rules.push(of_file);
    }
    rules
}

fn read_outbound(field: &Field<'_>, log: &mut Log<'_>) -> Option<Fate> {
    let object = field.object(&["otherwise"], "outbound: { otherwise: allow }", log)?;
    object.require("otherwise", "otherwise: allow", log)?.choice(&Fate::ALL, log)
}

fn read_management(field: &Field<'_>, intents: &Intents, services: &Services, log: &mut Log<'_>) -> Vec<Management> {
    let Some(object) = field.mapping("management: { ssh: { from: [10.0.0.0/8] } }", log) else { return Vec::new() };
    if object.entries.is_empty() {
        field.fault(log, Fact::Empty, Hint::WriteAs { example: "management: { ssh: { from: [10.0.0.0/8] } }".into() });
    }
    let mut management = Vec::new();
    for (name, entry) in object.fields() {
        // The key itself names the port.
        let key = Field { node: entry.node, key_at: entry.key_at, path: entry.path.clone() };
        let ports = management_port(name, &key, services, log);
        let from = match &entry.node.value {
            Value::Null => Default::default(),
            _ => {
                let object = entry.object(&["from"], "ssh: { from: [10.0.0.0/8] }", log);
                let from = object.and_then(|object| object.require("from", "from: [10.0.0.0/8]", log));
                from.map(|from| values::from(&from, &intents.lists, log)).unwrap_or_default()
            }
        };
        let place = log.place(entry.key_at);
        management.extend(ports.map(|ports| Management { name: name.to_owned(), ports, from, place }));
    }
    management
}

/// The port that a key of `management` names. What is wrong with it stands at the key.
fn management_port(name: &str, key: &Field<'_>, services: &Services, log: &mut Log<'_>) -> Option<Ports> {
    let node = Node { at: key.key_at, value: Value::Null };
    let at_key = Field { node: &node, key_at: key.key_at, path: key.path.clone() };
    let ports = values::ports_of(&at_key, name, 0, services, log)?;
    if !ports.has_ports() {
        at_key.fault(log, Fact::AllPortsManaged { value: ports.text() }, Hint::ManagedPortsAre);
        return None;
    }
    Some(ports)
}

fn read_inbound(field: &Field<'_>, intents: &Intents, services: &Services, log: &mut Log<'_>) -> Vec<Inbound> {
    let example = "inbound: [ { allow: ssh, from: 10.0.0.0/8 } ]";
    let Some(items) = field.items(example, log) else { return Vec::new() };
    if items.len() > INBOUND_MAX {
        field.fault(log, Fact::TooManyRules { n_rules: items.len(), limit: INBOUND_MAX }, Hint::UseLists);
        return Vec::new();
    }
    items.iter().filter_map(|item| read_rule(item, intents, services, log)).collect()
}

fn read_rule(item: &Field<'_>, intents: &Intents, services: &Services, log: &mut Log<'_>) -> Option<Inbound> {
    let object = item.object(&RULE_KEYS, "- allow: ssh", log)?;
    let wants: Vec<(&str, Field<'_>)> = object.fields().filter(|(key, _)| WANTS.contains(key)).collect();
    let (key, want) = match wants.as_slice() {
        [(key, want)] => (*key, want),
        // A want that was misspelt was told already.
        [] if object.fields().any(|(key, _)| !RULE_KEYS.contains(&key)) => return None,
        [] => {
            item.fault(log, Fact::WantsNothing, Hint::OneOf { known: listed(WANTS) });
            return None;
        }
        [(first, _), (second, field), ..] => {
            let fact = Fact::WantsSeveral { one: (*first).to_owned(), other: (*second).to_owned() };
            log.error(field.key_at, &field.path, fact, Hint::RuleEach);
            return None;
        }
    };
    let from = object.get("from").map(|field| values::from(&field, &intents.lists, log)).unwrap_or_default();
    let masquerade = object.get("masquerade");
    let read = match key {
        "allow" => ports_list(want, services, log).map(Want::Allow),
        "deny" => ports_list(want, services, log).map(Want::Deny),
        "redirect" => read_redirect(want, services, log),
        _ => read_forward(want, masquerade.as_ref(), &from, intents, services, log),
    };
    if let Some(field) = masquerade.filter(|_| key != "forward") {
        let fact = Fact::NoEffectWith { field: "masquerade".into(), with: key.to_owned() };
        log.error(field.key_at, &field.path, fact, Hint::RemoveField);
    }
    let limit = object.get("limit").and_then(|field| read_limit(&field, log));
    if let Some(field) = object.get("limit").filter(|_| key == "deny") {
        let fact = Fact::NoEffectWith { field: "limit".into(), with: "deny".into() };
        log.error(field.key_at, &field.path, fact, Hint::RemoveField);
    }
    let log_rate = object.get("log").and_then(|field| read_log(&field, log)).flatten();
    let place = log.place(want.key_at);
    Some(Inbound { want: read?, from, limit, log: log_rate, place })
}

fn ports_list(field: &Field<'_>, services: &Services, log: &mut Log<'_>) -> Option<Vec<Ports>> {
    let items = field.one_or_many();
    if items.is_empty() {
        field.fault(log, Fact::Empty, Hint::IntentPortsAre);
        return None;
    }
    let ports: Vec<Option<Ports>> = items.iter().map(|item| values::ports(item, services, log)).collect();
    for (nth, one) in ports.iter().enumerate() {
        let repeats = one.is_some() && ports.iter().take(nth).any(|before| before == one);
        if let (true, Some(item)) = (repeats, items.get(nth)) {
            let value = one.map(|ports| ports.text()).unwrap_or_default();
            item.fault(log, Fact::Twice { value }, Hint::KeepOneOption);
        }
    }
    ports.into_iter().collect()
}

fn read_redirect(field: &Field<'_>, services: &Services, log: &mut Log<'_>) -> Option<Want> {
    let (left, right, begin) = values::arrow(field, "80 -> 8080", log)?;
    let from = values::ports_of(field, left, 0, services, log);
    let here = right.strip_prefix("localhost:").or_else(|| right.strip_prefix("127.0.0.1:"));
    if let Some(port) = here.filter(|port| values::port_number(port).is_some()) {
        let hint = Hint::WriteAs { example: format!("{left} -> {port}") };
        field.fault_inside(log, begin, Fact::NotPorts { value: clipped(right) }, hint);
        return None;
    }
    if right.contains([':', '.']) && !right.contains('/') {
        field.fault_inside(
            log,
            begin,
            Fact::RedirectElsewhere { value: clipped(right) },
            Hint::UseForward { left: left.into(), right: clipped(right) },
        );
        return None;
    }
    let to = values::ports_of(field, right, begin, services, log);
    let (from, to) = (from?, to?);
    if let Some(other) = [from, to].into_iter().find(|ports| !ports.has_ports()) {
        field.fault(log, Fact::RedirectAll { value: other.text() }, Hint::WriteAs { example: "80 -> 8080".into() });
        return None;
    }
    if to.range.first != to.range.last {
        field.fault_inside(
            log,
            begin,
            Fact::RedirectToSeveral { value: clipped(right) },
            Hint::WriteAs { example: format!("{left} -> {}", to.range.first) },
        );
        return None;
    }
    // Where only one side names a protocol it is meant for both.
    if right.contains('/') && from.protocol != to.protocol {
        let (one, other) = (protocol_name(from), protocol_name(to));
        field.fault_inside(
            log,
            begin,
            Fact::TwoProtocols { one, other },
            Hint::WriteAs { example: format!("{} -> {}", from.text(), to.range.first) },
        );
        return None;
    }
    if from.range == to.range {
        field.fault(log, Fact::RedirectToItself { port: to.range.first }, Hint::UseAllow { ports: from.text() });
        return None;
    }
    if from.range.contains(to.range.first) {
        let port = to.range.first;
        field.fault(log, Fact::RedirectIntoItself { port }, Hint::OtherBackend);
        return None;
    }
    Some(Want::Redirect { from, to: to.range.first })
}

fn protocol_name(ports: Ports) -> String {
    ports.protocol.map(|protocol| protocol.to_string()).unwrap_or_default()
}

fn read_forward(
    field: &Field<'_>,
    masquerade: Option<&Field<'_>>,
    from: &super::model::From,
    intents: &Intents,
    services: &Services,
    log: &mut Log<'_>,
) -> Option<Want> {
    let (left, right, begin) = values::arrow(field, "5432 -> 10.0.2.5:5432", log)?;
    let ports = values::ports_of(field, left, 0, services, log);
    let masquerade = masquerade.and_then(|field| field.boolean("masquerade: no", log)).unwrap_or(true);
    let Some(to) = crate::net::Endpoint::parse(right) else {
        let (fact, hint) = match values::port_number(right) {
            Some(_) => (
                Fact::ForwardWithoutHost { value: clipped(right) },
                Hint::UseRedirect { left: left.into(), right: clipped(right) },
            ),
            None if values::is_host_name(right.split(':').next().unwrap_or_default())
                && Net::parse(right).is_none() =>
            {
                (Fact::HostName { name: clipped(right) }, Hint::WriteAddress)
            }
            None => (
                Fact::NotAnEndpoint { value: clipped(right) },
                Hint::WriteAs { example: format!("{left} -> 10.0.2.5:5432") },
            ),
        };
        field.fault_inside(log, begin, fact, hint);
        return None;
    };
    let ports = ports?;
    let mut fault = |fact, hint| {
        field.fault_inside(log, begin, fact, hint);
        None
    };
    if !ports.has_ports() {
        return fault(
            Fact::ForwardAll { value: ports.text() },
            Hint::WriteAs { example: "5432 -> 10.0.2.5:5432".into() },
        );
    }
    if to.port == Some(0) {
        return fault(Fact::NotAPort { value: "0".into() }, Hint::IntentPortsAre);
    }
    if to.address.is_loopback() || to.address.is_unspecified() || to.address.is_multicast() {
        return fault(
            Fact::ForwardNowhere { address: to.address.to_string() },
            Hint::UseRedirect { left: left.into(), right: to.port.map_or("8080".into(), |port| port.to_string()) },
        );
    }
    if ports.range.first != ports.range.last && to.port.is_some() {
        return fault(
            Fact::ForwardSeveralToOne { ports: ports.text() },
            Hint::WriteAs { example: format!("{left} -> {}", to.address) },
        );
    }
    let family = Family::of(to.address);
    let known: Vec<Net> = from.networks(intents).collect();
    if !known.is_empty() && known.iter().all(|net| net.family() != family) {
        return fault(Fact::ForwardAcrossFamilies { address: to.address.to_string() }, Hint::OneFamilyEach);
    }
    Some(Want::Forward { from: ports, address: to.address, port: to.port, masquerade })
}

fn read_limit(field: &Field<'_>, log: &mut Log<'_>) -> Option<Limit> {
    let example = "limit: { new_connections: 50/s per source }";
    let object = field.object(&["new_connections", "burst"], example, log)?;
    let rate = object.require("new_connections", "new_connections: 50/s per source", log)?;
    let text = rate.word("50/s per source", log)?;
    let (text, per_source) = match text.split_once(" per ") {
        None => (text, false),
        Some((text, "source")) => (text, true),
        Some((text, other)) => {
            let fact = Fact::LimitPer { what: clipped(other) };
            rate.fault(log, fact, Hint::WriteAs { example: format!("{} per source", text.trim()) });
            return None;
        }
    };
    let Some(read) = values::rate(text) else {
        rate.fault(log, Fact::NotARate { value: clipped(text) }, Hint::WriteAs { example: "50/s per source".into() });
        return None;
    };
    let burst = match object.get("burst") {
        None => read.count.clamp(BURST_LEAST, BURST_MOST),
        Some(field) => field.whole(1, BURST_MOST, "burst: 10", log)?,
    };
    Some(Limit { rate: read, burst, per_source })
}

/// A bucket holds at least this where nothing is said: iptables' own usual size.
const BURST_LEAST: u32 = 5;
/// A bucket's most: more at once is no limit.
const BURST_MOST: u32 = 100_000;

/// How often a rule is logged; none where it says `no`.
fn read_log(field: &Field<'_>, log: &mut Log<'_>) -> Option<Option<Rate>> {
    let text = field.word("log: sample 1/s", log)?;
    let read = match text {
        "yes" | "true" => Some(Some(LOG_USUAL)),
        "no" | "false" => Some(None),
        _ => text.strip_prefix("sample ").and_then(|rate| values::rate(rate.trim())).map(Some),
    };
    if read.is_none() {
        field.fault(
            log,
            Fact::NotALog { value: found(field.node) },
            Hint::WriteAs { example: "log: sample 1/s".into() },
        );
    }
    read
}

/// A port is redirected, forwarded or split once, and no backend is dialled itself.
fn check_ports(intents: &Intents, log: &mut Log<'_>) {
    let taken_by = |rule: &Inbound| match &rule.want {
        Want::Redirect { from, .. } | Want::Forward { from, .. } => {
            Some((*from, rule.place.clone(), rule.from.clone()))
        }
        _ => None,
    };
    let of_rules = intents.inbound.iter().filter_map(taken_by);
    let of_services =
        intents.services.iter().map(|service| (service.listen, service.place.clone(), service.from.clone()));
    let taken: Vec<_> = of_rules.chain(of_services).collect();
    for (nth, (ports, place, from)) in taken.iter().enumerate() {
        let overlaps = |other: &Ports| {
            other.protocol == ports.protocol
                && other.range.first <= ports.range.last
                && ports.range.first <= other.range.last
        };
        // The first that fits decides: for others than the first one's sources the port is still free.
        let first = taken.iter().take(nth).find(|(other, _, by)| overlaps(other) && (by.is_anywhere() || by == from));
        if let Some((_, first, _)) = first {
            let at = Mark { line: place.line, column: place.column };
            let fact = Fact::PortTaken { ports: ports.text(), line: first.line };
            log.error(at, "", fact, Hint::KeepOneOfLines { one: first.line, other: place.line });
        }
    }
}
