"""From a trained network to the files that are shipped: ONNX with eight-bit weights."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from torch import Tensor, nn
from torch.nn import functional

from newsmine.training.graph import HEAD_SIZE, LAYERS, Array, Quantised, Weights, encoder_graph
from newsmine.training.network import Network

Windows = Sequence[tuple[Tensor, Tensor]]
"""Piece numbers and shapes of single windows."""

_EASE = 0.7
"""How much of the spread of a product's inputs its matrix takes over (SmoothQuant's alpha).

On 24 windows of PolNeAR's training articles the roles' mean divergence from those of full
precision is 0.0019 without, 0.0018 at 0.3, 0.0010 at 0.5, 0.0008 at 0.7."""

_LEAST = 1e-4


def export(network: Network, tokenizer: Path, folder: Path, *, windows: Windows = ()) -> None:
    """Write ``encoder.onnx`` (weights in int8, one scale a column) and ``tokenizer.json``.

    Inputs of products are quantised as they come, with one scale for all, which a few large
    columns spoil for the others. So columns are evened out and the weights made up for it
    (SmoothQuant, Xiao et al. 2023).

    Args:
        network: The trained network.
        tokenizer: The vocabulary's file.
        folder: Where to write.
        windows: Some text of the usual kind, from which the columns' largest inputs are taken;
            without it nothing is evened out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    floats = _Floats.of(network)
    if windows:
        floats = eased(floats, largest_inputs(network, windows))
    onnx.save(encoder_graph(floats.quantised()), str(folder / "encoder.onnx"))
    shutil.copyfile(tokenizer, folder / "tokenizer.json")


@dataclass(frozen=True, slots=True)
class _Floats:
    """A network's weights by the names of ``graph.Weights``, not yet quantised."""

    tables: Mapping[str, Array]
    products: Mapping[str, Array]
    plain: Mapping[str, Array]

    @classmethod
    def of(cls, network: Network) -> _Floats:
        tables = {n: _array(getattr(network, n).weight) for n in ("word", "position", "shape")}
        linear: dict[str, tuple[Tensor, Tensor]] = {}
        norms: dict[str, nn.LayerNorm] = {"norm": network.norm}
        for number, layer in enumerate(_layers(network)):
            attention = layer.self_attn
            weights = attention.in_proj_weight.chunk(3), attention.in_proj_bias.chunk(3)
            for name, weight, bias in zip(("query", "key", "value"), *weights, strict=True):
                linear[f"{number}.{name}"] = weight, bias
            named = {"out": attention.out_proj, "inner": layer.linear1, "outer": layer.linear2}
            linear |= {f"{number}.{n}": (m.weight, m.bias) for n, m in named.items()}
            norms |= {f"{number}.norm1": layer.norm1, f"{number}.norm2": layer.norm2}
        for name in ("roles", "entities", "pointers"):
            head = getattr(network, name)
            linear[name] = head.weight, head.bias
        plain = {f"{n}.bias": _array(bias) for n, (_, bias) in linear.items()}
        for name, norm in norms.items():
            plain |= {f"{name}.weight": _array(norm.weight), f"{name}.bias": _array(norm.bias)}
        return cls(tables, {n: _array(weight).T for n, (weight, _) in linear.items()}, plain)

    def quantised(self) -> Weights:
        tables = {name: Quantised.table(table) for name, table in self.tables.items()}
        products = {name: Quantised.product(matrix) for name, matrix in self.products.items()}
        return Weights(tables, products, self.plain)


def eased(floats: _Floats, largest: Mapping[str, Array]) -> _Floats:
    """The same network, its products' inputs evened out.

    Args:
        floats: The weights.
        largest: The largest absolute input of each column, by the (first) product's name.
    """
    products, plain = dict(floats.products), dict(floats.plain)
    for layer in range(LAYERS):
        for names in (["query", "key", "value"], ["inner"], ["out"]):
            own = [f"{layer}.{name}" for name in names]
            matrices = np.concatenate([products[name] for name in own], axis=1)
            weight = np.maximum(np.abs(matrices).max(axis=1), _LEAST)
            factor = np.maximum(largest[own[0]], _LEAST) ** _EASE / weight ** (1 - _EASE)
            factor = (factor / factor.mean()).astype(np.float32)
            products |= {name: products[name] * factor[:, None] for name in own}
            if names == ["out"]:  # what attention mixes are values: they can be smaller themselves
                products[f"{layer}.value"] = products[f"{layer}.value"] / factor
                plain[f"{layer}.value.bias"] = plain[f"{layer}.value.bias"] / factor
            else:
                plain[f"{own[0]}.ease"] = 1 / factor
    return replace(floats, products=products, plain=plain)


def largest_inputs(network: Network, windows: Windows) -> dict[str, Array]:
    """The largest absolute input of each column, for the products ``N.query, N.out, N.inner``."""
    found: dict[str, Tensor] = {}

    def note(name: str, inputs: Tensor) -> None:
        most = inputs.abs().flatten(0, -2).amax(0)
        found[name] = torch.maximum(found[name], most) if name in found else most

    with torch.no_grad():
        for ids, shapes in windows:
            places = torch.arange(len(ids))
            x = network.norm(network.word(ids) + network.position(places) + network.shape(shapes))
            for number, layer in enumerate(_layers(network)):
                note(f"{number}.query", x)
                mixed = _mixed(layer.self_attn, x)
                note(f"{number}.out", mixed)
                x = layer.norm1(x + layer.self_attn.out_proj(mixed))
                note(f"{number}.inner", x)
                x = layer.norm2(x + layer.linear2(functional.gelu(layer.linear1(x))))
    return {name: _array(most) for name, most in found.items()}


def _mixed(attention: Any, x: Tensor) -> Tensor:
    """What attention makes of one window, before its last product."""
    whole = functional.linear(x, attention.in_proj_weight, attention.in_proj_bias)
    query, key, value = (
        part.reshape(len(x), -1, HEAD_SIZE).transpose(0, 1) for part in whole.chunk(3, dim=-1)
    )
    weights = (query @ key.transpose(1, 2) / HEAD_SIZE**0.5).softmax(-1)
    return (weights @ value).transpose(0, 1).flatten(1)


def _layers(network: Network) -> list[Any]:
    return list(network.layers.layers)


def _array(tensor: Tensor) -> Array:
    array: Array = tensor.detach().float().numpy()
    return array
