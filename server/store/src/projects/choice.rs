//! Which synsets of a project a table shows: a flag and words to search for, as one condition for rows and for counts.

use sqlx::{Database, Encode, QueryBuilder, Type};

/// A group of synsets, of which the managers want to see no others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SynsetFlag {
    /// No restriction.
    #[default]
    All,
    /// No candidates yet.
    Waiting,
    /// The initial sample is being voted on.
    Calibrating,
    /// The rest is being voted on.
    Labelling,
    /// No more votes are asked for; a person must decide.
    Hold,
    /// Every candidate is settled or escalated.
    Done,
    /// Paused by an admin.
    Paused,
    /// A semantic difficulty of at least [`SynsetFlag::HARD`].
    Hard,
    /// There is a table, and by it no number of yes votes makes an image sure, or asking would be in vain.
    Unillustrable,
    /// Votes are wanted and none has come for a day: open candidates, not paused, seeded before, not on hold.
    Starved,
    /// At least one candidate waits for an expert.
    Escalated,
}

/// A flag, and words to search for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SynsetChoice {
    /// Which group.
    pub flag: SynsetFlag,
    /// A part of the words or of the wnid, in capital or small letters; empty: no restriction.
    pub search: String,
    /// The present, Unix ms: starving is a matter of time.
    pub now: i64,
}

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

impl SynsetFlag {
    /// From so many unanimous votes for 99 % on a synset is hard. In the paper's Figure 7 an easy synset needs 3, and one
    /// that people argue about still stands at 90 % then.
    pub const HARD: i64 = 7;

    /// Every flag but [`SynsetFlag::All`].
    pub const EVERY: [Self; 10] = [
        Self::Waiting,
        Self::Calibrating,
        Self::Labelling,
        Self::Hold,
        Self::Done,
        Self::Paused,
        Self::Hard,
        Self::Unillustrable,
        Self::Starved,
        Self::Escalated,
    ];
}

impl SynsetChoice {
    /// Adds ` and …` for the flag and the words, on `project_synset p` and `synset s`.
    pub(super) fn restrict<'a, DB>(&self, query: &mut QueryBuilder<DB>)
    where
        DB: Database,
        String: Encode<'a, DB> + Type<DB> + 'a,
        i64: Encode<'a, DB> + Type<DB> + 'a,
    {
        self.restrict_to_words(query);
        if self.flag != SynsetFlag::All {
            query.push(" and ");
            condition(self.flag, self.now, query);
        }
    }

    /// Adds ` and …` for the words alone.
    pub(super) fn restrict_to_words<'a, DB>(&self, query: &mut QueryBuilder<DB>)
    where
        DB: Database,
        String: Encode<'a, DB> + Type<DB> + 'a,
    {
        if self.search.is_empty() {
            return;
        }
        for (start, end) in [
            (" and (lower(s.words) like lower(", ") escape '!'"),
            (" or p.wnid like lower(", ") escape '!')"),
        ] {
            query.push(start).push_bind(pattern(&self.search)).push(end);
        }
    }
}

/// The condition of a flag on `project_synset p`.
pub(super) fn condition<'a, DB>(flag: SynsetFlag, now: i64, query: &mut QueryBuilder<DB>)
where
    DB: Database,
    i64: Encode<'a, DB> + Type<DB> + 'a,
{
    match flag {
        SynsetFlag::All => query.push("p.project_id is not null"),
        SynsetFlag::Waiting => query.push("p.state = 'waiting'"),
        SynsetFlag::Calibrating => query.push("p.state = 'calibrating'"),
        SynsetFlag::Labelling => query.push("p.state = 'labelling'"),
        SynsetFlag::Hold => query.push("p.state = 'hold'"),
        SynsetFlag::Done => query.push("p.state = 'done'"),
        SynsetFlag::Paused => query.push("p.paused"),
        SynsetFlag::Hard => query.push("coalesce(p.difficulty, 0) >= ").push_bind(SynsetFlag::HARD),
        SynsetFlag::Unillustrable => {
            query.push("(p.calibration_id is not null and (p.difficulty is null or p.state = 'hold'))")
        }
        SynsetFlag::Escalated => query.push("p.escalated > 0"),
        SynsetFlag::Starved => {
            query.push(
                "(not p.paused and p.state in ('calibrating', 'labelling')
                  and p.candidates > p.positive + p.negative + p.escalated and p.seeded_at <= ",
            );
            query.push_bind(now - DAY);
            query.push(
                " and not exists (select 1 from vote_hour v where v.project_synset_id = p.project_synset_id and v.hour > ",
            );
            // The hour that began a day ago or just before has votes of which nobody knows on which side they fell: they count
            // as too old, so that a synset is called starved an hour too soon rather than too late.
            query.push_bind((now - DAY).div_euclid(HOUR)).push("))")
        }
    };
}

/// The text anywhere, its wildcards taken literally.
fn pattern(search: &str) -> String {
    let mut pattern = String::from("%");
    for letter in search.chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}
