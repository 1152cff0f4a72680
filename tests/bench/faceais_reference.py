"""FaceAIS, alone or inside EMC (variant `fixed`), in plain PyTorch: what a researcher would write with torch.nn.

Written from the description of the network; it shares no code with the studio. Module names are those of the checkpoint, so that the studio's
weights can be loaded and both sides must give the same numbers. Used by train_faceais.py; react_faceais.py takes the blocks.
"""
import math

import torch
from torch import nn
from torch.nn import functional as F

from emc_blocks import COEFFS, EMOTIONS, EmcHost, local_bias

LEVELS, MASK, FIRST, SEEN = (8, 5, 5, 5), 1, 2, 8  # a face token is its code + FIRST; a patch looks at SEEN patches
CODES = math.prod(LEVELS)


def attention(q, k, v, heads, mask):
    q, k, v = (x.unflatten(-1, (heads, -1)).transpose(1, 2) for x in (q, k, v))
    return F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).flatten(2)


class SelfAttention(nn.Module):
    def __init__(self, width, heads, bias):
        super().__init__()
        self.heads, self.c_attn, self.c_proj = heads, nn.Linear(width, 3 * width, bias=bias), nn.Linear(width, width, bias=bias)

    def forward(self, x, mask):
        return self.c_proj(attention(*self.c_attn(x).chunk(3, -1), self.heads, mask))


class CrossAttention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.x_c_attn, self.y_c_attn, self.c_proj = heads, nn.Linear(width, width), nn.Linear(width, 2 * width), nn.Linear(width, width)

    def forward(self, x, y, mask):
        return self.c_proj(attention(self.x_c_attn(x), *self.y_c_attn(y).chunk(2, -1), self.heads, mask))


class Mlp(nn.Module):
    def __init__(self, width, bias):
        super().__init__()
        self.c_fc, self.c_proj = nn.Linear(width, 4 * width, bias=bias), nn.Linear(4 * width, width, bias=bias)

    def forward(self, x):
        return self.c_proj(F.gelu(self.c_fc(x)))


class Block(nn.Module):
    def __init__(self, width, heads, bias=True):
        super().__init__()
        self.ln_1, self.ln_2 = nn.LayerNorm(width, bias=bias), nn.LayerNorm(width, bias=bias)
        self.attn, self.mlp = SelfAttention(width, heads, bias), Mlp(width, bias)

    def forward(self, x, mask=None):
        x = x + self.attn(self.ln_1(x), mask)
        return x + self.mlp(self.ln_2(x))


class CrossBlock(Block):
    def __init__(self, width, heads):
        super().__init__(width, heads)
        self.ln_3, self.attn_cross, self.gated_alpha = nn.LayerNorm(width), CrossAttention(width, heads), nn.Parameter(torch.ones(()))

    def forward(self, x, y, mask, cross_mask):
        own = self.attn(self.ln_1(x), mask)
        x = x + own + self.gated_alpha * self.attn_cross(self.ln_1(own), self.ln_3(y), cross_mask)
        return x + self.mlp(self.ln_2(x))


def stack(kind, count, *shape):
    return nn.ModuleList(kind(*shape) for _ in range(count))


def levels_of(ids):
    """(...) -> (...,4): which level each dimension of a code has, the first one changing fastest."""
    levels, rest = [], torch.remainder(ids, CODES)
    for count in LEVELS:
        levels.append(rest % count)
        rest = rest // count
    return torch.stack(levels, -1)


def codes_of(ids):
    middle = torch.tensor([count // 2 for count in LEVELS], device=ids.device)
    return (levels_of(ids) - middle) / middle


class Quantizer(nn.Module):
    """Finite scalar quantisation."""

    def __init__(self, width):
        super().__init__()
        self.project_in, self.project_out = nn.Linear(width, len(LEVELS)), nn.Linear(len(LEVELS), width)
        for name, value in (("reach", [(count - 1) * 1.001 / 2 for count in LEVELS]), ("offset", [0.5 * (count % 2 == 0) for count in LEVELS]),
                            ("middle", [count // 2 for count in LEVELS]), ("basis", [math.prod(LEVELS[:i]) for i in range(len(LEVELS))])):
            self.register_buffer(name, torch.tensor(value), persistent=False)

    def codes(self, hidden):
        bounded = torch.tanh(self.project_in(hidden) + torch.atanh(self.offset / self.reach)) * self.reach - self.offset
        return (bounded + (bounded.round() - bounded).detach()) / self.middle

    def indices(self, codes):
        return (((codes * self.middle).round().long() + self.middle) * self.basis).sum(-1)


class Tokenizer(nn.Module):
    def __init__(self, width, heads, layers, block):
        super().__init__()
        self.block = block

        def half(into):
            part = nn.Module()
            part.wfe, part.wpe = nn.Linear(into, width), nn.Embedding(block, width)
            part.h, part.ln_f = stack(Block, layers, width, heads, False), nn.LayerNorm(width, bias=False)
            return part

        self.encoder, self.decoder_to_3dmm, self.decoder_to_emotion = half(COEFFS), half(width), half(width)
        del self.decoder_to_emotion.wfe, self.decoder_to_emotion.wpe  # both branches begin with the same
        self.quantize = nn.Module()
        self.quantize.quantize = Quantizer(width)
        self.lm_head_3dmm, self.lm_head_emotion = nn.Linear(width, COEFFS, bias=False), nn.Linear(width, EMOTIONS, bias=False)

    def codes(self, coeffs):
        """(B,T,58) -> (B,T,4)"""
        x = self.encoder.wfe(coeffs.reshape(-1, self.block, COEFFS)) + self.encoder.wpe.weight
        for block in self.encoder.h:
            x = block(x)
        return self.quantize.quantize.codes(self.encoder.ln_f(x)).view(*coeffs.shape[:2], -1)

    @torch.no_grad()
    def tokenize(self, coeffs):
        return self.quantize.quantize.indices(self.codes(coeffs))

    def meaning(self, codes):
        return self.quantize.quantize.project_out(codes)

    def decode(self, meaning):
        """(B,T,width) -> coefficients (B,T,58), emotion (B,T,25)"""
        placed = self.decoder_to_3dmm.wfe(meaning.reshape(-1, self.block, meaning.shape[-1])) + self.decoder_to_3dmm.wpe.weight
        answers = []
        for part, head in ((self.decoder_to_3dmm, self.lm_head_3dmm), (self.decoder_to_emotion, self.lm_head_emotion)):
            x = placed
            for block in part.h:
                x = block(x)
            answers.append(head(part.ln_f(x)).view(*meaning.shape[:2], -1))
        return answers


class FaceAis(EmcHost):
    def __init__(self, weights, settings, cma, ea, stride):
        """Sizes are those of the weights."""
        patch, width = weights["lt_cm_transformer.wpe.weight"].shape
        heads, layers = int(settings["model/heads"]), sum(name.startswith("lt_cm_transformer.h.") and name.endswith(".gated_alpha") for name in weights)
        super().__init__(cma, ea, stride, width, heads)
        self.width, self.patch = width, patch
        inner = weights["face_tokenizer.encoder.wpe.weight"].shape[1]
        inner_layers = sum(name.startswith("face_tokenizer.encoder.h.") and name.endswith(".ln_1.weight") for name in weights)
        self.face_tokenizer = Tokenizer(inner, int(settings["model/tokenizer_heads"]), inner_layers, patch)
        speaker, listener = self.sp_cm_transformer, self.lt_cm_transformer = nn.Module(), nn.Module()
        self.wav2vec2_c_proj, speaker.wpe_sound = nn.Linear(78, width), nn.Embedding(patch, width)
        speaker.wte_face, speaker.wpw_face = nn.Embedding(CODES + FIRST, width), nn.Embedding(patch, width)
        listener.wte, listener.wpe = nn.Embedding(CODES + FIRST, width), nn.Embedding(patch, width)
        speaker.code, listener.code = (nn.Linear(len(LEVELS), width, bias=False) for _ in range(2))
        speaker.h_sound, speaker.h_face, listener.h_speaker, listener.h_listener = (stack(Block, layers, width, heads) for _ in range(4))
        speaker.h, listener.h = stack(CrossBlock, layers, width, heads), stack(CrossBlock, layers, width, heads)
        listener.ln_f, self.lm_head, self.level_head = nn.LayerNorm(width), nn.Linear(width, CODES, bias=False), nn.Linear(width, sum(LEVELS))
        self.emc.start = nn.Parameter(torch.zeros(patch, width))
        if ea:
            self.emc.s_in, self.emc.s_out = nn.Linear(inner, width), nn.Linear(width, inner)
        ids = torch.arange(CODES)
        self.register_buffer("all_codes", codes_of(ids), persistent=False)
        self.register_buffer("token_codes", torch.cat([torch.zeros(FIRST, len(LEVELS)), self.all_codes]), persistent=False)
        levels = torch.cat([F.one_hot(level, count) for level, count in zip(levels_of(ids).unbind(-1), LEVELS)], 1)
        self.register_buffer("all_levels", levels.float(), persistent=False)
        self.masks = {}

    def mask(self, x):
        """(1,heads,T,T) for x (B,T,d): less for what is far; a position sees its patch and the seven before it."""
        frames = x.shape[1]
        if frames not in self.masks:
            patch = torch.arange(frames) // self.patch
            behind = patch.unsqueeze(1) - patch
            hidden = (behind < 0) | (behind >= SEEN)
            self.masks[frames] = local_bias(frames, self.stride, self.heads).masked_fill(hidden, -torch.inf).unsqueeze(0).to(x.device)
        return self.masks[frames]

    def rows(self, x):
        """(B,n·patch,d) -> (B·n,patch,d)"""
        return x.reshape(-1, self.patch, x.shape[-1])

    def placed(self, x, places):
        return x + places.weight.repeat(x.shape[1] // self.patch, 1)

    def run(self, blocks, x):
        for block in blocks:
            x = block(x, self.mask(x))
        return x

    def run_cross(self, blocks, x, y):
        for block in blocks:
            x = block(x, y, self.mask(x), self.mask(x))
        return x

    def encode(self, speaker_coeffs, mfcc):
        """What the speaker does, (B,T,58) and (B,T,78) -> both unimodal streams (B,T,d)"""
        part = self.sp_cm_transformer
        tokens = self.face_tokenizer.tokenize(speaker_coeffs) + FIRST
        face = self.placed(part.wte_face(tokens) + part.code(self.token_codes[tokens]), part.wpw_face)
        sound = self.placed(self.wav2vec2_c_proj(self.standardised_mfcc(mfcc)), part.wpe_sound)
        return self.run(part.h_face, face), self.run(part.h_sound, sound)

    def speaker_stream(self, face, speech, sides, items):
        """Rows of patches (B·n,patch,d) -> what the listener hears (B,n·patch,d): what comes before a patch, never the patch itself."""
        face, speech = (self.attend(name, x, sides).reshape(items, -1, self.width) for name, x in (("u_ea_f", face), ("u_ea_s", speech)))
        fused = self.attend("m_ea", self.rows(self.run_cross(self.sp_cm_transformer.h, face, speech)), sides).reshape(items, -1, self.width)
        heard = torch.cat([self.emc.start.expand(items, -1, -1), fused[:, :-self.patch]], 1)
        return self.run(self.lt_cm_transformer.h_speaker, heard)

    def logits(self, shown, speaker):
        """Tokens that the listener has shown up to one patch before (B,T) -> logits of the codes (B,T,1000)"""
        part = self.lt_cm_transformer
        x = self.run(part.h_listener, self.placed(part.wte(shown) + part.code(self.token_codes[shown]), part.wpe))
        h = part.ln_f(self.run_cross(part.h, x, speaker))
        return self.lm_head(h) + self.level_head(h) @ self.all_levels.t()

    def faces(self, codes, sides):
        """(B,T,4) -> coefficients, emotion; the emotion of one patch steers the next, before the first nothing was felt."""
        meaning = self.face_tokenizer.meaning(codes)
        if self.ea:
            nothing = self.emotion_sides(torch.zeros(1, self.patch, self.width, device=codes.device))["s_ea"]
            felt = sides["s_ea"].view(len(codes), -1, self.patch, self.width)[:, :-1]
            felt = torch.cat([nothing.expand(len(codes), 1, -1, -1), felt], 1).flatten(0, 1)
            refined = self.emc.s_out(self.attend("s_ea", self.emc.s_in(self.rows(meaning)), {"s_ea": felt}))
            meaning = meaning + refined.view(meaning.shape)
        return self.face_tokenizer.decode(meaning)
