//! What a replay promises to whoever asks it.

use nines_base::lang::{Lang, Message};
use nines_replay::{Error, Ground, Outcome, Replay, Tool, Unposed, with_replay};
use nines_traffic::Services;
use nines_traffic::compile::compile;
use nines_traffic::intent::{effective, read};
use nines_traffic::net::{Endpoint, Family};
use nines_traffic::simulate::{Packet, Verdict, read_packet};

fn packet(line: &str) -> Packet {
    read_packet(1, line).unwrap()
}

fn dialled(port: u16) -> Packet {
    packet(&format!(r#"{{"in":"eth0","proto":"tcp","src":"10.0.0.9:40000","dst":"10.0.0.2:{port}"}}"#))
}

/// Asks packets of a host that is made for them.
fn ask(packets: &[Packet], load: impl Fn(&mut Replay) -> Result<(), Error> + Send + Sync) -> Vec<Outcome> {
    let ground = Ground::of_packets(Family::V4, packets);
    let run = |replay: &mut Replay| {
        load(replay)?;
        replay.ask(packets)
    };
    with_replay(&ground, run).unwrap().into_iter().map(|asked| asked.unwrap().1).collect()
}

pub fn twice() {
    let save = "*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080\nCOMMIT\n\
                *filter\n:INPUT DROP [0:0]\n-A INPUT -m conntrack --ctstate NEW -j ACCEPT\nCOMMIT\n";
    for tool in [Tool::Legacy, Tool::Nft] {
        let outcomes = ask(&[dialled(80), dialled(80)], |replay| replay.load_save(tool, save));
        assert_eq!(outcomes[0], outcomes[1]);
        assert_eq!(outcomes[0].counted, ["nat/PREROUTING/1", "filter/INPUT/1"]);
        let arrived = outcomes[0].arrived.unwrap();
        let to = Endpoint::parse("10.0.0.2:8080");
        assert_eq!((Some(arrived.destination), arrived.reply.map(|(from, _)| from)), (to, to));
    }
}

pub fn elsewhere() {
    let packets = [
        dialled(80),
        packet(r#"{"in":"eth0","out":"eth1","proto":"tcp","src":"10.0.0.9:40000","dst":"10.0.0.2:80"}"#),
        packet(r#"{"in":"eth0","proto":"sctp","src":"10.0.0.9:40000","dst":"10.0.0.2:80"}"#),
        packet(r#"{"in":"eth0","proto":"tcp","src":"10.0.0.9:40000","dst":"10.0.0.2:80","ct":"established"}"#),
    ];
    let asked = with_replay(&Ground::of_packets(Family::V4, &packets), |replay| replay.ask(&packets)).unwrap();
    assert!(asked[0].is_ok());
    assert_eq!(asked[1], Err(Unposed::Elsewhere));
    assert_eq!(asked[2], Err(Unposed::Protocol { protocol: "sctp".to_owned() }));
    assert_eq!(asked[3], Err(Unposed::State { state: "established".to_owned() }));
}

pub fn deciding() {
    let save = "*filter\n:INPUT DROP [0:0]\n:mine - [0:0]\n-A INPUT -p tcp -m tcp --dport 81 -j REJECT\n-A INPUT -j mine\n\
                -A mine -p tcp -m tcp --dport 80 -j ACCEPT\nCOMMIT\n";
    let packets = [dialled(80), dialled(81), dialled(82)];
    let decided = |outcomes: Vec<Outcome>| -> Vec<(Verdict, String)> {
        outcomes.into_iter().map(|outcome| (outcome.verdict, outcome.rule)).collect()
    };
    let expected = |rules: [&str; 3]| {
        let verdicts = [Verdict::Accept, Verdict::Reject, Verdict::Drop];
        verdicts.into_iter().zip(rules.map(str::to_owned)).collect::<Vec<_>>()
    };
    for tool in [Tool::Legacy, Tool::Nft] {
        let outcomes = ask(&packets, |replay| replay.load_save(tool, save));
        assert_eq!(decided(outcomes), expected(["filter/mine/1", "filter/INPUT/1", "policy"]), "{tool:?}");
    }
    let text = "traffic: { otherwise: reject, inbound: [ allow: 80, deny: 82 ] }";
    let loaded = read("f", text.as_bytes(), &Services::default());
    let rules = effective(&loaded.intents, None);
    let table = compile(&loaded.intents, &rules).unwrap();
    let outcomes = ask(&packets, |replay| replay.load_table(&table));
    let decided: Vec<String> = decided(outcomes).into_iter().map(|(_, rule)| rule).collect();
    assert_eq!(decided, ["inbound/1", "otherwise", "inbound/2"]);
}

pub fn refused() {
    let load = |replay: &mut Replay| replay.load_save(Tool::Legacy, "*filter\n-A INPUT -j NOWHERE\nCOMMIT\n");
    let refused = with_replay(&Ground::default(), load).unwrap_err();
    assert!(matches!(&refused, Error::Refused(_)) && refused.text(Lang::En).contains("line"), "{refused:?}");
}
