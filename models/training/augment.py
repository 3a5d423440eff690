"""Turns stored frames into varied pictures, and says which colour, background and style each one shows."""
import cv2
import numpy as np

from frames import SIZE

COLOURS = {
    "black": (20, 20, 20), "white": (245, 245, 245), "grey": (130, 130, 130), "red": (215, 35, 35),
    "orange": (245, 135, 20), "yellow": (245, 215, 30), "green": (40, 160, 60), "blue": (35, 85, 215),
    "purple": (130, 50, 170), "pink": (245, 110, 175), "brown": (125, 75, 35), "turquoise": (40, 190, 190)}
NAMES = list(COLOURS)
VALUES = np.array([COLOURS[n] for n in NAMES], np.float32)
DIRECTIONAL = ("left", "right", "clock", "letter", "forward", "back", "text", "number", "flag")


def shade(rng, index):
    """A shade of a named colour: brightness and tint vary, the name stays right."""
    return np.clip(VALUES[index] * rng.uniform(0.85, 1.12) + rng.normal(0, 10, 3), 0, 255)


def dominant(frame):
    """The named colour that most of a coloured drawing shows, -1 if none fills half of it."""
    small = frame[::4, ::4].reshape(-1, 4).astype(np.float32)
    solid = small[small[:, 3] > 200, :3]
    if len(solid) < 20:
        return -1
    nearest = ((solid[:, None] - VALUES[None]) ** 2).sum(2).argmin(1)
    share = np.bincount(nearest, minlength=len(NAMES)) / len(solid)
    return int(share.argmax()) if share.max() > 0.5 else -1


def background(rng, photos, avoid):
    """(picture, kind, colour index or -1): plain white, plain colour, gradient or photograph."""
    roll = rng.random()
    if roll < 0.42:
        return np.full((SIZE, SIZE, 3), 255 - (rng.random() < 0.3) * rng.uniform(0, 14), np.float32), "white", NAMES.index("white")
    index = int(rng.choice([i for i in range(len(NAMES)) if i != avoid]))
    if roll < 0.66:
        return np.broadcast_to(shade(rng, index), (SIZE, SIZE, 3)).astype(np.float32), "plain", index
    if roll < 0.80:
        ends = np.stack([shade(rng, index), shade(rng, index) * rng.uniform(0.5, 1.3)])
        angle = rng.uniform(0, 2 * np.pi)
        ramp = np.linspace(0, 1, SIZE, dtype=np.float32)
        t = np.clip(ramp[None] * np.cos(angle) + ramp[:, None] * np.sin(angle), 0, 1)[..., None]
        return ends[0] * (1 - t) + np.clip(ends[1], 0, 255) * t, "gradient", index
    picture = photos[rng.integers(len(photos))]
    return crop(rng, picture, rng.uniform(0.4, 1)).astype(np.float32), "photo", -1


def crop(rng, picture, share):
    side = max(16, int(picture.shape[0] * share))
    top, left = rng.integers(0, picture.shape[0] - side + 1, 2)
    part = picture[top:top + side, left:left + side]
    return cv2.resize(part, (SIZE, SIZE), interpolation=cv2.INTER_AREA if side > SIZE else cv2.INTER_LINEAR)


def place(rng, frame, flip, strength):
    """Random position, size and angle."""
    scale = rng.uniform(1 - 0.45 * strength, 1 + 0.12 * strength)
    angle = rng.normal(0, 7 * strength)
    move = cv2.getRotationMatrix2D((SIZE / 2, SIZE / 2), angle, scale)
    stretch = np.exp(rng.normal(0, 0.18) * strength)
    move[0] = move[0] * stretch + (0, 0, SIZE / 2 * (1 - stretch))
    move[:, 2] += rng.uniform(-0.08, 0.08, 2) * SIZE * strength
    if flip and rng.random() < 0.4:
        frame = frame[:, ::-1]
    source = cv2.blur(frame, (2, 2)) if scale < 0.7 else np.ascontiguousarray(frame)
    return cv2.warpAffine(source, move, (SIZE, SIZE), flags=cv2.INTER_LINEAR)


def finish(rng, picture):
    """What cameras, servers and editors do: exposure, blur, JPEG, noise."""
    if rng.random() < 0.35:
        picture = (picture - 128) * rng.uniform(0.75, 1.2) + 128 + rng.uniform(-18, 18)
    if rng.random() < 0.12:
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.4, 1.3))
    if rng.random() < 0.1:
        picture = picture + rng.normal(0, rng.uniform(2, 8), picture.shape)
    picture = np.clip(picture, 0, 255).astype(np.uint8)
    if rng.random() < 0.2:
        ok, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(30, 90))])
        picture = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return picture


def drawing(rng, frame, record, photos, strength=1.0):
    """One augmented drawing: (HxWx3 uint8, foreground colour index or -1, background kind, background colour index)."""
    flip = not any(w in record["label"] for w in DIRECTIONAL)
    frame = place(rng, frame, flip, strength)
    alpha = frame[..., 3:].astype(np.float32) / 255
    colour = -1
    if record["mono"]:
        colour = int(rng.integers(len(NAMES))) if rng.random() < 0.5 * strength else NAMES.index("black")
    back, kind, back_colour = background(rng, photos, colour) if strength > 0 else (
        np.full((SIZE, SIZE, 3), 255, np.float32), "white", 1)
    if record["mono"]:
        if colour == 0 and (kind == "photo" or back.mean() < 70):
            colour = NAMES.index("white")
        elif colour == 1 and back.mean() > 190:
            colour = 0
        front = alpha * (shade(rng, colour) if strength > 0 else VALUES[0] * 0)
    else:
        front = frame[..., :3].astype(np.float32)
    picture = front + (1 - alpha) * back
    return (finish(rng, picture) if strength > 0 else picture.astype(np.uint8)), colour, kind, back_colour


def photograph(rng, picture, view=1):
    """One view of a photograph; every third one is a cut-out on white, as in catalogues."""
    part = crop(rng, picture, 1.0 if view == 0 else rng.uniform(0.45, 1))
    if rng.random() < 0.4:
        part = part[:, ::-1]
    part = np.ascontiguousarray(part).astype(np.float32)
    if view % 3 == 2:
        t = np.linspace(0, 2 * np.pi, 24, endpoint=False)
        radius = SIZE * rng.uniform(0.25, 0.45) * (1 + 0.25 * np.convolve(rng.normal(0, 1, 26), [0.3, 0.4, 0.3], "valid"))
        shape = np.stack([SIZE / 2 + radius * np.cos(t) * rng.uniform(0.6, 1.1), SIZE / 2 + radius * np.sin(t)], 1)
        mask = np.zeros((SIZE, SIZE), np.float32)
        cv2.fillPoly(mask, [shape.astype(np.int32)], 1.0)
        mask = cv2.GaussianBlur(mask, (0, 0), 1)[..., None]
        part = part * mask + 255 * (1 - mask)
    return finish(rng, part)


def photolike(rng, frame, texture, behind):
    """A coloured drawing as if photographed: duller, with a photograph's tint and grain, lit from one side, on white or
    in front of another photograph out of focus."""
    placed = place(rng, frame, True, 1.0).astype(np.float32)
    alpha = placed[..., 3:] / 255
    part = crop(rng, texture, rng.uniform(0.25, 0.8)).astype(np.float32)
    colour = placed[..., :3] + (1 - alpha) * 255
    grey = colour.mean(2, keepdims=True)
    colour = grey + (colour - grey) * rng.uniform(0.3, 0.9) + (part.mean((0, 1)) - part.mean()) * rng.uniform(0.2, 0.9)
    colour = cv2.GaussianBlur(128 + (colour - 128) * rng.uniform(0.5, 0.85) - rng.uniform(0, 25), (0, 0), rng.uniform(0.6, 2.2))
    grain = part - cv2.GaussianBlur(part, (0, 0), rng.uniform(3, 10))
    light = lit(rng, cv2.GaussianBlur((alpha[..., 0] > 0.5).astype(np.float32), (0, 0), rng.uniform(4, 12)), 4)
    front = np.clip((colour + grain * rng.uniform(0.5, 1.4)) * light, 0, 255)
    alpha = cv2.GaussianBlur(alpha, (0, 0), rng.uniform(0.4, 1))[..., None]
    back = 255 if rng.random() < 0.6 else cv2.GaussianBlur(
        crop(rng, behind, rng.uniform(0.4, 1)).astype(np.float32), (0, 0), rng.uniform(0.5, 3))
    return finish(rng, front * alpha + back * (1 - alpha))


def lit(rng, depth, most):
    """Light from one side on a form that is highest where `depth` is."""
    slope = cv2.Sobel(depth, cv2.CV_32F, 1, 0) * rng.normal() + cv2.Sobel(depth, cv2.CV_32F, 0, 1) * rng.normal()
    return 1 + np.clip(slope * rng.uniform(1, most), -0.5, 0.5)[..., None]


def cutout(rng, shape, photo):
    """A photograph's texture in the outline of a drawing, lit from one side, on white: a catalogue picture of no
    particular thing. It teaches that such a picture is a photograph."""
    alpha = place(rng, shape, True, 1.0)[..., 3:].astype(np.float32) / 255
    kernel = np.ones((5, 5), np.uint8)
    alpha = cv2.morphologyEx(alpha[..., 0], cv2.MORPH_CLOSE, kernel)[..., None]
    light = lit(rng, cv2.GaussianBlur(alpha[..., 0], (0, 0), 9), 5)
    part = crop(rng, photo, rng.uniform(0.25, 0.8)).astype(np.float32)
    part = part * rng.uniform(0.7, 1.3, 3) * light
    return finish(rng, np.clip(part, 0, 255) * alpha + 255 * (1 - alpha))
