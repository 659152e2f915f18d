//! In which state of its policy a service's budget is: a worse one is entered at once, a better one when
//! enough of the budget has been back for long enough.

use super::objects::{BudgetState, ErrorBudgetPolicy, Level};
use crate::budget::Budget;
use nines_base::Timestamp;

/// What is remembered of a budget's state. A fold of the recorded events, so that a restart goes on with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Memory {
    /// Name of the state in force.
    pub state: String,
    /// Since when it is.
    pub since: Timestamp,
    /// Since when the budget has been good enough to leave it for a better one, without a break.
    pub recovering_since: Option<Timestamp>,
}

impl Memory {
    fn entered(state: &BudgetState, at: Timestamp) -> Memory {
        Memory { state: state.name.clone(), since: at, recovering_since: None }
    }
}

/// Of some things that each have a budget, the one with the least left; of several alike the first.
pub fn worst<T>(all: impl Iterator<Item = T>, budget: impl Fn(&T) -> Budget) -> Option<T> {
    all.reduce(|least, other| if budget(&other) < budget(&least) { other } else { least })
}

/// The state at an instant, from what was remembered before and the budget left. Without a budget the state
/// stays and recovery does not go on; without a memory too there is none.
///
/// A state with a freeze is left only when the SLO is met again, whatever the policy's bounds say.
pub fn step(
    policy: &ErrorBudgetPolicy,
    memory: Option<&Memory>,
    budget: Option<Budget>,
    at: Timestamp,
) -> Option<Memory> {
    let remembered = memory.and_then(|memory| {
        let position = policy.states.iter().position(|state| state.name == memory.state)?;
        Some((position, memory))
    });
    let Some(budget) = budget else {
        return remembered.map(|(_, memory)| Memory { recovering_since: None, ..memory.clone() });
    };
    let now = by_budget(policy, budget);
    let Some((current, memory)) = remembered else { return Some(Memory::entered(policy.states.get(now)?, at)) };
    if now > current {
        return Some(Memory::entered(&policy.states[now], at));
    }
    let better = (0..current).find(|better| budget > Budget::of_level(bound_to(policy, current, *better)));
    let Some(better) = better else { return Some(Memory { recovering_since: None, ..memory.clone() }) };
    // A clock that went back does not shorten the wait.
    let since = memory.recovering_since.unwrap_or(at).min(at);
    if at - since >= policy.leave.dwell {
        return Some(Memory::entered(&policy.states[better], at));
    }
    Some(Memory { recovering_since: Some(since), ..memory.clone() })
}

/// More than this must be left to leave a state for the next better one; `None` for the best.
pub fn mark_to_leave(policy: &ErrorBudgetPolicy, state: &BudgetState) -> Option<Level> {
    let current = policy.states.iter().position(|one| one.name == state.name)?;
    Some(bound_to(policy, current, current.checked_sub(1)?))
}

/// The first state whose bound is passed; the last where none is.
fn by_budget(policy: &ErrorBudgetPolicy, budget: Budget) -> usize {
    let passes = |state: &BudgetState| state.above.is_none_or(|above| budget > Budget::of_level(above));
    policy.states.iter().position(passes).unwrap_or(policy.states.len().saturating_sub(1))
}

/// More than this must be left to leave state `current` for `better`: its bound and what the policy adds, but
/// never more than can be.
fn bound_to(policy: &ErrorBudgetPolicy, current: usize, better: usize) -> Level {
    const NEARLY_ALL: Level = Level(999_999_999);
    let above = policy.states[better].above.unwrap_or(Level(i64::MIN / 2));
    let mark = Level(above.0.saturating_add(policy.leave.above.0)).min(NEARLY_ALL);
    if policy.states[current].actions.freeze { mark.max(Level(0)) } else { mark }
}
