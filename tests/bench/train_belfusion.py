"""Plain PyTorch beside `emc bench train --model belfusion`: the same training step on the same weights, batch and noise, of either stage: the
autoencoder of windows, then the diffusion of its latents.

Usage: train_belfusion.py INPUTS.safetensors, started by `emc bench train`; inputs and protocol as in train_trans_vae.py.
"""
import torch
from torch.nn import functional as F

from belfusion_reference import LATENT, STEPS, Belfusion, cut, window_starts
from bench_protocol import Training

DRAWS, LATENT_WEIGHT, DECODED_WEIGHT = 2, 10, 10

run = Training(lambda weights, settings, stride, **kind: Belfusion(int(settings["model/width"]), stride))
model, behaviour, number = run.model, run.model.embed_emotion, run.number
length = model.window
starts = window_starts(run.tokens, length, length)  # side by side
listener, speaker, coeffs = (cut(run.batch[name], starts, length) for name in ("listener_emotion", "speaker_emotion", "listener_coeffs"))
rows = len(listener)


def gaussian(count):
    return torch.randn(count, LATENT, generator=run.generator).to(run.device)


def autoencoder_loss():
    """Both are people; only the listener's coefficients are known."""
    people = torch.cat([listener, speaker])
    mean, log_variance = behaviour.distribution(people)
    shown = behaviour.decode(mean + torch.exp(0.5 * log_variance) * gaussian(2 * rows), length)
    loss = run.reconstruction(behaviour.coeff_reg(shown)[:rows], shown[:rows], coeffs, listener)
    loss = loss + number["kl"] * (0.5 * (mean.square() + log_variance.exp() - 1 - log_variance)).mean()
    return loss + number["emotion"] * F.mse_loss(shown[rows:], speaker)


def diffusion_loss():
    with torch.no_grad():
        heard, spoken = behaviour.distribution(listener)[0], behaviour.distribution(speaker)[0]
        behaviour.widen_range(torch.cat([heard, spoken]))
        target, condition = behaviour.normalised(heard), behaviour.normalised(spoken)
    step = torch.randint(0, STEPS, (rows,), generator=run.generator).to(run.device)
    target, step, condition, wanted = (x.repeat_interleave(DRAWS, 0) for x in (target, step, condition, listener))
    guess = model.clean(model.noised(target, step, gaussian(rows * DRAWS)), step, condition)
    shown = behaviour.decode(behaviour.restored(guess), length)
    return LATENT_WEIGHT * F.l1_loss(guess, target) + DECODED_WEIGHT * F.mse_loss(shown, wanted)


if number["first_stage"]:
    run.answer(autoencoder_loss, behaviour.parameters())
else:
    behaviour.requires_grad_(False)
    run.answer(diffusion_loss, [parameter for parameter in model.parameters() if parameter.requires_grad])
