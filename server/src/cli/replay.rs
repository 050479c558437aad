//! `synvote replay`: the engine over votes recorded in a file.

mod file;
mod shown;

use super::trouble::{Done, Trouble};
use clap::{ArgGroup, Args};
use domain::consensus::{
    DEFAULT_CAP, MIN_INITIAL_VOTES, MethodError, Policy, PolicySettings, Rejection, Whom, Worth,
};
use domain::replay::{Method, Settings, replay};
use std::path::PathBuf;

/// What is replayed, and how.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("level").args(["target", "tau"]))]
#[command(
    after_help = "The file is CSV, also compressed (.gz), with a line of names: task,worker,label[,truth][,synset], where label is 1 \
    for yes, 0 for no and 0.5 for unsure; or task,yes,no[,truth][,synset] with numbers of votes. truth is 1, 0, or anything else where it \
    is not known. What `synvote export votes` writes is such a file."
)]
pub struct Replay {
    /// Recorded votes, as CSV or CSV.gz
    #[arg(long, value_name = "FILE")]
    votes: PathBuf,
    /// Who decides: full, table, majority:N (two thirds of N votes), fixed:N:K (positive with K yes of N), counted (the paper's table)
    #[arg(long, value_name = "POLICY", default_value = "full", value_parser = method)]
    policy: Method,
    /// The mean precision wanted of accepted images [default: 0.997]
    #[arg(long, value_name = "P")]
    target: Option<f64>,
    /// Accept at this confidence, whatever precision comes of it
    #[arg(long, value_name = "P")]
    tau: Option<f64>,
    /// Reject at this confidence
    #[arg(long, value_name = "P", default_value_t = Rejection::USUAL.get())]
    rho: f64,
    /// Give images up where further votes cost more than accepting them is worth: so many votes. Decides instead of --rho (full, table)
    #[arg(long, value_name = "VOTES", conflicts_with = "rho", value_parser = worth)]
    worth: Option<Worth>,
    /// Ask the better half of the workers about images with a yes, the other half about untried ones, and those who err most last (full)
    #[arg(long)]
    suited: bool,
    /// The most votes on one image
    #[arg(long, value_name = "N", default_value_t = DEFAULT_CAP)]
    cap: u32,
    /// Images in the initial sample of each synset
    #[arg(long, value_name = "N", default_value_t = 20)]
    initial: usize,
    /// Yes and no votes on each of them
    #[arg(long, value_name = "N", default_value_t = MIN_INITIAL_VOTES)]
    initial_votes: u32,
    /// Images of each initial sample that an expert labels, by the truth in the file
    #[arg(long, value_name = "N", default_value_t = 0)]
    anchors: usize,
    /// Answers of each worker that are compared with the truth beforehand (full)
    #[arg(long, value_name = "N", default_value_t = 0)]
    gold: usize,
    /// Accepted images of each synset that an expert looks at afterwards (full)
    #[arg(long, value_name = "N", default_value_t = 0)]
    audit: usize,
    /// Chooses the draws: the same seed gives the same figures
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How often all is drawn anew; figures are means
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=1000))]
    draws: u32,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Replay {
    /// Runs the command; no database is opened.
    ///
    /// # Errors
    /// The file can't be read or is no file of votes, with the line; levels out of range.
    pub fn run(&self) -> Done<()> {
        let method = self.policy.engine().unwrap_or_default();
        let fixed_votes = method.fixed_votes();
        let policy = Policy::new(PolicySettings {
            method,
            target: self.target.unwrap_or(PolicySettings::default().target),
            threshold: self.tau,
            rejection: self.rho,
            // Who asks for a number of votes means it.
            cap: self.cap.max(fixed_votes.unwrap_or(0)),
            initial_votes: self.initial_votes,
        });
        let settings = Settings {
            method: self.policy,
            policy: policy
                .map_err(|error| Trouble::Said(error.to_string()))?
                .giving_up(self.worth)
                .asking(if self.suited { Whom::Suited } else { Whom::Anybody }),
            initial: self.initial,
            anchors: self.anchors,
            gold: self.gold,
            audit: self.audit,
            seed: self.seed,
            draws: self.draws,
        };
        let recording = file::read(&self.votes)?;
        let report = replay(&recording, &settings);
        super::say(&match self.json {
            true => shown::json(self.policy, &report),
            false => shown::text(&report),
        })
    }
}

fn method(text: &str) -> Result<Method, String> {
    match text {
        "counted" => Ok(Method::Counted),
        _ => text.parse().map(Method::Engine).map_err(|error: MethodError| error.to_string()),
    }
}

fn worth(text: &str) -> Result<Worth, String> {
    let wrong = || format!("{text:?} is no number of votes above 1, such as 120");
    text.parse().ok().and_then(Worth::new).ok_or_else(wrong)
}

/// How a policy is written on the command line.
fn name(method: Method) -> String {
    match method {
        Method::Counted => "counted".to_owned(),
        Method::Engine(method) => method.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worth_is_a_number_of_votes_above_one() {
        assert!(worth("120").is_ok_and(|worth| worth.votes() == 120.0));
        for text in ["", "1", "-3", "many", "inf", "NaN"] {
            assert!(worth(text).is_err_and(|error| error.contains("such as 120")), "{text}");
        }
    }

    #[test]
    fn policies_are_read_as_they_are_written() {
        for text in ["full", "table", "counted", "majority:5", "fixed:10:9"] {
            assert_eq!(name(method(text).unwrap()), text);
        }
        for text in ["", "Full", "majority", "majority:0", "majority:x", "fixed:10", "fixed:3:4", "table:1"] {
            assert!(method(text).is_err(), "{text}");
        }
    }
}
