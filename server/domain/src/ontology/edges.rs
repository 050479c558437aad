//! Links between synsets as two flat arrays: small, and quick to follow.

/// For each node, by its index, the nodes that its links lead to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Edges {
    /// Where each node's targets start, and one more for the end of the last's.
    starts: Vec<usize>,
    targets: Vec<u32>,
}

impl Edges {
    /// One list of targets for each node, in the order of the nodes.
    pub(crate) fn from_lists<L: IntoIterator<Item = u32>>(lists: impl IntoIterator<Item = L>) -> Self {
        let mut edges = Self { starts: vec![0], targets: Vec::new() };
        for list in lists {
            edges.targets.extend(list);
            edges.starts.push(edges.targets.len());
        }
        edges
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Where the node's links lead, in the order in which they were given; nowhere for an unknown node.
    pub(crate) fn of(&self, node: u32) -> &[u32] {
        let node = node as usize;
        match (self.starts.get(node), self.starts.get(node + 1)) {
            (Some(&start), Some(&end)) => self.targets.get(start..end).unwrap_or_default(),
            _ => &[],
        }
    }

    /// All nodes' indices.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = u32> + use<> {
        // Nodes are counted in 32 bits, so that the conversion never cuts.
        0..u32::try_from(self.len()).unwrap_or(u32::MAX)
    }

    /// The same links backwards; each node's targets ascend.
    pub(crate) fn reversed(&self) -> Self {
        let mut lists = vec![Vec::new(); self.len()];
        for node in self.nodes() {
            for &target in self.of(node) {
                if let Some(list) = lists.get_mut(target as usize) {
                    list.push(node);
                }
            }
        }
        Self::from_lists(lists)
    }
}

/// All nodes, each after all its parents (Kahn 1962); or, where there is a cycle, a node that lies on one.
pub(crate) fn topological_order(parents: &Edges, children: &Edges) -> Result<Vec<u32>, u32> {
    let mut waiting_for: Vec<usize> = parents.nodes().map(|node| parents.of(node).len()).collect();
    let mut order: Vec<u32> = parents.nodes().filter(|&node| parents.of(node).is_empty()).collect();
    let mut next = 0;
    while let Some(&node) = order.get(next) {
        next += 1;
        for &child in children.of(node) {
            if let Some(count) = waiting_for.get_mut(child as usize) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    order.push(child);
                }
            }
        }
    }
    let waits = |node: &u32| waiting_for.get(*node as usize).is_some_and(|&count| count > 0);
    match parents.nodes().find(waits) {
        None => Ok(order),
        Some(below) => Err(climb_into_cycle(parents, below, waits)),
    }
}

/// From a node that still waits, which may only lie below a cycle, up to one that lies on it.
fn climb_into_cycle(parents: &Edges, start: u32, waits: impl Fn(&u32) -> bool) -> u32 {
    let mut seen = vec![false; parents.len()];
    let mut node = start;
    while mark(&mut seen, node) {
        // A node that waits has a parent that waits.
        node = parents.of(node).iter().copied().find(|parent| waits(parent)).unwrap_or(node);
    }
    node
}

/// Marks the node; whether it was not marked before.
pub(super) fn mark(seen: &mut [bool], node: u32) -> bool {
    seen.get_mut(node as usize).is_some_and(|seen| !std::mem::replace(seen, true))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_reported_node_lies_on_the_cycle_and_not_merely_below_it() {
        // 0 is below 1, and 1, 2, 3 are a cycle.
        let parents = Edges::from_lists([vec![1], vec![2], vec![3], vec![1]]);
        let inside = topological_order(&parents, &parents.reversed()).unwrap_err();
        assert!([1, 2, 3].contains(&inside), "{inside}");
    }

    #[test]
    fn a_node_that_is_its_own_parent_is_a_cycle() {
        let parents = Edges::from_lists([vec![], vec![0, 1]]);
        assert_eq!(topological_order(&parents, &parents.reversed()), Err(1));
    }

    /// For each of these many nodes up to three targets below 30.
    fn links(nodes: std::ops::Range<usize>) -> impl Strategy<Value = Vec<BTreeSet<u32>>> {
        prop::collection::vec(prop::collection::btree_set(0..30u32, 0..4), nodes)
    }

    proptest! {
        #[test]
        fn without_a_cycle_each_node_follows_all_its_parents(lists in links(1..30)) {
            // Only parents of smaller index remain, so that there is no cycle.
            let smaller = lists.iter().zip(0..).map(|(list, node)| list.range(..node).copied());
            let parents = Edges::from_lists(smaller);
            let order = topological_order(&parents, &parents.reversed()).unwrap();
            prop_assert_eq!(order.len(), lists.len());
            let place = |node: u32| order.iter().position(|&other| other == node).unwrap();
            for node in parents.nodes() {
                for &parent in parents.of(node) {
                    prop_assert!(place(parent) < place(node));
                }
            }
        }

        #[test]
        fn reversing_twice_gives_the_same_links(lists in links(30..31)) {
            let edges = Edges::from_lists(lists.iter().map(|list| list.iter().copied()));
            let twice = edges.reversed().reversed();
            for node in edges.nodes() {
                prop_assert_eq!(edges.of(node), twice.of(node));
            }
        }
    }
}
