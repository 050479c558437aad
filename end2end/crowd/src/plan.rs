//! What is labelled, and the truth about it, which only the simulation knows.

use crate::chance::Chance;
use crate::options::Options;
use crate::picture::{Pattern, sha256};
use crate::trouble::Trouble;
use std::collections::HashMap;

/// Synsets of WordNet 3.0 that take part, in this order.
const WNIDS: [&str; 12] = [
    "n02110341",
    "n02123045",
    "n02123597",
    "n02124075",
    "n02123394",
    "n02129165",
    "n02114367",
    "n02119789",
    "n02391049",
    "n02084071",
    "n01503061",
    "n02512053",
];

/// Of so many pictures one comes a second time in other bytes that look the same.
const ONE_COPY_IN: u32 = 50;

/// How far good and bad pictures of a synset lie apart in the eye of a worker, in units of what one worker's view
/// scatters; and how many bad ones look nearly good.
#[derive(Clone, Copy, Debug)]
struct Kind {
    prevalence: f64,
    good: f64,
    bad: f64,
    near_misses: f64,
}

/// Easy, medium and hard, about 12 % of the pictures good: the mix on which the consensus was designed.
const KINDS: [Kind; 3] = [
    Kind { prevalence: 0.15, good: 2.0, bad: -2.2, near_misses: 0.02 },
    Kind { prevalence: 0.12, good: 1.7, bad: -1.9, near_misses: 0.03 },
    Kind { prevalence: 0.10, good: 1.3, bad: -1.6, near_misses: 0.05 },
];

/// Where near misses lie.
const NEAR_MISS: f64 = -0.4;

/// A picture and what it really shows.
pub struct Picture {
    /// The file, until it is uploaded and after.
    pub bytes: Vec<u8>,
    /// What the server calls it.
    pub sha256: String,
    /// It shows the synset.
    pub good: bool,
    /// How much it looks as if: negative is no.
    pub signal: f64,
    /// It looks like another one, and must not be asked about.
    pub copy: bool,
}

/// A synset and its pictures.
pub struct PlannedSynset {
    /// WordNet id.
    pub wnid: &'static str,
    /// Its pictures; copies come last.
    pub pictures: Vec<Picture>,
}

impl PlannedSynset {
    /// Pictures that are asked about.
    pub fn originals(&self) -> impl Iterator<Item = &Picture> {
        self.pictures.iter().filter(|picture| !picture.copy)
    }
}

/// Everything that is labelled.
pub struct Plan {
    /// The synsets.
    pub synsets: Vec<PlannedSynset>,
    places: HashMap<String, (usize, usize)>,
}

impl Plan {
    /// Makes the pictures.
    ///
    /// # Errors
    /// They can't be made.
    pub fn new(options: &Options) -> Result<Self, Trouble> {
        let number = usize::try_from(options.synsets).unwrap_or(usize::MAX);
        let kinds = KINDS.into_iter().cycle();
        let synsets = (1_u64..).zip(WNIDS.into_iter().zip(kinds)).take(number);
        let synsets = synsets
            .map(|(stream, (wnid, kind))| {
                planned(&mut Chance::new(options.seed, stream), wnid, kind, options.images)
            })
            .collect::<Result<Vec<_>, _>>()?;
        let mut places = HashMap::new();
        for (number, synset) in synsets.iter().enumerate() {
            places.extend(
                synset.pictures.iter().enumerate().map(|(i, picture)| (picture.sha256.clone(), (number, i))),
            );
        }
        Ok(Self { synsets, places })
    }

    /// The picture that the server calls so.
    pub fn picture(&self, sha256: &str) -> Option<&Picture> {
        let (synset, picture) = self.places.get(sha256)?;
        self.synsets.get(*synset)?.pictures.get(*picture)
    }

    /// All pictures, copies too.
    pub fn pictures(&self) -> usize {
        self.places.len()
    }
}

fn planned(
    chance: &mut Chance,
    wnid: &'static str,
    kind: Kind,
    images: u32,
) -> Result<PlannedSynset, Trouble> {
    let (mut pictures, mut copies) = (Vec::new(), Vec::new());
    for number in 0..images {
        let good = chance.happens(kind.prevalence);
        let mean = match good {
            true => kind.good,
            false if chance.happens(kind.near_misses) => NEAR_MISS,
            false => kind.bad,
        };
        let signal = mean + 0.5 * chance.normal();
        let pattern = Pattern::new(chance);
        let made = |quality: u8, copy: bool| {
            let bytes = pattern.jpeg(quality)?;
            Ok::<_, Trouble>(Picture { sha256: sha256(&bytes), bytes, good, signal, copy })
        };
        pictures.push(made(88, false)?);
        if number % ONE_COPY_IN == 0 {
            copies.push(made(70, true)?);
        }
    }
    pictures.append(&mut copies);
    Ok(PlannedSynset { wnid, pictures })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser as _;

    #[test]
    fn every_picture_is_found_by_its_hash_and_copies_are_other_bytes() {
        let options = ["crowd", "--server", "http://x", "--admin", "a", "--images", "60", "--synsets", "3"];
        let plan = Plan::new(&Options::parse_from(options)).unwrap();
        assert_eq!(plan.pictures(), 3 * (60 + 2));
        let synset = &plan.synsets[0];
        assert_eq!(synset.originals().count(), 60);
        for picture in &synset.pictures {
            assert_eq!(plan.picture(&picture.sha256).unwrap().bytes, picture.bytes);
        }
    }
}
