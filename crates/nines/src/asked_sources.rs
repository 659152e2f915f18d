//! Data sources of definitions, asked over HTTP.

use nines_collect::sli::asking::{QueryRange, RangeQueries};
use nines_notify::prometheus::{Instants, Prometheus, SourceAccess};
use nines_slo::asked::Series;
use nines_slo::model::DataSource;

/// Those that the definitions name, with what the configuration says of them.
pub struct AskedSources(Prometheus);

impl AskedSources {
    /// With what the configuration says.
    pub fn new(access: Vec<SourceAccess>) -> AskedSources {
        AskedSources(Prometheus::new(access))
    }
}

impl RangeQueries for AskedSources {
    fn ask(&self, source: &DataSource, query: &str, range: QueryRange) -> Result<Vec<Series>, String> {
        let QueryRange { from_s, upto_s, step_s } = range;
        self.0.query_range(&source.name, &source.url, query, Instants { from_s, upto_s, step_s })
    }
}
