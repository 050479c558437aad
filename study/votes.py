"""Recorded votes as whole numbers, one line for each vote: synset,task,worker,answer,truth, as the engine's part of the study reads them.

Takes what `synvote replay` takes: CSV or CSV.gz with the columns task,worker,label[,truth][,synset] or task,yes,no[,truth][,synset].
"""

import csv
import gzip

ANSWERS = {1.0: 1, 0.0: 0, 0.5: 2}
NOBODY = -1


def number(numbers, name):
    return numbers.setdefault(name, len(numbers))


def rows(file):
    opened = gzip.open(file, "rt", newline="") if file.suffix == ".gz" else open(file, newline="")
    synsets, tasks, workers = {}, {}, {}
    with opened as text:
        for line in csv.DictReader(text):
            if line.get("counts") == "0":
                continue
            synset = number(synsets, line.get("synset", "all"))
            task = number(tasks, (synset, line["task"]))
            truth = {"1": 1, "0": 0}.get(line.get("truth"), -1)
            if "worker" in line:
                yield synset, task, number(workers, line["worker"]), ANSWERS[float(line["label"])], truth
            else:
                for answer, votes in ((1, line["yes"]), (0, line["no"])):
                    for _ in range(int(votes)):
                        yield synset, task, NOBODY, answer, truth


def convert(file, out):
    """Writes the numbers; returns how much there is of what."""
    tasks, workers, votes, good = {}, set(), 0, 0
    with open(out, "w") as lines:
        for row in rows(file):
            votes += 1
            tasks[row[1]] = row[4]
            workers.add(row[2])
            lines.write(",".join(map(str, row)) + "\n")
    known = [truth for truth in tasks.values() if truth >= 0]
    good = sum(known) / len(known) if known else None
    return {"tasks": len(tasks), "votes": votes, "workers": len(workers - {NOBODY}), "good": good}
