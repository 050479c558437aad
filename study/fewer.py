"""The part of the report about fewer votes at the same truth: ways to give images up, and whom to ask."""

from statistics import stdev

USUAL = "ρ = 0.10"

WORDS = """## Fewer votes at the same truth

The same votes under other rules, everything else as above. *ρ* gives an image up at one level of confidence, whatever its votes; what projects
do is ρ = 0.10. *worth V* (`--worth V`) gives it up where the votes that it would still take cost more than accepting it is worth, V votes, by backward
induction over the table's cells; it accepts where ρ does, so the promise is the same. *suited* (`--suited`) asks the better half of the workers about
images with a yes, the other half about untried ones, and untrusted workers last. Differences are to ρ = 0.10 of the same policy with anybody asked,
crowd by crowd, with their standard deviation over the crowds.
"""

TRIED = """Tried and not kept; the last four were measured over eight simulated crowds of each kind with trial code that is gone:

- *worth* under the full policy: within the spread of a lower ρ at the same votes (the rows above); it pays where everybody weighs 1.
- Acceptance by backward induction too (a stop level that falls with the votes, the mean confidence exactly at the target): under the full policy it finds
  3 to 5 points more at the same stated target and delivers .001 to .002 less, so that the usual mix states .0031 more than it delivers; under the
  table policy it stays honest and finds 5 points more than ρ for 14 % fewer votes, which is worth another look.
- Stop levels between the steps of the grid: .001 to .010 more recall for as many votes, paid for with up to .0003 of measured precision.
- The one best worker for every image with a yes: up to 4 % fewer votes per accepted image than *suited*, but few people cast most of those votes.
- Only images with both a yes and a no to the better half: a quarter to a half of what *suited* brings.
"""

# Of recorded votes these rows; of simulated ones, whose truth is certain, all.
SHOWN = (USUAL, "worth 50", "worth 120")


def known(value, digits):
    return "–" if value is None else f"{value:.{digits}f}"


def difference(row, usual, place, digits):
    pairs = [(one[place], other[place]) for one, other in zip(row["crowds"], usual["crowds"])]
    if any(None in pair for pair in pairs):
        return "–"
    each = [one - other for one, other in pairs]
    spread = f" ± {stdev(each):.{digits}f}" if len(each) > 1 else ""
    return f"{sum(each) / len(each):+.{digits}f}{spread}"


def table(rows, every):
    lines = ["| | stated | measured | recall | votes/image | votes/accepted | Δ votes/image | Δ recall | Δ measured |", "|---|" + "---:|" * 8]
    for row in rows:
        if not every and row["method"].split(", ")[1] not in SHOWN:
            continue
        usual = next(one for one in rows if one["method"] == f"{row['method'].split(',')[0]}, {USUAL}")
        cells = [known(row["stated"], 4), known(row["measured"], 4), known(row["recall"], 3), known(row["votes_per_image"], 2)]
        cells.append(known(row["votes_per_accepted"], 1))
        cells += [difference(row, usual, place, digits) for place, digits in ((0, 2), (1, 3), (2, 4))]
        lines.append(f"| {row['method']} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def text(found):
    parts = [f"### {name}: fewer votes\n\n{table(rows, name.startswith('simulated'))}" for name, rows in found.items()]
    return "\n\n".join([WORDS.rstrip(), *parts, TRIED])
