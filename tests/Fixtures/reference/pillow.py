# Writes pillow.json: what Pillow makes of scene.png. Run with python3-pil (made with Pillow 9.4): python3 pillow.py
import hashlib, json, pathlib
from PIL import Image

here = pathlib.Path(__file__).parent
scene = Image.open(here.parent / "images" / "scene.png").convert("RGB")
cases = []
for width, height in [(64, 64), (224, 149), (97, 31), (400, 300), (192, 50), (50, 128), (192, 128), (7, 200), (1, 1)]:
    for resample in range(6):
        pixels = scene.resize((width, height), resample).tobytes()
        cases.append({"width": width, "height": height, "resample": resample, "sha256": hashlib.sha256(pixels).hexdigest()})
(here / "pillow.json").write_text(json.dumps(cases, indent=0) + "\n")
