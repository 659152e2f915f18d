//! Data sources of definitions, asked over HTTP.

use nines_collect::sli::asking::{QueryRange, RangeQueries, Unanswered};
use nines_notify::prometheus::{Instants, NoSeries, Prometheus, SourceAccess};
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
    fn ask(&self, source: &DataSource, query: &str, range: QueryRange) -> Result<Vec<Series>, Unanswered> {
        let QueryRange { from_s, upto_s, step_s } = range;
        let series = self.0.query_range(&source.name, &source.url, query, Instants { from_s, upto_s, step_s });
        series.map_err(|none| match none {
            NoSeries::Silent(reason) => Unanswered::Silent(reason),
            NoSeries::Refused(reason) => Unanswered::Refused(reason),
        })
    }
}
