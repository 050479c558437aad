"""The table at the end of a proof: what was measured beside what was asked for."""

import sys


class Report:
    def __init__(self, title):
        self.title = title
        self.rows = []
        self.short = []

    def figure(self, name, value, unit=""):
        """Something worth knowing for which there is no bar."""
        self.rows.append((name, shown(value, unit), "", ""))

    def at_most(self, name, value, bar, unit=""):
        self.hold(name, value, f"at most {shown(bar, unit)}", value <= bar, unit)

    def at_least(self, name, value, bar, unit=""):
        self.hold(name, value, f"at least {shown(bar, unit)}", value >= bar, unit)

    def exactly(self, name, value, bar, unit=""):
        self.hold(name, value, shown(bar, unit), value == bar, unit)

    def hold(self, name, value, bar, holds, unit=""):
        self.rows.append((name, shown(value, unit), bar, "holds" if holds else "FALLS SHORT"))
        if not holds:
            self.short.append(name)

    def end(self, findings=()):
        """Prints the table and leaves, with 1 when something falls short."""
        for finding in list(findings)[:10]:
            print(f"found: {finding}", file=sys.stderr)
        table = [("", "measured", "bar", ""), *self.rows]
        widths = [max(len(row[column]) for row in table) for column in range(4)]
        print(f"\n{self.title}")
        for row in table:
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
        if self.short:
            print(f"Falls short: {', '.join(self.short)}.")
        sys.stdout.flush()
        sys.exit(1 if self.short else 0)


def shown(value, unit=""):
    if isinstance(value, float):
        text = f"{value:.3g}" if abs(value) < 1_000 else f"{value:,.0f}"
    else:
        text = f"{value:,}" if isinstance(value, int) else str(value)
    return f"{text} {unit}".rstrip()


def quantile(values, share):
    """The value below which this share of them lies; the highest for 1."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")
