//! Which options each extension has.

use super::super::matches::Match;
use super::super::model::Not;
use super::super::targets::{NotrackSpelling, Target};
use super::Fault;
use super::rule::Context;
use super::words::Word;
use crate::messages::{Fact, Hint};
use crate::net::Protocol;

/// An option of an extension.
#[derive(Debug)]
pub(super) struct Spec {
    /// Its usual name.
    pub(super) name: &'static str,
    pub(super) also: &'static [&'static str],
    pub(super) n_words: usize,
    /// Whether `!` may stand before it.
    pub(super) can_negate: bool,
    /// The extension.
    pub(super) owner: &'static str,
}

impl Spec {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name == name || self.also.contains(&name)
    }

    /// Whether one of its names begins so.
    pub(super) fn starts(&self, beginning: &str) -> bool {
        self.name.starts_with(beginning) || self.also.iter().any(|name| name.starts_with(beginning))
    }
}

/// An option as a rule gives it.
pub(super) struct Setting<'s> {
    pub(super) option: &'static Spec,
    /// The option's own word.
    pub(super) word: &'s Word,
    pub(super) words: &'s [Word],
    pub(super) negated: bool,
    /// The rule's protocol, for names of ports.
    pub(super) protocol: Option<Protocol>,
    pub(super) context: &'s Context<'s>,
}

impl Setting<'_> {
    /// Its last word.
    pub(super) fn text(&self) -> &str {
        self.words.last().map(|word| word.text.as_str()).unwrap_or_default()
    }

    pub(super) fn not<T>(&self, value: T) -> Not<T> {
        Not { negated: self.negated, value }
    }

    /// Whether it may be negated, and was not given before.
    pub(super) fn check(&self, given: &mut Vec<&'static str>) -> Result<(), Fault> {
        let fault = |fact, hint| Err(Fault { column: self.word.column, fact, hint });
        if self.negated && !self.option.can_negate {
            return fault(Fact::CannotNegate { option: self.word.text.clone() }, Hint::RemoveNot);
        }
        if given.contains(&self.option.name) {
            return fault(Fact::OptionTwice { option: self.word.text.clone() }, Hint::KeepOneOption);
        }
        given.push(self.option.name);
        Ok(())
    }
}

macro_rules! specs {
    ($owner:literal: $($name:literal $(| $also:literal)* $n:literal $($not:ident)?),* $(,)?) => {
        &[$(Spec { name: $name, also: &[$($also),*], n_words: $n, can_negate: specs!(@ $($not)?), owner: $owner }),*]
    };
    (@ not) => { true };
    (@) => { false };
}

const TCP: &[Spec] = specs!("tcp":
    "--sport" | "--source-port" 1 not, "--dport" | "--destination-port" 1 not, "--tcp-flags" 2 not, "--syn" 0 not,
    "--tcp-option" 1 not);
const UDP: &[Spec] = specs!("udp": "--sport" | "--source-port" 1 not, "--dport" | "--destination-port" 1 not);
const SCTP: &[Spec] = specs!("sctp":
    "--sport" | "--source-port" 1 not, "--dport" | "--destination-port" 1 not, "--chunk-types" 2 not);
const DCCP: &[Spec] = specs!("dccp": "--sport" | "--source-port" 1 not, "--dport" | "--destination-port" 1 not);
const ICMP: &[Spec] = specs!("icmp": "--icmp-type" 1 not);
const ICMP6: &[Spec] = specs!("icmp6": "--icmpv6-type" | "--icmp6-type" 1 not);
const MULTIPORT: &[Spec] = specs!("multiport":
    "--sports" | "--source-ports" 1 not, "--dports" | "--destination-ports" 1 not, "--ports" 1 not);
const STATE: &[Spec] = specs!("state": "--state" 1 not);
const CONNTRACK: &[Spec] = specs!("conntrack":
    "--ctstate" 1 not, "--ctproto" 1 not, "--ctorigsrc" 1 not, "--ctorigdst" 1 not, "--ctreplsrc" 1 not,
    "--ctrepldst" 1 not, "--ctorigsrcport" 1 not, "--ctorigdstport" 1 not, "--ctreplsrcport" 1 not,
    "--ctrepldstport" 1 not, "--ctstatus" 1 not, "--ctexpire" 1 not, "--ctdir" 1);
const MAC: &[Spec] = specs!("mac": "--mac-source" 1 not);
const LIMIT: &[Spec] = specs!("limit": "--limit" 1, "--limit-burst" 1);
const COMMENT: &[Spec] = specs!("comment": "--comment" 1);
const ADDRTYPE: &[Spec] = specs!("addrtype":
    "--src-type" 1 not, "--dst-type" 1 not, "--limit-iface-in" 0, "--limit-iface-out" 0);
const IPRANGE: &[Spec] = specs!("iprange": "--src-range" 1 not, "--dst-range" 1 not);
const OWNER: &[Spec] = specs!("owner":
    "--uid-owner" 1 not, "--gid-owner" 1 not, "--socket-exists" 0 not, "--suppl-groups" 0);
const MARK: &[Spec] = specs!("mark": "--mark" 1 not);
const CONNMARK: &[Spec] = specs!("connmark": "--mark" 1 not);
const PKTTYPE: &[Spec] = specs!("pkttype": "--pkt-type" 1 not);
const TTL: &[Spec] = specs!("ttl": "--ttl-eq" | "--ttl" 1 not, "--ttl-lt" 1, "--ttl-gt" 1);
const HL: &[Spec] = specs!("hl": "--hl-eq" | "--hl" 1 not, "--hl-lt" 1, "--hl-gt" 1);
const LENGTH: &[Spec] = specs!("length": "--length" 1 not);
const DSCP: &[Spec] = specs!("dscp": "--dscp" 1 not, "--dscp-class" 1 not);
const TOS: &[Spec] = specs!("tos": "--tos" 1 not);
const STATISTIC: &[Spec] = specs!("statistic": "--mode" 1, "--probability" 1 not, "--every" 1 not, "--packet" 1);

const REJECT: &[Spec] = specs!("REJECT": "--reject-with" 1);
const LOG: &[Spec] = specs!("LOG":
    "--log-prefix" 1, "--log-level" 1, "--log-tcp-sequence" 0, "--log-tcp-options" 0, "--log-ip-options" 0,
    "--log-uid" 0, "--log-macdecode" 0);
const NFLOG: &[Spec] = specs!("NFLOG":
    "--nflog-group" 1, "--nflog-prefix" 1, "--nflog-range" 1, "--nflog-size" 1, "--nflog-threshold" 1);
const REDIRECT: &[Spec] = specs!("REDIRECT": "--to-ports" 1, "--random" 0);
const DNAT: &[Spec] = specs!("DNAT": "--to-destination" 1, "--random" 0, "--persistent" 0);
const SNAT: &[Spec] = specs!("SNAT": "--to-source" 1, "--random" 0, "--random-fully" 0, "--persistent" 0);
const MASQUERADE: &[Spec] = specs!("MASQUERADE": "--to-ports" 1, "--random" 0, "--random-fully" 0);
const NETMAP: &[Spec] = specs!("NETMAP": "--to" 1);
const SET_MARK: &[Spec] = specs!("MARK":
    "--set-xmark" 1, "--set-mark" 1, "--and-mark" 1, "--or-mark" 1, "--xor-mark" 1);
const SET_CONNMARK: &[Spec] = specs!("CONNMARK":
    "--set-xmark" 1, "--set-mark" 1, "--and-mark" 1, "--or-mark" 1, "--xor-mark" 1, "--save-mark" 0,
    "--restore-mark" 0, "--nfmask" 1, "--ctmask" 1, "--mask" 1);
const CT: &[Spec] = specs!("CT":
    "--notrack" 0, "--helper" 1, "--ctevents" 1, "--expevents" 1, "--zone" 1, "--zone-orig" 1, "--zone-reply" 1,
    "--timeout" 1);
const SET_TTL: &[Spec] = specs!("TTL": "--ttl-set" 1, "--ttl-dec" 1, "--ttl-inc" 1);
const SET_HL: &[Spec] = specs!("HL": "--hl-set" 1, "--hl-dec" 1, "--hl-inc" 1);
const TCPMSS: &[Spec] = specs!("TCPMSS": "--set-mss" 1, "--clamp-mss-to-pmtu" 0);
const SET_DSCP: &[Spec] = specs!("DSCP": "--set-dscp" 1, "--set-dscp-class" 1);
const SET_TOS: &[Spec] = specs!("TOS": "--set-tos" 1, "--and-tos" 1, "--or-tos" 1, "--xor-tos" 1);
const CHECKSUM: &[Spec] = specs!("CHECKSUM": "--checksum-fill" 0);

/// The options of a match.
pub(super) fn of_match(of: &Match) -> &'static [Spec] {
    match of {
        Match::Tcp(_) => TCP,
        Match::Udp(_) => UDP,
        Match::Sctp(_) => SCTP,
        Match::Dccp(_) => DCCP,
        Match::Icmp(_) => ICMP,
        Match::Icmp6(_) => ICMP6,
        Match::Multiport(_) => MULTIPORT,
        Match::State(_) => STATE,
        Match::Conntrack(_) => CONNTRACK,
        Match::Mac(_) => MAC,
        Match::Limit(_) => LIMIT,
        Match::Comment(_) => COMMENT,
        Match::AddrType(_) => ADDRTYPE,
        Match::IpRange(_) => IPRANGE,
        Match::Owner(_) => OWNER,
        Match::Mark(_) => MARK,
        Match::Connmark(_) => CONNMARK,
        Match::PktType(_) => PKTTYPE,
        Match::Ttl(_) => TTL,
        Match::HopLimit(_) => HL,
        Match::Length(_) => LENGTH,
        Match::Dscp(_) => DSCP,
        Match::Tos(_) => TOS,
        Match::Statistic(_) => STATISTIC,
        Match::Opaque(_) => &[],
    }
}

/// The options of a target.
pub(super) fn of_target(of: &Target) -> &'static [Spec] {
    match of {
        Target::Reject(_) => REJECT,
        Target::Log(_) => LOG,
        Target::Nflog(_) => NFLOG,
        Target::Redirect(_) => REDIRECT,
        Target::Dnat(_) => DNAT,
        Target::Snat(_) => SNAT,
        Target::Masquerade(_) => MASQUERADE,
        Target::Netmap(_) => NETMAP,
        Target::Mark(_) => SET_MARK,
        Target::Connmark(_) => SET_CONNMARK,
        Target::Notrack(NotrackSpelling::Ct) => CT,
        Target::Ttl(_) => SET_TTL,
        Target::HopLimit(_) => SET_HL,
        Target::TcpMss(_) => TCPMSS,
        Target::Dscp(_) => SET_DSCP,
        Target::Tos(_) => SET_TOS,
        Target::Checksum => CHECKSUM,
        _ => &[],
    }
}

/// The extension that has an option, for whoever forgot to load it.
pub(super) fn owner_of(name: &str) -> Option<&'static str> {
    let all = [
        TCP, ICMP, ICMP6, MULTIPORT, STATE, CONNTRACK, MAC, LIMIT, COMMENT, ADDRTYPE, IPRANGE, OWNER, MARK, PKTTYPE,
        TTL, HL, LENGTH, DSCP, TOS, STATISTIC,
    ];
    all.iter().flat_map(|specs| specs.iter()).find(|spec| spec.is(name)).map(|spec| spec.owner)
}
