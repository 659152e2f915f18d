//! Real packets: what the rules say happens to them does.

use std::collections::BTreeSet;
use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::process::{Child, Command};
use std::thread;
use std::time::Duration;

use nines_nft::Connection;
use nines_nft::scratch;
use nines_traffic::nft::build::ct_status;
use nines_traffic::nft::keys::DynsetOp;
use nines_traffic::nft::table::priority;
use nines_traffic::nft::{
    Action, Batch, ChainKind, Change, Data, Datatype, Expr, Field, Handle, Hook, Match, Object, ObjectState, Rule, Set,
    SetHead, Table, TableId,
};

use crate::harness::tool;
use crate::rules::{A, base_chain, empty, id, name};

const TIMEOUT: Duration = Duration::from_secs(2);

/// Redirects 80 to 8080, from here and from elsewhere, and keeps 8080 itself closed to others.
fn redirecting() -> Table {
    let rule = |text: &str| Rule::new(id(text));
    let redirect = rule("redirect").when(Match::tcp_dport(80)).then(Action::redirect(8080));
    let mut dstnat = base_chain("prerouting", ChainKind::Nat, Hook::Prerouting, priority::DSTNAT - 5);
    dstnat.rules = vec![redirect.clone()];
    let mut output = base_chain("output", ChainKind::Nat, Hook::Output, priority::DSTNAT - 5);
    let local = rule("redirect/local").when(Match::oifname("lo").unwrap()).when(Match::tcp_dport(80));
    output.rules = vec![local.then(Action::redirect(8080))];
    let mut input = base_chain("input", ChainKind::Filter, Hook::Input, priority::FILTER - 5);
    let translated = rule("redirected").when(Match::tcp_dport(8080)).when(Match::ct_status(ct_status::DNAT));
    input.rules = vec![
        rule("loopback").when(Match::iifname("lo").unwrap()).then(Action::accept()),
        translated.when(Match::ct_original_dport(80)).then(Action::count(&name("n_redirected"))).then(Action::accept()),
        rule("backend").when(Match::tcp_dport(8080)).then(Action::reject()),
    ];
    let counter = Object { name: name("n_redirected"), state: ObjectState::Counter };
    Table { objects: vec![counter], chains: vec![dstnat, output, input], ..empty() }
}

/// A process in a network namespace of its own, joined to ours by a pair of interfaces.
struct Neighbour(Child);

impl Neighbour {
    fn join() -> Neighbour {
        let child = Command::new("unshare").args(["-n", "sleep", "60"]).spawn().unwrap();
        let neighbour = Neighbour(child);
        let pid = neighbour.0.id().to_string();
        thread::sleep(Duration::from_millis(200)); // until it has its namespace
        tool("ip", &["link", "add", "near", "type", "veth", "peer", "name", "far", "netns", &pid]);
        tool("ip", &["address", "add", "10.99.1.2/24", "dev", "near"]);
        tool("ip", &["-6", "address", "add", "fd00::2/64", "dev", "near", "nodad"]);
        tool("ip", &["link", "set", "near", "up"]);
        let far = |arguments: &[&str]| {
            tool("nsenter", &[&["-n", "-t", &pid, "ip"][..], arguments].concat());
        };
        far(&["address", "add", "10.99.1.1/24", "dev", "far"]);
        far(&["-6", "address", "add", "fd00::1/64", "dev", "far", "nodad"]);
        far(&["link", "set", "far", "up"]);
        neighbour
    }

    /// What a client there gets from an address here.
    fn asks(&self, address: &str) -> Result<String, ErrorKind> {
        let namespace = format!("/proc/{}/ns/net", self.0.id());
        thread::scope(|scope| {
            let client = scope.spawn(|| {
                scratch::enter_namespace(namespace.as_ref()).unwrap();
                ask(address)
            });
            client.join().unwrap()
        })
    }
}

impl Drop for Neighbour {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Answers every connection with a word.
fn serve(address: &str) {
    let listener = TcpListener::bind(address).unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let _ = stream.and_then(|mut stream| stream.write_all(b"8080"));
        }
    });
}

fn ask(address: &str) -> Result<String, ErrorKind> {
    let address: SocketAddr = address.parse().unwrap();
    let mut stream = TcpStream::connect_timeout(&address, TIMEOUT).map_err(|error| error.kind())?;
    stream.set_read_timeout(Some(TIMEOUT)).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).map_err(|error| error.kind())?;
    Ok(answer)
}

pub fn redirect() {
    let neighbour = Neighbour::join();
    serve("[::]:8080"); // both families
    let mut connection = Connection::open().unwrap();
    assert_eq!(ask("127.0.0.1:80"), Err(ErrorKind::ConnectionRefused));
    connection.apply(&Batch::create(&redirecting()), None).unwrap();
    for address in ["127.0.0.1:80", "[::1]:80", "10.99.1.2:80"] {
        assert_eq!(ask(address).as_deref(), Ok("8080"), "from here to {address}");
    }
    for address in ["10.99.1.2:80", "[fd00::2]:80"] {
        assert_eq!(neighbour.asks(address).as_deref(), Ok("8080"), "from elsewhere to {address}");
    }
    for address in ["10.99.1.2:8080", "[fd00::2]:8080"] {
        assert_eq!(neighbour.asks(address), Err(ErrorKind::ConnectionRefused), "{address} is open to others");
    }
    let counted = connection.objects(&TableId::nines()).unwrap()[0].counted.expect("a counter");
    assert!(counted.packets >= 2 && counted.bytes > 0, "{counted:?}");
}

/// Packets that a share is taken of.
const PACKETS: u32 = 4000;
/// Addresses that a share is taken of.
const ADDRESSES: u32 = 400;

/// What is counted of a rule whose share is so many of ten thousand.
fn sharing(parts: u32) -> Table {
    let chosen = SetHead::of(name("chosen"), Datatype::Ipv4).filled_by_rules(65_535);
    let note = Expr::Dynset {
        set: name("chosen"),
        op: DynsetOp::Add,
        key: A,
        data: None,
        timeout_ms: None,
        beside: Vec::new(),
    };
    let mut input = base_chain("in", ChainKind::Filter, Hook::Input, 0);
    let port = |text: &str, number: u16| Rule::new(id(text)).when(Match::udp_dport(number));
    input.rules = vec![
        port("chance", 9).when(Match::share(parts)).then(Action::counter()),
        port("hash", 10)
            .when(Match::share_by(Field::IP_SADDR, 77, parts))
            .then(Action::raw(vec![Field::IP_SADDR.into_register(A), note])),
    ];
    Table { sets: vec![Set { head: chosen, elements: Vec::new() }], chains: vec![input], ..empty() }
}

fn send(from: Ipv4Addr, port: u16, n_packets: u32) {
    let socket = UdpSocket::bind((from, 0)).unwrap();
    for _ in 0..n_packets {
        socket.send_to(b"?", (Ipv4Addr::LOCALHOST, port)).unwrap();
    }
}

fn rule_handle(connection: &mut Connection, rule: usize) -> Handle {
    connection.table(&TableId::nines()).unwrap().1.unwrap().chains[0].rules[rule].handle
}

fn chosen(connection: &mut Connection) -> BTreeSet<Data> {
    let table = connection.table(&TableId::nines()).unwrap().1.unwrap();
    table.sets[0].elements.iter().map(|element| element.key.clone()).collect()
}

pub fn weights() {
    let mut connection = Connection::open().unwrap();
    connection.apply(&Batch::create(&sharing(2500)), None).unwrap();
    let _listening = [9, 10].map(|port| UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).unwrap());
    send(Ipv4Addr::LOCALHOST, 9, PACKETS);
    let table = connection.table(&TableId::nines()).unwrap().1.unwrap();
    let share = table.chains[0].rules[0].counted.unwrap().packets;
    // A quarter of 4 000, within five deviations of sqrt(4000 / 4 * 3 / 4) = 27.
    assert!((860..=1140).contains(&share), "{share} of {PACKETS}");
    let sources: Vec<Ipv4Addr> = (1..=ADDRESSES).map(|number| Ipv4Addr::from(0x7f00_0100 + number)).collect();
    sources.iter().for_each(|source| send(*source, 10, 1));
    let few = chosen(&mut connection);
    let wider = sharing(5000).chains.remove(0).rules.remove(1);
    let handle = rule_handle(&mut connection, 1);
    let replace = Change::ReplaceRule(name("in"), handle, wider);
    connection.apply(&Batch { table: TableId::nines(), changes: vec![replace] }, None).unwrap();
    connection
        .apply(&Batch { table: TableId::nines(), changes: vec![Change::FlushSet(name("chosen"))] }, None)
        .unwrap();
    sources.iter().for_each(|source| send(*source, 10, 1));
    let more = chosen(&mut connection);
    assert!((60..=140).contains(&few.len()) && (150..=250).contains(&more.len()), "{} {}", few.len(), more.len());
    assert!(few.is_subset(&more), "who is in stays in");
}
