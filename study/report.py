"""The report in words and tables, from figures.json."""

import fewer
from plots import name

WHAT = """# Does it deliver what it states?

Made by `make study`: this file, the plots and [figures.json](figures.json), which holds every figure. The first part is simulated, so that the
truth is known: {synsets}.
The second part replays recorded votes, where a folder of them is named in `STUDY_VOTES`.

- **This engine** (`synvote replay`): *full* is the full policy without any expert; *full, gold* knows 20 answers of each worker to images with a
  known truth; *full, experts* has 20 anchors and 30 audits a synset besides, and holds a synset whose audits fail. *table* takes
  each synset alone, and everybody weighs 1; a project can choose either. Twenty images of each synset are its initial sample, with ten votes each; they count.
- **To compare with**, in the same engine: *counted*, the table of Deng et al. (CVPR 2009) with the majority as truth; *majority:N*, two thirds of
  N votes; *fixed:N:K*, positive with K yes of N.
- **{kit}**: Dawid and Skene, GLAD, MACE, Wawa and KOS over 3 and over 10 votes an image, drawn at random, all synsets together. They see all their
  votes at once and stop nowhere. Accepted is what has a posterior of one half or more, and, in a row of its own, of the level that the
  engine is asked for. MACE starts once instead of ten times, GLAD does five rounds at most, for the time they take.

*Stated* is the mean confidence of what is accepted, *measured* the share of it that is good, *gap* their difference: above 0 it promises too much.
Recall is the share of good images that are accepted; what goes to an expert or is on hold is not. Measured on
{processor}, {cores} cores, Python {python}.
"""

SYNSETS = "40 synsets, easy, medium and hard in turn, of 400 images with 12 % good ones, 200 workers of whom 16 % are of no use"


def known(value, digits):
    return "–" if value is None else f"{value:.{digits}f}"


def gap(row):
    return None if row.get("stated") is None or row.get("measured") is None else row["stated"] - row["measured"]


def table(found):
    lines = ["| | stated | measured | gap | recall | votes/image | votes/accepted | accepted | to experts | out of votes | on hold |", "|---|" + "---:|" * 10]
    for row in found["engine"] + [row for row in found["peers"] if "failed" not in row]:
        cells = [known(row["stated"], 4), known(row["measured"], 4), known(gap(row), 4), known(row["recall"], 3)]
        cells += [known(row["votes_per_image"], 2), known(row["votes_per_accepted"], 1), known(row["accepted"], 0)]
        cells += [known(row.get("escalated"), 0), known(row.get("undecided"), 0), known(row.get("on_hold"), 0)]
        lines.append(f"| {name(row)} | " + " | ".join(cells) + " |")
    reasons = {}
    for row in found["peers"]:
        if "failed" in row:
            reasons.setdefault(row["failed"].removeprefix("TimeoutError: "), []).append(name(row))
    if reasons:
        lines += ["", *(f"Without {'; '.join(those)}: {reason}." for reason, those in reasons.items())]
    return "\n".join(lines)


def of(found, method):
    return next(row for row in found["engine"] if row["method"] == method)


def bars(figures):
    """What was aimed at, what came out, and whether that is enough."""
    full = of(figures["simulated"]["usual"], "full")
    wanted = [
        ("simulated mix, target .995: stated − measured at most .003", gap(full), 4, lambda x: x <= 0.003),
        ("simulated mix: votes per image at most 2.9", full["votes_per_image"], 2, lambda x: x <= 2.9),
        ("simulated mix: recall at least .60", full["recall"], 3, lambda x: x >= 0.60),
    ]
    noisy = of(figures["simulated"]["noisy"], "full")
    wanted += [
        ("noisy mix: stated − measured at most .003", gap(noisy), 4, lambda x: x <= 0.003),
        ("noisy mix: votes per image at most 2.9", noisy["votes_per_image"], 2, lambda x: x <= 2.9),
        ("noisy mix: recall at least .60", noisy["recall"], 3, lambda x: x >= 0.60),
    ]
    cifar = next((found for name, found in figures["recorded"].items() if name.startswith("cifar10h")), None)
    if cifar:
        row = of(cifar, "full")
        wanted += [
            ("CIFAR-10H, τ = .99: precision at least .995", row["measured"], 4, lambda x: x >= 0.995),
            ("CIFAR-10H: votes per image at most 1.6", row["votes_per_image"], 2, lambda x: x <= 1.6),
            ("CIFAR-10H: recall at least .88", row["recall"], 3, lambda x: x >= 0.88),
        ]
    inference = figures["inference"]
    if "ratio" in inference:
        ratio = inference.get("busy_ratio", inference["ratio"])
        wanted.append(("inference: at least 10 × as fast as Dawid–Skene, by computing time", ratio, 1, lambda x: x >= 10))
    for crowd, found in figures["flags"].items():
        rows, couples = watched(found), found["couples"]
        wanted += [
            (f"{crowd} mix: at least 95 % of clickers flagged by their 100th vote", 100 * rows["Clickers"]["by_100"], 1, lambda x: x >= 95),
            (f"{crowd} mix: at most 2 % of honest workers ever flagged, in 1,000 votes", 100 * rows["Honest"]["by_1000"], 2, lambda x: x <= 2),
            (f"{crowd} mix: at most 2 % of honest pairs taken for copiers", 100 * couples["others_found"] / couples["other_pairs"], 2, lambda x: x <= 2),
        ]
    lines = ["| aim (full policy, without experts) | measured | |", "|---|---:|---|"]
    lines += [f"| {aim} | {known(got, digits)} | {'reached' if enough(got) else '**missed**'} |" for aim, got, digits, enough in wanted]
    return "\n".join(lines)


def spread(found):
    gaps = of(found, "full")["gaps"]
    return f"The gap of the full policy, crowd by crowd: {', '.join(f'{one:+.4f}' for one in gaps)}."


def calibration(found):
    lines = ["| confidence from | images | stated | measured |", "|---:|---:|---:|---:|"]
    for one in of(found, "full")["calibration"]:
        lines.append(f"| {one['from']:g} | {one['tasks']:.0f} | {one['stated']:.4f} | {one['measured']:.4f} |")
    return "\n".join(lines)


def others_of(found):
    return "" if not found["peers"] else " The rows of the other methods are of the first crowd."


def simulated(figures):
    usual, noisy = figures["simulated"]["usual"], figures["simulated"]["noisy"]
    return f"""## Simulated crowds

What a worker sees is the image's signal and some noise; a yes is what exceeds the worker's own criterion. The engine's model knows nothing of
this (`domain::simulation`). Target precision {figures['target']:g}; means over {usual['crowds']} crowds of {figures['draws']} draws each.{others_of(usual)}

### The usual mix

{table(usual)}

{spread(usual)}

![For each method of the table above, a mark where its precision is stated and one where it is measured](stated.svg)

![Measured precision against votes per image, for each method of the table above](cost.svg)

How true single confidences of the full policy are, all settled images of all crowds together:

{calibration(usual)}

### The same with workers who see worse

Noise with a median of 1 instead of .8.

{table(noisy)}

{spread(noisy)}
"""


def recorded(figures):
    if not figures["recorded"]:
        return "## Recorded votes\n\nNo folder of recorded votes was named, so there are none here.\n"
    parts = [f"## Recorded votes\n\nThreshold τ = {figures['tau']:g}; means over {figures['draws']} draws. Votes that were not recorded can't be asked for: images that need more are *out of votes*."]
    for title, found in figures["recorded"].items():
        about = f"{found['tasks']:,} images with {found['votes'] / found['tasks']:.0f} votes each"
        about += f" by {found['workers']} workers" if found["workers"] else " that are only counted, so that methods which need workers have nothing to go by"
        good = "" if found["good"] is None else f"; {100 * found['good']:.0f} % of those with a known truth are good"
        parts.append(f"### {title}\n\n{about}{good}.\n\n{table(found)}")
    return "\n\n".join(parts) + "\n"


def inference(figures):
    ours, peer = figures["inference"]["engine"], figures["inference"].get("peer")
    rows = ["| | seconds | of them computing | accuracy |", "|---|---:|---:|---:|"]
    rows.append(f"| `domain::consensus::infer` | {ours['seconds']:.3f} | {ours['busy_seconds']:.3f} | {ours['accuracy']:.4f} |")
    words = f"{ours['rounds'] * ours['votes'] / ours['busy_seconds'] / 1e6:.0f} million votes a second of computing." if ours["busy_seconds"] else ""
    if peer:
        rows.append(f"| Dawid–Skene of crowd-kit | {peer['seconds']:.3f} | {peer['busy_seconds']:.3f} | {peer['accuracy']:.4f} |")
        words = f"**{figures['inference']['ratio']:.1f} times as fast** by the clock, {figures['inference'].get('busy_ratio', 0):.1f} times by computing time; {words}"
    else:
        words += " crowd-kit was not there to compare with."
    rows = "\n".join(rows)
    return f"""## Speed of inference

{ours['rounds']} rounds over {ours['votes']:,} votes on {ours['images']:,} images by {ours['workers']} workers, one thread, without imports and reading; medians. The synsets' tables
are fitted beforehand, to a hundred images each, and stay; Dawid and Skene's method has none. Both measured one after the other on the same machine
and the same votes; `make bench-inference` does it again.

{rows}

{words}
"""


HABITS = {
    "Coin": "says yes to half of the images, at random",
    "RareYes": "says yes to a quarter or an eighth, at random",
    "AlwaysYes": "always says yes",
    "AlwaysNo": "always says no",
    "Clickers": "**all of these**",
    "Opposite": "says the opposite of what there is",
    "Sloppy": "honest, sees half as well as others",
    "Strict": "honest, says yes only when very sure",
    "Lenient": "honest, says yes in doubt",
    "Usual": "honest, as most are",
    "Honest": "**all honest ones**",
}


def watched(found):
    return {row["habit"]: row for row in found["rows"]}


def flags(figures):
    crowds = figures["flags"]
    head = "".join(f" {crowd}: by 100 | by 300 | by 1,000 |" for crowd in crowds)
    lines = [f"| | people |{head}", "|---|---:|" + "---:|" * 3 * len(crowds)]
    for habit, words in HABITS.items():
        rows = [watched(found)[habit] for found in crowds.values()]
        shares = [f"{100 * row[by]:.1f} %" for row in rows for by in ("by_100", "by_300", "by_1000")]
        lines.append(f"| {words} | {rows[0]['people']:,} | " + " | ".join(shares) + " |")
    table, found = "\n".join(lines), []
    for crowd, one in crowds.items():
        pairs = one["couples"]
        kinds = ", ".join(f"{pairs[kind + '_leader']} of {pairs['of_each_kind']} whose leader is {words}" for kind, words in (("honest", "honest"), ("sloppy", "sloppy"), ("random", "random")))
        found.append(
            f"- {crowd} mix: {pairs['found']} of {pairs['couples']} couples found ({kinds}); of those that were wrong together ten times or more, "
            f"{pairs['found_often']} of {pairs['often']}. Of {pairs['other_pairs']:,} other pairs, {pairs['others_found']} taken for copiers."
        )
    count = next(iter(crowds.values()))["crowds"]
    return f"""## Who is flagged

Means over {count} crowds of 200 workers in projects as they run: initial samples, then tables. A flag (`domain::quality::flags`) is looked at after every page
of 24 and after the 100th vote, with what others have said until then: no expert, no gold. Once flagged is flagged.
The rule's few numbers were chosen with other draws of such crowds at hand, so this is no test on crowds of another kind.

{table}

Couples that copy (`domain::quality::pairs`): six among forty people, in {count} projects of 40,000 images each. What gives them away is mistakes in common, so copying a
careful worker takes long to be seen, and does little harm.

{chr(10).join(found)}
"""


def failing(figures):
    """What states more than it delivers, or delivers little: the part that a report likes to leave out."""
    lines = []
    sets = [(f"simulated, {name}", found) for name, found in figures["simulated"].items()] + list(figures["recorded"].items())
    for title, found in sets:
        gaps = of(found, "full")["gaps"]
        above = sum(one > 0.003 for one in gaps)
        if len(gaps) > 1 and above:
            lines.append(f"- {title}, *full*: {above} of {len(gaps)} crowds state over .003 more than they deliver, at worst {max(gaps):.4f}.")
        over = [one for one in of(found, "full")["calibration"] if one["from"] < 0.99 and one["stated"] - one["measured"] > 0.05]
        if over:
            images, low, high = sum(one["tasks"] for one in over), over[0]["from"], over[-1]["stated"]
            lines.append(f"- {title}, *full*: single confidences between {low:g} and about {high:.2f} are too high by more than .05 ({images:.0f} settled images).")
        for method in ("full", "full, experts", "table"):
            row = of(found, method)
            if gap(row) is not None and gap(row) > 0.003:
                lines.append(f"- {title}, *{method}*: states {row['stated']:.4f}, delivers {row['measured']:.4f}.")
            if row["recall"] is not None and row["recall"] < 0.6:
                held = f"; {100 * row['on_hold'] / row['tasks']:.0f} % of the images are on hold" if row["on_hold"] >= 0.01 * row["tasks"] else ""
                lines.append(f"- {title}, *{method}*: finds {100 * row['recall']:.0f} % of the good images{held}.")
    return "## What falls short\n\n" + "\n".join(lines) + "\n\n" + CAVEATS


CAVEATS = """- A crowd that is wrong together (dog breeds, bluebirds) can't be saved by any way of counting its votes; audits hold such synsets, and the row with
  experts shows what is left.
- Where a set has fewer images a synset than the initial sample takes, nearly all its votes are the sample's, and where it has fewer than ten votes an
  image, no sample is ever complete: such sets measure the engine outside what it is made for.
- Measured precision has an error of its own: with 1,500 accepted images of which 99.5 % are good, a standard deviation of .002.
- Guesses are told from honest answers by what other people do on the same images. Where those are at a loss themselves, or images get two or three votes
  each, guessers stay unseen longer: doubts are for the worker.
- Audited and anchored images count as accepted, but not in precision and recall; with few images a synset that leaves little to measure.
"""


def text(figures):
    head = WHAT.format(synsets=SYNSETS, kit=figures["machine"]["crowd_kit"], **{key: figures["machine"][key] for key in ("processor", "cores", "python")})
    if not figures["with_peers"]:
        head += "\ncrowd-kit could not be installed where this was measured, so its rows are missing.\n"
    aims = f"## The aims\n\n{bars(figures)}\n"
    thrift = [fewer.text(figures["thrift"])] if "thrift" in figures else []
    return "\n".join([head, aims, simulated(figures), recorded(figures), *thrift, inference(figures), flags(figures), failing(figures)])
