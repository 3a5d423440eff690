"""Painted landscapes: skies, seas, mountains, forests, snow, deserts, fields, streets and nights made of fractal
noise, with captions. No permissive package ships labelled photographs of them."""
import cv2
import numpy as np

SIZE = 192


def fractal(rng, height=SIZE, width=SIZE, roughness=0.55, stretch=1.0):
    """Noise summed over octaves, in 0..1."""
    total, weight = np.zeros((height, width), np.float32), 1.0
    cells = 2
    while cells < width:
        grid = rng.random((max(2, int(cells * stretch) + 1), cells + 1)).astype(np.float32)
        total += weight * cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)
        weight *= roughness
        cells *= 2
    low, high = total.min(), total.max()
    return (total - low) / (high - low + 1e-6)


def mix(a, b, t):
    return np.asarray(a, np.float32) * (1 - t) + np.asarray(b, np.float32) * t


def ridge(rng, level, height, roughness=0.6):
    """Height of a fractal skyline for every column."""
    line, weight, cells = np.zeros(SIZE), 1.0, 3
    while cells < SIZE:
        line += weight * np.interp(np.linspace(0, cells, SIZE), np.arange(cells + 1), rng.uniform(-1, 1, cells + 1))
        weight *= roughness
        cells *= 2
    return level - height * (line - line.min()) / (np.ptp(line) + 1e-6)


TIMES = {
    "day": ((70, 130, 215), (190, 215, 240), 1.0, ["blue sky", "day", "sunny day"]),
    "sunset": ((60, 50, 110), (250, 140, 50), 0.55, ["sunset", "orange sky", "evening", "dusk", "sundown"]),
    "sunrise": ((110, 140, 200), (255, 205, 150), 0.75, ["sunrise", "dawn", "morning"]),
    "night": ((5, 8, 30), (20, 30, 70), 0.2, ["night", "night sky", "dark", "moonlight"]),
    "cloudy": ((140, 150, 160), (200, 205, 210), 0.8, ["clouds", "cloudy sky", "overcast", "grey sky"])}


def sky(rng, picture, time, horizon):
    top, low, light, words = TIMES[time]
    t = np.clip(np.arange(SIZE) / max(horizon, 1), 0, 1)[:, None, None] ** 1.3
    picture[:] = mix(np.array(top), np.array(low), t)
    cover = rng.uniform(0.25, 0.6) if time != "cloudy" else 0.75
    clouds = np.clip((fractal(rng, stretch=2.5) - 1 + cover) / cover, 0, 1)[..., None] * rng.uniform(0.4, 0.95)
    tint = {"sunset": (255, 150, 110), "sunrise": (255, 225, 210), "night": (35, 40, 70)}.get(time, (250, 250, 252))
    if time != "night" or rng.random() < 0.4:
        picture[:] = mix(picture, np.array(tint), clouds)
    x, y = rng.uniform(20, SIZE - 20), rng.uniform(0.25, 0.95) * horizon
    if time in ("sunset", "sunrise"):
        distance = np.hypot(np.arange(SIZE)[None] - x, np.arange(SIZE)[:, None] - y)[..., None]
        picture[:] = mix(picture, (255, 225, 150), np.exp(-distance / rng.uniform(12, 45)))
        cv2.circle(picture, (int(x), int(y)), int(rng.uniform(5, 12)), (255, 245, 215), -1, cv2.LINE_AA)
        return words + ["sun"], x
    if time == "night":
        for _ in range(int(rng.integers(20, 160))):
            picture[rng.integers(0, SIZE), rng.integers(0, SIZE)] = rng.uniform(120, 255)
        if rng.random() < 0.5:
            cv2.circle(picture, (int(x), int(y * 0.6)), int(rng.uniform(6, 14)), (240, 238, 220), -1, cv2.LINE_AA)
            return words + ["moon", "stars"], x
        return words + ["stars", "starry sky"], x
    return words, x


def below(line):
    return (np.arange(SIZE)[:, None] >= np.asarray(line)[None, :])


def textured(rng, colour, amount=0.35, stretch=1.0):
    """A surface of one material, lit unevenly."""
    shade = 1 - amount + 2 * amount * fractal(rng, roughness=0.8, stretch=stretch)
    return np.asarray(colour, np.float32) * shade[..., None] + rng.normal(0, 5, (SIZE, SIZE, 1))


def mountains(rng, picture, horizon, light, snow):
    for layer in range(int(rng.integers(1, 4))):
        line = ridge(rng, horizon + 6 * layer, rng.uniform(40, 95) / (1 + 0.6 * layer), rng.uniform(0.5, 0.65))
        mask = below(line)
        rock = textured(rng, mix((120, 125, 140), (75, 80, 75), layer / 3) * light, 0.4)
        if snow:
            depth = (np.arange(SIZE)[:, None] - line[None]) / 60 + fractal(rng, roughness=0.8) * 0.9
            rock = mix(np.array((238, 242, 250)) * max(light, 0.35), rock, np.clip((depth - 0.5) * 4, 0, 1)[..., None])
        picture[mask] = rock[mask]
    return ["mountain", "mountains", "peak", "hills", "alps"] + (["snowy mountain", "snow", "winter"] if snow else [])


def sea(rng, picture, horizon, light, sun):
    y = np.arange(SIZE)[:, None]
    depth = np.clip((y - horizon) / max(SIZE - horizon, 1), 0, 1)
    waves = fractal(rng, roughness=0.75, stretch=4)
    water = mix(picture[max(int(horizon) - 4, 0)].mean(0) * 0.7, np.array((15, 85, 130)) * light, depth[..., None] ** 0.6 * np.ones((1, SIZE, 1)))
    water = water * (0.75 + 0.5 * waves[..., None])
    glitter = np.exp(-np.abs(np.arange(SIZE)[None] - sun) / (10 + 40 * depth)) * (waves > 0.55)
    water = mix(water, (255, 240, 200), (glitter * (0.8 if light < 0.9 else 0.3))[..., None])
    mask = below(np.full(SIZE, horizon))
    picture[mask] = water[mask]
    words = ["sea", "ocean", "water", "waves", "seaside", "lake"]
    if rng.random() < 0.45:
        line = ridge(rng, rng.uniform(0.75, 0.92) * SIZE, 12)
        mask = below(line)
        picture[mask] = textured(rng, np.array((225, 200, 150)) * max(light, 0.4), 0.12)[mask]
        foam = np.abs(np.arange(SIZE)[:, None] - line[None] + 2) < 2.5
        picture[foam] = 245 * max(light, 0.5)
        words += ["beach", "sand", "coast", "shore"]
    return words


def forest(rng, picture, horizon, light, snow):
    ground = below(ridge(rng, horizon, 10))
    picture[ground] = textured(rng, np.array((235, 240, 246) if snow else (70, 95, 45)) * max(light, 0.3), 0.25)[ground]
    for depth in range(3):
        for _ in range(int(rng.integers(8, 26))):
            x, base = int(rng.integers(0, SIZE)), int(horizon + depth * 18 + rng.uniform(-4, 10))
            tall = int(rng.uniform(40, 110) * (0.6 + 0.4 * depth))
            green = np.array((rng.uniform(20, 60), rng.uniform(70, 125), rng.uniform(25, 55))) * light * (0.6 + 0.2 * depth)
            cv2.line(picture, (x, base), (x, base - tall), tuple(np.array((75, 55, 35)) * light), 2 + depth, cv2.LINE_AA)
            for k in range(6):
                wide = int(tall * 0.24 * (1 - k / 7))
                y = base - int(tall * (0.2 + 0.13 * k))
                shape = np.array([[x - wide, y + 8], [x + wide, y + 8], [x, y - int(tall * 0.2)]]) + rng.integers(-3, 4, (3, 2))
                cv2.fillPoly(picture, [shape.astype(np.int32)], tuple(green * rng.uniform(0.75, 1.25)), cv2.LINE_AA)
                if snow:
                    cv2.line(picture, (x - wide // 2, y), (x + wide // 2, y - 3), (240, 244, 250), 2, cv2.LINE_AA)
    return ["forest", "trees", "woods", "pine trees", "nature"] + (["snow", "winter forest"] if snow else ["green"])


def street(rng, picture, horizon, light, night):
    x = 0
    while x < SIZE:
        wide, tall = int(rng.uniform(18, 52)), int(rng.uniform(45, 140))
        wall = np.array(rng.uniform(60, 200, 3)) * 0.5 + rng.uniform(50, 100)
        cv2.rectangle(picture, (x, int(horizon) - tall), (x + wide, SIZE), tuple(wall * light), -1)
        for wy in range(int(horizon) - tall + 6, int(horizon) - 6, int(rng.integers(9, 15))):
            for wx in range(x + 4, x + wide - 6, int(rng.integers(8, 13))):
                lit = night and rng.random() < 0.5
                cv2.rectangle(picture, (wx, wy), (wx + 4, wy + 6), (255, 225, 140) if lit else tuple(wall * light * 0.45), -1)
        x += wide + int(rng.uniform(0, 4))
    road = below(np.full(SIZE, horizon))
    picture[road] = textured(rng, np.array((95, 95, 100)) * max(light, 0.3), 0.15)[road]
    middle = SIZE // 2 + int(rng.uniform(-30, 30))
    for k in range(5):
        y = int(horizon + 6 + (SIZE - horizon) * k / 5)
        cv2.line(picture, (middle, y), (middle, y + 5 + 2 * k), (225, 225, 215), 1 + k // 2)
    return ["street", "city", "town", "buildings", "houses", "road", "skyline"] + (["city lights", "city at night"] if night else [])


def field(rng, picture, horizon, light, kind):
    colour, words = {"meadow": ((95, 150, 50), ["meadow", "grass", "field", "green field", "lawn"]),
                     "wheat": ((215, 180, 90), ["wheat field", "field", "farmland", "yellow field"]),
                     "desert": ((220, 170, 105), ["desert", "sand", "dunes", "sand dune"]),
                     "snow": ((238, 243, 250), ["snow", "winter", "snowy field", "white landscape", "ice"]),
                     "flowers": ((90, 140, 55), ["flowers", "flower field", "meadow with flowers", "garden"])}[kind]
    for layer in range(2):
        mask = below(ridge(rng, horizon + 25 * layer, 22 if kind == "desert" else 12, 0.4))
        picture[mask] = textured(rng, np.array(colour) * max(light, 0.3) * (1 - 0.1 * layer), 0.3 if kind != "snow" else 0.08, 3)[mask]
    if kind == "flowers":
        petals = [(225, 40, 50), (250, 215, 40), (235, 235, 240), (180, 80, 190), (245, 120, 170)]
        for _ in range(int(rng.integers(60, 240))):
            y = int(horizon + 12 + (SIZE - horizon - 12) * rng.random() ** 0.7)
            cv2.circle(picture, (int(rng.integers(0, SIZE)), y), 1 + int(4 * (y - horizon) / (SIZE - horizon)),
                       tuple(np.array(petals[rng.integers(len(petals))]) * max(light, 0.4)), -1, cv2.LINE_AA)
    return words


def scene(rng):
    """(picture, caption)."""
    picture = np.zeros((SIZE, SIZE, 3), np.float32)
    time = list(TIMES)[rng.integers(len(TIMES))]
    light = TIMES[time][2]
    horizon = rng.uniform(0.35, 0.72) * SIZE
    words, sun = sky(rng, picture, time, horizon)
    kind = ("sea", "mountain", "snow mountain", "forest", "snow forest", "street", "meadow", "wheat", "desert", "snow", "flowers",
            "mountain lake", "sky")[rng.integers(13)]
    if kind in ("mountain", "snow mountain", "mountain lake"):
        more = mountains(rng, picture, horizon, light, kind != "mountain" or rng.random() < 0.2)
        more += sea(rng, picture, horizon, light, sun) if kind == "mountain lake" else field(rng, picture, horizon, light, "meadow")[1:2]
    elif kind == "sea":
        more = sea(rng, picture, horizon, light, sun)
    elif "forest" in kind:
        more = forest(rng, picture, horizon, light, kind == "snow forest")
    elif kind == "street":
        more = street(rng, picture, horizon, light, time == "night")
    elif kind == "sky":
        more = ["sky", "clouds"]
    else:
        more = field(rng, picture, horizon, light, kind)
        if rng.random() < 0.3:
            more += ["landscape"]
    if kind != "sky" and "snow" in " ".join(more) and rng.random() < 0.4:
        for _ in range(150):
            cv2.circle(picture, (int(rng.integers(0, SIZE)), int(rng.integers(0, SIZE))), int(rng.integers(1, 3)), (250, 250, 255), -1)
        more += ["snowfall", "falling snow"]
    haze = rng.uniform(0, 0.2)
    picture = cv2.GaussianBlur(mix(picture, (200, 205, 212), haze if time in ("day", "cloudy") else 0), (0, 0), rng.uniform(0.3, 0.9))
    order = rng.permutation(len(more))
    caption = [more[0]] + [more[i] for i in order if i] + list(rng.permutation(words)) + ["landscape", "scenery"]
    return np.clip(picture + rng.normal(0, 3, picture.shape), 0, 255).astype(np.uint8), ", ".join(caption)
