//! Which spans an indicator asks for, and what their events feed.
//!
//! Most indicators ask for one kind of spans and count each as an event. Where events are made of several spans, or a
//! span is several events, the spans are looked for under a key of their own that nothing is counted under, and feed
//! what is: see [`super::joins`].

use super::question::Question;
use super::weight::Weighing;
use crate::key::ObjectiveKey;
use crate::model::{CountedBy, Definitions, FollowJoin, Followed, GroupBy, Kept, Sli};
use nines_base::DurationUs;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Spans to look for.
pub(super) struct Ask {
    pub key: ObjectiveKey,
    pub question: Question,
    /// Whether each is an event under that key.
    pub is_counted: bool,
    pub feeds: Vec<Feed>,
}

/// What an event of some spans adds to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Feed {
    /// What is counted.
    pub of: ObjectiveKey,
    pub role: Role,
}

/// What a span is to that.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Role {
    /// One of the events of a trace.
    Story,
    /// One of the attempts at a request.
    Attempt(Kept),
    /// What must be followed.
    Produced(Following),
    /// What follows.
    Consumed(Following),
    /// As many events as it says.
    Weight(Weighing),
    /// One event, or as many as it says, of a group.
    Group { by: Arc<GroupBy>, weighing: Weighing },
}

/// How one span follows another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Following {
    pub within: DurationUs,
    pub join: FollowJoin,
}

/// What an indicator asks of spans; nothing where they do not answer it.
pub(super) fn asks_of(sli: &Sli) -> Vec<Ask> {
    let Some(key) = ObjectiveKey::of(sli) else { return Vec::new() };
    match sli {
        Sli::Followed(followed) => asks_of_followed(key, followed).into(),
        Sli::Counted { by, .. } => ask_aside(key, sli, |weighing| match by {
            CountedBy::Attempts(kept) => vec![Feed { of: key, role: Role::Attempt(*kept) }],
            CountedBy::Weight(_) => vec![Feed { of: key, role: Role::Weight(weighing) }],
        }),
        Sli::Grouped { of, by } => {
            let by = Arc::new(by.clone());
            let group = |weighing| Feed { of: key, role: Role::Group { by, weighing } };
            if let Sli::Counted { .. } = **of {
                return ask_aside(key, sli, |weighing| {
                    vec![Feed { of: key, role: Role::Weight(weighing.clone()) }, group(weighing)]
                });
            }
            let feeds = vec![group(Weighing::default())];
            Question::of(sli).map(|question| Ask { key, question, is_counted: true, feeds }).into_iter().collect()
        }
        _ => {
            let ask = |question| Ask { key, question, is_counted: true, feeds: Vec::new() };
            Question::of(sli).map(ask).into_iter().collect()
        }
    }
}

/// Spans that are no events themselves.
fn ask_aside(key: ObjectiveKey, sli: &Sli, feeds: impl FnOnce(Weighing) -> Vec<Feed>) -> Vec<Ask> {
    let Some(question) = Question::of(sli) else { return Vec::new() };
    let feeds = feeds(question.weighing().cloned().unwrap_or_default());
    vec![Ask { key: key.of_role("events"), question, is_counted: false, feeds }]
}

fn asks_of_followed(key: ObjectiveKey, followed: &Followed) -> [Ask; 2] {
    let Followed { produced, consumed, within, join } = followed;
    let following = Following { within: *within, join: *join };
    let ask = |word: &str, filter: &nines_trace::filter::Filter, role: Role| Ask {
        key: key.of_role(word),
        question: Question::any_of(filter),
        is_counted: false,
        feeds: vec![Feed { of: key, role }],
    };
    [ask("produced", produced, Role::Produced(following)), ask("consumed", consumed, Role::Consumed(following))]
}

/// The stories by trace: the key of each, and those of the spans whose events it is made of.
pub(super) fn stories(definitions: &Definitions) -> Vec<(ObjectiveKey, BTreeSet<ObjectiveKey>)> {
    let together = definitions.stories.iter().filter_map(|story| story.together.as_ref());
    let stories = together.flat_map(|slo| &slo.objectives).filter_map(|objective| {
        let Sli::Together(members) = &objective.sli else { return None };
        let spans = members.iter().flat_map(|member| [*member, member.of_role("events")]);
        Some((ObjectiveKey::of(&objective.sli)?, spans.collect()))
    });
    stories.collect()
}
