//! What each kind of person may do.

use std::fmt;

use thiserror::Error;

/// What a person is in Synvote. There is no plain order: an expert judges and does not manage, a manager
/// manages and does not judge, so that whoever answers for cost and progress has no say in single images.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Labels images.
    Worker,
    /// Labels, and decides the images on which workers disagree.
    Expert,
    /// Labels, and watches synsets, cost and workers.
    Manager,
    /// May do everything: a small project has one person for all of it.
    Admin,
}

/// A text that is no role.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{found:?} is not a role: worker, expert, manager or admin would be right")]
pub struct ParseRoleError {
    /// The text, cut after 32 characters.
    pub found: String,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 4] = [Self::Worker, Self::Expert, Self::Manager, Self::Admin];

    /// The role's name in the database and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Expert => "expert",
            Self::Manager => "manager",
            Self::Admin => "admin",
        }
    }

    /// Reads what [`Self::as_str`] wrote.
    pub fn parse(text: &str) -> Result<Self, ParseRoleError> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or_else(|| ParseRoleError { found: text.chars().take(32).collect() })
    }

    /// Whether a person of this role may do what needs the role `required`.
    ///
    /// Everyone may do what a worker may; an expert's and a manager's work is for that role and admins; an
    /// admin's for admins alone.
    pub fn allows(self, required: Self) -> bool {
        self == required || self == Self::Admin || required == Self::Worker
    }

    /// May lease batches and vote: every role.
    pub fn can_label(self) -> bool {
        self.allows(Self::Worker)
    }

    /// May decide escalated images: experts and admins, not managers.
    pub fn can_judge(self) -> bool {
        self.allows(Self::Expert)
    }

    /// May see progress, cost and the workers' quality, and steer synsets: managers and admins.
    pub fn can_manage(self) -> bool {
        self.allows(Self::Manager)
    }

    /// May seed synsets, import candidates, set thresholds and budgets, and give accounts: admins.
    pub fn can_administer(self) -> bool {
        self.allows(Self::Admin)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Role::{self, Admin, Expert, Manager, Worker};

    #[test]
    fn each_right_belongs_to_the_roles_that_the_manual_names() {
        let with =
            |right: fn(Role) -> bool| Role::ALL.into_iter().filter(|&role| right(role)).collect::<Vec<_>>();
        assert_eq!(with(Role::can_label), [Worker, Expert, Manager, Admin]);
        assert_eq!(with(Role::can_judge), [Expert, Admin]);
        assert_eq!(with(Role::can_manage), [Manager, Admin]);
        assert_eq!(with(Role::can_administer), [Admin]);
    }

    #[test]
    fn a_role_is_read_as_it_was_written() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Ok(role));
            assert_eq!(role.to_string(), role.as_str());
        }
    }

    #[test]
    fn an_unknown_role_is_refused_with_those_that_exist() {
        assert_eq!(
            Role::parse("Admin").unwrap_err().to_string(),
            "\"Admin\" is not a role: worker, expert, manager or admin would be right"
        );
    }
}
