use crate::simulate::{packet_line, read_packet, read_packets};

#[test]
fn a_packet_is_read_with_all_its_fields() {
    let line = r#"{"in":"eth0","out":"eth1","proto":"tcp","src":"10.0.0.9:40000","dst":"10.0.0.2:80","flags":"syn,ack","ct":"established","mac":"00:16:3e:00:00:01","mark":16,"uid":1000,"gid":100,"len":60,"ttl":64,"pkttype":"unicast","srctype":"unicast","dsttype":"local","origdst":"10.0.0.2:8080"}"#;
    assert_eq!(packet_line(&read_packet(1, line).unwrap()), line);
    let line = r#"{"in":"eth0","proto":"ipv6-icmp","src":"2001:db8::1","dst":"2001:db8::2","ct":"new","icmp":"128/0"}"#;
    assert_eq!(packet_line(&read_packet(1, line).unwrap()), line);
    assert_eq!(read_packet(1, &line.replace("128/0", "echo-request")).unwrap(), read_packet(1, line).unwrap());
}

#[test]
fn wrong_packets_are_told_with_line_and_column() {
    for (line, expect) in [
        (r#"{"inn":"eth0"}"#, "7:2 unknown field 'inn'; did you mean 'in'?"),
        (r#"{"in":"eth0","protocol":"tcp"}"#, "7:14 unknown field 'protocol'"),
        (r#"{"in":"eth0","proto":"tpc"}"#, "7:22 'proto' cannot be 'tpc'"),
        (r#"{"in":"eth0","src":"10.0.0.1:70000"}"#, "7:20 'src' cannot be '10.0.0.1:70000'"),
        (r#"{"in":"eth0","flags":"sin"}"#, "7:22 'flags' cannot be 'sin'"),
        (r#"{"in":"eth0","ct":"old"}"#, "7:19 'ct' cannot be 'old'"),
        (r#"{"in":"eth0","ttl":256}"#, "7:20 'ttl' cannot be '256'"),
        (r#"{"in":"eth0","mark":-1}"#, "7:21 'mark' cannot be '-1'"),
        (r#"{"proto":"tcp"}"#, "7:1 neither 'in' nor 'out' is given"),
        (r#"{"in":"eth0","src":"10.0.0.1","dst":"::1"}"#, "7:1 'src' and 'dst' are of different IP families"),
        ("[1]", "7:1 this line is no JSON object"),
        (r#"{"in":"eth0""#, "7:1 a list"),
        (r#"{"in":"eth0","in":"eth1"}"#, "7:14 'in' stands twice"),
    ] {
        let fault = read_packet(7, line).unwrap_err();
        let said = format!("{}:{} {}; {}", fault.at.line, fault.at.column, fault.fact, fault.hint);
        assert!(said.starts_with(expect), "{line}: {said}");
    }
}

#[test]
fn lines_are_numbered_as_they_stand() {
    let packets = read_packets("\n{\"in\":\"a\"}\n\n{\"out\":\"b\"}\n");
    assert_eq!(
        packets.iter().map(|(line, packet)| (*line, packet.is_ok())).collect::<Vec<_>>(),
        [(2, true), (4, true)]
    );
}
