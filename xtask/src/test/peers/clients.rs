//! The clients: where each program lies, how it is built, in which form it runs, and what its spans look like.

use super::super::Form;
use super::toolchain::Build;

/// How the back's server span hangs on the front's client span.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edge {
    /// One id for both halves of the call, the server's marked `shared`: B3 as Zipkin's own tracers have it.
    Joined,
    /// A span of its own below the client's: what `traceparent` asks for.
    Child,
}

/// What the client itself says of the failed request; nines must say no more and no less.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Failure {
    /// Whether the front's server span, its client span and the back's server span have an `error` tag.
    pub tags: [bool; 3],
    /// Failed calls on the link.
    pub n_calls: u64,
}

/// Every span fails.
const ALL: Failure = Failure { tags: [true, true, true], n_calls: 1 };
/// Only the client's span does: Spring's servers take an answer of 500 that was meant for no failure of theirs.
const CALLER: Failure = Failure { tags: [false, true, false], n_calls: 1 };
/// Nobody says a word: Sleuth 1.3 takes any answer for a success.
const SILENT: Failure = Failure { tags: [false; 3], n_calls: 0 };

/// A client in one of its encodings.
#[derive(Clone, Copy, Debug)]
pub struct Client {
    /// Its name in the tally, also the stem of its services' names.
    pub name: &'static str,
    /// What the name stands for.
    pub what: &'static str,
    /// Its folder under `tests/peers`.
    pub folder: &'static str,
    /// How it is built.
    pub build: Build,
    /// `PEER_ENCODING`.
    pub encoding: &'static str,
    /// The shortest form that runs it.
    pub form: Form,
    /// Its edge.
    pub edge: Edge,
    /// Its failed request.
    pub failure: Failure,
    /// Whether it sends OTLP, with resource attributes.
    pub is_otlp: bool,
}

impl Client {
    const fn zipkin(
        name: &'static str,
        what: &'static str,
        program: (&'static str, Build),
        encoding: &'static str,
    ) -> Client {
        let (folder, build) = program;
        let (edge, failure) = (Edge::Joined, ALL);
        Client { name, what, folder, build, encoding, form: Form::Full, edge, failure, is_otlp: false }
    }

    const fn otlp(
        name: &'static str,
        what: &'static str,
        program: (&'static str, Build),
        encoding: &'static str,
    ) -> Client {
        Client { edge: Edge::Child, is_otlp: true, ..Client::zipkin(name, what, program, encoding) }
    }

    const fn quick(self) -> Client {
        Client { form: Form::Quick, ..self }
    }

    const fn failing(self, failure: Failure) -> Client {
        Client { failure, ..self }
    }

    const fn with_edge(self, edge: Edge) -> Client {
        Client { edge, ..self }
    }
}

const PY_ZIPKIN: (&str, Build) = ("py-zipkin", Build::Python { requirements: "requirements.txt" });
const PY_ZIPKIN_THRIFT: (&str, Build) = ("py-zipkin", Build::Python { requirements: "requirements-thrift.txt" });
const ZIPKIN_JS: (&str, Build) = ("zipkin-js", Build::Node);
const ZIPKIN_GO: (&str, Build) = ("zipkin-go", Build::Go);
const OTEL_JS: (&str, Build) = ("otel-js", Build::Node);
const OTEL_PYTHON: (&str, Build) = ("otel-python", Build::Python { requirements: "requirements.txt" });
const OTEL_GO: (&str, Build) = ("otel-go", Build::Go);
const OTEL_JAVA: (&str, Build) = ("otel-java", Build::Maven { profile: None });
const BOOT_1: (&str, Build) = ("boot-1-sleuth", Build::Maven { profile: None });
const BOOT_2: (&str, Build) = ("boot-2-sleuth", Build::Maven { profile: None });
const BOOT_3_BRAVE: (&str, Build) = ("boot-3", Build::Maven { profile: Some("brave") });
const BOOT_3_OTEL: (&str, Build) = ("boot-3", Build::Maven { profile: Some("otel") });

/// All of them. In the quick form every protocol has one client.
pub const CLIENTS: [Client; 29] = [
    Client::zipkin("py-zipkin-thrift", "py_zipkin, thrift", PY_ZIPKIN_THRIFT, "thrift").quick(),
    Client::zipkin("py-zipkin-json-v1", "py_zipkin, JSON v1", PY_ZIPKIN, "json-v1"),
    Client::zipkin("py-zipkin-json-v2", "py_zipkin, JSON v2", PY_ZIPKIN, "json-v2"),
    Client::zipkin("py-zipkin-proto3", "py_zipkin, proto3", PY_ZIPKIN, "proto3"),
    Client::zipkin("zipkin-js-json-v1", "zipkin-js, JSON v1", ZIPKIN_JS, "json-v1").quick(),
    Client::zipkin("zipkin-js-json-v2", "zipkin-js, JSON v2", ZIPKIN_JS, "json-v2"),
    Client::zipkin("zipkin-go-json-v2", "zipkin-go, JSON v2", ZIPKIN_GO, "json-v2").quick(),
    Client::zipkin("zipkin-go-proto3", "zipkin-go, proto3", ZIPKIN_GO, "proto3").quick(),
    Client::otlp("otel-js-protobuf", "OpenTelemetry JS, OTLP/HTTP protobuf", OTEL_JS, "protobuf").quick(),
    Client::otlp("otel-js-json", "OpenTelemetry JS, OTLP/HTTP JSON", OTEL_JS, "json").quick(),
    Client::otlp("otel-js-grpc", "OpenTelemetry JS, OTLP/gRPC", OTEL_JS, "grpc"),
    Client::otlp("otel-python-protobuf", "OpenTelemetry Python, OTLP/HTTP protobuf", OTEL_PYTHON, "protobuf"),
    Client::otlp("otel-python-json", "OpenTelemetry Python, OTLP/HTTP JSON", OTEL_PYTHON, "json"),
    Client::otlp("otel-python-grpc", "OpenTelemetry Python, OTLP/gRPC", OTEL_PYTHON, "grpc").quick(),
    Client::otlp("otel-go-protobuf", "OpenTelemetry Go, OTLP/HTTP protobuf", OTEL_GO, "protobuf"),
    Client::otlp("otel-go-gzip", "OpenTelemetry Go, OTLP/HTTP protobuf, gzip", OTEL_GO, "gzip"),
    Client::otlp("otel-go-grpc", "OpenTelemetry Go, OTLP/gRPC", OTEL_GO, "grpc"),
    Client::otlp("otel-java-protobuf", "OpenTelemetry Java, OTLP/HTTP protobuf", OTEL_JAVA, "protobuf"),
    Client::otlp("otel-java-gzip", "OpenTelemetry Java, OTLP/HTTP protobuf, gzip", OTEL_JAVA, "gzip"),
    Client::otlp("otel-java-grpc", "OpenTelemetry Java, OTLP/gRPC", OTEL_JAVA, "grpc"),
    Client::zipkin("boot-1-sleuth-json-v2", "Spring Boot 1.5, Sleuth 1.3, JSON v2", BOOT_1, "json-v2").failing(SILENT),
    Client::zipkin("boot-1-sleuth-json-v1", "Spring Boot 1.5, Sleuth 1.3, JSON v1", BOOT_1, "json-v1").failing(SILENT),
    Client::zipkin("boot-2-sleuth-json-v2", "Spring Boot 2.7, Sleuth 3.1, JSON v2", BOOT_2, "json-v2"),
    Client::zipkin("boot-2-sleuth-json-v1", "Spring Boot 2.7, Sleuth 3.1, JSON v1", BOOT_2, "json-v1"),
    Client::zipkin("boot-2-sleuth-proto3", "Spring Boot 2.7, Sleuth 3.1, proto3", BOOT_2, "proto3"),
    Client::zipkin("boot-3-brave-json-v2", "Spring Boot 3, Brave bridge, JSON v2", BOOT_3_BRAVE, "json-v2")
        .quick()
        .with_edge(Edge::Child)
        .failing(CALLER),
    Client::zipkin("boot-3-brave-proto3", "Spring Boot 3, Brave bridge, proto3", BOOT_3_BRAVE, "proto3")
        .with_edge(Edge::Child)
        .failing(CALLER),
    Client::otlp("boot-3-otel-protobuf", "Spring Boot 3, OTel bridge, OTLP/HTTP protobuf", BOOT_3_OTEL, "protobuf")
        .failing(CALLER),
    Client::otlp("boot-3-otel-grpc", "Spring Boot 3, OTel bridge, OTLP/gRPC", BOOT_3_OTEL, "grpc").failing(CALLER),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_client_has_a_program_and_a_name_of_its_own() {
        let names: BTreeSet<&str> = CLIENTS.iter().map(|client| client.name).collect();
        assert_eq!(names.len(), CLIENTS.len());
        for client in CLIENTS {
            assert!(crate::tree::root().join(super::super::folder_of(&client)).is_dir(), "{}", client.folder);
            // Zipkin's answers write service names in lower case.
            assert_eq!(client.name, client.name.to_lowercase());
        }
    }

    #[test]
    fn the_quick_form_has_a_client_for_every_way_in() {
        // How a body is packed is not a way of its own: the wire tier has those.
        let clients = || CLIENTS.iter().filter(|client| client.encoding != "gzip");
        let quick = clients().filter(|client| client.form == Form::Quick);
        let ways: BTreeSet<(bool, &str)> = quick.map(|client| (client.is_otlp, client.encoding)).collect();
        assert_eq!(ways, clients().map(|client| (client.is_otlp, client.encoding)).collect());
    }
}
