"""From a trained network to the files that are shipped: ONNX with eight-bit weights."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from newsmine.training.network import Network


class _Plain(nn.Module):
    """The network with its attention written out.

    Tracing ``nn.TransformerEncoderLayer`` fixes batch and length to those of the example.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, shapes: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        net = self.network
        places = torch.arange(ids.shape[1])
        x = net.norm(net.word(ids) + net.position(places) + net.shape(shapes))
        mask = (ids == 0)[:, None, None, :].to(x.dtype) * -1e4
        for layer in net.layers.layers:
            x = layer.norm1(x + _attend(layer.self_attn, x, mask))
            x = layer.norm2(x + layer.linear2(functional.gelu(layer.linear1(x))))
        return net.roles(x), net.entities(x), net.pointers(x)


def _attend(attention: nn.MultiheadAttention, x: Tensor, mask: Tensor) -> Tensor:
    """Multi-head attention as batched matrix products, from the same weights."""
    heads, size = attention.num_heads, attention.head_dim
    weights = attention.in_proj_weight.chunk(3)
    biases = attention.in_proj_bias.chunk(3)
    query, key, value = (
        functional.linear(x, w, b).reshape(x.shape[0], -1, heads, size).transpose(1, 2)
        for w, b in zip(weights, biases, strict=True)
    )
    scores = (query @ key.transpose(2, 3)) / size**0.5 + mask
    mixed = (scores.softmax(-1) @ value).transpose(1, 2)
    out: Tensor = attention.out_proj(mixed.reshape(x.shape[0], -1, heads * size))
    return out


def export(network: Network, tokenizer: Path, folder: Path) -> None:
    """Write ``encoder.onnx`` (weights in int8, one scale a column) and ``tokenizer.json``.

    Dynamic quantisation cost nothing on PolNeAR (docs/model.md) and quarters the size.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    sample = torch.tensor([[101, 2023, 2003, 102], [101, 2003, 102, 0]])
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        torch.onnx.export(
            _Plain(network),
            (sample, torch.ones_like(sample)),
            str(plain),
            input_names=["ids", "shapes"],
            output_names=["roles", "entities", "pointers"],
            dynamic_axes={
                name: {0: "batch", 1: "pieces"}
                for name in ("ids", "shapes", "roles", "entities", "pointers")
            },
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            str(plain),
            str(folder / "encoder.onnx"),
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
