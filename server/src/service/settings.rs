//! Settings: what a form says, what a project has, what a synset overrides, what is in force.

use super::{Failure, Outcome};
use crate::language::locale;
use crate::texts::settings as say;
use app::api::settings::{Overrides, Settings, SettingsForm};
use domain::consensus::{DEFAULT_CAP, MAX_CAP, MIN_INITIAL_VOTES, Method, Policy, PolicySettings};
use std::fmt::Display;
use std::str::FromStr;
use store::projects::{OverrideSettings, ProjectRow, ProjectSettings, ProjectSynsetRow};

/// Most images in an initial sample.
pub const MAX_INITIAL_SAMPLE: i64 = 1000;
/// The majority that is proposed where none was chosen.
const MAJORITY: u32 = 5;
/// The fixed number of votes that is proposed, and how many must say yes: those that come closest to tables, at ten votes.
const FIXED: (u32, u32) = (10, 9);
/// Most tiles in a batch.
pub const MAX_BATCH: i64 = 100;
/// Highest hash distance: beyond it, unrelated images would pass for duplicates.
pub const MAX_DUPLICATE_DISTANCE: i64 = 32;

/// The settings of a new project: the paper's precision, 20 images with 10 votes, 48 tiles a batch (24 on a phone), and a hash distance at
/// which re-encoded and resized copies are found and different photographs are not.
pub fn usual() -> ProjectSettings {
    let policy = PolicySettings::default();
    ProjectSettings {
        target_precision: policy.target,
        threshold: policy.threshold,
        rejection: policy.rejection,
        initial_sample: 20,
        initial_votes: i64::from(MIN_INITIAL_VOTES),
        votes_cap: i64::from(DEFAULT_CAP),
        batch_size: 48,
        batch_size_phone: 24,
        duplicate_distance: 8,
        method: policy.method,
    }
}

/// A project's settings.
pub fn of_project(row: &ProjectRow) -> ProjectSettings {
    ProjectSettings {
        target_precision: row.target_precision,
        threshold: row.threshold,
        rejection: row.rejection,
        initial_sample: row.initial_sample,
        initial_votes: row.initial_votes,
        votes_cap: row.votes_cap,
        batch_size: row.batch_size,
        batch_size_phone: row.batch_size_phone,
        duplicate_distance: row.duplicate_distance,
        method: row.method,
    }
}

/// What a synset overrides.
pub fn overrides_of(row: &ProjectSynsetRow) -> OverrideSettings {
    OverrideSettings {
        target_precision: row.target_precision,
        threshold: row.threshold,
        rejection: row.rejection,
        initial_sample: row.initial_sample,
        initial_votes: row.initial_votes,
        votes_cap: row.votes_cap,
        batch_size: row.batch_size,
        batch_size_phone: row.batch_size_phone,
        duplicate_distance: row.duplicate_distance,
    }
}

/// What is in force for a synset. A target of its own beats the project's fixed threshold.
pub fn in_force(project: &ProjectSettings, own: &OverrideSettings) -> ProjectSettings {
    let threshold =
        if own.target_precision.is_some() { own.threshold } else { own.threshold.or(project.threshold) };
    ProjectSettings {
        target_precision: own.target_precision.unwrap_or(project.target_precision),
        threshold,
        rejection: own.rejection.unwrap_or(project.rejection),
        initial_sample: own.initial_sample.unwrap_or(project.initial_sample),
        initial_votes: own.initial_votes.unwrap_or(project.initial_votes),
        votes_cap: own.votes_cap.unwrap_or(project.votes_cap),
        batch_size: own.batch_size.unwrap_or(project.batch_size),
        batch_size_phone: own.batch_size_phone.unwrap_or(project.batch_size_phone),
        duplicate_distance: own.duplicate_distance.unwrap_or(project.duplicate_distance),
        method: project.method,
    }
}

/// The stopping policy of settings.
///
/// # Errors
/// When a value is out of its range, with what would be right.
pub fn policy(settings: &ProjectSettings) -> Outcome<Policy> {
    Policy::new(PolicySettings {
        method: settings.method,
        target: settings.target_precision,
        threshold: settings.threshold,
        rejection: settings.rejection,
        cap: count(settings.votes_cap),
        initial_votes: count(settings.initial_votes),
    })
    .map_err(|error| Failure::invalid(sentence(&error.to_string())))
}

/// Settings in the form of the wire.
pub fn shown(settings: &ProjectSettings) -> Settings {
    Settings {
        target_precision: settings.target_precision,
        threshold: settings.threshold,
        rejection: settings.rejection,
        initial_sample: count(settings.initial_sample),
        initial_votes: count(settings.initial_votes),
        votes_cap: count(settings.votes_cap),
        batch_size: count(settings.batch_size),
        batch_size_phone: count(settings.batch_size_phone),
        duplicate_distance: count(settings.duplicate_distance),
        method: settings.method.to_string(),
    }
}

/// Overrides in the form of the wire.
pub fn shown_overrides(own: &OverrideSettings) -> Overrides {
    Overrides {
        target_precision: own.target_precision,
        threshold: own.threshold,
        rejection: own.rejection,
        initial_sample: own.initial_sample.map(count),
        initial_votes: own.initial_votes.map(count),
        votes_cap: own.votes_cap.map(count),
        batch_size: own.batch_size.map(count),
        batch_size_phone: own.batch_size_phone.map(count),
        duplicate_distance: own.duplicate_distance.map(count),
    }
}

/// A project's settings as if it overrode them all.
pub fn all_set(settings: &ProjectSettings) -> Overrides {
    shown_overrides(&OverrideSettings {
        target_precision: Some(settings.target_precision),
        threshold: settings.threshold,
        rejection: Some(settings.rejection),
        initial_sample: Some(settings.initial_sample),
        initial_votes: Some(settings.initial_votes),
        votes_cap: Some(settings.votes_cap),
        batch_size: Some(settings.batch_size),
        batch_size_phone: Some(settings.batch_size_phone),
        duplicate_distance: Some(settings.duplicate_distance),
    })
}

/// A project's settings in the form in which they are typed.
pub fn form_of_project(settings: &ProjectSettings) -> SettingsForm {
    let mut form = SettingsForm {
        method: settings.method.to_string().split(':').next().unwrap_or_default().to_owned(),
        majority_votes: MAJORITY.to_string(),
        fixed_votes: FIXED.0.to_string(),
        fixed_yes: FIXED.1.to_string(),
        ..form(&all_set(settings))
    };
    match settings.method {
        Method::Majority { votes } => form.majority_votes = votes.to_string(),
        Method::Fixed { votes, yes } => {
            (form.fixed_votes, form.fixed_yes) = (votes.to_string(), yes.to_string())
        }
        Method::Full | Method::Table => {}
    }
    form
}

/// The form in which they are typed.
pub fn form(own: &Overrides) -> SettingsForm {
    let text = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let number = |value: Option<u32>| value.map(|value| value.to_string()).unwrap_or_default();
    SettingsForm {
        target_precision: text(own.target_precision),
        threshold: text(own.threshold),
        rejection: text(own.rejection),
        initial_sample: number(own.initial_sample),
        initial_votes: number(own.initial_votes),
        votes_cap: number(own.votes_cap),
        batch_size: number(own.batch_size),
        batch_size_phone: number(own.batch_size_phone),
        duplicate_distance: number(own.duplicate_distance),
        ..SettingsForm::default()
    }
}

/// Every field of a form that is wrong, by its name, with what would be right. In a complete form only the threshold may be
/// empty.
pub fn wrong_entries(form: &SettingsForm, is_complete: bool) -> Vec<(String, String)> {
    let mut wrong = Vec::new();
    for (name, value) in form.pairs().into_iter().filter(|(name, _)| !METHOD_FIELDS.contains(&name.as_str()))
    {
        // Each field is read by itself, so that all of them are named and not only the first.
        let alone = SettingsForm::from_pairs([(name.clone(), value.clone())]).unwrap_or_default();
        if let Err(failure) = read(&alone) {
            wrong.push((name, failure.to_string()));
        } else if is_complete && value.trim().is_empty() && name != "threshold" {
            let words = say::missing(locale(), name_of(&name));
            wrong.push((name, words));
        }
    }
    if is_complete && let Err((field, words)) = read_method(form) {
        wrong.push((field.to_owned(), words));
    }
    if wrong.is_empty()
        && is_complete
        && let Err(failure) = read_complete(form)
    {
        wrong.push(together(&failure));
    }
    wrong
}

/// What is wrong with settings that are right one by one.
pub fn wrong_together(settings: &ProjectSettings) -> Vec<(String, String)> {
    policy(settings).err().iter().map(together).collect()
}

/// The field that a refusal of the whole policy is about.
fn together(failure: &Failure) -> (String, String) {
    let words = failure.to_string();
    let fields = [
        ("each image is to get", "votes_cap"),
        ("cap", "votes_cap"),
        ("target", "target_precision"),
        ("threshold", "threshold"),
        ("rejection", "rejection"),
    ];
    let field =
        fields.iter().find(|(word, _)| words.contains(word)).map_or("target_precision", |(_, field)| field);
    (field.to_owned(), words)
}

/// Reads a form in which an empty field means "not set".
///
/// # Errors
/// Names the first field that is no number or out of range, and its range.
pub fn read(form: &SettingsForm) -> Outcome<OverrideSettings> {
    Ok(OverrideSettings {
        target_precision: number(say::target_precision(locale()), &form.target_precision, 0.5, 1.0)?,
        threshold: number(say::threshold(locale()), &form.threshold, 0.5, 1.0)?,
        rejection: number(say::rejection(locale()), &form.rejection, 0.0, 0.499)?,
        initial_sample: number(say::initial_sample(locale()), &form.initial_sample, 1, MAX_INITIAL_SAMPLE)?,
        initial_votes: number(
            say::initial_votes(locale()),
            &form.initial_votes,
            i64::from(MIN_INITIAL_VOTES),
            50,
        )?,
        votes_cap: number(
            say::votes_cap(locale()),
            &form.votes_cap,
            i64::from(MIN_INITIAL_VOTES),
            i64::from(MAX_CAP),
        )?,
        batch_size: number(say::batch_size(locale()), &form.batch_size, 1, MAX_BATCH)?,
        batch_size_phone: number(say::batch_size_phone(locale()), &form.batch_size_phone, 1, MAX_BATCH)?,
        duplicate_distance: number(
            say::duplicate_distance(locale()),
            &form.duplicate_distance,
            0,
            MAX_DUPLICATE_DISTANCE,
        )?,
    })
}

/// Reads a project's form: every field but the threshold must be there.
///
/// # Errors
/// As [`read`]; and names the first field that is missing.
pub fn read_complete(form: &SettingsForm) -> Outcome<ProjectSettings> {
    let read = read(form)?;
    let settings = ProjectSettings {
        target_precision: present(say::target_precision(locale()), read.target_precision)?,
        threshold: read.threshold,
        rejection: present(say::rejection(locale()), read.rejection)?,
        initial_sample: present(say::initial_sample(locale()), read.initial_sample)?,
        initial_votes: present(say::initial_votes(locale()), read.initial_votes)?,
        votes_cap: present(say::votes_cap(locale()), read.votes_cap)?,
        batch_size: present(say::batch_size(locale()), read.batch_size)?,
        batch_size_phone: present(say::batch_size_phone(locale()), read.batch_size_phone)?,
        duplicate_distance: present(say::duplicate_distance(locale()), read.duplicate_distance)?,
        method: read_method(form).map_err(|(_, words)| Failure::invalid(words))?,
    };
    policy(&settings).map(|_| settings)
}

/// The fields that say who decides.
const METHOD_FIELDS: [&str; 4] = ["method", "majority_votes", "fixed_votes", "fixed_yes"];

/// Reads who decides.
///
/// # Errors
/// The field that is wrong, and what would be right.
fn read_method(form: &SettingsForm) -> Result<Method, (&'static str, String)> {
    let votes = |field: &'static str, text: &str, most: u32| {
        let (name, wrong) = (name_of(field), |failure: Failure| (field, failure.to_string()));
        number(name, text, 1, most).map_err(wrong)?.ok_or_else(|| (field, say::missing(locale(), name)))
    };
    match form.method.trim() {
        "full" => Ok(Method::Full),
        "table" => Ok(Method::Table),
        "majority" => Ok(Method::Majority { votes: votes("majority_votes", &form.majority_votes, MAX_CAP)? }),
        "fixed" => {
            let of = votes("fixed_votes", &form.fixed_votes, MAX_CAP)?;
            Ok(Method::Fixed { votes: of, yes: votes("fixed_yes", &form.fixed_yes, of)? })
        }
        "" => Err(("method", say::missing(locale(), name_of("method")))),
        other => Err(("method", say::unknown_method(locale(), other))),
    }
}

/// Every way of deciding, those with numbers as they are typed; what is typed wrongly is left out.
pub fn methods(typed: &SettingsForm) -> Vec<Method> {
    let of = |method: &str| read_method(&SettingsForm { method: method.to_owned(), ..typed.clone() }).ok();
    ["full", "table", "majority", "fixed"].into_iter().filter_map(of).collect()
}

/// What a field of the form is called in a sentence.
fn name_of(field: &str) -> &'static str {
    let locale = locale();
    match field {
        "target_precision" => say::target_precision(locale),
        "rejection" => say::rejection(locale),
        "initial_sample" => say::initial_sample(locale),
        "initial_votes" => say::initial_votes(locale),
        "votes_cap" => say::votes_cap(locale),
        "batch_size" => say::batch_size(locale),
        "batch_size_phone" => say::batch_size_phone(locale),
        "duplicate_distance" => say::duplicate_distance(locale),
        "method" => say::method(locale),
        "majority_votes" => say::majority_votes(locale),
        "fixed_votes" => say::fixed_votes(locale),
        "fixed_yes" => say::fixed_yes(locale),
        _ => say::threshold(locale),
    }
}

fn present<T>(name: &str, value: Option<T>) -> Outcome<T> {
    value.ok_or_else(|| Failure::invalid(say::missing(locale(), name)))
}

fn number<N: FromStr + PartialOrd + Display + Copy>(
    name: &str,
    text: &str,
    low: N,
    high: N,
) -> Outcome<Option<N>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<N>() {
        Ok(value) if low <= value && value <= high => Ok(Some(value)),
        _ => {
            Err(Failure::invalid(say::out_of_range(locale(), name, text, low.to_string(), high.to_string())))
        }
    }
}

/// A count from the database; what does not fit can't have come from our forms.
pub fn count(value: i64) -> u32 {
    u32::try_from(value).unwrap_or(if value < 0 { 0 } else { u32::MAX })
}

/// A message as a sentence of its own.
pub fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    let end = if message.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complete() -> SettingsForm {
        SettingsForm {
            target_precision: "0.99".into(),
            threshold: String::new(),
            rejection: "0.1".into(),
            initial_sample: "20".into(),
            initial_votes: "10".into(),
            votes_cap: "20".into(),
            batch_size: "36".into(),
            batch_size_phone: "24".into(),
            duplicate_distance: "8".into(),
            method: "majority".into(),
            majority_votes: "5".into(),
            ..SettingsForm::default()
        }
    }

    #[test]
    fn a_complete_form_is_read() {
        let settings = read_complete(&complete()).unwrap();
        assert_eq!((settings.target_precision, settings.threshold, settings.votes_cap), (0.99, None, 20));
        assert_eq!(settings.method, Method::Majority { votes: 5 });
        let back = form_of_project(&settings);
        assert_eq!((back.method.as_str(), back.majority_votes.as_str()), ("majority", "5"));
        assert_eq!(read_complete(&back).unwrap(), settings);
    }

    #[test]
    fn who_decides_must_be_known_and_have_its_numbers() {
        let wrong = |form| wrong_entries(&form, true).into_iter().map(|(field, _)| field).collect::<Vec<_>>();
        let with = |method: &str| SettingsForm { method: method.into(), ..complete() };
        assert_eq!(wrong(with("dice")), ["method"]);
        assert_eq!(wrong(with("")), ["method"]);
        assert_eq!(wrong(with("fixed")), ["fixed_votes"]);
        let fixed = |votes: &str, yes: &str| SettingsForm {
            fixed_votes: votes.into(),
            fixed_yes: yes.into(),
            ..with("fixed")
        };
        assert_eq!(wrong(fixed("5", "6")), ["fixed_yes"]);
        assert_eq!(wrong(fixed("25", "20")), ["votes_cap"], "the cap of 20 would never let them come");
        assert_eq!(wrong(fixed("5", "4")), [""; 0]);
    }

    #[test]
    fn a_wrong_entry_is_named_with_its_range() {
        let form = SettingsForm { batch_size: "many".into(), ..complete() };
        let message = read_complete(&form).unwrap_err().to_string();
        assert_eq!(message, "The batch size is “many”; a number from 1 to 100 is expected.");
        let form = SettingsForm { target_precision: "NaN".into(), ..complete() };
        assert!(read_complete(&form).is_err());
        let form = SettingsForm { initial_votes: "30".into(), ..complete() };
        assert!(read_complete(&form).unwrap_err().to_string().contains("cap"));
    }

    #[test]
    fn a_target_of_its_own_beats_the_projects_fixed_threshold() {
        let project = ProjectSettings { threshold: Some(0.95), ..usual() };
        let own = OverrideSettings { target_precision: Some(0.9), ..OverrideSettings::default() };
        assert_eq!(in_force(&project, &own).threshold, None);
        assert_eq!(in_force(&project, &OverrideSettings::default()).threshold, Some(0.95));
    }
}
