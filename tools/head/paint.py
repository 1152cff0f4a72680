"""Colours of the vertices, and how much of the sky each of them sees."""
import numpy as np

SKIN, LIPS, LIP_LINE, BROW, LASH, MOUTH, TONGUE = (np.array(c, float) for c in
                                                   ([213, 172, 151], [190, 110, 102], [96, 40, 40], [88, 66, 55], [52, 38, 34], [104, 38, 40], [186, 98, 96]))


def over(colours, colour, amount):
    amount = np.clip(amount, 0, 1)[:, None]
    return colours * (1 - amount) + np.asarray(colour, float) * amount


def bump(x, middle, width):
    return np.exp(-((x - middle) / width)**2)


def step(x, low, high):
    t = np.clip((x - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def around_mouth(points):
    return step(1.25 - np.hypot(points[:, 0] / 3.6, (points[:, 1] + 6.8) / 2.1), 0, .15) * step(points[:, 2], 10, 11.5)


def brow_amount(points):
    """A brow drawn around a line (the mesh has none): round at the nose, a point at the temple. points in cm."""
    along = (np.abs(points[:, 0]) - 1.35) / 3.9  # 0 at the inner, 1 at the outer end
    t = np.clip(along, 0, 1)
    line = 1.84 + .64 * t - 2.0 * np.clip(t - .62, 0, 1)**1.4
    half = .35 * (1 - .15 * t) * np.sqrt(np.clip(1 - ((t - .12) / .9)**2, 0, 1)) * step(t, -.25, .22)
    half = np.where(t > .55, half * (1 - .4 * step(t, .55, 1)), half)
    edge = .16
    return (1 - step(np.abs(points[:, 1] - line), half - edge, half + edge)) * step(along, -.06, .06) * (1 - step(along, .95, 1.05)) * step(points[:, 2], 7, 9)


def sky(points, normals, triangles, cell=.1):
    """Share of the light from all around, more of it from above, that reaches each vertex (0..1): rays through a grid of filled cells."""
    low = points.min(0) - 1
    size = np.ceil((points.max(0) + 1 - low) / cell).astype(int)
    solid = np.zeros(size, bool)
    a, b, c = (points[triangles[:, k]] for k in range(3))
    parts = np.ceil(np.maximum(np.linalg.norm(b - a, axis=1), np.linalg.norm(c - a, axis=1)) / (.7 * cell)).astype(int)
    for n in np.unique(parts):
        i, j = np.divmod(np.arange((n + 1)**2), n + 1)
        i, j = i[i + j <= n] / n, j[i + j <= n] / n
        for which in np.array_split(np.flatnonzero(parts == n), max(1, len(i) * int((parts == n).sum()) // 1000000)):
            at = a[which, None] + (b - a)[which, None] * i[:, None] + (c - a)[which, None] * j[:, None]
            solid[tuple(((at.reshape(-1, 3) - low) / cell).astype(int).T)] = True
    rays = 96
    k = np.arange(rays) + .5
    height, turn = 1 - 2 * k / rays, k * np.pi * (1 + 5**.5)
    directions = np.c_[np.sqrt(1 - height**2) * np.cos(turn), height, np.sqrt(1 - height**2) * np.sin(turn)]
    ways = [cell * 1.2]
    while ways[-1] < 9:
        ways.append(ways[-1] + max(cell * .8, .06 * ways[-1]))
    seen, all_light = np.zeros(len(points)), np.zeros(len(points))
    for d in directions:
        facing = normals[:, 0] * d[0] + normals[:, 1] * d[1] + normals[:, 2] * d[2]
        ids = np.flatnonzero(facing > .08)
        light = facing[ids] * (.65 + .35 * d[1])
        start = (points[ids] + normals[ids] * (1.3 * cell) - low) / cell
        free = np.ones(len(ids), bool)
        for way in ways:
            at = (start[free] + d * (way / cell)).astype(int)
            inside = ((at >= 0) & (at < size)).all(1)
            hit = np.zeros(len(at), bool)
            hit[inside] = solid[tuple(at[inside].T)]
            free[np.flatnonzero(free)[hit]] = False
        all_light[ids] += light
        seen[ids] += light * free
    return seen / np.maximum(all_light, 1e-9)


def smoothed(values, triangles, times):
    """The mean with the neighbours, again and again."""
    pairs = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    count = np.bincount(pairs.ravel(), minlength=len(values))
    for _ in range(times):
        total = np.bincount(pairs[:, 0], values[pairs[:, 1]], len(values)) + np.bincount(pairs[:, 1], values[pairs[:, 0]], len(values))
        values = np.where(count > 0, .5 * values + .5 * total / np.maximum(count, 1), values)
    return values


def normals_of(points, triangles):
    a, b, c = (points[triangles[:, k]] for k in range(3))
    face = np.cross(b - a, c - a)
    total = np.stack([sum(np.bincount(triangles[:, k], face[:, d], len(points)) for k in range(3)) for d in range(3)], 1)
    return total / np.maximum(np.linalg.norm(total, axis=1), 1e-12)[:, None]
