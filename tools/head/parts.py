"""Parts that the source has only roughly and that are built anew: eyeballs with rings at the edges of iris and pupil, rows of teeth with gums, and the
underside that closes the bust. Centimetres. A part: points (N, 3), triangles, colours (N, 3), and how offsets of the source carry over to it."""
import numpy as np

SCLERA, IRIS, IRIS_LIGHT, RIM, PUPIL = (np.array(c, float) for c in ([232, 226, 220], [92, 112, 116], [146, 158, 146], [40, 52, 60], [16, 16, 18]))
TEETH, GUM = np.array([232, 224, 208.]), np.array([178, 98, 96.])
IRIS_DEGREES, PUPIL_DEGREES = 24.0, 9.5


def grid_triangles(rows, columns, closed=False):
    """Of points that lie row by row; closed: the last column meets the first."""
    result = []
    for r in range(rows - 1):
        for c in range(columns if closed else columns - 1):
            n = (c + 1) % columns
            a, b, d, e = r * columns + c, r * columns + n, (r + 1) * columns + c, (r + 1) * columns + n
            result += [[a, d, e], [a, e, b]]
    return np.array(result)


def rigid_carry(old, new):
    """offsets at `old` (M, 3) -> offsets of `new`: the turn and shift that fit best."""
    centre = old.mean(0)

    def carry(delta):
        if np.abs(delta).max() < 1e-5:
            return np.zeros_like(new)
        moved = old + delta
        u, _, v = np.linalg.svd((old - centre).T @ (moved - moved.mean(0)))
        turn = (u @ np.diag([1, 1, np.sign(np.linalg.det(u @ v))]) @ v).T
        return (new - centre) @ turn.T - (new - centre) + moved.mean(0) - centre
    return carry


def shift_carry(old, new):
    """The same by the mean shift alone."""
    return lambda delta: np.tile(delta.mean(0), (len(new), 1))


def affine_carry(old, new):
    """The same by the linear map that fits best."""
    solve = np.linalg.pinv(np.c_[old - old.mean(0), np.ones(len(old))])
    at = np.c_[new - old.mean(0), np.ones(len(new))]
    return lambda delta: at @ (solve @ delta)


def eyeball(source_points):
    """A sphere that looks forward. Fine where the iris is: there the painted rings and the reflected lamp need it."""
    centre = source_points.mean(0)
    radius = np.median(np.linalg.norm(source_points - centre, axis=1))
    rings = [0, 3, 6, PUPIL_DEGREES - .5, PUPIL_DEGREES + .5, 12, 14.5, 17, 19.5, IRIS_DEGREES - 2.6, IRIS_DEGREES - .7, IRIS_DEGREES + .7, 28, 34, 42, 54, 68, 84]
    segments = 36
    turn = 2 * np.pi * np.arange(segments) / segments
    points, colours = [], []
    for degrees in rings:
        angle = np.radians(degrees)
        points.append(centre + radius * np.c_[np.sin(angle) * np.cos(turn), np.sin(angle) * np.sin(turn), np.full(segments, np.cos(angle))])
        if degrees < PUPIL_DEGREES:
            colour = np.tile(PUPIL, (segments, 1))
        elif degrees < IRIS_DEGREES - 1:
            out = (degrees - PUPIL_DEGREES) / (IRIS_DEGREES - 1 - PUPIL_DEGREES)
            streak = .5 + .5 * np.sin(np.arange(segments) * 2.399963 * 3)  # uneven from one spoke to the next
            light = np.clip(1 - out * 1.1, 0, 1) * (.45 + .35 * streak)
            colour = IRIS + (IRIS_LIGHT - IRIS) * light[:, None] + (RIM - IRIS) * np.clip(out - .55, 0, 1) * .8
        else:
            colour = np.tile(RIM if degrees < IRIS_DEGREES else SCLERA + (np.array([214, 176, 166.]) - SCLERA) * np.clip((degrees - 58) / 40, 0, 1), (segments, 1))
        colours.append(colour)
    triangles = grid_triangles(len(rings), segments, closed=True)
    triangles = np.concatenate([triangles[:2 * segments:2], triangles[2 * segments:]])  # the first ring is a point
    return np.concatenate(points), triangles, np.concatenate(colours)


def teeth(upper, middle, scale):
    """One row of teeth with its gum as a single strip along the arch. middle: where the edges of the front teeth meet; scale: of the arch."""
    arch = np.array([[0, 0], [.45, -.02], [.9, -.1], [1.35, -.3], [1.75, -.62], [2.1, -1.1], [2.38, -1.7], [2.6, -2.4], [2.78, -3.2], [2.9, -4.0]]) * scale
    length = np.r_[0, np.cumsum(np.linalg.norm(np.diff(arch, axis=0), axis=1))]
    widths = np.array([.86, .66, .76, .70, .68, 1.0] if upper else [.54, .60, .70, .70, .72, 1.05]) * scale  # from the middle backwards
    heights = [.88, .80, .88, .76, .70, .62] if upper else [.78, .78, .82, .74, .68, .62]
    short = [0, .07, .0, .08, .12, .14] if upper else [0, 0, -.03, .05, .08, .1]  # of the edge against the front teeth
    columns = []  # along the arch: (distance, share across the tooth -1..1, height, shortness)
    inner = 0.0
    for width, height, less in zip(widths, heights, short):
        for across in np.linspace(-1, 1, 7)[(0 if inner == 0 else 1):]:
            columns.append((inner + width * (across + 1) / 2, across, height, less))
        inner += width
    columns = [(-s, a, h, l) for s, a, h, l in columns[:0:-1]] + columns
    rows = [(-.75, -.02, 0), (-.35, .10, 0), (-.08, .07, 0), (-.02, 0, 0), (.0, 0, 1), (.3, .04, 1), (.65, .03, 1), (.92, -.02, 1), (1, -.09, 1), (.95, -.2, 1), (.5, -.34, 1),
            (0, -.5, 1)]  # down the crown (0 gum line, 1 edge; above 0 in cm), out of the arch in cm, 1 = tooth
    points, colours = [], []
    for down, out, is_tooth in rows:
        for distance, across, height, less in columns:
            s = abs(distance)
            x, z = np.interp(s, length, arch[:, 0]), np.interp(s, length, arch[:, 1])
            ahead, behind = (np.array([np.interp(s + d, length, arch[:, k]) for k in (0, 1)]) for d in (.25, -.25))
            if s < .25:
                behind = np.array([-1, 1]) * [np.interp(.25 - s, length, arch[:, k]) for k in (0, 1)]
            along = (ahead - behind) / np.linalg.norm(ahead - behind)
            normal = np.array([-along[1], along[0]])  # out of the mouth
            crown = height - less
            groove = abs(across) ** 4
            gum_line = height * (1 - .12 * (1 - across * across))  # higher in the middle of a tooth
            if is_tooth:
                y = gum_line * (1 - down) + (less + .05 * abs(across) ** 3 * (down > .8)) * down
                out_here = out - .05 * groove * (out > -.15)
                colour = TEETH * (1 - .26 * groove * (out > -.15)) * (1 - .1 * (1 - down)) * (1 - .7 * min(1, max(0, s / scale - 1.1) / 1.6))  # cheeks keep light from the back ones
            else:
                y, out_here, colour = gum_line - down + .02, out - .03 * groove, GUM
            point = np.array([x, 0, z])
            point[[0, 2]] += normal * out_here
            if distance < 0:
                point[0] = -point[0]
            points.append(middle + point + [0, y if upper else -y, 0])
            colours.append(colour)
    triangles = grid_triangles(len(rows), len(columns))
    return np.array(points), triangles if upper else triangles[:, ::-1], np.array(colours)


def underside(loop_points, colour):
    """Closes the cut of the bust: the edge rolls in and the floor is a little hollow. loop_points (N, 3) in the order of the rim. Row 0 is the rim itself
    (to be welded), and each row's points take the rim's offsets."""
    middle = loop_points.mean(0)
    rows = [loop_points]
    for share, down in ((.975, .3), (.88, .4), (0, -.4)):
        rows.append(middle * [1 - share, 0, 1 - share] + loop_points * [share, 1, share] + (middle - loop_points) * [0, 1 - share, 0] - [0, down, 0])
    points = np.concatenate(rows)
    triangles = grid_triangles(len(rows), len(loop_points), closed=True)
    return points, triangles, np.tile(colour, (len(points), 1))
