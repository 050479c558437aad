//! How workers send what they have to say: most as the page does, some in every way that goes wrong in practice.

use crate::chance::Chance;

/// How a worker answers a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Manner {
    /// By the page's script.
    Plain,
    /// By a form without script.
    WithoutScript,
    /// After a pause.
    Late,
    /// The same submission twice, one after the other.
    Twice,
    /// The same submission twice at the same time.
    TwiceAtOnce,
    /// Sends half of it, and again all.
    HalfSent,
    /// Hangs up before the answer, and sends it again.
    HungUp,
    /// Signs out with the page open, comes back, and finds it again.
    CameBack,
    /// Tries to change what was answered, and to answer twice under another key.
    Cheated,
}

impl Manner {
    /// A manner for the next batch.
    pub fn of(chance: &mut Chance) -> Self {
        match (chance.uniform() * 100.0) as u32 {
            0..5 => Self::HalfSent,
            5..10 => Self::HungUp,
            10..15 => Self::Twice,
            15..20 => Self::TwiceAtOnce,
            20..23 => Self::CameBack,
            23..28 => Self::Late,
            28..32 => Self::Cheated,
            32..50 => Self::WithoutScript,
            _ => Self::Plain,
        }
    }
}
