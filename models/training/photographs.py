"""Full-frame photographs that were never trained on, and plain words for them: what a person would type into a bucket of
holiday pictures. Desktop pictures of MATE and Plasma among Tux Paint's cut-outs and the abstract backgrounds."""
from pathlib import Path

import numpy as np

from copies import desktop_pictures
from testsets import over_white, stamps
from PIL import Image

# Query, and the names of the desktop pictures that show it.
QUERIES = {
    "sea": ("Dune", "Volna", "EveningGlow"), "beach": ("Dune", "Volna"), "waves": ("Volna",), "lake": ("BytheWater", "DarkestHour", "EveningGlow", "summer_1am"),
    "boats": ("EveningGlow",), "sunset": ("EveningGlow", "BytheWater", "summer_1am"), "night": ("DarkestHour", "summer_1am"),
    "forest": ("Path",), "path": ("Path",), "trees": ("Path", "Autumn"), "grass": ("GreenMeadow", "Dune"), "meadow": ("GreenMeadow",),
    "green leaf": ("Blinds", "RainDrops"), "autumn leaf": ("FallenLeaf",), "autumn": ("FallenLeaf", "Autumn"), "flower": ("FreshFlower", "Garden", "YellowFlower", "TwoWings"),
    "yellow flower": ("YellowFlower",), "red flower": ("FreshFlower", "Garden"), "ladybird": ("LadyBird",), "insect": ("LadyBird",),
    "sky": ("Kite", "Storm"), "clouds": ("Kite", "Storm"), "kite": ("Kite",), "storm": ("Storm",), "road": ("Storm",), "water drop": ("Aqua",),
    "rain": ("RainDrops", "Storm"), "fog": ("ColdRipple",), "pier": ("ColdRipple", "BytheWater"), "cups": ("ColorfulCups",), "wooden boards": ("BytheWater", "Wood", "ColdRipple"),
    "black and white photo": ("ColdRipple", "Grey"), "building": ("Grey",)}


class Photographs:
    """The pictures in order, and per query the rows that are right."""

    def __init__(self, work):
        found = [(name, picture) for name, picture in desktop_pictures(work)]
        self.names = [name for name, _ in found]
        self.pictures = [picture for _, picture in found] + [over_white(Image.open(path)) for path, _ in stamps(work)]
        self.right = {query: [k for k, n in enumerate(self.names) if n in names] for query, names in QUERIES.items()}
        missing = [q for q, rows in self.right.items() if not rows]
        if missing:
            raise SystemExit(f"no picture for {missing}: the packages have changed")

    def measure(self, images, encode):
        """Rank of the first right answer per query, 0 the best."""
        scores = encode(list(self.right)) @ images.T
        return {query: int(np.min((scores[q] > scores[q, rows][:, None]).sum(1))) for q, (query, rows) in enumerate(self.right.items())}


def shares(ranks):
    """Share of the queries with a right answer first, among five, among ten."""
    values = np.array(list(ranks.values()))
    return [float((values < depth).mean()) for depth in (1, 5, 10)]


def show(results):
    """Markdown: how many queries find a right picture, and the rank for each of them."""
    names = list(results)
    lines = ["| queries with a right answer | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    for k, depth in enumerate(("first", "among five", "among ten")):
        lines.append(f"| {depth} | " + " | ".join(f"{shares(r)[k]:.2f}" for r in results.values()) + " |")
    ranks = results[names[-1]]
    found = sorted(ranks, key=ranks.get)
    lines += ["", "Found among ten: " + ", ".join(f"{q} ({ranks[q] + 1})" for q in found if ranks[q] < 10)
              + ". Not: " + ", ".join(f"{q} ({ranks[q] + 1})" for q in found if ranks[q] >= 10) + "."]
    return "\n".join(lines)
