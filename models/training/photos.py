"""Permissively licensed photographs: OpenCV's documentation pictures, scikit-image's samples and
perspective views out of CC0 panoramas. They serve as photo captions, as backgrounds and for the copy head."""
import base64
import json
import math
import os
import re
from pathlib import Path

os.environ["OPENCV_IO_ENABLE_OPENEXR"] = "1"
import cv2
import numpy as np

from pause import wait_while_paused
from scenes import scene

SIZE = 240
SCENES = 700
PANORAMAS = {
    "apartment": "room interior, apartment, living room, indoors", "bridge": "bridge, city, river, street",
    "city": "city street, square, buildings, town", "dawn": "dawn, field, sky, landscape, morning",
    "esplanade": "hall, building interior, indoors", "forest": "forest, trees, woods, nature, green",
    "hall": "hall, room, indoors", "lab": "laboratory, workshop, room, indoors", "lobby": "lobby, room, indoors",
    "night": "night, dark, landscape, evening", "park": "park, trees, grass, nature, garden",
    "sky": "sky, clouds, blue sky", "studio": "photo studio, room, lamp", "sunrise": "sunrise, sky, landscape, morning",
    "sunset": "sunset, evening, sky, town", "venice": "sunset, town, canal, houses, street",
    "warehouse": "warehouse, hall, room, indoors", "workshop": "workshop, room, indoors, tools",
    "courtyard": "courtyard, house, garden, yard", "interior": "room interior, indoors, house"}
SAMPLES = {"chelsea": "cat, kitten, pet, animal, face of a cat", "astronaut": "astronaut, woman, person, space suit, portrait",
           "coffee": "cup of coffee, coffee, drink, spoon, saucer", "rocket": "rocket, launch, night, space",
           "motorcycle_left": "motorcycle, motorbike, garage, vehicle", "motorcycle_right": "motorcycle, vehicle",
           "camera": "man with a camera, photographer, tripod, grey", "moon": "moon, surface, crater, grey",
           "hubble_deep_field": "galaxies, stars, space, universe", "coins": "coins, money, grey", "grass": "grass, lawn, texture",
           "brick": "brick wall, bricks, texture", "gravel": "gravel, stones, texture", "page": "page, text, document",
           "text": "handwriting, text, formula", "clock_motion": "clock, watch, blurred"}

# Named one by one: the folder also holds portraits of people and pictures of doubtful origin.
OPENCV = {
    "plant.jpg": "green plant, potted plant", "aloeL.jpg": "aloe, green plant, flower pot", "aloeR.jpg": "aloe, potted plant",
    "apple.jpg": "apple, red fruit, food", "board.jpg": "circuit board, electronics, green", "building.jpg": "office building, city",
    "butterfly.jpg": "butterfly, insect, green leaves", "fruits.jpg": "oranges, fruit, food", "graf1.png": "graffiti, painted wall",
    "graf3.png": "graffiti, wall", "home.jpg": "church, tower, yellow building, blue sky, street", "left.jpg": "books, table",
    "right.jpg": "books, table", "orange.jpg": "orange, fruit", "squirrel_cls.jpg": "squirrel, animal, tree",
    "scenetext01.jpg": "street sign, cars, parking", "scenetext04.jpg": "shop, street, house",
    "scenetext06.jpg": "hotel sign, night, street", "Remap_Tutorial_Original_Image.jpg": "dog, animal, grass, lawn",
    "Smoothing_Tutorial_Result_Median_Filter.jpg": "dog, animal, pet", "space_shuttle.jpg": "space shuttle, airplane, runway",
    "pexels_double_decker_bus.jpg": "double decker bus, red bus, street, people", "newspaper.jpg": "newspaper, text, page",
    "memorial.png": "church interior, cathedral, golden", "Laplace_Operator_Tutorial_Original_Image.jpg": "cow, calf, animal, grass",
    "fusion_mertens.jpg": "arch, city at night, lights", "Hough_Lines_Tutorial_Result.jpg": "building, facade",
    "Histogram_Calculation_Original_Image.jpg": "mountain, grass, hill, green landscape"}


def view(panorama, yaw, pitch, field):
    """A pinhole view into an equirectangular panorama."""
    height, width = panorama.shape[:2]
    t = np.tan(field / 2)
    x, y = np.meshgrid(np.linspace(-t, t, SIZE), np.linspace(-t, t, SIZE))
    up = -y * math.cos(pitch) + math.sin(pitch)
    ahead = y * math.sin(pitch) + math.cos(pitch)
    longitude = np.arctan2(x, ahead) + yaw
    latitude = np.arctan2(up, np.hypot(x, ahead))
    mapx = ((longitude / (2 * math.pi)) % 1) * width
    mapy = (0.5 - latitude / math.pi) * height
    return cv2.remap(panorama, mapx.astype(np.float32), mapy.astype(np.float32), cv2.INTER_AREA, borderMode=cv2.BORDER_WRAP)


def tone(hdr, exposure):
    """Linear light to displayable 8 bit with a soft shoulder."""
    scaled = hdr * exposure / max(np.median(hdr), 1e-3)
    return (255 * np.clip(scaled / (1 + scaled), 0, 1) ** (1 / 2.2)).astype(np.uint8)[..., ::-1]


def panoramas(work):
    modules = Path(work) / "npm/node_modules/@pmndrs/assets/hdri"
    blender = Path(work) / "deb/blender-data/usr/share/blender/datafiles/studiolights/world"
    for name in PANORAMAS:
        for origin, path in (("pmndrs", modules / f"{name}.exr.js"), ("blender", blender / f"{name}.exr")):
            if not path.exists():
                continue
            raw = path.read_bytes()
            if path.suffix == ".js":
                raw = base64.b64decode(re.search(rb"base64,([A-Za-z0-9+/=]+)", raw)[1])
            image = cv2.imdecode(np.frombuffer(raw, np.uint8), cv2.IMREAD_UNCHANGED)
            if image is not None:
                yield f"{origin}/{name}", PANORAMAS[name], np.maximum(np.nan_to_num(image[..., :3].astype(np.float32)), 0)


def square(image):
    """Largest centred square, so that stretching does not distort."""
    height, width = image.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return cv2.resize(image[top:top + side, left:left + side], (SIZE, SIZE), interpolation=cv2.INTER_AREA)


def collect(work):
    rng = np.random.default_rng(5)
    pixels, rows = [], []

    def keep(image, caption, origin):
        pixels.append(image)
        rows.append({"caption": caption, "origin": origin})

    for name, caption, hdr in panoramas(work):
        for k in range(24):
            wait_while_paused()
            pitch = rng.uniform(-0.35, 0.45)
            image = tone(view(hdr, 2 * math.pi * k / 24, pitch, rng.uniform(0.9, 1.6)), rng.uniform(0.5, 1.3))
            keep(image, caption, name)
    samples = Path(work) / "deb/python3-skimage/usr/lib/python3/dist-packages/skimage/data"
    for name, caption in SAMPLES.items():
        for path in samples.glob(name + ".*"):
            image = cv2.imread(str(path))
            if image is not None:
                keep(square(image)[..., ::-1], caption, f"skimage/{name}")
    for path in sorted((Path(work) / "deb/opencv-doc").rglob("*")):
        caption = OPENCV.get(path.name)
        image = cv2.imread(str(path)) if caption else None
        if image is not None:
            keep(square(image)[..., ::-1], caption, "opencv/" + path.name)
    for k in range(SCENES):
        wait_while_paused()
        picture, caption = scene(np.random.default_rng((7, k)))
        keep(cv2.resize(picture, (SIZE, SIZE), interpolation=cv2.INTER_CUBIC), caption, "scene")
    np.save(Path(work) / "photos.npy", np.stack(pixels))
    (Path(work) / "photos.json").write_text(json.dumps(rows, indent=0))
    print(len(rows), "photographs and painted scenes")
