"""Reference figures for `emc bench metrics`: the six metrics by tslearn, NumPy and SciPy, on the arrays that the studio wrote.

Written here from the definitions; it shares no code with the studio. Reads predictions.npy, targets.npy, speakers.npy and neighbours.npy, works
with several processes (clips are shared out among them) and prints one JSON object: seconds and value of each metric, and what was extrapolated.
Compilation of tslearn's loops and the start of the processes are not counted.
Usage: metrics_reference.py FOLDER [--processes 2] [--dist-clips 0] [--repeats 1]
"""
import argparse
import json
import multiprocessing
import os
import pathlib
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = "1"  # the processes share the cores among themselves

import numpy as np
import scipy
import tslearn
from scipy.spatial.distance import cdist
from tslearn.metrics import dtw

arguments = argparse.ArgumentParser()
arguments.add_argument("folder", type=pathlib.Path)
arguments.add_argument("--processes", type=int, default=2)
arguments.add_argument("--dist-clips", type=int, default=0, help="FRDist of the first clips only, time extrapolated; 0 = all")
arguments.add_argument("--repeats", type=int, default=1, help="the fastest counts")
options = arguments.parse_args()

predictions = np.load(options.folder / "predictions.npy")
targets = np.load(options.folder / "targets.npy")
speakers = np.load(options.folder / "speakers.npy")
neighbours = np.load(options.folder / "neighbours.npy")
clips, samples, frames, dims = predictions.shape
GROUPS = ((slice(0, 15), 1 / 15), (slice(15, 17), 1.0), (slice(17, 25), 1 / 8))
LAGS = range(-49, 50)


def distance(x, y):
    return sum(weight * dtw(x[:, group], y[:, group]) for group, weight in GROUPS)


def concordance(x, y):
    """All dimensions at once; a constant dimension counts as 0."""
    mx, my, vx, vy = x.mean(0), y.mean(0), x.var(0), y.var(0)
    sd = np.sqrt(vx) * np.sqrt(vy)
    with np.errstate(invalid="ignore", divide="ignore"):
        r = np.clip(np.nan_to_num(((x - mx) * (y - my)).mean(0) / sd), -1, 1)
    return (2 * r * sd / (vx + vy + (mx - my) ** 2 + 1e-8)).mean()


def concordance_by_dimension(x, y):
    """One np.corrcoef a dimension, as evaluation scripts of the field do it."""
    total = 0.0
    for c in range(dims):
        with np.errstate(invalid="ignore", divide="ignore"):
            r = np.nan_to_num(np.corrcoef(x[:, c], y[:, c])[0, 1])
        mx, my, vx, vy = x[:, c].mean(), y[:, c].mean(), x[:, c].var(), y[:, c].var()
        total += 2 * r * np.sqrt(vx) * np.sqrt(vy) / (vx + vy + (mx - my) ** 2 + 1e-8)
    return total / dims


def best_over_listeners(n, measure, choose):
    listeners = [targets[j].astype(np.float64) for j in np.flatnonzero(neighbours[n])]
    return sum(choose(measure(p, y) for y in listeners) for p in predictions[n].astype(np.float64))


def lag_of(n):
    """Prediction 0; all dimensions of a lag at once."""
    x, y = predictions[n, 0].astype(np.float64), speakers[n].astype(np.float64)
    means = []
    for lag in LAGS:
        a, b = x[max(lag, 0):frames + min(lag, 0)], y[max(-lag, 0):frames - max(lag, 0)]
        a, b = a - a.mean(0), b - b.mean(0)
        with np.errstate(invalid="ignore", divide="ignore"):
            means.append(((a * b).sum(0) / np.sqrt((a * a).sum(0) * (b * b).sum(0))).mean())
    r = np.array(means, dtype=np.float32)
    best = int(np.argmax(np.isnan(r))) if np.isnan(r).any() else int(np.argmax(r))
    return abs(49 - best)


def one(task):
    name, i = task
    if name == "FRDist":
        return best_over_listeners(i, distance, min)
    if name == "FRCorr":
        return best_over_listeners(i, concordance, max)
    if name == "FRCorr by dimension":
        return best_over_listeners(i, concordance_by_dimension, max)
    if name == "FRSyn":
        return lag_of(i)
    if name == "FRVar":
        return predictions[i].var(axis=1, ddof=1).mean()
    if name == "FRDiv":
        flat = predictions[i].reshape(samples, -1)
        return cdist(flat, flat, "sqeuclidean").sum() / (samples * (samples - 1) * flat.shape[1])
    flat = predictions[:, i].reshape(clips, -1)  # FRDvs: task = sample slot
    return cdist(flat, flat, "sqeuclidean").sum() / (clips * (clips - 1) * flat.shape[1])


def warm(_):
    distance(predictions[0, 0, :20].astype(np.float64), targets[0, :20].astype(np.float64))
    time.sleep(0.2)


def main():
    result = {"processes": options.processes, "clips": clips, "samples": samples, "frames": frames,
              "versions": {"numpy": np.__version__, "scipy": scipy.__version__, "tslearn": tslearn.__version__}, "metrics": {}}
    context = multiprocessing.get_context("fork")  # the arrays are shared, not sent
    with context.Pool(options.processes) as pool:
        pool.map(warm, range(options.processes), chunksize=1)
        for name in ("FRDist", "FRCorr", "FRCorr by dimension", "FRDiv", "FRVar", "FRDvs", "FRSyn"):
            count = samples if name == "FRDvs" else clips
            wanted = min(count, options.dist_clips) if name == "FRDist" and options.dist_clips > 0 else count
            best = None
            for _ in range(options.repeats):
                start = time.perf_counter()
                values = pool.map(one, [(name, i) for i in range(wanted)], chunksize=1)
                seconds = time.perf_counter() - start
                best = seconds if best is None else min(best, seconds)
            entry = {"seconds": best * count / wanted, "value": float(np.mean(values)) if wanted == count else None}
            if wanted < count:
                pairs = int(neighbours[:wanted].sum()) * samples
                entry["seconds"] = best * int(neighbours.sum()) * samples / pairs
                entry["extrapolated_from"] = f"{wanted} of {count} clips ({pairs} pairs, {best:.2f} s)"
            if name == "FRDist":
                entry["ms_per_pair"] = 1e3 * best * options.processes / (int(neighbours[:wanted].sum()) * samples)
            result["metrics"][name] = entry
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
