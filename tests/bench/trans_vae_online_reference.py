"""Online Trans-VAE, alone or inside EMC (variant `fixed`), in plain PyTorch: window by window, without a look at what comes after the window, and with
a look back on the reaction so far. Written as trans_vae_reference.py is. Used by train_trans_vae.py and react_trans_vae_online.py.
"""
import torch
from torch import nn

from emc_blocks import COEFFS, EMOTIONS, HEADS, WIDTH, local_bias, positions, window_mask
from trans_vae_reference import TransVae


class RunningNorm:
    """Instance norm over everything that one channel has shown so far."""

    def __init__(self):
        self.count, self.mean, self.squares = 0, 0, 0

    def __call__(self, x):  # (T,C,H,W)
        values = x.double()
        count, mean = x.numel() // x.shape[1], values.mean((0, 2, 3))
        squares = (values - mean.view(1, -1, 1, 1)).square().sum((0, 2, 3))
        total, step = self.count + count, mean - self.mean
        self.squares = self.squares + squares + step.square() * (self.count * count / total)
        self.mean, self.count = self.mean + step * (count / total), total
        scale = (self.squares / total + 1e-5).rsqrt()
        return ((values - self.mean.view(1, -1, 1, 1)) * scale.view(1, -1, 1, 1)).float()


def decoder_stack():
    return nn.TransformerDecoder(nn.TransformerDecoderLayer(WIDTH, HEADS, 2 * WIDTH, 0.0, batch_first=True), 1)


def among(layer, x):
    """The queries of a window, each with those before it."""
    causal = nn.Transformer.generate_square_subsequent_mask(x.shape[1], device=x.device)
    return layer.norm1(x + layer.self_attn(x, x, x, attn_mask=causal, need_weights=False)[0])


def attended(layer, x, keys, near):
    x = layer.norm2(x + layer.multihead_attn(x, keys, keys, attn_mask=near, need_weights=False)[0])
    return layer.norm3(x + layer.linear2(torch.relu(layer.linear1(x))))


class OnlineTransVae(TransVae):
    def __init__(self, window, cma=False, ea=False, stride=1, with_video=False):
        super().__init__(cma, ea, stride, with_video)
        self.window = window
        part = self.reaction_decoder
        part.lstm, part.linear_3d, part.linear_reaction = nn.LSTM(WIDTH, WIDTH, batch_first=True), nn.Linear(COEFFS, WIDTH), nn.Linear(WIDTH, WIDTH)
        part.listener_reaction_decoder_3d = decoder_stack()
        self.fusion = nn.Linear(WIDTH + COEFFS + EMOTIONS, WIDTH)

    def reach(self, x):
        return window_mask(x.shape[1], self.window).to(x.device)

    def tables(self, x):
        bias = local_bias(x.shape[1], self.stride, self.heads) + window_mask(x.shape[1], self.window)
        return positions(*x.shape[1:]).to(x.device), bias.repeat(len(x), 1, 1).to(x.device)

    def encode_film(self, frames):
        """(T,3,S,S) bytes -> (1,T,128), in windows, with norms over what has been seen."""
        layer, norms, rows = self.speaker_behaviour_encoder.video_encoder, [RunningNorm() for _ in range(5)], []
        for part in frames.split(self.window * self.stride):

            def normed(number, x):
                return torch.relu(norms[number](torch.conv2d(x, layer.Conv3D[f"conv{number + 1}"].weight[:, :, 0], stride=(2, 2, 2, 1, 2)[number],
                                                             padding=(3, 3, 1, 1, 1)[number])))

            x = torch.max_pool2d(normed(0, part.float() / 127.5 - 1), 3, 2)
            x = normed(2, normed(1, x))
            x = normed(4, normed(3, x) + x)
            rows.append(layer.fc(x.mean((2, 3))))
        return torch.cat(rows).unsqueeze(0)

    def fused(self, face, speech, sides):
        face, speech = self.attend("u_ea_f", face, sides), self.attend("u_ea_s", speech, sides)
        return self.attend("m_ea", self.speaker_behaviour_encoder.fusion_layer(torch.cat([face, speech], -1)), sides)

    def keyed(self, fused, coeffs, emotion, where):
        return self.reaction_decoder.vae_model.linear(self.fusion(torch.cat([fused, coeffs, emotion], -1))) + where

    def bottleneck(self, x, seen, mask=None):
        vae = self.reaction_decoder.vae_model
        encoder = vae.seqTransEncoder.layers[0]
        x = encoder.norm1(x + encoder.self_attn(x, seen, seen, attn_mask=mask, need_weights=False)[0])
        x = encoder.norm2(x + encoder.linear2(torch.relu(encoder.linear1(x))))
        return vae.to_mu(x), vae.to_logvar(x).clamp(-8, 8)

    def nothing(self, fused):
        return tuple(fused.new_zeros(*fused.shape[:2], dims) for dims in (COEFFS, EMOTIONS))

    def distribution_without_past(self, fused):
        where, _ = self.tables(fused)
        x = self.keyed(fused, *self.nothing(fused), where)
        return self.bottleneck(x, x, self.reach(x))

    def sampled(self, g, sides, begin):
        """S-EA of one window, whose queries look back on the emotion so far."""
        if not self.ea:
            return g
        end = begin + g.shape[1]
        where, bias = self.tables(sides["s_ea"][:, :end])
        return self.emc.s_ea(g, sides["s_ea"][:, :end], where[:, begin:], bias[:, begin:])

    def generate(self, fused, noise, sides):
        """fused (B,T,128), noise (B,128) -> the Gaussians of all windows, coefficients, emotion. What was answered is data to what comes after."""
        part, count = self.reaction_decoder, fused.shape[1]
        table, bias = self.tables(fused)
        first, second, third = (stack.layers[0] for stack in (part.listener_reaction_decoder_1, part.listener_reaction_decoder_2,
                                                              part.listener_reaction_decoder_3d))
        keys, memory, decoded, past = fused[:, :0], fused[:, :0], fused[:, :0], self.nothing(fused[:, :0])
        made = []
        for begin in range(0, count, self.window):
            end = min(count, begin + self.window)
            where, near, now = table[:, begin:end], bias[:, begin:end, :end], fused[:, begin:end]
            x = self.keyed(now, *self.nothing(now), where)
            mean, log_variance = self.bottleneck(x, torch.cat([keys, x], 1))
            g = mean + torch.exp(0.5 * log_variance) * noise.unsqueeze(1) + part.position_scale * where
            g = self.sampled(g, sides, begin)
            memory = torch.cat([memory, g], 1)
            x = attended(first, among(first, where + part.query(g)), memory, near)
            decoded = torch.cat([decoded, x], 1)
            x = for_coeffs = attended(second, among(second, x), decoded, near)
            if begin:
                shown = part.linear_3d(past[0])
                y = among(third, part.linear_reaction(x))
                last = shown[:, -1].unsqueeze(0).contiguous()
                for_coeffs = x + part.lstm(attended(third, y, torch.cat([shown, y], 1), near), (last, last))[0]
            coeffs = part.listener_reaction_3dmm_map_layer(for_coeffs)
            emotion = part.listener_reaction_emotion_map_layer(torch.cat([coeffs, x], -1))
            keys = torch.cat([keys, self.keyed(now, coeffs.detach(), emotion.detach(), where)], 1)
            past = tuple(torch.cat([before, new.detach()], 1) for before, new in zip(past, (coeffs, emotion)))
            made.append((mean, log_variance, coeffs, emotion))
        return tuple(torch.cat(parts, 1) for parts in zip(*made))
