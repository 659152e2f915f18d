//! Bytes that claim to be messages: read to a message or to an error, whatever they are. Needs no kernel.

use nines_netd::protocol::{Answer, Apply, Request, RollBack, Trace, unframe};
use nines_traffic::net::Protocol;
use nines_traffic::nft::Snapshot;
use nines_traffic::plan::{Asked, Digest, LegacyTables, Plan, Seen, plan};
use nines_traffic::simulate::read_packet;
use proptest::prelude::*;

const PACKET: &str = r#"{"in":"eth0","proto":"tcp","src":"192.0.2.9:50000","dst":"192.0.2.1:22"}"#;

fn a_plan() -> Plan {
    let text = "traffic:\n  lists: { office: [10.0.0.0/8] }\n  inbound:\n    - allow: 22\n      from: office\n  otherwise: deny\n";
    let asked = Asked { file: "traffic.yaml".to_owned(), text: text.to_owned(), ..Asked::default() };
    let snapshot = Snapshot { generation: 1, tables: Vec::new() };
    let legacy = LegacyTables { digest: Digest::of(b""), in_use: vec!["ip filter".to_owned()] };
    plan(asked, Seen { boot: "boot", snapshot: &snapshot, legacy: &legacy }, None).unwrap()
}

fn requests() -> &'static [Request] {
    static REQUESTS: std::sync::OnceLock<Vec<Request>> = std::sync::OnceLock::new();
    REQUESTS.get_or_init(made)
}

fn made() -> Vec<Request> {
    let (plan, id) = (a_plan(), a_plan().id());
    let peer = nines_netd::Peer::parse("192.0.2.9 50000 192.0.2.1 22");
    let apply = Apply {
        plan: plan.clone(),
        confirm_seconds: Some(60),
        peer,
        override_guard: Some("why".to_owned()),
        if_unaffected: true,
    };
    vec![
        Request::Plan(plan.asked),
        Request::Apply(Box::new(apply)),
        Request::Confirm { id: id.clone(), peer },
        Request::RollBack(Box::new(RollBack {
            id,
            confirm_seconds: Some(60),
            peer,
            override_guard: Some("why".to_owned()),
        })),
        Request::Status,
        Request::Explain(Box::new(read_packet(1, PACKET).unwrap())),
        Request::Trace(Trace {
            source: [192, 0, 2, 9].into(),
            destination: [192, 0, 2, 1].into(),
            protocol: Protocol::TCP,
            port: Some(22),
            seconds: 10,
        }),
    ]
}

#[test]
fn what_is_written_reads_back() {
    for request in requests() {
        assert_eq!(Request::read(&request.write()).as_ref(), Ok(request));
    }
    let id = a_plan().id();
    let answers = [
        Answer::Planned(Box::new(a_plan())),
        Answer::Pending { id: id.clone(), deadline_us: 7 },
        Answer::Settled(Some(id)),
        Answer::Settled(None),
        Answer::Status("{}".to_owned()),
        Answer::Explained("{}".to_owned()),
        Answer::Traced("{}".to_owned()),
    ];
    for answer in answers {
        assert_eq!(Answer::read(&answer.write()), Ok(answer));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_end_in_a_message_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = unframe(&bytes);
        let _ = Request::read(&bytes);
        let _ = Answer::read(&bytes);
        for kind in 0..8 {
            let _ = Request::read(&[&[1, kind], bytes.as_slice()].concat());
            let _ = Answer::read(&[&[1, kind + 128], bytes.as_slice()].concat());
        }
    }

    #[test]
    fn a_real_message_with_bytes_changed_ends_in_a_message_or_an_error(
        which in any::<prop::sample::Index>(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = which.get(requests()).write();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        let _ = Request::read(&bytes);
        let _ = Request::read(&bytes[..cut.index(bytes.len())]);
    }
}
