//! Who is wrong together with whom, for a page of workers at a time.

use super::number;
use crate::service::Outcome;
use crate::world::World;
use app::api::workers::Warning;
use domain::consensus::VotedImage;
use domain::quality::{Alike, Confusion, Pair, Rates, alike, pairs};
use std::collections::{BTreeMap, BTreeSet};
use store::people::{DisputedVoteRow, FiguresRow};

/// The warnings of the accounts in `figures`, each with its partner, whoever that is. Looks at so many newest pages of each of
/// them: see [`store::Store::disputed_votes`] for what that costs. The partners' figures are looked up for pairs alone that share
/// enough mistakes.
pub(super) async fn of(
    world: &World,
    project: i64,
    figures: &BTreeMap<i64, FiguresRow>,
    pages: i64,
) -> Outcome<BTreeMap<i64, Vec<Warning>>> {
    let listed: Vec<i64> = figures.keys().copied().collect();
    let disputed = Disputed::of(&world.store.disputed_votes(project, &listed, pages).await?);
    let is_listed =
        |pair: &Pair| disputed.both(pair).is_some_and(|both| both.iter().any(|id| figures.contains_key(id)));
    let suspects: Vec<Pair> = pairs(&disputed.images).into_iter().filter(is_listed).collect();
    if suspects.is_empty() {
        return Ok(BTreeMap::new());
    }
    let people = world.store.worker_count(project).await?;
    let compared = u64::try_from(people * (people - 1) / 2).unwrap_or(0);
    let partners: BTreeSet<i64> = suspects
        .iter()
        .filter_map(|pair| disputed.both(pair))
        .flatten()
        .filter(|account| !figures.contains_key(account))
        .collect();
    let partners: Vec<i64> = partners.into_iter().collect();
    let theirs = world.store.worker_figures(project, &partners).await?;
    let counted: BTreeMap<i64, Confusion> =
        figures.values().chain(&theirs).map(|row| (row.account_id, row.compared.own)).collect();
    let rates = |account: i64| Rates::of(counted.get(&account).copied().unwrap_or_default());
    let mut warnings: BTreeMap<i64, Vec<Warning>> = BTreeMap::new();
    for pair in suspects {
        let Some([one, other]) = disputed.both(&pair) else { continue };
        let Some(found) = alike(&disputed.images, pair, (rates(one), rates(other)), compared) else {
            continue;
        };
        for (account, partner) in [(one, other), (other, one)] {
            if figures.contains_key(&account) {
                let name = world.store.account(partner).await?.map(|account| account.name);
                let warning = warning(found, partner, name.unwrap_or_default());
                warnings.entry(account).or_default().push(warning);
            }
        }
    }
    Ok(warnings)
}

/// Disputed images, on which workers are numbers.
struct Disputed {
    images: Vec<VotedImage>,
    accounts: Vec<i64>,
}

impl Disputed {
    /// Of rows that are sorted by image.
    fn of(rows: &[DisputedVoteRow]) -> Self {
        let accounts: BTreeSet<i64> = rows.iter().map(|row| row.account_id).collect();
        let accounts: Vec<i64> = accounts.into_iter().collect();
        let vote = |row: &DisputedVoteRow| {
            accounts.binary_search(&row.account_id).ok().map(|worker| (worker, row.answer))
        };
        let image = |rows: &[DisputedVoteRow]| VotedImage {
            votes: rows.iter().filter_map(vote).collect(),
            expert: rows.first().and_then(|row| row.expert),
        };
        let images = rows.chunk_by(|one, other| one.candidate_id == other.candidate_id).map(image).collect();
        Self { images, accounts }
    }

    /// The two accounts of a pair.
    fn both(&self, pair: &Pair) -> Option<[i64; 2]> {
        let (one, other) = pair.workers;
        Some([*self.accounts.get(one)?, *self.accounts.get(other)?])
    }
}

fn warning(found: Alike, account: i64, name: String) -> Warning {
    Warning::WrongTogether {
        account,
        name,
        either: i64::from(found.pair.either_wrong),
        both: i64::from(found.pair.both_wrong),
        expected: found.expected,
        once_in: once_in(found.ln_chance),
    }
}

/// A chance as "once in so many", to two digits; nobody needs to know more than a billion.
fn once_in(ln_chance: f64) -> i64 {
    const MOST: f64 = 1e9;
    let times = (-ln_chance).exp().min(MOST);
    let step = 10_f64.powf((times.log10().floor() - 1.0).max(0.0));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and a billion")]
    let times = ((times / step).floor() * step) as u64;
    number(times)
}

#[cfg(test)]
mod tests {
    use super::once_in;

    #[test]
    fn chances_are_told_to_two_digits() {
        let told = [123.4_f64, 98_765.0, 7.9, 1e30].map(|times| once_in(-times.ln()));
        assert_eq!(told, [120, 98_000, 7, 1_000_000_000]);
    }
}
