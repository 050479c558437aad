"""Runs everything that the report needs, keeps it in figures.json, and has the report written: called by run.sh.

study.py            measures and writes
study.py report     writes the report and the plots of the figures that are there
study.py flags      measures anew who is flagged, and writes
study.py thrift     measures only the ways to need fewer votes, keeps that, and writes the report
study.py inference  measures the speed of inference alone, and prints it
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

import plots
import report
import votes

HERE = Path(__file__).parent
ENGINE = os.environ.get("STUDY_ENGINE", "")
PEERS = os.environ.get("STUDY_PEERS", "")
SECONDS = os.environ.get("STUDY_SECONDS", "120")

# The level that all are asked for: of simulated crowds a target precision, of recorded ones a threshold.
TARGET, TAU = "0.995", "0.99"
CROWDS = {"usual": 5, "noisy": 5}
DRAWS = "3"
# Crowds in which clickers and copiers are looked for: shares of a few in a hundred need many.
WATCHED = "20"
BUDGETS = ["3", "10"]
VOTES, ROUNDS = "1000000", "10"


def say(text):
    print(text, file=sys.stderr, flush=True)


def output(*command):
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def peers(file, level):
    if not PEERS:
        return []
    return output(PEERS, HERE / "peers.py", file, "1", level, SECONDS, *BUDGETS)


def mean(values):
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def averaged(runs):
    """The same methods over several crowds: means, and the gap between what is stated and what is measured of each crowd."""
    rows = []
    for same in zip(*runs):
        figures = {key: mean([row[key] for row in same]) for key in same[0] if key not in ("method", "calibration")}
        gaps = [row["stated"] - row["measured"] for row in same if row["stated"] and row["measured"]]
        rows.append({"method": same[0]["method"], **figures, "gaps": gaps, "calibration": bins(same)})
    return rows


def bins(same):
    joined = {}
    for row in same:
        for one in row["calibration"]:
            joined.setdefault(one["from"], []).append(one)
    weighed = lambda of, key: sum(one["tasks"] * one[key] for one in of) / sum(one["tasks"] for one in of)
    return [
        {"from": start, "tasks": sum(one["tasks"] for one in of), "stated": weighed(of, "stated"), "measured": weighed(of, "measured")}
        for start, of in sorted(joined.items())
    ]


def simulated(work):
    found = {}
    for crowd, count in CROWDS.items():
        runs = []
        for seed in range(1, count + 1):
            file = work / f"{crowd}-{seed}.csv"
            subprocess.run([ENGINE, "simulate", crowd, str(seed), file], check=True)
            say(f"simulated crowd {crowd} {seed}: the engine")
            runs.append(output(ENGINE, "replay", TARGET, DRAWS, file))
        say(f"simulated crowd {crowd} 1: the others")
        found[crowd] = {"crowds": count, "engine": averaged(runs), "peers": peers(work / f"{crowd}-1.csv", TARGET)}
    return found


def recorded(work):
    folder = os.environ.get("STUDY_VOTES")
    found = {}
    for file in sorted(Path(folder).glob("*.csv*")) if folder else []:
        name = file.name.split(".")[0]
        say(f"{name}: the engine")
        numbers = work / f"{name}.csv"
        about = votes.convert(file, numbers)
        engine = averaged([output(ENGINE, "replay", f"tau={TAU}", DRAWS, numbers)])
        say(f"{name}: the others")
        found[name] = {**about, "engine": engine, "peers": peers(numbers, TAU) if about["workers"] else []}
    return found


def flags(_):
    say("who is flagged")
    return {crowd: output(ENGINE, "flags", crowd, WATCHED) for crowd in CROWDS}


def thrift(work):
    """Ways to give images up and to choose workers: every crowd by itself, so that the report can say how far differences scatter."""
    found = {}
    for crowd, count in CROWDS.items():
        runs = []
        for seed in range(1, count + 1):
            file = work / f"{crowd}-{seed}.csv"
            subprocess.run([ENGINE, "simulate", crowd, str(seed), file], check=True)
            say(f"fewer votes: simulated crowd {crowd} {seed}")
            runs.append(output(ENGINE, "thrift", TARGET, DRAWS, file))
        found[f"simulated, {crowd}"] = compared(runs)
    folder = os.environ.get("STUDY_VOTES")
    for file in sorted(Path(folder).glob("*.csv*")) if folder else []:
        name = file.name.split(".")[0]
        say(f"fewer votes: {name}")
        votes.convert(file, work / f"{name}.csv")
        found[name] = compared([output(ENGINE, "thrift", f"tau={TAU}", DRAWS, work / f"{name}.csv")])
    return found


def compared(runs):
    """Means over crowds, and of each crowd the figures that differences are taken of."""
    keys = ("votes_per_image", "votes_per_accepted", "recall", "stated", "measured", "on_hold", "tasks")
    rows = []
    for same in zip(*runs):
        crowds = [[row[key] for key in ("votes_per_image", "recall", "measured")] for row in same]
        rows.append({"method": same[0]["method"], **{key: mean([row[key] for row in same]) for key in keys}, "crowds": crowds})
    return rows


def inference(work):
    say("inference over a million votes")
    file = work / "inference.csv"
    found = {"engine": output(ENGINE, "inference", VOTES, ROUNDS, file)}
    if PEERS:
        found["peer"] = output(PEERS, HERE / "speed.py", file, ROUNDS)
        found["ratio"] = found["peer"]["seconds"] / found["engine"]["seconds"]
        if found["engine"]["busy_seconds"]:
            found["busy_ratio"] = found["peer"]["busy_seconds"] / found["engine"]["busy_seconds"]
    return found


def machine():
    model = platform.processor() or platform.machine()
    try:
        names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
        model = names[0].split(":", 1)[1].strip()
    except (OSError, IndexError):
        pass
    pins = (HERE / "requirements.txt").read_text().splitlines()
    kit = next(line for line in pins if line.startswith("crowd-kit"))
    return {"processor": model, "cores": os.cpu_count(), "python": platform.python_version(), "crowd_kit": kit.replace("==", " ")}


def measure(kept):
    """Measures all, and keeps what there is after each part."""
    figures = {
        "machine": machine(),
        "target": float(TARGET),
        "tau": float(TAU),
        "draws": int(DRAWS),
        "seconds": int(SECONDS),
        "with_peers": bool(PEERS),
    }
    with tempfile.TemporaryDirectory() as folder:
        for part in (inference, flags, simulated, recorded, thrift):
            figures[part.__name__] = part(Path(folder))
            kept.write_text(json.dumps(figures, indent=1) + "\n")


def main(words):
    kept = HERE / "figures.json"
    if words == ["inference"]:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(inference(Path(folder)), indent=1))
        return
    if words not in (["report"], ["flags"], ["thrift"]):
        measure(kept)
    figures = json.loads(kept.read_text())
    if words == ["thrift"]:
        with tempfile.TemporaryDirectory() as folder:
            figures["thrift"] = thrift(Path(folder))
        kept.write_text(json.dumps(figures, indent=1) + "\n")
    if words == ["flags"]:
        figures["flags"] = flags(None)
        kept.write_text(json.dumps(figures, indent=1) + "\n")
    plots.write(figures, HERE)
    (HERE / "REPORT.md").write_text(report.text(figures))
    say(f"wrote {HERE / 'REPORT.md'}")


if __name__ == "__main__":
    main(sys.argv[1:])
