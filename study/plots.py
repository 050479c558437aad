"""The report's plots, as SVG that can be read in light and in dark; every figure in them stands in the report's tables too."""

from html import escape

WIDTH = 760
STYLE = """<style>
text { font: 13px system-ui, sans-serif; fill: #1f2328; }
.axis { stroke: #6e7781; } .grid { stroke: #d0d7de; } .faint { fill: #57606a; } .key { fill: #57606a; stroke: #57606a; }
.ours { fill: #0969da; stroke: #0969da; } .other { fill: #bc4c00; stroke: #bc4c00; } .hollow { fill: none; stroke-width: 2; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; } .axis { stroke: #8b949e; } .grid { stroke: #30363d; } .faint { fill: #9198a1; } .key { fill: #9198a1; stroke: #9198a1; }
.ours { fill: #58a6ff; stroke: #58a6ff; } .other { fill: #f0883e; stroke: #f0883e; }
}
.hollow { fill: none; }
</style>"""
OURS = ("full", "full, gold", "full, experts", "table")


def picture(title, height, parts):
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">',
            f"<title>{escape(title)}</title>",
            STYLE,
            *parts,
            "</svg>\n",
        ]
    )


def text(x, y, words, anchor="start", kind=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{kind}">{escape(words)}</text>'


def line(x1, y1, x2, y2, kind):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>'


def dot(x, y, kind, square=False):
    """Shape tells as much as colour: the engine's are round, the others' square."""
    if square:
        return f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" class="{kind}"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.5" class="{kind}"/>'


def name(row):
    if "budget" not in row:
        return row["method"]
    is_certain = row["method"] == "KOS" or "level" not in row
    return f"{row['method']}, {row['budget']} votes" + ("" if is_certain else f", p ≥ {row['level']:g}")


def rows(found):
    return [row for row in found["engine"] + found["peers"] if row.get("measured") is not None]


def stated_and_measured(title, found):
    """A line for each method: a ring where it says it is, a full mark where it is."""
    shown = [row for row in rows(found) if row["stated"] is not None]
    low = min(0.9, min(min(row["stated"], row["measured"]) for row in shown))
    low = int(low * 20) / 20
    left, right, top = 250, WIDTH - 30, 56
    height = top + 24 * len(shown) + 40
    place = lambda share: left + (share - low) / (1 - low) * (right - left)
    parts = [text(10, 20, title), dot(20, 38, "key hollow"), text(34, 42, "stated", kind="faint"), dot(94, 38, "key")]
    parts += [text(108, 42, "measured (round: this engine; square: others)", kind="faint")]
    ticks = [low + step * (1 - low) / 5 for step in range(6)]
    for tick in ticks:
        parts += [line(place(tick), top, place(tick), height - 34, "grid"), text(place(tick), height - 14, f"{tick:.2f}", "middle", "faint")]
    for number, row in enumerate(shown):
        y = top + 14 + 24 * number
        is_ours = row["method"] in OURS
        kind = "ours" if is_ours else "other"
        parts += [text(left - 14, y + 4, name(row), "end"), line(place(row["stated"]), y, place(row["measured"]), y, kind)]
        parts += [dot(place(row["stated"]), y, f"{kind} hollow", not is_ours), dot(place(row["measured"]), y, kind, not is_ours)]
    return picture(title, height, parts)


def cost(title, found):
    """Measured precision against votes per image; recall beside each name."""
    shown = sorted(rows(found), key=lambda row: -row["measured"])
    left, right, top, bottom = 60, 400, 50, 420
    low = int(min(row["measured"] for row in shown) * 20) / 20
    most = max(row["votes_per_image"] for row in shown) + 0.5
    x = lambda votes: left + votes / most * (right - left)
    y = lambda share: bottom - (share - low) / (1 - low) * (bottom - top)
    parts = [text(10, 20, title), line(left, bottom, right, bottom, "axis"), line(left, top, left, bottom, "axis")]
    for step in range(6):
        tick = low + step * (1 - low) / 5
        parts += [line(left, y(tick), right, y(tick), "grid"), text(left - 8, y(tick) + 4, f"{tick:.2f}", "end", "faint")]
    for votes in range(0, int(most) + 1, 2):
        parts.append(text(x(votes), bottom + 20, str(votes), "middle", "faint"))
    parts += [text((left + right) / 2, bottom + 42, "votes per image", "middle", "faint"), text(10, 40, "measured precision", kind="faint")]
    parts.append(text(right + 34, 40, "number, method (recall)", kind="faint"))
    step = min(20, (bottom - top + 40) / len(shown))
    marks = []
    for number, row in enumerate(shown, 1):
        is_ours = row["method"] in OURS
        kind = "ours" if is_ours else "other"
        at = top + step * number
        parts += [dot(x(row["votes_per_image"]), y(row["measured"]), f"{kind} hollow", not is_ours)]
        # Numbers of marks that touch stand beside each other.
        mark = (x(row["votes_per_image"]), y(row["measured"]))
        touching = sum(abs(mark[0] - other[0]) < 24 and abs(mark[1] - other[1]) < 12 for other in marks)
        marks.append(mark)
        side, anchor = (-1, "end") if mark[0] > right - 80 else (1, "start")
        parts += [text(mark[0] + side * (9 + 20 * touching), mark[1] + 4, str(number), anchor, "faint")]
        parts += [dot(right + 40, at - 4, f"{kind} hollow", not is_ours), text(right + 54, at, f"{number}  {name(row)} ({row['recall']:.2f})")]
    return picture(title, int(max(bottom + 60, top + step * (len(shown) + 1))), parts)


def write(figures, folder):
    usual = figures["simulated"]["usual"]
    (folder / "stated.svg").write_text(stated_and_measured("Simulated mix: precision stated and measured", usual))
    (folder / "cost.svg").write_text(cost("Simulated mix: what a vote buys", usual))
