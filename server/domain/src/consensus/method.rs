//! The ways to decide that a project can choose from.

use super::settings::MAX_CAP;
use std::{fmt, str::FromStr};

/// Who decides, and when asking stops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Method {
    /// A confidence table for each synset that leans on those of related synsets; votes weigh what their workers' errors say.
    #[default]
    Full,
    /// A confidence table for each synset on its own; every vote weighs 1.
    Table,
    /// Always `votes` votes: two thirds of them decide, what lies between goes to an expert.
    Majority {
        /// How many are asked, 1 to [`MAX_CAP`].
        votes: u32,
    },
    /// Always `votes` votes, positive with at least `yes` of them.
    Fixed {
        /// How many are asked, 1 to [`MAX_CAP`].
        votes: u32,
        /// How many must say yes, 1 to `votes`.
        yes: u32,
    },
}

/// A text that names no method.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MethodError {
    /// No such word.
    #[error(
        "{0:?} is no policy: it is one of full, table, majority:N and fixed:N:K, such as majority:5 or fixed:10:9"
    )]
    Unknown(String),
    /// A number of votes that can't be asked for.
    #[error("{0:?} is no number of votes; one from 1 to {MAX_CAP} is expected")]
    Votes(String),
    /// More yes votes than votes.
    #[error("{yes} of {votes} votes can't say yes; at most {votes} can")]
    TooManyYes {
        /// Asked for.
        votes: u32,
        /// Of which so many should say yes.
        yes: u32,
    },
}

impl Method {
    /// How many votes are always asked for, where that is so.
    #[must_use]
    pub const fn fixed_votes(self) -> Option<u32> {
        match self {
            Self::Full | Self::Table => None,
            Self::Majority { votes } | Self::Fixed { votes, .. } => Some(votes),
        }
    }

    /// Whether votes weigh what their workers' errors say.
    #[must_use]
    pub const fn weighs_votes(self) -> bool {
        matches!(self, Self::Full)
    }
}

/// As it is written on a command line and stored: `full`, `table`, `majority:5`, `fixed:10:9`.
impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("full"),
            Self::Table => f.write_str("table"),
            Self::Majority { votes } => write!(f, "majority:{votes}"),
            Self::Fixed { votes, yes } => write!(f, "fixed:{votes}:{yes}"),
        }
    }
}

impl FromStr for Method {
    type Err = MethodError;

    fn from_str(text: &str) -> Result<Self, MethodError> {
        let parts: Vec<&str> = text.split(':').collect();
        match parts.as_slice() {
            ["full"] => Ok(Self::Full),
            ["table"] => Ok(Self::Table),
            ["majority", votes] => Ok(Self::Majority { votes: number(votes)? }),
            ["fixed", votes, yes] => match (number(votes)?, number(yes)?) {
                (votes, yes) if yes <= votes => Ok(Self::Fixed { votes, yes }),
                (votes, yes) => Err(MethodError::TooManyYes { votes, yes }),
            },
            _ => Err(MethodError::Unknown(text.to_owned())),
        }
    }
}

fn number(text: &str) -> Result<u32, MethodError> {
    let wrong = || MethodError::Votes(text.to_owned());
    text.parse().ok().filter(|n| (1..=MAX_CAP).contains(n)).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_read_as_they_are_written() {
        for text in ["full", "table", "majority:5", "fixed:10:9"] {
            assert_eq!(text.parse::<Method>().unwrap().to_string(), text);
        }
        for text in ["", "Full", "majority", "majority:0", "majority:101", "fixed:10", "fixed:3:4", "table:1"]
        {
            assert!(text.parse::<Method>().is_err(), "{text}");
        }
        assert_eq!(
            "fixed:3:4".parse::<Method>().unwrap_err().to_string(),
            "4 of 3 votes can't say yes; at most 3 can"
        );
    }
}
