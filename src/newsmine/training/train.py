"""Fine-tuning the shipped encoder: `python -m newsmine.training` runs it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

import torch
from torch import Tensor, nn
from torch.nn import functional

from newsmine.nlp.labels import POINTER_SIZE, ROLE_LABELS
from newsmine.nlp.pieces import Pieces
from newsmine.training.batches import Batch, batches, examples
from newsmine.training.network import Network
from newsmine.training.samples import UNKNOWN, Sample

_log = logging.getLogger(__name__)
_CUE, _CONTENT = ROLE_LABELS.index("B-CUE"), ROLE_LABELS.index("B-CONTENT")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the shipped model was trained; the model card repeats it."""

    epochs: int = 4
    batch: int = 16
    rate: float = 4e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    warm_up: float = 0.06
    pointer_weight: float = 0.3
    entity_weight: float = 0.7
    clip: float = 1.0
    second_epochs: int = 4
    second_rate: float = 2.5e-4
    second_names: int = 2
    second_silver: float = 0.25
    polishes: int = 2
    polish_rate: float = 1e-4
    polish_roles: float = 0.25
    polish_names: int = 2
    polish_silver: float = 0.15
    shares: tuple[float, float, float, float] = (0.15, 0.35, 0.25, 0.25)
    name_shift: tuple[float, float, float] = (-1.3, -0.6, -1.0)
    seed: int = 20261124
    threads: int = 2


def train(
    network: Network,
    pieces: Pieces,
    roles: Sequence[Sample],
    names: Sequence[Sample],
    *,
    recipe: Recipe,
    first_epoch: int = 0,
    after_epoch: Callable[[int], None] = lambda _: None,
) -> None:
    """Fine-tune a network in place, in bf16 where the processor has it, seeded.

    Args:
        network: Starts from pretrained weights.
        pieces: Its vocabulary.
        roles: Texts with roles (and silver names).
        names: Texts with gold names.
        recipe: The settings.
        first_epoch: Begin here, with weights that ended the epoch before (the optimiser's memory
            starts afresh, the rate goes on where it was).
        after_epoch: Called with the number of the epoch that has just ended.
    """
    torch.set_num_threads(recipe.threads)
    samples = [*roles, *names]
    windows = len(examples(samples, pieces, Random(recipe.seed), styled=True))
    # How many windows there are differs a little between epochs: styles add and drop words.
    steps = round(1.02 * -(-windows // recipe.batch))
    optimiser, schedule = _optimiser(network, recipe, recipe.epochs * steps)
    for _ in range(first_epoch * steps):
        schedule.step()
    for epoch in range(first_epoch, recipe.epochs):
        random = Random(f"{recipe.seed}-{epoch}")
        torch.manual_seed(recipe.seed + epoch)
        network.train()
        found = examples(samples, pieces, random, styled=True)
        work = list(batches(found, recipe.batch, random))[:steps]
        _epoch(network, work, optimiser, schedule, recipe)
        after_epoch(epoch)


def polish(
    network: Network,
    pieces: Pieces,
    roles: Sequence[Sample],
    names: Sequence[Sample],
    *,
    recipe: Recipe,
    number: int,
) -> None:
    """One more short pass in which gold names outweigh silver ones, from a low rate to none.

    Silver names outnumber gold ones four to one and follow other conventions; without this pass
    names on Universal NER stay four points lower (docs/model.md).
    """
    random = Random(f"{recipe.seed}-polish-{number}")
    torch.manual_seed(recipe.seed - 1 - number)
    torch.set_num_threads(recipe.threads)
    some = random.sample(list(roles), round(recipe.polish_roles * len(roles)))
    silver = [replace(sample, weight=recipe.polish_silver) for sample in some]
    samples = [*silver, *list(names) * recipe.polish_names]
    found = examples(samples, pieces, random, styled=True)
    work = list(batches(found, recipe.batch, random))
    slow = replace(recipe, rate=recipe.polish_rate, head_rate=2 * recipe.polish_rate)
    network.train()
    _epoch(network, work, *_optimiser(network, slow, len(work) + 1), slow)


def second_cycle(
    recipe: Recipe, roles: Sequence[Sample], names: Sequence[Sample]
) -> tuple[Recipe, list[Sample], list[Sample]]:
    """What the second cycle of training uses: its rates, silver names of little weight, gold twice.

    It begins with the unpolished weights of the first. Its own weights are no better, but averaged
    with the first's they are (docs/model.md).
    """
    changed = replace(
        recipe,
        epochs=recipe.second_epochs,
        rate=recipe.second_rate,
        head_rate=2 * recipe.second_rate,
        seed=recipe.seed + 1,
    )
    quiet = [replace(sample, weight=recipe.second_silver) for sample in roles]
    return changed, quiet, list(names) * recipe.second_names


def settle(network: Network, weights: Sequence[Mapping[str, Tensor]], recipe: Recipe) -> None:
    """The shipped weights: those of several stages averaged, names made a little rarer.

    Averaging gives roles back what polishing cost them; silver names are too many, and the shift
    of the three labels' log-odds (found on Universal NER's dev part) sets that right.
    """
    parts = list(zip(recipe.shares, weights, strict=True))
    mixed = {key: sum(share * w[key] for share, w in parts) for key in weights[0]}
    for i, shift in enumerate(recipe.name_shift):
        mixed["entities.bias"][1 + 2 * i : 3 + 2 * i] += shift
    network.load_state_dict(mixed)


def _optimiser(
    network: Network, recipe: Recipe, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    heads = [*network.roles.parameters(), *network.entities.parameters()]
    heads += [*network.pointers.parameters(), *network.shape.parameters()]
    known = {id(parameter) for parameter in heads}
    body = [p for p in network.parameters() if id(p) not in known]
    groups = [{"params": body, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=recipe.decay)
    rates = [recipe.rate, recipe.head_rate]
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, rates, steps, pct_start=recipe.warm_up, anneal_strategy="linear"
    )
    return optimiser, schedule


def _epoch(
    network: Network,
    work: Sequence[Batch],
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    recipe: Recipe,
) -> None:
    started, seen, total = time.monotonic(), 0, 0.0
    for step, batch in enumerate(work, 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = network(batch.ids, batch.shapes)
        loss = losses(outputs, batch, recipe)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), recipe.clip)
        optimiser.step()
        schedule.step()
        seen, total = seen + batch.ids.numel(), total + loss.item()
        if step % 25 == 0 or step == len(work):
            rate = seen / (time.monotonic() - started)
            _log.info("step %d of %d, loss %.4f, %.0f pieces/s", step, len(work), total / 25, rate)
            total = 0.0


def losses(outputs: tuple[Tensor, Tensor, Tensor], batch: Batch, recipe: Recipe) -> Tensor:
    """What the network got wrong in a batch: roles, names by their weight, and both pointers."""
    roles, entities, pointers = (_at_words(output.float(), batch.firsts) for output in outputs)
    # A batch without any role must not divide by nothing.
    role = functional.cross_entropy(
        roles.transpose(1, 2), batch.roles, ignore_index=UNKNOWN, reduction="sum"
    ) / (batch.roles != UNKNOWN).sum().clamp(min=1)
    name = functional.cross_entropy(
        entities.transpose(1, 2), batch.entities, ignore_index=UNKNOWN, reduction="none"
    )
    known = (batch.entities != UNKNOWN) * batch.weights[:, None]
    name = (name * batch.weights[:, None]).sum() / known.sum().clamp(min=1)
    link = _pointer_loss(pointers, batch)
    return role + recipe.entity_weight * name + recipe.pointer_weight * link


def _at_words(output: Tensor, firsts: Tensor) -> Tensor:
    return output.gather(1, firsts[:, :, None].expand(-1, -1, output.shape[2]))


def _pointer_loss(pointers: Tensor, batch: Batch) -> Tensor:
    asks_cue, is_cue, asks_source, is_source = pointers.split(POINTER_SIZE, dim=2)
    total = pointers.new_zeros(())
    for role, asks, answers in ((_CONTENT, asks_cue, is_cue), (_CUE, asks_source, is_source)):
        rows = (batch.roles == role) & (batch.links != UNKNOWN)
        if rows.any():
            scores = asks @ answers.transpose(1, 2) / POINTER_SIZE**0.5
            scores = scores.masked_fill(~batch.present[:, None, :], -1e4)
            total = total + functional.cross_entropy(scores[rows], batch.links[rows])
    return total
