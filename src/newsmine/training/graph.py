"""The network as an ONNX graph of few operators, written down one by one.

What PyTorch exports is a tenth slower, even after onnxruntime's own fusions: query, key and value
as three products, attention in eight steps, a mask for padding that is never there (a window is
read at a time). And onnxruntime joins an addition and the layer normalisation behind it to one
operator that takes nine times as long as the two; so the graph is to be run as it is, without
``graph_optimization_level`` (``nlp/encoder.py``; figures in docs/speed.md).

Inputs are ``ids`` and ``shapes``, a number a piece, and ``firsts``, where the words begin that are
asked for. The output ``reading`` has a row for each of those words: log-probabilities of the roles
and of the names, then the pointers. The last layer works on these words only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

Array = npt.NDArray[Any]

LAYERS, HEAD_SIZE = 6, 32
_MICROSOFT = "com.microsoft"  # onnxruntime's own operators
_EPSILON = 1e-12


@dataclass(frozen=True, slots=True)
class Quantised:
    """Eight-bit weights: ``scale * (values - zero)``, one scale a table or one a column."""

    values: Array
    scale: Array
    zero: Array

    @classmethod
    def product(cls, weight: Array) -> Quantised:
        """A matrix, input by output: signed, one scale a column."""
        scale = np.maximum(np.abs(weight).max(axis=0), 1e-12).astype(np.float32) / 127
        values = np.clip(np.rint(weight / scale), -127, 127).astype(np.int8)
        return cls(values, scale, np.zeros_like(scale, dtype=np.int8))

    @classmethod
    def table(cls, weight: Array) -> Quantised:
        """An embedding: unsigned, one scale for all."""
        low, high = min(float(weight.min()), 0.0), max(float(weight.max()), 0.0)
        scale = np.float32((high - low) / 255)
        zero = np.uint8(np.rint(-low / scale))
        values = np.clip(np.rint(weight / scale) + zero, 0, 255).astype(np.uint8)
        return cls(values, np.array(scale), np.array(zero))

    def beside(self, *others: Quantised) -> Quantised:
        """This matrix and others as one, side by side."""
        rows = (self, *others)
        return Quantised(
            np.concatenate([r.values for r in rows], axis=1),
            np.concatenate([r.scale for r in rows]),
            np.concatenate([r.zero for r in rows]),
        )


@dataclass(frozen=True, slots=True)
class Weights:
    """All weights: ``tables`` (word, position, shape), ``products`` and ``plain`` vectors.

    Products are ``N.query``, ``N.key``, ``N.value``, ``N.out``, ``N.inner``, ``N.outer`` for each
    layer N, and ``roles``, ``entities``, ``pointers``. Each has a bias of its name in ``plain``;
    there, too, are scale and shift of ``norm``, ``N.norm1``, ``N.norm2`` (``norm.weight``,
    ``norm.bias``), and ``N.query.ease``, ``N.inner.ease``: what the input of that product is
    multiplied by before it is quantised, where its matrix (query, key and value) was divided by it.

    A layer has as many heads as its query has columns for.
    """

    tables: Mapping[str, Quantised]
    products: Mapping[str, Quantised]
    plain: Mapping[str, Array]


@dataclass(slots=True)
class _Graph:
    weights: Weights
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)

    def add(self, kind: str, inputs: Sequence[str], *, own: bool = False, **more: Any) -> str:
        """A node with one output, by its name; ``own`` for onnxruntime's own operators."""
        return self.split(kind, inputs, 1, own=own, **more)[0]

    def split(
        self, kind: str, inputs: Sequence[str], parts: int, *, own: bool = False, **more: Any
    ) -> list[str]:
        """A node with several outputs."""
        outputs = [f"{kind}.{len(self.nodes)}.{i}" for i in range(parts)]
        domain = _MICROSOFT if own else ""
        self.nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **more))
        return outputs

    def constant(self, values: Array) -> str:
        name = f"constant.{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def embedded(self, table: str, rows: str) -> str:
        """The rows of a table, made numbers again after they were picked."""
        return self.add("DequantizeLinear", [rows, *self._scaled(self.weights.tables[table])])

    def quantised(self, x: str, product: str = "") -> list[str]:
        """A tensor in eight bits, its scale, its zero; eased as its product asks for."""
        ease = self.weights.plain.get(f"{product}.ease")
        if ease is not None:
            x = self.add("Mul", [x, self.constant(ease)])
        return self.split("DynamicQuantizeLinear", [x], 3)

    def product(self, x: Sequence[str], names: Sequence[str]) -> str:
        """A quantised tensor times matrices side by side, and their biases."""
        first, *others = (self.weights.products[name] for name in names)
        matrix = first.beside(*others)
        values, (scale, zero) = self.constant(matrix.values), self._scaled(matrix)
        bias = self.constant(np.concatenate([self.weights.plain[f"{n}.bias"] for n in names]))
        inputs = [x[0], values, x[1], scale, x[2], zero, bias]
        return self.add("MatMulIntegerToFloat", inputs, own=True)

    def normed(self, x: str, y: str, name: str) -> str:
        """The layer normalisation of a sum."""
        plain = self.weights.plain
        scale, shift = (self.constant(plain[f"{name}.{part}"]) for part in ("weight", "bias"))
        total = self.add("Add", [x, y])
        return self.add("LayerNormalization", [total, scale, shift], epsilon=_EPSILON, axis=-1)

    def _scaled(self, weights: Quantised) -> tuple[str, str]:
        return self.constant(weights.scale), self.constant(weights.zero)


def encoder_graph(weights: Weights) -> onnx.ModelProto:
    """The encoder as a model that onnxruntime runs on the CPU."""
    graph = _Graph(weights)
    x = _embedded(graph)
    for layer in range(LAYERS):
        x = _layer(graph, x, layer)
    _heads(graph, x)
    inputs = [("ids", "pieces"), ("shapes", "pieces"), ("firsts", "words")]
    proto = helper.make_graph(
        graph.nodes,
        "encoder",
        [helper.make_tensor_value_info(n, TensorProto.INT64, [size]) for n, size in inputs],
        [helper.make_tensor_value_info("reading", TensorProto.FLOAT, ["words", None])],
        graph.constants,
    )
    versions = [helper.make_opsetid("", 18), helper.make_opsetid(_MICROSOFT, 1)]
    return helper.make_model(proto, opset_imports=versions, ir_version=8)


def _embedded(graph: _Graph) -> str:
    tables = graph.weights.tables
    first = graph.constant(np.array([0]))
    word, shape = (
        graph.embedded(name, graph.add("Gather", [graph.constant(tables[name].values), ids]))
        for name, ids in (("word", "ids"), ("shape", "shapes"))
    )
    size = graph.add("Shape", ["ids"])
    rows = graph.add("Slice", [graph.constant(tables["position"].values), first, size, first])
    place = graph.embedded("position", rows)
    x = graph.normed(graph.add("Add", [word, place]), shape, "norm")
    return graph.add("Unsqueeze", [x, first])  # a batch of one, as attention wants it


def _layer(graph: _Graph, x: str, layer: int) -> str:
    eight = graph.quantised(x, f"{layer}.query")
    names = [f"{layer}.{part}" for part in ("query", "key", "value")]
    if layer == LAYERS - 1:
        query, x = (graph.add("Gather", [t, "firsts"], axis=1) for t in (eight[0], x))
        parts = [graph.product([query, *eight[1:]], names[:1])]
        key_value = graph.product(eight, names[1:])
        parts += graph.split("Split", [key_value], 2, axis=-1, num_outputs=2)
    else:
        parts = graph.split("Split", [graph.product(eight, names)], 3, axis=-1, num_outputs=3)
    heads = graph.weights.products[names[0]].values.shape[1] // HEAD_SIZE
    mixed = graph.add("MultiHeadAttention", parts, own=True, num_heads=heads)
    attended = graph.product(graph.quantised(mixed), [f"{layer}.out"])
    x = graph.normed(x, attended, f"{layer}.norm1")
    inner = graph.product(graph.quantised(x, f"{layer}.inner"), [f"{layer}.inner"])
    inner = graph.add("Gelu", [inner], own=True)
    outer = graph.product(graph.quantised(inner), [f"{layer}.outer"])
    return graph.normed(x, outer, f"{layer}.norm2")


def _heads(graph: _Graph, x: str) -> None:
    names = ("roles", "entities", "pointers")
    words = graph.add("Squeeze", [x, graph.constant(np.array([0]))])
    answers = graph.product(graph.quantised(words), names)
    sizes = graph.constant(np.array([len(graph.weights.plain[f"{n}.bias"]) for n in names]))
    roles, entities, pointers = graph.split("Split", [answers, sizes], 3, axis=-1)
    sure = [graph.add("LogSoftmax", [logits], axis=-1) for logits in (roles, entities)]
    graph.nodes.append(helper.make_node("Concat", [*sure, pointers], ["reading"], axis=-1))
