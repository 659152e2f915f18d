//! A replay: a namespace with a host's interfaces, rules loaded into it, packets asked.

use crate::frame::ip_packet;
use crate::ground::{FAR_END, Ground, LOOPBACK, NEAR_END, hardware};
use crate::held::Held;
use crate::legacy::LegacyTables;
use crate::messages::{Error, Fact, chain};
use crate::outcome::{Outcome, Watched};
use crate::pose::{Unposed, pose};
use crate::probe::{KEPT_MAX, Probe};
use crate::sockets::{Local, Wire};
use crate::tables::Tables;
use crate::tool::Tool;
use nines_nft::{Connection, scratch};
use nines_traffic::iptables::{Ruleset, Table, TableName, print};
use nines_traffic::net::Family;
use nines_traffic::nft;
use nines_traffic::simulate::Packet;
use std::collections::BTreeSet;
use std::fs;

/// Settings of the namespace: packets go through it whatever their source, and its addresses are usable at once.
const SETTINGS: [(&str, &str); 11] = [
    ("ipv4/ip_forward", "1"),
    ("ipv4/conf/all/rp_filter", "0"),
    ("ipv4/conf/default/rp_filter", "0"),
    ("ipv4/conf/all/accept_local", "1"),
    ("ipv4/conf/all/route_localnet", "1"),
    ("ipv6/conf/all/forwarding", "1"),
    ("ipv6/conf/default/forwarding", "1"),
    ("ipv6/conf/all/accept_dad", "0"),
    ("ipv6/conf/default/accept_dad", "0"),
    ("ipv6/conf/default/autoconf", "0"),
    ("ipv6/conf/default/accept_ra", "0"),
];

/// A host in a namespace of its own.
#[derive(Debug)]
pub struct Replay {
    ground: Ground,
    wires: Vec<Wire>,
    local: Local,
    probe: Probe,
    held: Held,
    /// Tables that each iptables loaded by now, which hold until something else is loaded.
    loaded: BTreeSet<(Tool, TableName)>,
    /// Our table that is loaded.
    table: Option<nft::TableId>,
    ours: Connection,
}

/// What was asked of a packet, as the kernel saw it, and what became of it; or why it was not asked.
pub type Asked = Result<(Packet, Outcome), Unposed>;

/// Runs a function with a replay in a network namespace that is gone afterwards. Programs that may not make namespaces
/// call [`nines_nft::scratch::may_have_namespaces`] before their first thread.
///
/// # Errors
/// Where there is no namespace or the kernel lacks a part, and what the function fails with.
pub fn with_replay<T: Send>(
    ground: &Ground,
    run: impl FnOnce(&mut Replay) -> Result<T, Error> + Send,
) -> Result<T, Error> {
    let no_namespace = |error| Error::Unavailable(Fact::NoNamespace { reason: chain(&error) });
    scratch::in_namespace(|| run(&mut Replay::set_up(ground)?)).map_err(no_namespace)?
}

impl Replay {
    /// Makes the ground in the namespace of the calling thread.
    fn set_up(ground: &Ground) -> Result<Replay, Error> {
        let family = ground.family;
        // Before there are interfaces: they would say something by themselves.
        let probe = Probe::put(family)?;
        for (name, value) in SETTINGS {
            let written = fs::write(format!("/proc/sys/net/{name}"), value);
            // A kernel without one of the families has no settings of it.
            let is_needed = name.starts_with("ipv4") == (family == Family::V4);
            written
                .or_else(|error| if is_needed { Err(error) } else { Ok(()) })
                .map_err(|error| Error::no_part(name)(&error))?;
        }
        let wires = lay(ground).map_err(|error| Error::no_part("virtual wires (veth)")(&error))?;
        let open = |(nth, index): (usize, u32)| Wire::open(index, hardware(NEAR_END, nth), family);
        let no_raw = |error| Error::no_part("raw sockets")(&error);
        Ok(Replay {
            ground: ground.clone(),
            wires: wires.into_iter().enumerate().map(open).collect::<Result<_, _>>().map_err(no_raw)?,
            local: Local::open(family).map_err(no_raw)?,
            probe,
            held: Held::Nothing,
            loaded: BTreeSet::new(),
            table: None,
            ours: Connection::open().map_err(|error| Error::no_part("nf_tables")(&error))?,
        })
    }

    /// Loads a save file by the kernel's own iptables, in place of all rules before.
    ///
    /// # Errors
    /// Where the program is not there, or does not take the rules.
    pub fn load_save(&mut self, tool: Tool, save: &str) -> Result<(), Error> {
        let family = self.ground.family;
        self.drop_table()?;
        let names: Vec<TableName> =
            save.lines().filter_map(|line| TableName::parse(line.trim().strip_prefix('*')?)).collect();
        self.empty(|of, table| of != tool || !names.contains(&table))?;
        tool.restore(family, save)?;
        self.loaded.extend(names.iter().map(|name| (tool, *name)));
        self.held = match tool {
            Tool::Legacy => Held::Legacy(LegacyTables::read(family, &names)?),
            Tool::Nft => Held::Tables(Tables::read(
                &names.iter().filter_map(|name| of_iptables(family, *name)).collect::<Vec<_>>(),
            )?),
        };
        Ok(())
    }

    /// Loads a table of ours over netlink, in place of all rules before. It is loaded without an owner.
    ///
    /// # Errors
    /// Where the kernel does not take it.
    pub fn load_table(&mut self, table: &nft::Table) -> Result<(), Error> {
        self.empty(|_, _| true)?;
        let is_there = self.table.as_ref() == Some(&table.id);
        if !is_there {
            self.drop_table()?;
        }
        let mut changes = if is_there { vec![nft::Change::DeleteTable] } else { Vec::new() };
        let free = nft::Table { flags: nft::TableFlags::default(), ..table.clone() };
        changes.extend(nft::Batch::create(&free).changes);
        let batch = nft::Batch { table: table.id.clone(), changes };
        let refused = |error| Error::Refused(Fact::KernelRefused { said: chain(&error) });
        self.ours.apply(&batch, None).map_err(refused)?;
        self.table = Some(table.id.clone());
        self.held = Held::Tables(Tables::read(std::slice::from_ref(&table.id))?);
        Ok(())
    }

    /// The rules that are loaded.
    #[must_use]
    pub fn rules(&self) -> &[Watched] {
        self.held.rules()
    }

    /// Sends packets one after another; what became of each stands at its place.
    ///
    /// # Errors
    /// Where the kernel does not answer.
    pub fn ask(&mut self, packets: &[Packet]) -> Result<Vec<Asked>, Error> {
        let mut asked = Vec::with_capacity(packets.len());
        for some in packets.chunks(usize::from(KEPT_MAX)) {
            asked.extend(self.ask_some(some)?);
        }
        Ok(asked)
    }

    fn ask_some(&mut self, packets: &[Packet]) -> Result<Vec<Asked>, Error> {
        self.probe.forget()?;
        let mut before = self.held.counts()?;
        let mut sent = Vec::with_capacity(packets.len());
        for (id, packet) in (1..).zip(packets) {
            let posed = match pose(packet, &self.ground) {
                Ok(posed) => posed,
                Err(why) => {
                    sent.push(Err(why));
                    continue;
                }
            };
            self.send(&posed, id)?;
            let after = self.held.counts()?;
            let moved = before.iter().zip(&after).enumerate();
            let moved = moved
                .filter(|(_, (before, after))| before != after)
                .map(|(nth, (before, after))| (nth, after.saturating_sub(*before)));
            sent.push(Ok((id, posed, moved.collect::<Vec<_>>())));
            before = after;
        }
        let arrived = self.probe.arrived()?;
        let rules = self.held.rules();
        let tell = |(id, packet, moved): (u16, Packet, Vec<(usize, u64)>)| {
            let met: Vec<(&Watched, u64)> = moved.iter().filter_map(|(nth, n)| Some((rules.get(*nth)?, *n))).collect();
            let outcome = Outcome::of(&met, arrived.get(&id).copied());
            (packet, outcome)
        };
        Ok(sent.into_iter().map(|sent| sent.map(tell)).collect())
    }

    fn send(&mut self, packet: &Packet, id: u16) -> Result<(), Error> {
        let failed = |error| Error::interrupted("sending a packet", &error);
        let (Some(bytes), Some(to)) = (ip_packet(packet, id), packet.destination) else { return Ok(()) };
        let mark = packet.mark.unwrap_or_default();
        let place = packet.input.as_ref().map(|name| self.ground.place(name));
        match place.map(|nth| self.wires.get_mut(nth?)) {
            None => self.local.send(&bytes, mark, to.address).map_err(failed),
            Some(wire) => wire.map_or(Ok(()), |wire| wire.send(&bytes, mark)).map_err(failed),
        }
    }

    /// Empties tables that were loaded before.
    fn empty(&mut self, goes: impl Fn(Tool, TableName) -> bool) -> Result<(), Error> {
        for tool in [Tool::Legacy, Tool::Nft] {
            let names = self.loaded.iter().filter(|(of, table)| *of == tool && goes(tool, *table));
            let tables: Vec<Table> = names.map(|(_, table)| Table::new(*table)).collect();
            if !tables.is_empty() {
                let family = self.ground.family;
                self.loaded.retain(|(of, table)| *of != tool || !goes(tool, *table));
                tool.restore(family, &print(&Ruleset { family, tables }))?;
            }
        }
        Ok(())
    }

    fn drop_table(&mut self) -> Result<(), Error> {
        let Some(table) = self.table.take() else { return Ok(()) };
        let batch = nft::Batch { table, changes: vec![nft::Change::DeleteTable] };
        self.ours.apply(&batch, None).map_err(|error| Error::interrupted("removing a table", &error))
    }
}

/// A table of the iptables that writes through nf_tables.
fn of_iptables(family: Family, name: TableName) -> Option<nft::TableId> {
    let of = if family == Family::V4 { nft::Family::Ip } else { nft::Family::Ip6 };
    Some(nft::TableId { family: of, name: nft::Name::new(name.name()).ok()? })
}

/// Lays a wire to each interface, with addresses and routes; gives the numbers of the other ends.
fn lay(ground: &Ground) -> Result<Vec<u32>, nines_nft::Error> {
    let mut links = scratch::Links::open()?;
    let mut ends = Vec::new();
    for (nth, interface) in ground.interfaces.iter().enumerate() {
        let end = format!("nines-wire{nth}");
        links.add_wire([(&interface.name, hardware(NEAR_END, nth)), (&end, hardware(FAR_END, nth))])?;
        for address in &interface.own {
            links.add_address(&interface.name, *address)?;
        }
        ends.push(links.index(&end)?);
    }
    for (net, name) in ground.routes.iter().filter(|(_, name)| name != LOOPBACK) {
        let length = net.length().unwrap_or_else(|| ground.family.bits());
        links.add_route(net.address(), length, name)?;
    }
    Ok(ends)
}
