"""How the references answer the studio: {"torch": ...} when ready; a line "run N" on standard input is answered by one JSON object; the end of the
input ends the program."""
import json
import sys
import time

import torch

from trans_vae_reference import peak_memory_mb


def answer(value):
    print(json.dumps(value), flush=True)


def timed(work, device, times):
    """-> (seconds of each, result of each)"""
    seconds, results = [], []
    for _ in range(times):
        start = time.perf_counter()
        results.append(work())
        if device.type == "cuda":
            torch.cuda.synchronize()
        seconds.append(time.perf_counter() - start)
    return seconds, results


def answer_training(step, device):
    """`step` makes one training step and returns its loss."""
    answer({"torch": torch.__version__})
    for line in sys.stdin:
        seconds, losses = timed(step, device, int(line.split()[1]))
        answer({"seconds": seconds, "losses": losses, "peak_memory_mb": peak_memory_mb()})


def answer_reactions(forward, inputs, device):
    """`forward(k)` makes reaction k from the beginning -> (coefficients, emotion), (1,T,..) each."""

    def all_of_them():
        with torch.no_grad():
            return [forward(k) for k in range(len(inputs["our_emotion"]))]

    with torch.no_grad():
        forward(0)  # warms up
    answer({"torch": torch.__version__})
    for line in sys.stdin:
        seconds, results = timed(all_of_them, device, int(line.split()[1]))
        difference = max((made[0].cpu() - inputs[name][k]).abs().max().item()
                         for k, reaction in enumerate(results[-1]) for made, name in zip(reaction, ("our_coeffs", "our_emotion")))
        answer({"seconds": seconds, "largest_difference": difference, "peak_memory_mb": peak_memory_mb()})
