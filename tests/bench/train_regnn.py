"""Plain PyTorch beside `emc bench train --model regnn...`: the same training step on the same weights, batch and noise.

Usage: train_regnn.py INPUTS.safetensors, started by `emc bench train`; inputs and protocol as in train_trans_vae.py.
"""
import torch
from torch import nn

from bench_protocol import Training
from emc_terms import emc_terms
from regnn_reference import NODES, WINDOW, Regnn, normal_numbers, slow_noise, windows

run = Training(lambda weights, settings, **kind: Regnn(**kind))
model, batch, tokens, stride = run.model, run.batch, run.tokens, run.model.stride
starts = list(range(0, max(1, tokens - WINDOW + 1), WINDOW))
mse = nn.functional.mse_loss
threshold, seen = 0.0, []


def fusion(both, no_face, no_speech):
    return 0.5 * (mse(both[0], no_face[0]) + mse(both[0], no_speech[0]) + mse(no_face[0], no_speech[0]))


def loss():
    global threshold, seen
    face, speech = (windows(u, starts) for u in model.encode(batch["face"], batch["mfcc"]))
    cut = dict(batch, **{name: windows(batch[name], starts) for name in ("speaker_emotion", "speech_emotion")})
    sides, extra = None, 0
    if model.cma:
        (x,), sides, extra = emc_terms(run, cut, face, speech, model.perceived, fusion)
    else:
        (x,) = model.perceived(face, speech, None)
    edges, listener, coeffs = model.edges(x), windows(batch["listener_emotion"], starts), windows(batch["listener_coeffs"], starts)
    z = model.motor_processor(listener.transpose(1, 2), edges, start=not model.emc.actnorm_started.item())
    model.emc.actnorm_started.fill_(1)
    seeds = torch.randint(1 << 40, (run.size,), generator=run.generator).tolist()
    length = tokens + max(1, 25 // stride)
    noise = torch.cat([slow_noise(normal_numbers(seed, length * NODES).view(length, NODES), tokens, stride, starts) for seed in seeds])
    g = model.refined(x + noise.to(run.device), sides)
    each = (g - z).square().flatten(1).mean(1)  # one real reaction a window: the nearest, and the middle of its group
    latent = (each * (each.detach() > threshold)).mean()
    seen.append(each.mean().item())
    if len(seen) == 101:
        threshold, seen = sum(seen) / len(seen) / 3, []
    y = model.motor_processor.inverse(g, edges, 6, 1e-4).transpose(1, 2)
    return run.reconstruction(model.coefficients(y), y, coeffs, listener) + 0.1 * latent + extra


run.answer(loss)
