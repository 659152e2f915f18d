//! Which calls point backwards: as few and as light ones as a greedy look finds (Eades, Lin and Smyth, 1993).

use super::Call;

/// The calls, each from the end that is drawn left to the one drawn right, and the services in such an order.
pub(super) struct Downhill {
    pub(super) order: Vec<usize>,
    /// Both ends, sorted, each pair once.
    pub(super) edges: Vec<(usize, usize)>,
}

pub(super) fn downhill(n_services: usize, calls: &[Call]) -> Downhill {
    let order = greedy_order(n_services, calls);
    let mut place = vec![0; n_services];
    for (at, service) in order.iter().enumerate() {
        place[*service] = at;
    }
    let mut edges: Vec<(usize, usize)> = calls
        .iter()
        .filter(|call| call.from != call.to)
        .map(|call| if place[call.from] < place[call.to] { (call.from, call.to) } else { (call.to, call.from) })
        .collect();
    edges.sort_unstable();
    edges.dedup();
    Downhill { order, edges }
}

/// Services with no caller left go to the front, those that call nobody to the back; where a circle is left, the one
/// that calls most more than it is called goes to the front.
fn greedy_order(n_services: usize, calls: &[Call]) -> Vec<usize> {
    let mut left = Left::new(n_services, calls);
    let (mut front, mut back) = (Vec::new(), Vec::new());
    loop {
        while let Some(sink) = left.find(|flow| flow.n_out == 0) {
            left.take(sink);
            back.push(sink);
        }
        let Some(next) = left.find(|flow| flow.n_in == 0).or_else(|| left.strongest()) else { break };
        left.take(next);
        front.push(next);
    }
    front.extend(back.into_iter().rev());
    front
}

/// What still flows into and out of a service that was not taken.
#[derive(Clone, Copy, Default)]
struct Flow {
    is_taken: bool,
    n_in: usize,
    n_out: usize,
    surplus: i128,
}

struct Left {
    flows: Vec<Flow>,
    /// The other end, whether it is the called one, and the weight.
    calls: Vec<Vec<(usize, bool, u64)>>,
}

impl Left {
    fn new(n_services: usize, calls: &[Call]) -> Left {
        let mut left = Left { flows: vec![Flow::default(); n_services], calls: vec![Vec::new(); n_services] };
        for call in calls.iter().filter(|call| call.from != call.to) {
            left.flows[call.from].n_out += 1;
            left.flows[call.to].n_in += 1;
            left.flows[call.from].surplus += i128::from(call.weight);
            left.flows[call.to].surplus -= i128::from(call.weight);
            left.calls[call.from].push((call.to, true, call.weight));
            left.calls[call.to].push((call.from, false, call.weight));
        }
        left
    }

    fn find(&self, wanted: impl Fn(&Flow) -> bool) -> Option<usize> {
        self.flows.iter().position(|flow| !flow.is_taken && wanted(flow))
    }

    /// The first of those with the greatest surplus.
    fn strongest(&self) -> Option<usize> {
        let left = (0..self.flows.len()).filter(|service| !self.flows[*service].is_taken);
        left.max_by_key(|service| (self.flows[*service].surplus, std::cmp::Reverse(*service)))
    }

    fn take(&mut self, service: usize) {
        self.flows[service].is_taken = true;
        for (other, is_called, weight) in std::mem::take(&mut self.calls[service]) {
            let flow = &mut self.flows[other];
            if is_called {
                flow.n_in -= 1;
                flow.surplus += i128::from(weight);
            } else {
                flow.n_out -= 1;
                flow.surplus -= i128::from(weight);
            }
        }
    }
}
