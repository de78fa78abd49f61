"""Train the network of shapes (extractors/readers/pdf/data/shapes.npz) on the fonts under the given folders.

Usage: python -m tools.train_shapes [--hold-out N] FOLDER… (needs fonttools, numpy, torch). With --hold-out every Nth
family is kept out, and the accuracy on those is printed instead of writing the weights. Takes ten minutes on a core.
"""

import random
import sys
from collections import Counter, defaultdict
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import numpy as np
import torch
from torch import nn

from extractors.readers.pdf.outlines import Outline
from extractors.readers.pdf.shape_network import MEASURES, SIDE, Drawn, letter_height, measures_of, picture_of
from tools.font_texts import Source, font_sources, glyphs_of

WEIGHTS = Path("extractors/readers/pdf/data/shapes.npz")
_EPOCHS, _BATCH, _SEED = 18, 256, 2562
_STYLES = 4
_LAYERS = 16, 32
_PUNCTUATION = "–—‘’“”•…°×÷±½¼√□■●○✓☐☑"
_RARE = "ฃฅฦๅ๎๏๚๛ฯฤ■□●○☐☑√`^~|"
CLASSES = sorted(
    {*map(chr, range(0x21, 0x7F)), *map(chr, range(0x0E01, 0x0E5C)), *_PUNCTUATION} - {*map(chr, range(0x0E3B, 0x0E3F))}
)


class Sample(NamedTuple):
    """A drawn glyph of a class."""

    picture: np.ndarray
    glyph: Drawn
    height: float
    label: int


class Network(nn.Module):
    """The network of `shape_network`, for training."""

    def __init__(self) -> None:
        super().__init__()
        few, more = _LAYERS
        self.conv1 = nn.Conv2d(1, few, 5, stride=2, padding=2)
        self.conv2 = nn.Conv2d(few, more, 3, stride=2, padding=1)
        self.hidden = nn.Linear(more * (SIDE // 4) ** 2 + MEASURES, 128)
        self.answer = nn.Linear(128, len(CLASSES))
        self.drop = nn.Dropout(0.15)

    def forward(self, pictures: torch.Tensor, measures: torch.Tensor) -> torch.Tensor:
        """Answers before softmax."""
        seen = torch.relu(self.conv2(torch.relu(self.conv1(pictures[:, None])))).flatten(1)
        return self.answer(self.drop(torch.relu(self.hidden(self.drop(torch.cat([seen, measures], 1))))))


def main(arguments: list[str]) -> None:
    """Train; measure on what was held out, or write the weights."""
    apart = int(arguments.pop(1 + arguments.index("--hold-out"))) if "--hold-out" in arguments else 0
    sources = few_styles(font_sources([Path(name) for name in arguments if not name.startswith("--")]))
    families = sorted({source.family for source in sources})
    held = set(families[::apart]) if apart else set()
    network = trained([source for source in sources if source.family not in held])
    if held:
        report(network, [source for source in sources if source.family in held])
    else:
        write(network)


def few_styles(sources: list[Source]) -> list[Source]:
    """A few fonts of each family: nine weights of one would outvote the rest."""
    chance = random.Random(_SEED)
    by_family = defaultdict(list)
    for source in sources:
        by_family[source.family].append(source)
    return [source for group in by_family.values() for source in chance.sample(group, min(_STYLES, len(group)))]


def samples_of(source: Source, chance: random.Random, *, varied: bool) -> list[Sample]:
    """The glyphs of a font, measured against the letters of a part of it, as the fonts in documents are parts."""
    glyphs = [glyph for glyph in glyphs_of(source) if glyph.text in CLASSES]
    if not glyphs:
        return []
    slant, width = (chance.uniform(-0.05, 0.22), chance.uniform(0.85, 1.15)) if varied else (0.0, 1.0)
    drawn = [(Drawn(_changed(glyph.outline, slant, width), glyph.advance * width), glyph.text) for glyph in glyphs]
    part = chance.sample(drawn, min(len(drawn), chance.randint(15, 90)))
    height = letter_height([glyph.outline for glyph, _ in part])
    return [Sample(picture_of(glyph.outline), glyph, height, CLASSES.index(text)) for glyph, text in drawn]


def _changed(outline: Outline, slant: float, width: float) -> Outline:
    moved = tuple(tuple((width * x + slant * y, y, kind) for x, y, kind in contour) for contour in outline.contours)
    return Outline(moved, outline.units_per_em)


def trained(sources: list[Source]) -> Network:
    """A network trained on the fonts, each as it is and once slanted and stretched."""
    # Two threads on two cores that others use too were 15 times slower than one.
    torch.set_num_threads(1)
    torch.manual_seed(_SEED)
    chance = random.Random(_SEED)
    samples = [
        sample for varied in (False, True) for source in sources for sample in samples_of(source, chance, varied=varied)
    ]
    print(f"{len(sources)} fonts, {len(samples)} glyphs", flush=True)
    return fitted(*tensors(samples))


def fitted(pictures: torch.Tensor, measures: torch.Tensor, labels: torch.Tensor) -> Network:
    """A network fitted to drawn glyphs."""
    weights = torch.tensor([0.15 if text in _RARE else 1.0 for text in CLASSES])
    network, loss_of = Network(), nn.CrossEntropyLoss(weights, label_smoothing=0.02)
    optimiser = torch.optim.AdamW(network.parameters(), 2e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, _EPOCHS)
    for _ in range(_EPOCHS):
        network.train()
        for batch in torch.randperm(len(labels)).split(_BATCH):
            loss = loss_of(network(disturbed(pictures[batch]), jittered(measures[batch])), labels[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        schedule.step()
        print(f"loss {loss.item():.3f}", flush=True)
    return network.eval()


def disturbed(pictures: torch.Tensor) -> torch.Tensor:
    """Made bolder or lighter, and shifted by a pixel, each by chance."""
    choice, part = float(torch.rand(())), 0.6 * torch.rand(len(pictures), 1, 1)
    if choice < 0.3:
        pictures = torch.lerp(pictures, torch.max_pool2d(pictures[:, None], 3, 1, 1)[:, 0], part)
    elif choice > 0.8:
        pictures = torch.lerp(pictures, -torch.max_pool2d(-pictures[:, None], 3, 1, 1)[:, 0], 0.6 * part)
    return torch.roll(pictures, [int(step) for step in torch.randint(-1, 2, (2,))], (1, 2))


def jittered(measures: torch.Tensor) -> torch.Tensor:
    """The measures a little off; the advance, which Type 3 fonts may lack, sometimes unknown."""
    return measures * (1 + 0.04 * torch.randn(len(measures), 1)) + 0.015 * torch.randn_like(measures)


def tensors(samples: list[Sample]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Pictures, measures and labels."""
    pictures = torch.tensor(np.stack([sample.picture for sample in samples]))
    measures = torch.tensor(np.stack([measures_of(sample.glyph, sample.height) for sample in samples]))
    return pictures, measures, torch.tensor([sample.label for sample in samples])


def report(network: Network, sources: list[Source]) -> None:
    """Print the accuracy on fonts that the network has not seen, Thai and other, and the commonest errors."""
    print("held out:", ", ".join(sorted({source.family for source in sources})))
    chance = random.Random(_SEED)
    outcomes = [outcome for source in sources for outcome in outcomes_of(network, source, chance)]
    for name, thai in (("Thai", True), ("other", False)):
        part = [outcome for outcome in outcomes if ("ก" <= outcome.text <= "๛") == thai]
        print(
            name, accuracy(part), "| without rare letters and signs", accuracy([o for o in part if o.text not in _RARE])
        )
    errors = Counter(f"{outcome.text}→{outcome.said}" for outcome in outcomes if outcome.text != outcome.said)
    print("errors (drawn → said):", *(f"{error} {number}" for error, number in errors.most_common(60)))


class Outcome(NamedTuple):
    """What a glyph is, what the network said, and its certainty."""

    text: str
    said: str
    certainty: float


def outcomes_of(network: Network, source: Source, chance: random.Random) -> list[Outcome]:
    """The network's readings of a font."""
    samples = samples_of(source, chance, varied=False)
    if not samples:
        return []
    with torch.no_grad():
        chances, found = torch.softmax(network(*tensors(samples)[:2]), 1).max(1)
    answers = zip(samples, found.tolist(), chances.tolist(), strict=True)
    return [Outcome(CLASSES[sample.label], CLASSES[said], certainty) for sample, said, certainty in answers]


def accuracy(outcomes: list[Outcome]) -> str:
    """The share read right; the share read with certainty, and of these the share read right."""
    right = [outcome.text == outcome.said for outcome in outcomes]
    sure = [hit for hit, outcome in zip(right, outcomes, strict=True) if outcome.certainty >= 0.85]
    return f"{len(right)} glyphs, {mean(right):.4f} right; sure of {len(sure) / len(right):.3f}, {mean(sure):.4f} right"


def write(network: Network) -> None:
    """Store the weights as half-precision numbers."""
    weights = network.state_dict()
    arrays = {name.replace(".weight", "").replace(".bias", "_bias"): weights[name].numpy() for name in weights}
    halved = {name: value.astype(np.float16) for name, value in arrays.items()}
    np.savez_compressed(WEIGHTS, texts=np.frombuffer("\n".join(CLASSES).encode(), np.uint8), **halved)
    print(f"{len(CLASSES)} classes, {WEIGHTS.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
