"""What crowd-kit's aggregators make of the same votes: python peers.py VOTES SEED LEVEL SECONDS BUDGET...   prints JSON

Every image gets BUDGET votes, drawn at random (fewer where fewer were recorded); "not sure" is left out, because most of these methods
know two answers only. All synsets together, default settings, but MACE with one start instead of ten and GLAD with five
rounds; what computes for longer than SECONDS is left out. Accepted is what has a posterior of LEVEL or more, and, in a second row, of
one half or more; stated precision is the mean posterior of what is accepted. KOS gives answers without a posterior.
"""

import json
import signal
import sys
import time
import warnings

import numpy as np
import pandas as pd
from crowdkit.aggregation import GLAD, KOS, MACE, DawidSkene, Wawa

# A round of GLAD over 50,000 votes computes for 18 seconds; on more votes than these a method is left out.
GLAD_ROUNDS = 5
MOST_VOTES, MOST_VOTES_OF = 250_000, {"GLAD": 50_000}

AGGREGATORS = {
    "DawidSkene": lambda: DawidSkene(),
    "GLAD": lambda: GLAD(n_iter=GLAD_ROUNDS, silent=True),
    "MACE": lambda: MACE(n_restarts=1, random_state=0),
    "Wawa": lambda: Wawa(),
    "KOS": lambda: KOS(random_state=0),
}


def read(file):
    return pd.read_csv(file, names=["synset", "task", "worker", "label", "truth"])


def budgeted(votes, budget, seed):
    shuffled = votes[votes.label != 2].sample(frac=1, random_state=seed)
    return shuffled[shuffled.groupby("task").cumcount() < budget]


def posterior(name, votes):
    """The chance of each task that it is good; None and the answers for a method that has no chances."""
    data = votes[["task", "worker", "label"]].reset_index(drop=True)
    if name == "KOS":
        return None, AGGREGATORS[name]().fit_predict(data)
    chances = AGGREGATORS[name]().fit_predict_proba(data)[1]
    return chances, chances >= 0.5


def figures(chances, accepted, truth, votes):
    known = truth[truth >= 0]
    accepted = accepted.reindex(truth.index, fill_value=False).astype(bool)
    taken = accepted.index[accepted]
    right = known[known.index.isin(taken)]
    good = int((known == 1).sum())
    return {
        "accepted": len(taken),
        "votes_per_image": len(votes) / len(truth),
        "votes_per_accepted": len(votes) / len(taken) if len(taken) else None,
        "stated": float(chances[taken].mean()) if chances is not None and len(taken) else None,
        "measured": float((right == 1).mean()) if len(right) else None,
        "recall": int((right == 1).sum()) / good if good else None,
    }


def stop(*_):
    raise TimeoutError("computed for too long")


def rows(file, seed, level, seconds, budgets):
    votes = read(file)
    truth = votes.groupby("task").truth.first()
    for budget in budgets:
        asked = budgeted(votes, budget, seed)
        for name in AGGREGATORS:
            began = time.process_time()
            row = {"method": name, "budget": budget}
            most = MOST_VOTES_OF.get(name, MOST_VOTES)
            if len(asked) > most:
                yield {**row, "failed": f"more than {most:,} votes"}
                continue
            signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
            try:
                chances, answers = posterior(name, asked)
            except Exception as error:  # A method that stops is a finding, not the end of the study.
                yield {**row, "failed": f"{type(error).__name__}: {error}"}
                continue
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            row["seconds"] = time.process_time() - began
            yield {**row, "level": 0.5, **figures(chances, answers == 1, truth, asked)}
            if chances is not None:
                yield {**row, "level": level, **figures(chances, chances >= level, truth, asked)}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    signal.signal(signal.SIGVTALRM, stop)
    file, seed, level, seconds, *budgets = sys.argv[1:]
    found = rows(file, int(seed), float(level), int(seconds), [int(budget) for budget in budgets])
    json.dump(list(found), sys.stdout)
