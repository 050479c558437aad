//! What a verdict on an image in one synset says of the same image in another: what shows a husky shows a dog, and what shows no
//! dog shows no husky.
//!
//! This is evidence, not a vote: it is kept beside the votes with where it comes from, and counts where they have decided nothing.

use crate::consensus::votes::WHOLE;
use crate::ontology::Ontology;
use crate::wnid::Wnid;

/// What an image is found to be in a synset, by votes or by an expert; never by what is said here, so nothing is passed on twice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// The synset.
    pub wnid: Wnid,
    /// Whether it shows it.
    pub good: bool,
    /// The chance that it does, 0 to 1.
    pub confidence: f64,
}

/// What follows for another synset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Implied {
    /// The chance that the image shows it, in millionths; above one half exactly when it is taken to.
    pub chance: u32,
    /// From which of the findings, by place.
    pub from: usize,
}

/// What findings on an image say of it in `synset`: a yes below is a yes, a no above is a no. Of several that agree, the surest;
/// nothing where they contradict each other.
#[must_use]
pub fn implied(ontology: &Ontology, synset: Wnid, found: &[Found]) -> Option<Implied> {
    let is_above = |above: Wnid, below: Wnid| above != below && ontology.ancestors(below).contains(&above);
    let says = |found: &Found| {
        if found.good { is_above(synset, found.wnid) } else { is_above(found.wnid, synset) }
    };
    let half = WHOLE / 2;
    let of = |(from, found): (usize, &Found)| {
        // `as` from a float is exact here: the product lies between 0 and a million. A method that counts votes may accept
        // what its table doubts.
        let chance = (found.confidence.clamp(0.0, 1.0) * f64::from(WHOLE)).round() as u32;
        Implied { chance: if found.good { chance.max(half + 1) } else { chance.min(half) }, from }
    };
    let mut said = found.iter().enumerate().filter(|(_, found)| says(found)).map(of);
    let first = said.next()?;
    said.try_fold(first, |surest, other| {
        let both = (surest.chance > half, other.chance > half);
        match both {
            (true, true) if other.chance > surest.chance => Some(other),
            (false, false) if other.chance < surest.chance => Some(other),
            (true, true) | (false, false) => Some(surest),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Node;

    const ANIMAL: u32 = 1;
    const DOG: u32 = 2;
    const HUSKY: u32 = 3;
    const PET: u32 = 4;
    const CAT: u32 = 5;

    fn wnid(offset: u32) -> Wnid {
        Wnid::from_offset(offset).unwrap()
    }

    /// Animals are dogs and cats; dogs and cats are pets too; huskies are dogs.
    fn ontology() -> Ontology {
        let node = |offset, above: &[u32]| Node {
            wnid: wnid(offset),
            words: vec![format!("thing {offset}")],
            definition: String::new(),
            examples: Vec::new(),
            hypernyms: above.iter().copied().map(wnid).collect(),
            instance_hypernyms: Vec::new(),
        };
        let nodes = [
            node(ANIMAL, &[]),
            node(PET, &[]),
            node(DOG, &[ANIMAL, PET]),
            node(CAT, &[ANIMAL, PET]),
            node(HUSKY, &[DOG]),
        ];
        Ontology::new(nodes).unwrap()
    }

    fn found(of: u32, good: bool, confidence: f64) -> Found {
        Found { wnid: wnid(of), good, confidence }
    }

    fn chance(of: u32, findings: &[Found]) -> Option<u32> {
        implied(&ontology(), wnid(of), findings).map(|implied| implied.chance)
    }

    #[test]
    fn a_yes_goes_up_every_way_and_a_no_goes_down() {
        let yes = [found(HUSKY, true, 0.998)];
        assert_eq!([DOG, ANIMAL, PET].map(|above| chance(above, &yes)), [Some(998_000); 3]);
        assert_eq!([CAT, HUSKY].map(|other| chance(other, &yes)), [None; 2]);
        let no = [found(DOG, false, 0.04)];
        assert_eq!(chance(HUSKY, &no), Some(40_000));
        assert_eq!([ANIMAL, PET, CAT].map(|other| chance(other, &no)), [None; 3]);
    }

    #[test]
    fn the_surest_counts_and_contradictions_say_nothing() {
        let two = [found(HUSKY, true, 0.95), found(CAT, true, 0.99)];
        assert_eq!(implied(&ontology(), wnid(PET), &two), Some(Implied { chance: 990_000, from: 1 }));
        let nos = [found(DOG, false, 0.02), found(ANIMAL, false, 0.05)];
        assert_eq!(implied(&ontology(), wnid(HUSKY), &nos), Some(Implied { chance: 20_000, from: 0 }));
        let against = [found(HUSKY, true, 0.99), found(ANIMAL, false, 0.01)];
        assert_eq!(implied(&ontology(), wnid(DOG), &against), None);
    }

    #[test]
    fn what_was_counted_stays_on_its_side() {
        assert_eq!(chance(DOG, &[found(HUSKY, true, 0.4)]), Some(500_001));
        assert_eq!(chance(HUSKY, &[found(DOG, false, 0.7)]), Some(500_000));
    }
}
