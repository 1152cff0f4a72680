"""Plain PyTorch beside `emc bench train`: the same training step on the same weights, batch and noise.

Usage: train_trans_vae.py INPUTS.safetensors, started by `emc bench train`, which writes the inputs (weights, one batch of crops with cached face
features, settings). Says {"torch": ...} when ready; a line "run N" on standard input makes N steps and is answered by one JSON object with the
seconds and the loss of each; the end of the input ends the program.
"""
import json
import sys
import time

import torch
from torch import nn

from trans_vae_reference import SHAPES, TransVae, peak_memory_mb, read_safetensors

tensors, settings = read_safetensors(sys.argv[1])
number = {key: float(value) for key, value in settings.items() if key not in ("model", "device", "format")}
torch.set_num_threads(int(number["threads"]))
device = torch.device(settings["device"])
model = TransVae(cma=settings["model"] != "trans-vae", ea=settings["model"] == "trans-vae-emc", stride=int(number["stride"]))
model.load({name[6:]: value for name, value in tensors.items() if name.startswith("model/")})
model.to(device).train()
batch = {name[6:]: value.to(device) for name, value in tensors.items() if name.startswith("batch/")}
optimiser = torch.optim.AdamW(model.parameters(), lr=number["lr"], weight_decay=number["weight_decay"])
generator = torch.Generator().manual_seed(int(number["noise_seed"]))
size, frames = batch["mfcc"].shape[:2]
done = 0


def gaussian(dims):
    return torch.randn(size, dims, generator=generator).to(device)


def gaussian_kl(a, b):
    """Mean KL of two diagonal Gaussians; log variances count as at least 0."""
    la, lb = a[1].clamp_min(0), b[1].clamp_min(0)
    return (0.5 * (lb - la + (la.exp() + (a[0] - b[0]).square()) * torch.exp(-lb) - 1)).mean()


def emc_terms(face, speech):
    """CMA's losses, the three fused inputs, and the one that each item learns from."""
    emc = model.emc
    emc.units_f.update(face)
    emc.units_s.update(speech)
    extra, warmup = 0, min(1.0, (done + 1) / max(1.0, 0.1 * number["steps"]))
    sides = ((emc.cma_f, emc.units_f, face, emc.units_s, speech), (emc.cma_s, emc.units_s, speech, emc.units_f, face))
    for cma, units, target, other_units, present in sides:
        prior = gaussian(64)
        align, from_prior, kl = cma.losses(units.standardised(target), other_units.standardised(present), gaussian(64), prior)
        extra = extra + number["lambda_cma"] * (align + warmup * kl + from_prior)
    imagined = [units.restored(cma.decode(gaussian(64), other_units.standardised(present))) for cma, units, _, other_units, present in sides]
    shares = torch.tensor([0.6, 0.8] if model.ea else [0.4, 0.7])
    withheld = (torch.rand(size, 1, generator=generator) < number["withhold_emotion"]).to(device) if model.ea else None
    variant = torch.bucketize(torch.rand(size, generator=generator), shares, right=True).to(device)
    faces, speeches = torch.cat([face, imagined[0], face]), torch.cat([speech, speech, imagined[1]])
    emotion = None
    if model.ea:
        heard = torch.zeros(3 * size, dtype=torch.bool, device=device)
        heard[size:2 * size] = True
        e = emc.e_mlp(batch["speaker_emotion"].repeat(3, 1, 1), batch["speech_emotion"].repeat(3, 1, 1), heard)
        emotion = model.emotion_sides(e.masked_fill(withheld.repeat(3, 1).unsqueeze(-1), 0))
    mean, log_variance = model.distribution(faces, speeches, emotion)
    both, no_face, no_speech = zip(mean.split(size), log_variance.split(size))
    extra = extra + number["lambda_fusion"] * (gaussian_kl(both, no_face) + gaussian_kl(both, no_speech) + gaussian_kl(no_face, no_speech))
    rows = variant * size + torch.arange(size, device=device)
    return (mean[rows], log_variance[rows]), {name: e[rows] for name, e in emotion.items()} if emotion else None, extra


def step():
    global done
    optimiser.zero_grad()
    face, speech = batch["face"], model.encode_speech(batch["mfcc"])
    sides, extra = None, 0
    if model.cma:
        latent, sides, extra = emc_terms(face, speech)
    else:
        latent = model.distribution(face, speech, None)
    coeffs, emotion = model.decode(*latent, gaussian(128), sides)
    mse, true = nn.functional.mse_loss, batch["listener_coeffs"]
    loss = number["emotion"] * mse(emotion, batch["listener_emotion"])
    loss = loss + number["expression"] * mse(coeffs[..., :SHAPES], true[..., :SHAPES]) + number["pose"] * mse(coeffs[..., SHAPES:], true[..., SHAPES:])
    mean, log_variance = latent
    loss = loss + number["kl"] * (0.5 * (mean.square() + log_variance.exp() - 1 - log_variance)).mean()
    with torch.no_grad():
        other_coeffs, other_emotion = model.decode(*latent, gaussian(128), sides)
    for ours, other in ((coeffs, other_coeffs), (emotion, other_emotion)):
        loss = loss + number["diversity"] * torch.exp(-(ours - other).flatten(1).square().sum(1) / 100).mean()
    loss = loss + extra
    value = loss.item()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), number["clip"])
    optimiser.step()
    done += 1
    return value


def answer(value):
    print(json.dumps(value), flush=True)


answer({"torch": torch.__version__})
for line in sys.stdin:
    seconds, losses = [], []
    for _ in range(int(line.split()[1])):
        start = time.perf_counter()
        losses.append(step())
        if device.type == "cuda":
            torch.cuda.synchronize()
        seconds.append(time.perf_counter() - start)
    answer({"seconds": seconds, "losses": losses, "peak_memory_mb": peak_memory_mb()})
