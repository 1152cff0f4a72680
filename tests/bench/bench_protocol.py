"""How the references read what the studio gives them, and how they answer: {"torch": ...} when ready; a line "run N" on standard input is answered by
one JSON object; the end of the input ends the program."""
import json
import struct
import sys
import time
from pathlib import Path

import torch
from torch import nn

from emc_blocks import SHAPES

KINDS = {"F32": torch.float32, "F16": torch.float16, "U8": torch.uint8, "I64": torch.int64, "BOOL": torch.bool}


def read_safetensors(path):
    """-> (tensors by name, metadata), with the tensors of the parts beside the file that it names"""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = bytearray(file.read())
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        kind = KINDS[entry["dtype"]]
        tensors[name] = torch.frombuffer(data, dtype=kind, count=(end - begin) // kind.itemsize, offset=begin).reshape(entry["shape"]).clone()
    for line in metadata.get("parts", "").splitlines():
        part, _, prefix = line.split()
        shared, _ = read_safetensors(Path(path).parent / part)
        tensors.update({prefix.removeprefix("-") + name: value for name, value in shared.items()})
    return tensors, metadata


def peak_memory_mb():
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return None


def kind_of(settings):
    """What a host is made of, from a model's name."""
    name = settings["model"]
    return {"cma": "-emc" in name, "ea": name.endswith("-emc"), "stride": int(float(settings["stride"]))}


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


class Training:
    """A training step again and again on the batch, from the weights and with the settings that `emc bench train` has written to the file of the first
    argument. make(weights, settings, **kind) -> the host, still without weights."""

    def __init__(self, make):
        tensors, settings = read_safetensors(sys.argv[1])
        self.number = {key: float(value) for key, value in settings.items() if key not in ("device", "format") and not key.startswith("model")}
        torch.set_num_threads(int(self.number["threads"]))
        self.device = torch.device(settings["device"])
        weights = {name[6:]: value for name, value in tensors.items() if name.startswith("model/")}
        self.model = make(weights, settings, **kind_of(settings))
        self.model.load(weights)
        self.model.to(self.device).train()
        self.batch = {name[6:]: value.to(self.device) for name, value in tensors.items() if name.startswith("batch/")}
        self.size, self.tokens = self.batch["mfcc"].shape[:2]
        self.generator = torch.Generator().manual_seed(int(self.number["noise_seed"]))
        self.done = 0

    def gaussian(self, dims):
        return torch.randn(self.size, dims, generator=self.generator).to(self.device)

    def uniform(self, *shape):
        return torch.rand(*shape, generator=self.generator)

    def reconstruction(self, coeffs, emotion, true_coeffs, true_emotion):
        mse, number = nn.functional.mse_loss, self.number
        loss = number["emotion"] * mse(emotion, true_emotion) + number["expression"] * mse(coeffs[..., :SHAPES], true_coeffs[..., :SHAPES])
        return loss + number["pose"] * mse(coeffs[..., SHAPES:], true_coeffs[..., SHAPES:])

    def answer(self, loss, learned=None):
        """`loss()` is that of a step; `learned`: the parameters that learn, all of the model's if not given."""
        learned = list(self.model.parameters() if learned is None else learned)
        optimiser = torch.optim.AdamW(learned, lr=self.number["lr"], weight_decay=self.number["weight_decay"])

        def step():
            optimiser.zero_grad()
            total = loss()
            value = total.item()
            total.backward()
            nn.utils.clip_grad_norm_(learned, self.number["clip"])
            optimiser.step()
            self.done += 1
            return value

        answer({"torch": torch.__version__})
        for line in sys.stdin:
            seconds, losses = timed(step, self.device, int(line.split()[1]))
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
