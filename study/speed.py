"""How long crowd-kit's Dawid-Skene takes: python speed.py VOTES ROUNDS   prints JSON

In-process, without imports and reading; the median of three runs. The rounds are forced: the method does not stop early.
"""

import json
import statistics
import sys
import time

import numpy as np
from crowdkit.aggregation import DawidSkene
from peers import read

if __name__ == "__main__":
    file, rounds = sys.argv[1], int(sys.argv[2])
    votes = read(file)
    data = votes[["task", "worker", "label"]]
    runs = []
    for _ in range(3):
        began, busy = time.perf_counter(), time.process_time()
        chances = DawidSkene(n_iter=rounds, tol=-np.inf).fit_predict_proba(data)
        runs.append((time.perf_counter() - began, time.process_time() - busy))
    truth = votes.groupby("task").truth.first()
    found = {
        "seconds": statistics.median(run[0] for run in runs),
        "busy_seconds": statistics.median(run[1] for run in runs),
        "accuracy": float(((chances[1] >= 0.5) == (truth == 1)).mean()),
    }
    json.dump(found, sys.stdout)
