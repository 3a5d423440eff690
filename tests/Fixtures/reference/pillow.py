# Writes pillow.json, what Pillow makes of scene.png, and pipelines.json, what the reference pipelines make of whole files. Run with python3-pil (made with Pillow 9.4): python3 pillow.py
import hashlib, json, pathlib
from PIL import Image, ImageOps

here = pathlib.Path(__file__).parent
scene = Image.open(here.parent / "images" / "scene.png").convert("RGB")
cases = []
for width, height in [(64, 64), (224, 149), (97, 31), (400, 300), (192, 50), (50, 128), (192, 128), (7, 200), (1, 1)]:
    for resample in range(6):
        pixels = scene.resize((width, height), resample).tobytes()
        cases.append({"width": width, "height": height, "resample": resample, "sha256": hashlib.sha256(pixels).hexdigest()})
pipelines = []
for name in ["scene.jpg", "scene.png", "progressive.jpg", "large-1201x803.jpg", "exif-6.jpg", "exif-8.jpg", "grey.jpg", "palette.png"]:
    image = ImageOps.exif_transpose(Image.open(here.parent / "images" / name)).convert("RGB")
    short = min(image.size)
    width, height = (int(224 * side / short) for side in image.size)
    left, top = (width - 224) // 2, (height - 224) // 2
    clip = image.resize((width, height), Image.BICUBIC).crop((left, top, left + 224, top + 224))
    siglip = image.resize((256, 256), Image.BICUBIC)
    pipelines.append({"name": name, "clip": hashlib.sha256(clip.tobytes()).hexdigest(), "siglip": hashlib.sha256(siglip.tobytes()).hexdigest()})
(here / "pipelines.json").write_text(json.dumps(pipelines, indent=0) + "\n")
(here / "pillow.json").write_text(json.dumps(cases, indent=0) + "\n")
