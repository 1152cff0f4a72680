"""Plain PyTorch beside `emc bench train --model regnn...`: the same training step on the same weights, batch and noise.

Usage: train_regnn.py INPUTS.safetensors, started by `emc bench train`; inputs and protocol as in train_trans_vae.py.
"""
import sys

import torch
from torch import nn

from bench_protocol import answer_training
from emc_terms import emc_terms
from regnn_reference import NODES, WINDOW, Regnn, normal_numbers, slow_noise, windows
from trans_vae_reference import SHAPES, read_safetensors

tensors, settings = read_safetensors(sys.argv[1])
number = {key: float(value) for key, value in settings.items() if key not in ("model", "device", "format")}
torch.set_num_threads(int(number["threads"]))
device, stride = torch.device(settings["device"]), int(number["stride"])
model = Regnn(cma=settings["model"] != "regnn", ea=settings["model"] == "regnn-emc", stride=stride)
model.load({name[6:]: value for name, value in tensors.items() if name.startswith("model/")})
model.to(device).train()
batch = {name[6:]: value.to(device) for name, value in tensors.items() if name.startswith("batch/")}
optimiser = torch.optim.AdamW(model.parameters(), lr=number["lr"], weight_decay=number["weight_decay"])
generator = torch.Generator().manual_seed(int(number["noise_seed"]))
size, tokens = batch["mfcc"].shape[:2]
starts = list(range(0, max(1, tokens - WINDOW + 1), WINDOW))
mse = nn.functional.mse_loss
done, threshold, seen = 0, 0.0, []


def fusion(both, no_face, no_speech):
    return 0.5 * (mse(both[0], no_face[0]) + mse(both[0], no_speech[0]) + mse(no_face[0], no_speech[0]))


def step():
    global done, threshold, seen
    optimiser.zero_grad()
    face, speech = (windows(u, starts) for u in model.encode(batch["face"], batch["mfcc"]))
    cut = dict(batch, **{name: windows(batch[name], starts) for name in ("speaker_emotion", "speech_emotion")})
    sides, extra = None, 0
    if model.cma:
        (x,), sides, extra = emc_terms(model, cut, face, speech, number, done, generator, model.perceived, fusion)
    else:
        (x,) = model.perceived(face, speech, None)
    edges, listener, coeffs = model.edges(x), windows(batch["listener_emotion"], starts), windows(batch["listener_coeffs"], starts)
    z = model.motor_processor(listener.transpose(1, 2), edges, start=not model.emc.actnorm_started.item())
    model.emc.actnorm_started.fill_(1)
    seeds = torch.randint(1 << 40, (size,), generator=generator).tolist()
    length = tokens + max(1, 25 // stride)
    noise = torch.cat([slow_noise(normal_numbers(seed, length * NODES).view(length, NODES), tokens, stride, starts) for seed in seeds])
    g = model.refined(x + noise.to(device), sides)
    each = (g - z).square().flatten(1).mean(1)  # one real reaction a window: the nearest, and the middle of its group
    latent = (each * (each.detach() > threshold)).mean()
    seen.append(each.mean().item())
    if len(seen) == 101:
        threshold, seen = sum(seen) / len(seen) / 3, []
    y = model.motor_processor.inverse(g, edges, 6, 1e-4).transpose(1, 2)
    made = model.coefficients(y)
    loss = number["emotion"] * mse(y, listener) + number["expression"] * mse(made[..., :SHAPES], coeffs[..., :SHAPES])
    loss = loss + number["pose"] * mse(made[..., SHAPES:], coeffs[..., SHAPES:]) + 0.1 * latent + extra
    value = loss.item()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), number["clip"])
    optimiser.step()
    done += 1
    return value


answer_training(step, device)
