//! Where a look around in WordNet's nouns may begin.

use super::edges::mark;
use super::walk::reach;
use super::{EdgeKind, Ontology};
use crate::wnid::Wnid;

/// The roots of the 12 subtrees of Deng et al., CVPR 2009, section 2: 5,247 synsets.
pub const PAPER_ROOTS: [u32; 12] = [
    1_861_778, 1_503_061, 2_512_053, 1_661_091, 1_627_424, 4_524_313, 3_405_725, 3_800_933, 9_287_968,
    4_451_818, 11_669_921, 13_134_947,
];

/// WordNet's unique beginners (Miller 1990, table 1): the 25 synsets under which its nouns were written. In WordNet 3.0 all of
/// them are below "entity".
pub const BEGINNERS: [u32; 25] = [
    30_358, 15_388, 21_939, 24_264, 5_216_365, 23_271, 33_020, 29_378, 26_192, 21_265, 31_264, 27_167,
    23_773, 19_128, 11_408_559, 7_846, 17_222, 32_613, 29_677, 33_615, 31_921, 27_807, 24_720, 19_613,
    28_270,
];

/// "Physical entity": what is not below it can hardly be photographed.
const PHYSICAL: u32 = 1_930;

impl Ontology {
    /// The synsets of these offsets that are there, in the same order.
    pub fn at_offsets(&self, offsets: &[u32]) -> Vec<Wnid> {
        let wnids = offsets.iter().filter_map(|&offset| Wnid::from_offset(offset));
        wnids.filter(|&wnid| self.contains(wnid)).collect()
    }

    /// Those of the synsets that are no physical things: "justice", "twenty". None in an ontology that does not have
    /// "physical entity".
    pub fn abstract_among(&self, synsets: &[Wnid]) -> Vec<Wnid> {
        let Some(physical) = Wnid::from_offset(PHYSICAL).and_then(|wnid| self.index_of(wnid)) else {
            return Vec::new();
        };
        let children = self.children.of_kind(EdgeKind::IsAOrInstance);
        let mut is_physical = vec![false; children.len()];
        for node in reach(children, [physical], None) {
            mark(&mut is_physical, node);
        }
        let is_abstract = |wnid: &Wnid| {
            self.index_of(*wnid).is_some_and(|node| is_physical.get(node as usize) == Some(&false))
        };
        synsets.iter().copied().filter(is_abstract).collect()
    }

    /// Whether it is a single thing with a name, like a river or a person: its parents are all over `@i`.
    pub fn is_instance(&self, wnid: Wnid) -> bool {
        let parents = |kind| self.index_of(wnid).map_or(0, |node| self.parents.of_kind(kind).of(node).len());
        parents(EdgeKind::IsA) == 0 && parents(EdgeKind::IsAOrInstance) > 0
    }
}
