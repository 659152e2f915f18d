//! Range queries of Prometheus's HTTP API, and of whatever answers as it does.
//!
//! Where a source is stands in a definition, and a Prometheus is nearly always on a network of one's own: such
//! addresses are asked without further ado, those that only the host itself has are not
//! ([`crate::address::is_of_a_network`]). A key is sent only where the server's own configuration says where the source
//! is, so that nobody can send it elsewhere by a definition. Of an answer that is none of Prometheus's nothing is told but
//! its status.

use crate::http::{Answered, AskError, Http, Reach, checked_url, encoded};
use crate::target::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use std::fmt;
use std::time::Duration;

/// Largest answer: 700 points of a thousand series.
const ANSWER_BYTES_MAX: u64 = 32 << 20;

/// Series of one answer. A query for an objective adds its series up, or has one for each instance.
const SERIES_MAX: usize = 1000;

/// Instants of one query, as many as Prometheus gives.
const INSTANTS_MAX: usize = 11_000;

/// Characters of an error of Prometheus that are told.
const TOLD_CHARS_MAX: usize = 200;

/// How long Prometheus may evaluate.
const EVALUATION_MAX: Duration = Duration::from_secs(8);

/// Where a query is asked.
const PATH: &str = "/api/v1/query_range";

/// How a source is asked beyond its address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceAccess {
    /// `metadata.name` of its DataSource.
    pub name: String,
    /// Where it is, instead of where the definition says.
    pub url: Option<String>,
    /// What it is told of who asks.
    pub credentials: Option<Credentials>,
}

/// Who asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Credentials {
    /// A token.
    Bearer(Secret),
    /// `USER:PASSWORD`.
    Basic(Secret),
}

impl Credentials {
    fn header(&self) -> String {
        match self {
            Credentials::Bearer(token) => format!("Bearer {}", token.expose()),
            Credentials::Basic(pair) => format!("Basic {}", STANDARD.encode(pair.expose())),
        }
    }
}

/// The instants of a query: from one to another in steps, both included, all in seconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct Instants {
    pub from_s: i64,
    pub upto_s: i64,
    pub step_s: u32,
}

/// The value of a series at each instant; `None` where it has none.
pub type Values = Vec<Option<f64>>;

/// Why a query has no series: in words, without address or key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoSeries {
    /// Nothing answered.
    Silent(String),
    /// What answered gave none: an error, or more than is read.
    Refused(String),
}

/// Asks sources.
pub struct Prometheus {
    http: Http,
    access: Vec<SourceAccess>,
}

impl fmt::Debug for Prometheus {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Prometheus").field("access", &self.access).finish_non_exhaustive()
    }
}

impl Prometheus {
    /// With what the configuration says of some sources.
    pub fn new(access: Vec<SourceAccess>) -> Prometheus {
        Prometheus { http: Http::new(Reach::Networks), access }
    }

    /// The series of a query.
    pub fn query_range(
        &self,
        source: &str,
        url: &str,
        query: &str,
        instants: Instants,
    ) -> Result<Vec<Values>, NoSeries> {
        let access = self.access.iter().find(|access| access.name == source);
        let configured = access.and_then(|access| access.url.as_deref());
        let credentials = access.and_then(|access| access.credentials.as_ref()).filter(|_| configured.is_some());
        let authorization = credentials.map(Credentials::header);
        let headers: Vec<(&str, &str)> = authorization.iter().map(|value| ("authorization", value.as_str())).collect();
        let url = format!("{}{PATH}", configured.unwrap_or(url).trim_end_matches('/'));
        let Instants { from_s, upto_s, step_s } = instants;
        let form = format!(
            "query={}&start={from_s}&end={upto_s}&step={step_s}&timeout={}s",
            encoded(query),
            EVALUATION_MAX.as_secs()
        );
        let answered = self.http.ask(&url, &headers, Some(&form), ANSWER_BYTES_MAX).map_err(|error| match error {
            AskError::NoAnswer(reason) => NoSeries::Silent(reason),
            error @ AskError::TooLarge { .. } => NoSeries::Refused(error.to_string()),
        })?;
        read(&answered, instants).map_err(NoSeries::Refused)
    }
}

/// Whether a text is an address that can be asked: a path is put behind it, so it has neither a query nor a fragment, and a
/// key is no part of it.
pub fn is_address(url: &str) -> bool {
    checked_url(url, "").is_ok() && !url.contains(['?', '#', '@'])
}

/// An address as it may be shown, even where it is none: without what stands before an `@` as a key may.
pub fn shown_address(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").map_or(("", url), |(scheme, rest)| (scheme, rest));
    let shown = rest.rsplit_once('@').map_or(rest, |(_, shown)| shown);
    if scheme.is_empty() { shown.to_owned() } else { format!("{scheme}://{shown}") }
}

/// As Prometheus writes it; what is not asked for is not read.
#[derive(Deserialize)]
struct Answer<'a> {
    status: &'a str,
    #[serde(default)]
    error: Option<String>,
    #[serde(default, borrow)]
    data: Option<Data<'a>>,
}

#[derive(Deserialize)]
struct Data<'a> {
    #[serde(rename = "resultType")]
    result_type: &'a str,
    #[serde(borrow)]
    result: Vec<One<'a>>,
}

#[derive(Deserialize)]
struct One<'a> {
    #[serde(default, borrow)]
    values: Vec<(f64, &'a str)>,
}

fn read(answered: &Answered, instants: Instants) -> Result<Vec<Values>, String> {
    let status = answered.status;
    let Ok(answer) = serde_json::from_slice::<Answer<'_>>(&answered.body) else {
        let is_success = (200..300).contains(&status);
        return Err(if is_success { "its answer is not one of Prometheus".into() } else { format!("status {status}") });
    };
    let data = match answer {
        Answer { status: "success", data: Some(data), .. } => data,
        Answer { error, .. } => {
            let told: String = error.unwrap_or_default().chars().take(TOLD_CHARS_MAX).collect();
            return Err(format!("status {status}: {told}"));
        }
    };
    if data.result_type != "matrix" {
        return Err(format!("it answers with a {:.20} instead of series", data.result_type));
    }
    if data.result.len() > SERIES_MAX {
        let n = data.result.len();
        return Err(format!("its answer has {n} series, more than {SERIES_MAX}: add them up in the query"));
    }
    let span_s = instants.upto_s.saturating_sub(instants.from_s).max(0);
    let n_instants = usize::try_from(span_s / i64::from(instants.step_s.max(1))).unwrap_or(INSTANTS_MAX) + 1;
    let n_instants = n_instants.min(INSTANTS_MAX);
    Ok(data.result.iter().map(|one| placed(&one.values, instants, n_instants)).collect())
}

/// Values at their instants; what was not asked for is left out.
fn placed(values: &[(f64, &str)], instants: Instants, n_instants: usize) -> Values {
    let mut placed = vec![None; n_instants];
    for (at_s, value) in values {
        let step = (at_s - instants.from_s as f64) / f64::from(instants.step_s.max(1));
        let is_instant = (step - step.round()).abs() < 0.01 && step.round() >= 0.0;
        // What is no index after all is beyond the end.
        let place = is_instant.then(|| placed.get_mut(step.round() as usize)).flatten();
        // `+Inf` and `NaN` are numbers of Prometheus and of Rust.
        place.into_iter().for_each(|place| *place = value.parse().ok());
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::tests::HttpServer;

    const INSTANTS: Instants = Instants { from_s: 600, upto_s: 780, step_s: 60 };

    fn answer(body: &str) -> String {
        format!("200 OK\r\ncontent-type: application/json\r\n\r\n{body}")
    }

    fn ask(server: &HttpServer, access: Vec<SourceAccess>) -> Result<Vec<Values>, NoSeries> {
        Prometheus::new(access).query_range("metrics", &server.url, "sum(x{a=\"b c\"})", INSTANTS)
    }

    #[test]
    fn series_are_placed_at_the_instants_that_were_asked_for() {
        let body = r#"{"status":"success","data":{"resultType":"matrix","result":[
            {"metric":{"a":"1"},"values":[[600,"1"],[660.0,"2.5"],[780,"+Inf"]]},
            {"metric":{},"values":[[599,"9"],[660,"NaN"],[840,"9"],[700,"9"]]}]},"warnings":["w"]}"#;
        let server = HttpServer::start(&[&answer(body)]);
        let series = ask(&server, Vec::new()).unwrap();
        assert_eq!(series[0], [Some(1.0), Some(2.5), None, Some(f64::INFINITY)]);
        assert!(series[1][1].unwrap().is_nan());
        assert_eq!([series[1][0], series[1][2], series[1][3]], [None; 3]);
        let request = &server.requests()[0];
        assert_eq!(request.line, "POST /api/v1/query_range");
        assert_eq!(request.body, "query=sum%28x%7Ba%3D%22b%20c%22%7D%29&start=600&end=780&step=60&timeout=8s");
        assert_eq!(request.header("authorization"), "");
    }

    #[test]
    fn an_answer_that_is_none_says_why_and_tells_nothing_of_a_stranger() {
        let check = |answer: &str, expected: &str| {
            let refused = ask(&HttpServer::start(&[answer]), Vec::new()).unwrap_err();
            assert_eq!(refused, NoSeries::Refused(expected.into()));
        };
        let bad = r#"{"status":"error","errorType":"bad_data","error":"parse error"}"#;
        check(&format!("400 Bad Request\r\n\r\n{bad}"), "status 400: parse error");
        check("404 Not Found\r\n\r\nsecret words of another server", "status 404");
        check("200 OK\r\n\r\nsecret words of another server", "its answer is not one of Prometheus");
        check("302 Found\r\nlocation: http://127.0.0.1:1/", "status 302");
        check(
            &answer(r#"{"status":"success","data":{"resultType":"vector","result":[]}}"#),
            "it answers with a vector instead of series",
        );
        let many: Vec<&str> = (0..1001).map(|_| r#"{"metric":{},"values":[]}"#).collect();
        let many = format!(r#"{{"status":"success","data":{{"resultType":"matrix","result":[{}]}}}}"#, many.join(","));
        check(&answer(&many), "its answer has 1001 series, more than 1000: add them up in the query");
    }

    #[test]
    fn a_key_goes_only_where_the_configuration_itself_says() {
        let empty = answer(r#"{"status":"success","data":{"resultType":"matrix","result":[]}}"#);
        let server = HttpServer::start(&[&empty]);
        let access = |url: Option<&str>, credentials| SourceAccess {
            name: "metrics".into(),
            url: url.map(str::to_owned),
            credentials: Some(credentials),
        };
        let token = || Credentials::Bearer(Secret::new("t0ken\n"));
        ask(&server, vec![access(None, token())]).unwrap();
        ask(&server, vec![access(Some(&server.url), token())]).unwrap();
        ask(&server, vec![access(Some(&server.url), Credentials::Basic(Secret::new("me:pw")))]).unwrap();
        let sent: Vec<String> =
            server.requests().iter().map(|request| request.header("authorization").to_owned()).collect();
        assert_eq!(sent, ["", "Bearer t0ken", "Basic bWU6cHc="]);
        assert!(!format!("{:?}", Prometheus::new(vec![access(None, token())])).contains("t0ken"));
    }

    #[test]
    fn an_address_has_no_query_no_fragment_and_no_key_and_a_key_is_not_shown() {
        for good in ["http://prometheus:9090", "https://m.example/prom/", "http://[::1]:9090"] {
            assert!(is_address(good), "{good}");
            assert_eq!(shown_address(good), good);
        }
        for bad in ["http://m/?tenant=a", "http://m/#top", "http://me:pw@m", "http://m/a@b", "metrics:9090"] {
            assert!(!is_address(bad), "{bad}");
        }
        assert_eq!(shown_address("https://me:s3cret@m.example/prom"), "https://m.example/prom");
        assert_eq!(shown_address("me:s3cr@et@m.example"), "m.example");
    }

    #[test]
    fn a_source_that_nothing_answers_at_is_silent() {
        let server = HttpServer::start(&["200 OK\r\ncontent-length: 100\r\n\r\ncut off"]);
        assert!(matches!(ask(&server, Vec::new()), Err(NoSeries::Silent(_))));
    }

    #[test]
    fn addresses_that_only_the_host_has_are_not_asked() {
        let told = Prometheus::new(Vec::new()).query_range("m", "http://169.254.169.254", "up", INSTANTS).unwrap_err();
        assert!(matches!(&told, NoSeries::Silent(told) if told.contains("only the host itself has")), "{told:?}");
    }
}
