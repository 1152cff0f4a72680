"""Polygon surfaces: an exact cut, Catmull-Clark steps as linear maps on any attribute of the vertices, a closed underside."""
import numpy as np


class LinearMap:
    """out[row] += weight * in[column], summed in the order of the rows: the same input gives the same bytes."""

    def __init__(self, rows):
        """rows: for each output a list of (input, weight), never empty."""
        self._starts = np.cumsum([0] + [len(r) for r in rows[:-1]])
        self._columns = np.array([c for r in rows for c, _ in r])
        self._weights = np.array([w for r in rows for _, w in r])

    def __call__(self, x):
        return np.add.reduceat(x[self._columns] * self._weights.reshape((-1,) + (1,) * (x.ndim - 1)), self._starts, axis=0)


def cut(polygons, value):
    """Keeps what has value > 0, clipping polygons exactly. polygons: (corners, uv (n, 2), group). Returns polygons over new vertices and for each of
    these (a, b, share of b) over the old ones."""
    made, result = {}, []

    def vertex(a, b):
        key = (min(a, b), max(a, b))
        if key not in made:
            share = 0.0 if a == b else value[key[0]] / (value[key[0]] - value[key[1]])
            made[key] = (len(made), share)
        return made[key][0]

    for corners, uv, group in polygons:
        kept, kept_uv = [], []
        for k in range(len(corners)):
            a, b, next_uv = corners[k], corners[(k + 1) % len(corners)], uv[(k + 1) % len(corners)]
            if value[a] > 0:
                kept.append(vertex(a, a)); kept_uv.append(uv[k])
            if (value[a] > 0) != (value[b] > 0):
                share = value[a] / (value[a] - value[b])
                kept.append(vertex(a, b)); kept_uv.append(uv[k] * (1 - share) + next_uv * share)
        if len(kept) >= 3:
            result.append((kept, np.array(kept_uv), group))
    return result, [key + (share,) for key, (_, share) in sorted(made.items(), key=lambda item: item[1][0])]


def component_of(polygons, count, vertex):
    """Flags of the vertices that are connected with one."""
    parent = list(range(count))

    def root(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for p in polygons:
        for k in p[1:]:
            parent[root(p[0])] = root(k)
    return np.array([root(i) == root(vertex) for i in range(count)])


def edges_of(polygons):
    """(low, high) -> (number, polygons on it)."""
    edges = {}
    for index, p in enumerate(polygons):
        for k in range(len(p)):
            key = (min(p[k - 1], p[k]), max(p[k - 1], p[k]))
            edges.setdefault(key, (len(edges), []))[1].append(index)
    return edges


def catmull_clark(polygons, count, chosen=None):
    """One step. chosen: flags of the polygons to divide (all); their neighbours keep their corners and get the middles of shared edges, so that
    nothing gapes. Returns the map of attributes and the new polygons."""
    edges = edges_of(polygons)
    chosen = np.ones(len(polygons), bool) if chosen is None else chosen
    faces_at, edges_at = [[] for _ in range(count)], [[] for _ in range(count)]
    for index, p in enumerate(polygons):
        for i in p:
            faces_at[i].append(index)
    for key, (_, beside) in edges.items():
        for i in key:
            edges_at[i].append((key, beside))
    face_row = lambda f: [(i, 1 / len(polygons[f])) for i in polygons[f]]
    times = lambda row, w: [(i, x * w) for i, x in row]

    rows = []
    for i in range(count):
        beside = faces_at[i]
        if not any(chosen[f] for f in beside):
            rows.append([(i, 1.0)])
            continue
        rim = [key for key, faces in edges_at[i] if len(faces) == 1]
        if rim:
            rows.append([(i, .75)] + [(a if b == i else b, .25 / len(rim)) for a, b in rim])
            continue
        n = len(edges_at[i])
        row = [(i, (n - 3) / n)]
        for f in beside:
            row += times(face_row(f), 1 / (n * len(beside)))
        for (a, b), _ in edges_at[i]:
            row += [(a, 1 / (n * n)), (b, 1 / (n * n))]
        rows.append(row)
    face_vertex, edge_vertex = {}, {}
    for f in np.flatnonzero(chosen):
        face_vertex[f] = len(rows)
        rows.append(face_row(f))
    for key, (_, beside) in edges.items():
        if any(chosen[f] for f in beside):
            edge_vertex[key] = len(rows)
            middle = [(key[0], .5), (key[1], .5)]
            rows.append(middle if len(beside) != 2 else times(middle, .5) + times(face_row(beside[0]), .25) + times(face_row(beside[1]), .25))
    result = []
    for f, p in enumerate(polygons):
        middles = [edge_vertex.get((min(p[k], p[(k + 1) % len(p)]), max(p[k], p[(k + 1) % len(p)]))) for k in range(len(p))]  # after corner k
        if chosen[f]:
            result += [[p[k], middles[k], face_vertex[f], middles[k - 1]] for k in range(len(p))]
        else:  # a middle comes first: a fan from there has no flat triangle
            ring = [i for k in range(len(p)) for i in (p[k], middles[k]) if i is not None]
            first = next((ring.index(m) for m in middles if m is not None), 0)
            result.append(ring[first:] + ring[:first])
    return LinearMap(rows), result


def triangles_of(polygons):
    """Fans from the first corners."""
    result = []
    for p in polygons:
        result += [[p[0], p[k], p[k + 1]] for k in range(1, len(p) - 1)]
    return result


def rim_loops(polygons):
    """Closed rows of rim vertices, in the direction of the polygons that they bound."""
    directed = {(p[k - 1], p[k]) for p in polygons for k in range(len(p))}
    after = {a: b for a, b in sorted(directed) if (b, a) not in directed}
    loops = []
    while after:
        start = min(after)
        loop, at = [], start
        while at in after:
            loop.append(at)
            at = after.pop(at)
        loops.append(loop)
    return loops
