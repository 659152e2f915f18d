//! Asks one span.

use super::term::*;
use crate::names::lower_is;
use nines_base::FineMicros;
use nines_span::SpanFields;

/// Whether the span satisfies the term.
pub(super) fn term_holds<S: SpanFields + ?Sized>(term: &Term, span: &S) -> bool {
    test_holds(&term.test, span) != term.negated
}

fn test_holds<S: SpanFields + ?Sized>(test: &Test, span: &S) -> bool {
    match test {
        Test::Name { field, compare } => {
            let name = name_of(*field, span);
            !name.is_empty() && compare.holds(name)
        }
        Test::Kind(kinds) => kinds.contains(span.kind()),
        Test::Duration(compare) => {
            let duration = span.duration();
            !duration.is_none() && compare.holds(duration)
        }
        Test::Trace(ids) => ids.any_of.contains(&span.trace_id()) != ids.inverted,
        Test::Id(ids) => ids.any_of.contains(&span.id()) != ids.inverted,
        Test::Flag(flag) => flag_holds(*flag, span),
        Test::Tag { key, compare } => span.tag(key).is_some_and(|tag| compare.holds(tag)),
        Test::Zipkin(test) => zipkin_holds(test, span),
    }
}

fn flag_holds<S: SpanFields + ?Sized>(flag: Flag, span: &S) -> bool {
    match flag {
        Flag::Error => span.is_error(),
        Flag::Root => span.parent_id().is_none(),
        Flag::Shared => span.shared(),
        Flag::Debug => span.debug(),
    }
}

fn name_of<S: SpanFields + ?Sized>(field: NameField, span: &S) -> &str {
    match field {
        NameField::Service => span.service(),
        NameField::Op => span.name(),
        NameField::Remote => span.remote_service(),
    }
}

fn zipkin_holds<S: SpanFields + ?Sized>(test: &ZipkinTest, span: &S) -> bool {
    match test {
        ZipkinTest::Name { field, lower } => lower_is(name_of(*field, span), lower),
        ZipkinTest::AnnotationOrKey(name) => span.tag(name).is_some() || span.has_event(name),
        ZipkinTest::Tag { key, value } => span.tag(key).is_some_and(|tag| tag.text() == *value),
        ZipkinTest::Duration { min_us, max_us } => zipkin_duration_us(span.duration())
            .is_some_and(|duration_us| *min_us <= duration_us && max_us.is_none_or(|max_us| duration_us <= max_us)),
    }
}

/// A duration as Zipkin's readers see it: whole microseconds, at least one where any was sent.
fn zipkin_duration_us(duration: FineMicros) -> Option<u64> {
    (!duration.is_none()).then(|| duration.us.max(1))
}
