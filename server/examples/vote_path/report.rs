//! What was measured, beside its control and its bar: on the screen, as Markdown and as JSON.

use crate::machine::Machine;
use crate::timing::{median, spread};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;

/// What must hold of a figure.
#[derive(Clone, Copy)]
pub struct Bar {
    of: Of,
    at: At,
    figure: f64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Ratio,
    Value,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Least,
    Most,
}

impl Bar {
    /// The ratio to the control.
    pub fn ratio_at_least(figure: f64) -> Self {
        Self { of: Of::Ratio, at: At::Least, figure }
    }

    /// Likewise.
    pub fn ratio_at_most(figure: f64) -> Self {
        Self { of: Of::Ratio, at: At::Most, figure }
    }

    /// The value itself.
    pub fn at_least(figure: f64) -> Self {
        Self { of: Of::Value, at: At::Least, figure }
    }

    /// Likewise.
    pub fn at_most(figure: f64) -> Self {
        Self { of: Of::Value, at: At::Most, figure }
    }

    /// What could not be measured does not hold.
    fn holds(self, figure: &Figure) -> bool {
        let measured = match self.of {
            Of::Ratio => figure.ratio.unwrap_or(f64::NAN),
            Of::Value => figure.value,
        };
        match self.at {
            At::Least => measured >= self.figure,
            At::Most => measured <= self.figure,
        }
    }

    fn in_words(self) -> String {
        let what = if self.of == Of::Ratio { "ratio " } else { "" };
        let sign = if self.at == At::Least { '≥' } else { '≤' };
        format!("{what}{sign} {}", shown(self.figure))
    }
}

/// One line of the report.
#[derive(Clone)]
pub struct Figure {
    name: String,
    unit: &'static str,
    value: f64,
    control: Option<(&'static str, f64)>,
    ratio: Option<f64>,
    /// Of the ratio where there is one, else of the value, over the rounds.
    spread: Option<f64>,
    bar: Option<Bar>,
}

impl Figure {
    /// A value alone.
    pub fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self { name: name.into(), unit, value, control: None, ratio: None, spread: None, bar: None }
    }

    /// The median of what was measured in several rounds.
    pub fn of_rounds(name: impl Into<String>, values: &[f64], unit: &'static str) -> Self {
        let spread = (values.len() > 1).then(|| spread(values));
        Self { spread, ..Self::new(name, median(values), unit) }
    }

    /// The same beside a control that was measured in the same rounds: the ratio is the median of the rounds' ratios.
    pub fn beside(
        name: impl Into<String>,
        values: &[f64],
        unit: &'static str,
        control: &'static str,
        of_control: &[f64],
    ) -> Self {
        let ratios: Vec<f64> =
            values.iter().zip(of_control).map(|(value, control)| value / control).collect();
        let spread = (ratios.len() > 1).then(|| spread(&ratios));
        let control = Some((control, median(of_control)));
        Self { control, ratio: Some(median(&ratios)), spread, ..Self::new(name, median(values), unit) }
    }

    /// Beside something that is no bar's measure, only a help to understand the value.
    pub fn with(mut self, control: &'static str, value: f64) -> Self {
        self.control = Some((control, value));
        self
    }

    /// What must hold of it.
    pub fn bar(mut self, bar: Bar) -> Self {
        self.bar = Some(bar);
        self
    }

    fn falls_short(&self) -> bool {
        self.bar.is_some_and(|bar| !bar.holds(self))
    }

    fn cells(&self) -> [String; 7] {
        let control =
            self.control.map_or_else(String::new, |(name, value)| format!("{name}: {}", shown(value)));
        let bar = self.bar.map_or_else(String::new, Bar::in_words);
        let verdict = match (self.bar.is_some(), self.falls_short()) {
            (false, _) => "",
            (true, false) => "holds",
            (true, true) => "**falls short**",
        };
        [
            self.name.clone(),
            format!("{} {}", shown(self.value), self.unit).trim_end().to_owned(),
            control,
            self.ratio.map_or_else(String::new, shown),
            self.spread.map_or_else(String::new, |spread| format!("{:.0} %", spread * 100.0)),
            bar,
            verdict.to_owned(),
        ]
    }

    fn json(&self) -> Value {
        json!({
            "name": self.name, "unit": self.unit, "value": self.value,
            "control_name": self.control.map(|(name, _)| name), "control": self.control.map(|(_, value)| value),
            "ratio": self.ratio, "spread": self.spread, "bar": self.bar.map(|bar| bar.figure),
            "bar_of": self.bar.map(|bar| if bar.of == Of::Ratio { "ratio" } else { "value" }),
            "bar_at": self.bar.map(|bar| if bar.at == At::Least { "least" } else { "most" }),
        })
    }
}

/// All that was measured.
#[derive(Default)]
pub struct Report(Vec<(String, Vec<Figure>)>);

impl Report {
    /// Begins a group of figures.
    pub fn begin(&mut self, title: impl Into<String>) {
        let title = title.into();
        println!("\n{title}");
        self.0.push((title, Vec::new()));
    }

    /// Adds a figure to the group, and shows it.
    pub fn add(&mut self, figure: Figure) {
        println!(
            "  {}",
            figure.cells().iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
        );
        self.0.last_mut().unwrap().1.push(figure);
    }

    fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.0.iter().flat_map(|(_, figures)| figures)
    }

    /// The names of those below their bar.
    pub fn short(&self) -> Vec<&str> {
        self.figures().filter(|figure| figure.falls_short()).map(|figure| figure.name.as_str()).collect()
    }

    /// Replaces the report in a folder.
    pub fn write(&self, folder: &Path, machine: &Machine) {
        std::fs::write(folder.join("benchmark.md"), self.markdown(machine)).unwrap();
        let json = json!({
            "machine": machine.lines().into_iter().collect::<serde_json::Map<_, _>>(),
            "figures": self.figures().map(Figure::json).collect::<Vec<_>>(),
            "falls_short": self.short(),
        });
        std::fs::write(folder.join("benchmark.json"), format!("{json:#}\n")).unwrap();
    }

    fn markdown(&self, machine: &Machine) -> String {
        let mut text = include_str!("report.md").to_owned();
        for (name, value) in machine.lines() {
            let value = value.as_str().unwrap_or_default();
            writeln!(text, "| {name} | {value} |").unwrap();
        }
        let short = self.short();
        let short = if short.is_empty() { "nothing".to_owned() } else { short.join("; ") };
        writeln!(text, "\nFalls short: {short}.").unwrap();
        for (title, figures) in &self.0 {
            writeln!(text, "\n## {title}\n").unwrap();
            text.push_str(
                "| | measured | control | ratio | spread | bar | |\n|---|---|---|---|---|---|---|\n",
            );
            for figure in figures {
                writeln!(text, "| {} |", figure.cells().join(" | ")).unwrap();
            }
        }
        text
    }
}

/// Three digits that count, with commas in large numbers.
pub fn shown(value: f64) -> String {
    if value.abs() < 1_000.0 {
        let digits = if value == 0.0 { 0 } else { 2 - value.abs().log10().floor() as i32 };
        let text = format!("{value:.*}", usize::try_from(digits).unwrap_or(0));
        return if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            text
        };
    }
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
