//! What rules can ask about a packet beside its bytes, as the kernel numbers it.

use super::numbered::numbered;

numbered! {
    /// What a packet carries beside its bytes.
    pub enum MetaKey {
        Length = 0 "length",
        Protocol = 1 "protocol",
        Priority = 2 "priority",
        Mark = 3 "mark",
        Iif = 4 "iif",
        Oif = 5 "oif",
        Iifname = 6 "iifname",
        Oifname = 7 "oifname",
        Iiftype = 8 "iiftype",
        Oiftype = 9 "oiftype",
        Skuid = 10 "skuid",
        Skgid = 11 "skgid",
        Nftrace = 12 "nftrace",
        Rtclassid = 13 "rtclassid",
        Secmark = 14 "secmark",
        Nfproto = 15 "nfproto",
        L4proto = 16 "l4proto",
        Ibrname = 17 "ibrname",
        Obrname = 18 "obrname",
        Pkttype = 19 "pkttype",
        Cpu = 20 "cpu",
        Iifgroup = 21 "iifgroup",
        Oifgroup = 22 "oifgroup",
        Cgroup = 23 "cgroup",
        Random = 24 "random",
        Secpath = 25 "ipsec",
        Iifkind = 26 "iifkind",
        Oifkind = 27 "oifkind",
        Time = 30 "time",
        Day = 31 "day",
        Hour = 32 "hour",
        Sdif = 33 "sdif",
        Sdifname = 34 "sdifname",
    }
}

numbered! {
    /// What conntrack knows of a packet's connection.
    pub enum CtKey {
        State = 0 "state",
        Direction = 1 "direction",
        Status = 2 "status",
        Mark = 3 "mark",
        Secmark = 4 "secmark",
        Expiration = 5 "expiration",
        Helper = 6 "helper",
        L3proto = 7 "l3proto",
        Protocol = 10 "protocol",
        ProtoSrc = 11 "proto-src",
        ProtoDst = 12 "proto-dst",
        Label = 13 "label",
        Packets = 14 "packets",
        Bytes = 15 "bytes",
        Avgpkt = 16 "avgpkt",
        Zone = 17 "zone",
        Event = 18 "event",
        SrcIp = 19 "ip saddr",
        DstIp = 20 "ip daddr",
        SrcIp6 = 21 "ip6 saddr",
        DstIp6 = 22 "ip6 daddr",
        Id = 23 "id",
    }
}

numbered! {
    /// Which half of a connection is asked about.
    pub enum Direction {
        Original = 0 "original",
        Reply = 1 "reply",
    }
}

numbered! {
    /// How the value of a register is compared; smaller and greater are by bytes, so in network order.
    pub enum CmpOp {
        Eq = 0 "==",
        Neq = 1 "!=",
        Lt = 2 "<",
        Lte = 3 "<=",
        Gt = 4 ">",
        Gte = 5 ">=",
    }
}

numbered! {
    /// Where a packet's bytes are counted from.
    pub enum Base {
        Link = 0 "ll",
        Network = 1 "nh",
        Transport = 2 "th",
        Inner = 3 "ih",
    }
}

numbered! {
    /// Whose number a random or running number becomes.
    pub enum NumgenKind {
        Incremental = 0 "inc",
        Random = 1 "random",
    }
}

numbered! {
    /// What is asked of the routing table.
    pub enum FibResult {
        Oif = 1 "oif",
        Oifname = 2 "oifname",
        Type = 3 "type",
    }
}

numbered! {
    /// What is asked of the local socket that a packet would reach.
    pub enum SocketKey {
        Transparent = 0 "transparent",
        Mark = 1 "mark",
        Wildcard = 2 "wildcard",
        Cgroupv2 = 3 "cgroupv2",
    }
}

numbered! {
    /// What is asked of the route chosen for a packet.
    pub enum RtKey {
        Classid = 0 "classid",
        Nexthop4 = 1 "ip nexthop",
        Nexthop6 = 2 "ip6 nexthop",
        TcpMss = 3 "mtu",
        Ipsec = 4 "ipsec",
    }
}

numbered! {
    /// Which options are looked into.
    pub enum ExthdrOp {
        Ipv6 = 0 "exthdr",
        TcpOption = 1 "tcp option",
        Ipv4 = 2 "ip option",
        Sctp = 3 "sctp chunk",
        Dccp = 4 "dccp option",
    }
}

numbered! {
    /// What a packet path does to a set.
    pub enum DynsetOp {
        Add = 0 "add",
        Update = 1 "update",
        Delete = 2 "delete",
    }
}

numbered! {
    /// How loud a line in the kernel's log is.
    pub enum LogLevel {
        Emerg = 0 "emerg",
        Alert = 1 "alert",
        Crit = 2 "crit",
        Err = 3 "err",
        Warn = 4 "warn",
        Notice = 5 "notice",
        Info = 6 "info",
        Debug = 7 "debug",
        Audit = 8 "audit",
    }
}

numbered! {
    /// The answer of a refusal in either family.
    pub enum Icmpx {
        NoRoute = 0 "no-route",
        PortUnreachable = 1 "port-unreachable",
        HostUnreachable = 2 "host-unreachable",
        AdminProhibited = 3 "admin-prohibited",
    }
}

numbered! {
    /// Which address of a connection is translated.
    pub enum NatKind {
        Snat = 0 "snat",
        Dnat = 1 "dnat",
    }
}

numbered! {
    /// How a checksum is kept right after bytes are written.
    pub enum Checksum {
        None = 0 "none",
        Inet = 1 "inet",
        Sctp = 2 "sctp",
    }
}

numbered! {
    /// Objects with a name and a state that outlives rules.
    pub enum ObjectKind {
        Counter = 1 "counter",
        Quota = 2 "quota",
        CtHelper = 3 "ct helper",
        Limit = 4 "limit",
        Connlimit = 5 "ct count",
        Tunnel = 6 "tunnel",
        CtTimeout = 7 "ct timeout",
        Secmark = 8 "secmark",
        CtExpect = 9 "ct expectation",
        Synproxy = 10 "synproxy",
    }
}

numbered! {
    /// Whose packets a table sees.
    pub enum Family {
        Inet = 1 "inet",
        Ip = 2 "ip",
        Arp = 3 "arp",
        Netdev = 5 "netdev",
        Bridge = 7 "bridge",
        Ip6 = 10 "ip6",
    }
}
