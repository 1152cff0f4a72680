"""Plain PyTorch beside `emc bench react --model faceais`: ten reactions of a clip the way the published code makes them, one whole pass for each.

The speaker's tokens and sound vectors are given for the whole clip, as in the original. For every 32 frames the whole network looks at the last 256
frames again: two unimodal stacks, a cross-modal one, two more stacks and the listener's cross-modal one, 512 likeliest tokens, one draw a position; at
the end the tokens become coefficients and emotion. Published sizes (width 360, 12 heads, 8 layers; tokenizer 252, 12, 12). Written from the
description and without the studio's code; weights are random, which does not change what a pass costs.

Usage: react_faceais.py [--frames 736] [--samples 10] [--threads 2]; started by `emc bench react`. Protocol: prints {"torch": version}, then
"run N" on the standard input makes N times all reactions and prints their seconds.
"""
import argparse
import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

from faceais_reference import Block, CrossBlock, Tokenizer, codes_of, stack

WIDTH, HEADS, LAYERS, CONTEXT, PATCH, VOCABULARY, LIKELIEST = 360, 12, 8, 256, 32, 2050, 512
TOKENIZER = 252, 12, 12, PATCH  # width, heads, layers, block


def looked_at(there):
    """(B,T) bool -> which keys a query sees; where all are gone they count alike, as in the original."""
    mask = there[:, None, None, :].expand(-1, HEADS, CONTEXT, -1)
    return mask if mask.any() else torch.zeros_like(mask, dtype=torch.float32)


class Predictor(nn.Module):
    def __init__(self):
        super().__init__()
        self.sound, self.sound_place = nn.Linear(512, WIDTH), nn.Embedding(2 * CONTEXT, WIDTH)
        self.face, self.face_place = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(CONTEXT, WIDTH)
        self.said, self.said_place = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(CONTEXT, WIDTH)
        self.h_sound, self.h_face, self.h_speaker, self.h_listener = (stack(Block, LAYERS, WIDTH, HEADS) for _ in range(4))
        self.fuse, self.merge = (stack(CrossBlock, LAYERS, WIDTH, HEADS) for _ in range(2))
        self.end, self.head = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, VOCABULARY, bias=False)

    def forward(self, sound, face, said):
        sounding, seen, shown = (sound != 0).all(-1).float().view(len(sound), CONTEXT, 2).amax(2) > 0, face != 0, said != 0
        sound_there, face_there, said_there = looked_at(sounding), looked_at(seen), looked_at(shown)
        both_there, all_there = looked_at(seen & sounding), looked_at(shown & seen)
        s = F.max_pool1d((self.sound(sound) + self.sound_place.weight).transpose(1, 2), 2).transpose(1, 2)
        f, x = self.face(face) + self.face_place.weight, self.said(said) + self.said_place.weight
        for block in self.h_sound:
            s = block(s, sound_there)
        for block in self.h_face:
            f = block(f, face_there)
        for block in self.fuse:
            f = s = block(f, s, face_there, both_there)
        for block in self.h_listener:
            x = block(x, said_there)
        for block in self.h_speaker:
            s = block(s, sound_there)
        for block in self.merge:
            x = s = block(x, s, said_there, all_there)
        return self.head(self.end(x)[:, -PATCH:])


def padded(x, count):
    return torch.cat([x.new_zeros(x.shape[0], count - x.shape[1], *x.shape[2:]), x], 1) if x.shape[1] < count else x


def reaction(predictor, tokenizer, sound, face):
    frames = face.shape[1]
    said = torch.zeros_like(face)
    for i in range(0, frames, PATCH):
        start, end = max(0, i + 1 - CONTEXT), i + 1
        logits = predictor(padded(sound[:, 2 * start:2 * end], 2 * CONTEXT), padded(face[:, start:end], CONTEXT), padded(said[:, -CONTEXT:], CONTEXT))
        least = logits.topk(LIKELIEST).values.amin((0, 2), keepdim=True)
        odds = torch.softmax(logits.masked_fill(logits < least, -torch.inf), -1)
        said = torch.cat([said[:, PATCH:], torch.stack([torch.multinomial(odds[:, t], 1)[:, 0] for t in range(PATCH)], 1)], 1)
    return [torch.cat(part, 1) for part in zip(*(tokenizer.decode(tokenizer.meaning(codes_of(said[:, i:i + PATCH] - 2))) for i in range(0, frames, PATCH)))]


def main():
    arguments = argparse.ArgumentParser()
    for name, value in (("frames", 736), ("samples", 10), ("threads", 2)):
        arguments.add_argument("--" + name, type=int, default=value)
    options = arguments.parse_args()
    frames = options.frames // PATCH * PATCH
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    predictor, tokenizer = Predictor().eval(), Tokenizer(*TOKENIZER).eval()
    sound, face = torch.randn(1, 2 * frames, 512), torch.randint(2, 1002, (1, frames))
    print(json.dumps({"torch": torch.__version__}), flush=True)
    for line in sys.stdin:
        seconds = []
        for _ in range(int(line.split()[1])):
            start = time.perf_counter()
            with torch.no_grad():
                for _ in range(options.samples):
                    reaction(predictor, tokenizer, sound, face)
            seconds.append(time.perf_counter() - start)
        print(json.dumps({"seconds": seconds, "frames": frames}), flush=True)


main()
