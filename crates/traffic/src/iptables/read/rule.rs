//! The words of a rule after its chain: options in any order, `!` before or after them, extensions loaded as
//! `iptables` loads them.

use super::super::matches::{Match, Opaque, WhyOpaque};
use super::super::model::{Address, Counters, Go, Header, Hook, Interface, Not, Rule, TableName};
use super::super::names::{MATCHES, OPAQUE_MATCHES, OPAQUE_TARGETS, TARGETS};
use super::super::targets::Target;
use super::options::{self, Setting};
use super::words::Word;
use super::{Fault, matches, targets, values};
use crate::messages::{Fact, Hint};
use crate::net::{Family, Net, Protocol};
use crate::services::Services;

/// Most rules that one line with several addresses stands for: iptables itself has no limit, a product of lists has.
const RULES_PER_LINE_MAX: usize = 4096;

/// Longest name of an interface.
const INTERFACE_BYTES_MAX: usize = 15;

/// What a rule's words are read against.
pub(super) struct Context<'r> {
    pub(super) family: Family,
    pub(super) table: TableName,
    /// The hook of its chain; a user chain has none.
    pub(super) hook: Option<Hook>,
    pub(super) services: &'r Services,
}

/// Options that every rule has: name, other names, and whether they take a word.
const BASE: [(&str, &[&str], bool); 14] = [
    ("-s", &["--source", "--src"], true),
    ("-d", &["--destination", "--dst"], true),
    ("-p", &["--protocol", "--proto"], true),
    ("-i", &["--in-interface"], true),
    ("-o", &["--out-interface"], true),
    ("-m", &["--match"], true),
    ("-j", &["--jump"], true),
    ("-g", &["--goto"], true),
    ("-f", &["--fragment"], false),
    ("-c", &["--set-counters"], true),
    ("-4", &["--ipv4"], false),
    ("-6", &["--ipv6"], false),
    ("-t", &["--table"], true),
    ("-w", &["--wait"], false),
];

/// Reads a rule, or the several it stands for; nothing where it is for the other family.
pub(super) fn read_rule(context: &Context<'_>, words: &[Word]) -> Result<Option<Vec<Rule>>, Fault> {
    let mut reader = RuleReader {
        context,
        words,
        at: 0,
        header: Header::default(),
        sources: Vec::new(),
        destinations: Vec::new(),
        counters: None,
        matches: Vec::new(),
        go: None,
        is_other_family: false,
        end: words.last().map_or(1, |word| word.column + word.text.chars().count()),
    };
    while reader.at < words.len() {
        reader.option()?;
    }
    if reader.is_other_family { Ok(None) } else { reader.finish().map(Some) }
}

/// An extension under way.
pub(super) struct Loaded {
    pub(super) value: Match,
    pub(super) column: usize,
    /// Options given so far, by their usual names.
    pub(super) given: Vec<&'static str>,
}

/// A target under way.
pub(super) struct Aim {
    pub(super) value: Target,
    pub(super) column: usize,
    pub(super) given: Vec<&'static str>,
}

enum Goes {
    To(Aim),
    Goto(String),
}

struct RuleReader<'c, 'w> {
    context: &'c Context<'c>,
    words: &'w [Word],
    at: usize,
    header: Header,
    sources: Vec<Not<Address>>,
    destinations: Vec<Not<Address>>,
    counters: Option<Counters>,
    matches: Vec<Loaded>,
    go: Option<Goes>,
    is_other_family: bool,
    /// Past the last word.
    end: usize,
}

/// Where an option belongs.
enum Found {
    Base(&'static str, bool),
    Match(usize, &'static options::Spec),
    Target(&'static options::Spec),
    /// Of an extension that is kept word for word.
    OpaqueMatch(usize),
    OpaqueTarget,
}

impl<'w> RuleReader<'_, 'w> {
    fn next(&mut self) -> Option<&'w Word> {
        let word = self.words.get(self.at);
        self.at += usize::from(word.is_some());
        word
    }

    fn option(&mut self) -> Result<(), Fault> {
        let Some(mut word) = self.next() else { return Ok(()) };
        let mut not = None;
        if word.is_not() {
            not = Some(word.column);
            word = self.next().ok_or(Fault {
                column: word.column,
                fact: Fact::NotBeforeNothing,
                hint: Hint::NotBeforeOption,
            })?;
        }
        if !word.is_option() {
            let fact = Fact::NotAnOption { word: nines_yaml::clipped(&word.text) };
            return Err(Fault { column: word.column, fact, hint: Hint::QuoteWords });
        }
        let (name, attached) = taken_apart(word);
        let found = self.find(&name, word)?;
        match found {
            Found::Base(option, takes) => self.base(option, takes, not, word, attached),
            Found::Match(nth, spec) => self.set_match(nth, spec, not, word, attached),
            Found::Target(spec) => self.set_target(spec, not, word, attached),
            Found::OpaqueMatch(nth) => {
                let words = self.opaque_words(not, word);
                if let Some(Loaded { value: Match::Opaque(opaque), .. }) = self.matches.get_mut(nth) {
                    opaque.words.extend(words);
                }
                Ok(())
            }
            Found::OpaqueTarget => {
                let words = self.opaque_words(not, word);
                if let Some(Goes::To(Aim { value: Target::Opaque(opaque), .. })) = &mut self.go {
                    opaque.words.extend(words);
                }
                Ok(())
            }
        }
    }

    /// The option and its words up to the next option.
    fn opaque_words(&mut self, not: Option<usize>, word: &Word) -> Vec<String> {
        let mut words: Vec<String> = not.map(|_| "!".to_owned()).into_iter().collect();
        words.push(word.text.clone());
        while let Some(next) = self.words.get(self.at).filter(|next| !next.is_option()) {
            // A `!` belongs to the option after it, or where no option follows to this one.
            if next.is_not() && self.words.get(self.at + 1).is_some_and(Word::is_option) {
                break;
            }
            words.push(next.text.clone());
            self.at += 1;
        }
        words
    }

    /// What an option belongs to: the newest extension that has it, the rule itself, the protocol's own extension, and
    /// what is kept word for word; last by the beginning of its name alone.
    fn find(&mut self, name: &str, word: &Word) -> Result<Found, Fault> {
        if let Some(found) = self.find_exact(name) {
            return Ok(found);
        }
        if self.load_protocol(word.column, |spec| spec.is(name))
            && let Some(found) = self.find_exact(name)
        {
            return Ok(found);
        }
        if let Some(Goes::To(Aim { value: Target::Opaque(_), .. })) = &self.go {
            return Ok(Found::OpaqueTarget);
        }
        let takes_all = |of: &Match| matches!(of, Match::Opaque(Opaque { why: WhyOpaque::NotModelled, .. }));
        let opaque = self.matches.iter().rposition(|loaded| takes_all(&loaded.value));
        if let Some(nth) = opaque {
            return Ok(Found::OpaqueMatch(nth));
        }
        self.load_protocol(word.column, |spec| spec.starts(name));
        let names: Vec<&'static str> = self.known_options();
        let mut begun: Vec<&'static str> = names.iter().copied().filter(|known| known.starts_with(name)).collect();
        begun.sort_unstable();
        begun.dedup();
        let resolved: Vec<&str> = begun.iter().copied().filter_map(|full| self.canonical(full)).collect();
        let is_one = name.len() > 3 && resolved.iter().all(|full| Some(full) == resolved.first());
        if name.starts_with("--")
            && is_one
            && let Some(found) = begun.first().and_then(|full| self.find_exact(full))
        {
            return Ok(found);
        }
        // What the protocol's extension would have had is offered too.
        self.load_protocol(word.column, |_| true);
        let names = if begun.is_empty() { self.known_options() } else { names };
        let fact = Fact::UnknownOption { option: nines_yaml::clipped(name) };
        let owner = options::owner_of(name);
        let hint = match (owner, nines_yaml::nearest(name, names.iter().copied())) {
            (Some(owner), _) => Hint::LoadExtension { option: name.to_owned(), extension: owner.to_owned() },
            (None, Some(near)) => Hint::DidYouMean { word: near.to_owned() },
            (None, None) => Hint::LoadSomeExtension,
        };
        Err(Fault { column: word.column, fact, hint })
    }

    fn canonical(&mut self, name: &str) -> Option<&'static str> {
        match self.find_exact(name)? {
            Found::Base(option, _) => Some(option),
            Found::Match(_, spec) | Found::Target(spec) => Some(spec.name),
            _ => None,
        }
    }

    fn find_exact(&self, name: &str) -> Option<Found> {
        if let Some((option, _, takes)) = BASE.iter().find(|(option, also, _)| *option == name || also.contains(&name))
        {
            return Some(Found::Base(option, *takes));
        }
        if let Some(Goes::To(aim)) = &self.go
            && let Some(spec) = options::of_target(&aim.value).iter().find(|spec| spec.is(name))
        {
            return Some(Found::Target(spec));
        }
        let loaded = self.matches.iter().enumerate().rev();
        let spec = |(nth, loaded): (usize, &Loaded)| {
            options::of_match(&loaded.value).iter().find(|spec| spec.is(name)).map(|spec| Found::Match(nth, spec))
        };
        loaded.into_iter().find_map(spec)
    }

    fn known_options(&self) -> Vec<&'static str> {
        let base = BASE.iter().flat_map(|(option, also, _)| std::iter::once(*option).chain(also.iter().copied()));
        let of_matches = self.matches.iter().flat_map(|loaded| options::of_match(&loaded.value));
        let of_target = match &self.go {
            Some(Goes::To(aim)) => options::of_target(&aim.value),
            _ => &[],
        };
        let names = |spec: &'static options::Spec| std::iter::once(spec.name).chain(spec.also.iter().copied());
        base.chain(of_matches.flat_map(names)).chain(of_target.iter().flat_map(names)).collect()
    }

    /// `-p tcp --dport 80` needs no `-m tcp`: the protocol's extension is loaded where one of its options is wanted.
    fn load_protocol(&mut self, column: usize, wanted: impl Fn(&options::Spec) -> bool) -> bool {
        let Some(Not { negated: false, value: protocol }) = self.header.protocol else { return false };
        let name = match protocol {
            Protocol::TCP => "tcp",
            Protocol::UDP => "udp",
            Protocol::SCTP => "sctp",
            Protocol::DCCP => "dccp",
            Protocol::ICMP => "icmp",
            Protocol::ICMP6 => "icmp6",
            _ => return false,
        };
        let is_loaded = self.matches.iter().any(|loaded| loaded.value.name() == name);
        let begun = matches::begin(name).filter(|begun| !is_loaded && options::of_match(begun).iter().any(wanted));
        let loads = begun.is_some();
        self.matches.extend(begun.map(|value| Loaded { value, column, given: Vec::new() }));
        loads
    }

    /// The words an option takes, with the `!` that may stand among them.
    fn arguments(
        &mut self,
        n_words: usize,
        not: Option<usize>,
        option: &Word,
        attached: Option<Word>,
    ) -> Result<(Vec<Word>, bool), Fault> {
        let mut taken: Vec<Word> = attached.into_iter().collect();
        let mut negated = not.is_some();
        while taken.len() < n_words {
            let missing = Fault {
                column: self.words.get(self.at).map_or(self.end, |word| word.column),
                fact: Fact::MissingAfter { option: option.text.clone() },
                hint: Hint::GiveValue { option: option.text.clone() },
            };
            let word = self.next().ok_or(missing.clone())?;
            if word.is_not() && taken.is_empty() {
                if negated {
                    return Err(Fault { column: word.column, fact: Fact::NotTwice, hint: Hint::NotBeforeOption });
                }
                negated = true;
                continue;
            }
            let is_base = word.is_option()
                && BASE.iter().any(|(short, also, _)| *short == word.text || also.contains(&word.text.as_str()));
            if is_base || word.is_option() && word.text.starts_with("--") {
                return Err(missing);
            }
            taken.push(word.clone());
        }
        Ok((taken, negated))
    }

    fn base(
        &mut self,
        option: &'static str,
        takes: bool,
        not: Option<usize>,
        word: &Word,
        attached: Option<Word>,
    ) -> Result<(), Fault> {
        let (taken, negated) = self.arguments(usize::from(takes), not, word, attached)?;
        let value = taken.first().unwrap_or(word);
        let fault = |fact, hint| Err(Fault { column: value.column, fact, hint });
        if negated && !matches!(option, "-s" | "-d" | "-p" | "-i" | "-o" | "-f") {
            return fault(Fact::CannotNegate { option: word.text.clone() }, Hint::RemoveNot);
        }
        let twice = Fact::OptionTwice { option: word.text.clone() };
        let is_given = match option {
            "-s" => !self.sources.is_empty(),
            "-d" => !self.destinations.is_empty(),
            "-p" => self.header.protocol.is_some(),
            "-i" => self.header.input.is_some(),
            "-o" => self.header.output.is_some(),
            "-f" => self.header.fragment.is_some(),
            "-j" | "-g" => self.go.is_some(),
            _ => false,
        };
        if is_given {
            return Err(Fault { column: word.column, fact: twice, hint: Hint::KeepOneOption });
        }
        match option {
            "-s" => self.sources = self.addresses(value, negated)?,
            "-d" => self.destinations = self.addresses(value, negated)?,
            "-p" => self.header.protocol = protocol(value, negated)?,
            "-i" => self.header.input = Some(self.interface(value, negated, option)?),
            "-o" => self.header.output = Some(self.interface(value, negated, option)?),
            "-f" if self.context.family == Family::V6 => return fault(Fact::FragmentOfIpv6, Hint::UseFragMatch),
            "-f" => self.header.fragment = Some(!negated),
            "-c" => self.counters = Some(self.read_counters(value)?),
            "-m" => self.load(value)?,
            "-j" => self.aim(value)?,
            "-g" => self.go = Some(Goes::Goto(value.text.clone())),
            "-4" | "-6" => self.is_other_family |= (option == "-4") != (self.context.family == Family::V4),
            "-t" => return fault(Fact::TableInRule, Hint::RemoveOption),
            _ => {}
        }
        Ok(())
    }

    fn read_counters(&mut self, packets: &Word) -> Result<Counters, Fault> {
        let bytes = self.next().map(|word| word.text.clone()).unwrap_or_default();
        let fault = Fault {
            column: packets.column,
            fact: Fact::BadCounters { text: packets.text.clone() },
            hint: Hint::CountersAre,
        };
        match (packets.text.parse(), bytes.parse()) {
            (Ok(packets), Ok(bytes)) => Ok(Counters { packets, bytes }),
            _ => Err(fault),
        }
    }

    fn addresses(&self, word: &Word, negated: bool) -> Result<Vec<Not<Address>>, Fault> {
        let texts: Vec<&str> = word.text.split(',').collect();
        if negated && texts.len() > 1 {
            return Err(Fault { column: word.column, fact: Fact::NotOfSeveral, hint: Hint::OneRuleEach });
        }
        let one = |text: &&str| address(text, self.context.family, word.column).map(|value| Not { negated, value });
        texts.iter().map(one).collect()
    }

    fn interface(&self, word: &Word, negated: bool, option: &str) -> Result<Not<Interface>, Fault> {
        let fault = |fact, hint| Err(Fault { column: word.column, fact, hint });
        if word.text.is_empty() || word.text.len() > INTERFACE_BYTES_MAX {
            let fact = Fact::BadInterface { name: nines_yaml::clipped(&word.text), limit: INTERFACE_BYTES_MAX };
            return fault(fact, Hint::InterfacesAre);
        }
        let wrong_way = match (option, self.context.hook) {
            ("-i", Some(hook @ (Hook::Output | Hook::Postrouting))) => Some(hook),
            ("-o", Some(hook @ (Hook::Prerouting | Hook::Input))) => Some(hook),
            _ => None,
        };
        if let Some(hook) = wrong_way {
            let fact = Fact::NoSuchInterfaceThere { option: option.to_owned(), chain: hook.name().to_owned() };
            return fault(fact, Hint::RemoveOption);
        }
        Ok(Not { negated, value: Interface(word.text.clone()) })
    }

    fn load(&mut self, word: &Word) -> Result<(), Fault> {
        let name = match word.text.as_str() {
            "icmpv6" | "ipv6-icmp" => "icmp6",
            other => other,
        };
        if let Some(value) = matches::begin(name) {
            self.matches.push(Loaded { value, column: word.column, given: Vec::new() });
            return Ok(());
        }
        let known = OPAQUE_MATCHES.contains(&name);
        let near = nines_yaml::nearest(name, MATCHES.into_iter().chain(OPAQUE_MATCHES));
        if let (false, Some(near)) = (known, near) {
            let fact = Fact::UnknownMatch { name: nines_yaml::clipped(name) };
            return Err(Fault { column: word.column, fact, hint: Hint::DidYouMean { word: near.to_owned() } });
        }
        let opaque = Opaque { name: name.to_owned(), words: Vec::new(), why: WhyOpaque::NotModelled };
        self.matches.push(Loaded { value: Match::Opaque(opaque), column: word.column, given: Vec::new() });
        Ok(())
    }

    fn aim(&mut self, word: &Word) -> Result<(), Fault> {
        let name = word.text.as_str();
        let value = match targets::begin(name, self.context.family) {
            Some(value) => value,
            None if OPAQUE_TARGETS.iter().any(|(known, _)| *known == name) => {
                Target::Opaque(Opaque { name: name.to_owned(), words: Vec::new(), why: WhyOpaque::NotModelled })
            }
            None if TARGETS.contains(&name) => {
                let fact = Fact::UnknownChain { chain: name.to_owned() };
                return Err(Fault { column: word.column, fact, hint: Hint::CallAnotherChain });
            }
            None => Target::Chain(name.to_owned()),
        };
        self.go = Some(Goes::To(Aim { value, column: word.column, given: Vec::new() }));
        Ok(())
    }

    /// The one protocol that the rule is for.
    fn protocol(&self) -> Option<Protocol> {
        self.header.protocol.filter(|protocol| !protocol.negated).map(|protocol| protocol.value)
    }

    fn set_match(
        &mut self,
        nth: usize,
        spec: &'static options::Spec,
        not: Option<usize>,
        word: &Word,
        attached: Option<Word>,
    ) -> Result<(), Fault> {
        let (taken, negated) = self.arguments(spec.n_words, not, word, attached)?;
        let setting =
            Setting { option: spec, word, words: &taken, negated, protocol: self.protocol(), context: self.context };
        let Some(loaded) = self.matches.get_mut(nth) else { return Ok(()) };
        setting.check(&mut loaded.given)?;
        matches::set(&mut loaded.value, &setting)
    }

    fn set_target(
        &mut self,
        spec: &'static options::Spec,
        not: Option<usize>,
        word: &Word,
        attached: Option<Word>,
    ) -> Result<(), Fault> {
        let (taken, negated) = self.arguments(spec.n_words, not, word, attached)?;
        let setting =
            Setting { option: spec, word, words: &taken, negated, protocol: self.protocol(), context: self.context };
        let Some(Goes::To(aim)) = &mut self.go else { return Ok(()) };
        setting.check(&mut aim.given)?;
        // `CT` does more than keep packets from conntrack; what else it does is kept word for word.
        if spec.owner == "CT" && spec.name != "--notrack" {
            let words = std::iter::once(word).chain(&taken).map(|word| word.text.clone()).collect();
            aim.value = Target::Opaque(Opaque { name: "CT".to_owned(), words, why: WhyOpaque::NotModelled });
            return Ok(());
        }
        targets::set(&mut aim.value, &setting)
    }

    /// Checks what can be seen only when all is read, and multiplies the addresses out.
    fn finish(self) -> Result<Vec<Rule>, Fault> {
        let context = self.context;
        for loaded in &self.matches {
            matches::check(loaded, &self.header, context, self.end)?;
        }
        let go = match self.go {
            None => None,
            Some(Goes::Goto(name)) => Some(Go::Goto(name)),
            Some(Goes::To(aim)) => {
                targets::check(&aim, &self.header, context, self.end)?;
                Some(Go::Jump(aim.value))
            }
        };
        let matches: Vec<Match> = self.matches.into_iter().map(|loaded| loaded.value).collect();
        let all = |list: Vec<Not<Address>>| {
            if list.is_empty() { vec![None] } else { list.into_iter().map(Some).collect::<Vec<_>>() }
        };
        let (sources, destinations) = (all(self.sources), all(self.destinations));
        if sources.len().saturating_mul(destinations.len()) > RULES_PER_LINE_MAX {
            let fact = Fact::TooManyAddresses { limit: RULES_PER_LINE_MAX };
            return Err(Fault { column: 1, fact, hint: Hint::UseLists });
        }
        let mut rules = Vec::new();
        for source in &sources {
            for destination in &destinations {
                let (source, destination) = (source.clone(), destination.clone());
                let header = Header { source, destination, ..self.header.clone() };
                rules.push(Rule { line: 0, counters: self.counters, header, matches: matches.clone(), go: go.clone() });
            }
        }
        Ok(rules)
    }
}

/// `--dport=80` and `-ptcp` as option and value.
fn taken_apart(word: &Word) -> (String, Option<Word>) {
    let text = word.text.as_str();
    let apart = |name: &str, value: &str| {
        let column = word.column + name.chars().count();
        (name.to_owned(), Some(Word { text: value.to_owned(), column, quoted: true }))
    };
    if text.starts_with("--") {
        return match text.split_once('=') {
            Some((name, value)) => apart(name, value),
            None => (text.to_owned(), None),
        };
    }
    match (text.get(..2), text.get(2..)) {
        (Some(short), Some(value))
            if !value.is_empty() && BASE.iter().any(|(name, _, takes)| *name == short && *takes) =>
        {
            apart(short, value)
        }
        _ => (text.to_owned(), None),
    }
}

fn address(text: &str, family: Family, column: usize) -> Result<Address, Fault> {
    if let Some((net, _)) = Net::parse(text) {
        if net.family() != family {
            let fact = Fact::OtherFamily { address: text.to_owned() };
            return Err(Fault { column, fact, hint: Hint::OtherFamilysFile });
        }
        return Ok(Address::Net(net));
    }
    let host = text.split('/').next().unwrap_or_default();
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    // What is all digits and dots was meant as an address.
    let is_name = !host.is_empty() && host.bytes().all(letter) && host.bytes().any(|byte| byte.is_ascii_alphabetic());
    if is_name && !text.contains('/') {
        return Ok(Address::Host(text.to_owned()));
    }
    Err(Fault { column, fact: Fact::BadAddress { text: nines_yaml::clipped(text) }, hint: Hint::AddressesAre })
}

/// A protocol; `all` and 0 are none.
fn protocol(word: &Word, negated: bool) -> Result<Option<Not<Protocol>>, Fault> {
    let fault = |fact, hint| Err(Fault { column: word.column, fact, hint });
    if matches!(word.text.as_str(), "all" | "0") {
        return if negated { fault(Fact::NoProtocolAtAll, Hint::RemoveNot) } else { Ok(None) };
    }
    match Protocol::parse(&word.text) {
        Some(value) => Ok(Some(Not { negated, value })),
        None => {
            let near = nines_yaml::nearest(&word.text, Protocol::names());
            let hint = near.map_or(Hint::ProtocolsAre, |near| Hint::DidYouMean { word: near.to_owned() });
            fault(Fact::UnknownProtocol { name: nines_yaml::clipped(&word.text) }, hint)
        }
    }
}

/// The number of a value that an option refuses, for `values`.
pub(super) fn bad_value(setting: &Setting<'_>, hint: Hint) -> Fault {
    let word = setting.words.last().unwrap_or(setting.word);
    let fact = Fact::BadValue { option: setting.option.name.to_owned(), value: nines_yaml::clipped(&word.text) };
    Fault { column: word.column, fact, hint }
}

/// The value of an option, by how it is read.
pub(super) fn value_of<T>(setting: &Setting<'_>, read: impl FnOnce(&str) -> Option<T>, hint: Hint) -> Result<T, Fault> {
    read(setting.text()).ok_or_else(|| bad_value(setting, hint))
}

/// The ports of an option.
pub(super) fn ports_of(setting: &Setting<'_>) -> Result<Not<crate::net::PortRange>, Fault> {
    let services = setting.context.services;
    let range = value_of(setting, |text| values::ports(text, setting.protocol, services), Hint::PortsAre)?;
    Ok(setting.not(range))
}
