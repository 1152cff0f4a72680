"""FRRea beside plain Python: the distance against scipy's matrix square root, and the Inception network of `emc metrics
--frrea --inception` against one written here on plain PyTorch functions with random weights.

Needs torch, numpy and scipy (`./studio bench-setup`):
    ~/.cache/emc-studio/bench-venv/bin/python tests/bench/frechet_reference.py --emc build/release/bin/emc
Prints one JSON object and exits with 1 when the programs disagree."""
import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from scipy.linalg import sqrtm


def distance(a, b):
    """As the published code has it: the root of the product of the covariances by Schur's method."""
    a, b = a.astype(np.float64), b.astype(np.float64)
    ca, cb = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    return float(np.sum((a.mean(0) - b.mean(0)) ** 2) + np.trace(ca + cb - 2 * np.real(sqrtm(ca @ cb))))


class Network:
    """Weights are made when a layer is first asked for; the keys are those of pt_inception-2015-12-05."""

    def __init__(self):
        self.state = {}
        self.random = torch.Generator().manual_seed(5)

    def unit(self, name, x, out, kernel, stride=1, padding=0):
        kernel = (kernel, kernel) if isinstance(kernel, int) else kernel
        if name + ".conv.weight" not in self.state:
            fan = x.shape[1] * kernel[0] * kernel[1]
            make = lambda *shape: torch.randn(*shape, generator=self.random)
            self.state[name + ".conv.weight"] = make(out, x.shape[1], *kernel) * (2 / fan) ** 0.5
            self.state[name + ".bn.weight"] = 1 + 0.1 * make(out)
            self.state[name + ".bn.bias"] = 0.1 * make(out)
            self.state[name + ".bn.running_mean"] = 0.1 * make(out)
            self.state[name + ".bn.running_var"] = 1 + 0.2 * torch.rand(out, generator=self.random)
        get = lambda key: self.state[name + key]
        y = F.conv2d(x, get(".conv.weight"), None, stride, padding)
        return F.relu(F.batch_norm(y, get(".bn.running_mean"), get(".bn.running_var"), get(".bn.weight"),
                                   get(".bn.bias"), False, 0.0, 1e-3))

    @staticmethod
    def mean3(x):  # a border that is not counted: sums and counts of 3 x 3 apart
        ones = torch.ones_like(x[:1, :1])
        kernel = torch.ones(1, 1, 3, 3)
        flat = x.reshape(-1, 1, *x.shape[2:])
        return (F.conv2d(flat, kernel, padding=1) / F.conv2d(ones, kernel, padding=1)).reshape(x.shape)

    def five(self, n, x, pool):
        u = self.unit
        one = u(n + ".branch1x1", x, 64, 1)
        five = u(n + ".branch5x5_2", u(n + ".branch5x5_1", x, 48, 1), 64, 5, padding=2)
        d = u(n + ".branch3x3dbl_2", u(n + ".branch3x3dbl_1", x, 64, 1), 96, 3, padding=1)
        d = u(n + ".branch3x3dbl_3", d, 96, 3, padding=1)
        return torch.cat([one, five, d, u(n + ".branch_pool", self.mean3(x), pool, 1)], 1)

    def six(self, n, x, width):
        u = self.unit
        one = u(n + ".branch1x1", x, 192, 1)
        s = u(n + ".branch7x7_1", x, width, 1)
        s = u(n + ".branch7x7_2", s, width, (1, 7), padding=(0, 3))
        s = u(n + ".branch7x7_3", s, 192, (7, 1), padding=(3, 0))
        d = u(n + ".branch7x7dbl_1", x, width, 1)
        d = u(n + ".branch7x7dbl_2", d, width, (7, 1), padding=(3, 0))
        d = u(n + ".branch7x7dbl_3", d, width, (1, 7), padding=(0, 3))
        d = u(n + ".branch7x7dbl_4", d, width, (7, 1), padding=(3, 0))
        d = u(n + ".branch7x7dbl_5", d, 192, (1, 7), padding=(0, 3))
        return torch.cat([one, s, d, u(n + ".branch_pool", self.mean3(x), 192, 1)], 1)

    def seven(self, n, x, pooled):
        u = self.unit
        one = u(n + ".branch1x1", x, 320, 1)
        t = u(n + ".branch3x3_1", x, 384, 1)
        d = u(n + ".branch3x3dbl_2", u(n + ".branch3x3dbl_1", x, 448, 1), 384, 3, padding=1)
        wide, high = dict(kernel=(1, 3), padding=(0, 1)), dict(kernel=(3, 1), padding=(1, 0))
        return torch.cat([one, u(n + ".branch3x3_2a", t, 384, **wide), u(n + ".branch3x3_2b", t, 384, **high),
                          u(n + ".branch3x3dbl_3a", d, 384, **wide), u(n + ".branch3x3dbl_3b", d, 384, **high),
                          u(n + ".branch_pool", pooled(x), 192, 1)], 1)

    def features(self, pictures):  # (B,3,H,W) bytes
        u = self.unit
        x = F.interpolate(pictures.float() / 255, size=(299, 299), mode="bilinear", align_corners=False) * 2 - 1
        x = u("Conv2d_2a_3x3", u("Conv2d_1a_3x3", x, 32, 3, stride=2), 32, 3)
        x = F.max_pool2d(u("Conv2d_2b_3x3", x, 64, 3, padding=1), 3, 2)
        x = F.max_pool2d(u("Conv2d_4a_3x3", u("Conv2d_3b_1x1", x, 80, 1), 192, 3), 3, 2)
        x = self.five("Mixed_5d", self.five("Mixed_5c", self.five("Mixed_5b", x, 32), 64), 64)
        d = u("Mixed_6a.branch3x3dbl_2", u("Mixed_6a.branch3x3dbl_1", x, 64, 1), 96, 3, padding=1)
        x = torch.cat([u("Mixed_6a.branch3x3", x, 384, 3, stride=2),
                       u("Mixed_6a.branch3x3dbl_3", d, 96, 3, stride=2), F.max_pool2d(x, 3, 2)], 1)
        for name, width in (("Mixed_6b", 128), ("Mixed_6c", 160), ("Mixed_6d", 160), ("Mixed_6e", 192)):
            x = self.six(name, x, width)
        d = u("Mixed_7a.branch7x7x3_1", x, 192, 1)
        d = u("Mixed_7a.branch7x7x3_2", d, 192, (1, 7), padding=(0, 3))
        d = u("Mixed_7a.branch7x7x3_3", d, 192, (7, 1), padding=(3, 0))
        x = torch.cat([u("Mixed_7a.branch3x3_2", u("Mixed_7a.branch3x3_1", x, 192, 1), 320, 3, stride=2),
                       u("Mixed_7a.branch7x7x3_4", d, 192, 3, stride=2), F.max_pool2d(x, 3, 2)], 1)
        x = self.seven("Mixed_7b", x, self.mean3)
        return self.seven("Mixed_7c", x, lambda t: F.max_pool2d(t, 3, 1, 1)).mean((2, 3))


def emc(program, *arguments):
    done = subprocess.run([program, "metrics", *map(str, arguments), "--json"], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)["frrea"]


def picture(seed, height, width):
    """Smooth, and of no symmetry."""
    random = torch.Generator().manual_seed(seed)
    coarse = torch.rand(1, 3, 5, 7, generator=random)
    return (F.interpolate(coarse, size=(height, width), mode="bicubic").clamp(0, 1) * 255).round().byte()[0]


def write_png(path, rgb):  # (3,H,W) bytes; stored without compression, by zlib's level 0
    import struct
    import zlib
    height, width = rgb.shape[1:]
    rows = rgb.permute(1, 2, 0).contiguous().numpy()
    raw = b"".join(b"\0" + rows[y].tobytes() for y in range(height))
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
                     + chunk(b"IDAT", zlib.compress(raw, 0)) + chunk(b"IEND", b""))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--emc", required=True)
    parser.add_argument("--pictures", type=int, default=6)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    report = {"distance": {}, "features": {}}
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        random = np.random.default_rng(1)
        for rows, dims in ((60, 8), (300, 64), (40, 64), (500, 200)):
            mix = random.normal(size=(dims, dims)) / dims ** 0.5
            a = (random.normal(size=(rows, dims)) @ mix).astype(np.float32)
            b = (random.normal(size=(rows + 7, dims)) @ mix * 1.3 + 0.2).astype(np.float32)
            np.save(folder / "a.npy", a)
            np.save(folder / "b.npy", b)
            ours, theirs = emc(arguments.emc, "--frrea", folder / "a.npy", folder / "b.npy")["value"], distance(a, b)
            report["distance"][f"{rows} x {dims}"] = {"ours": ours, "scipy": theirs,
                                                      "relative": abs(ours - theirs) / abs(theirs)}
        network = Network()
        expected = {}
        with torch.no_grad():
            for side, seed in (("real", 10), ("rendered", 50)):
                (folder / side).mkdir()
                rows = []
                for i in range(arguments.pictures):
                    rgb = picture(seed + i, 120, 100)
                    write_png(folder / side / f"{i:03}.png", rgb)
                    rows.append(network.features(rgb[None]))
                expected[side] = torch.cat(rows).numpy()
        network.state["fc.weight"] = torch.zeros(1008, 2048)
        network.state["fc.bias"] = torch.zeros(1008)
        torch.save(network.state, folder / "weights.pth")
        found = emc(arguments.emc, "--frrea", folder / "real", folder / "rendered", "--inception",
                    folder / "weights.pth", "--threads", 1, "--features-out", folder / "features.safetensors")
        raw = (folder / "features.safetensors").read_bytes()
        size = int.from_bytes(raw[:8], "little")
        header = json.loads(raw[8:8 + size])
        for side, rows in expected.items():
            begin, end = header[side]["data_offsets"]
            ours = np.frombuffer(raw[8 + size + begin:8 + size + end], np.float32).reshape(header[side]["shape"])
            report["features"][side] = {"shape": list(ours.shape), "largest": float(np.abs(rows).max()),
                                        "max_abs": float(np.abs(ours - rows).max())}
        theirs = distance(expected["real"], expected["rendered"])
        report["features"]["distance"] = {"ours": found["value"], "scipy": theirs}
    good = all(one["relative"] < 1e-5 for one in report["distance"].values())
    good = good and all(one["max_abs"] < 1e-3 * one["largest"]
                        for one in (report["features"]["real"], report["features"]["rendered"]))
    report["pass"] = good
    print(json.dumps(report, indent=1))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
