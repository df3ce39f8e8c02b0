"""The exported graph reads as the trained network does, but for what eight bits lose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

WHY = "needs `make train`'s torch, onnx and safetensors"
torch = pytest.importorskip("torch", reason=WHY)
pytest.importorskip("onnx", reason=WHY)
pytest.importorskip("safetensors", reason=WHY)

if TYPE_CHECKING:
    import numpy.typing as npt

    from newsmine.training.network import Network

FIRSTS = [1, 3, 4, 9]


@pytest.fixture(scope="module")
def network() -> Network:
    """A small network of random weights."""
    from newsmine.training import network as module

    small = {"_WIDTH": 64, "_HEADS": 2, "_INNER": 96, "_VOCABULARY": 40, "_POSITIONS": 24}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in small.items():
            patch.setattr(module, name, value)
        torch.manual_seed(20261125)
        made = module.Network().eval()
    with torch.no_grad():
        for name, weight in made.named_parameters():
            if name.endswith("bias"):
                weight.add_(torch.randn_like(weight))
            elif "norm" in name:
                weight.add_(torch.randn_like(weight) * 0.3)
        for layer in made.layers.layers:
            layer.self_attn.in_proj_weight *= 3  # so that it matters what a word attends to
    return made


def window(size: int, seed: int) -> tuple[Any, Any]:
    """Piece numbers (0 is padding) and shapes of a window."""
    chance = torch.Generator().manual_seed(seed)
    ids = torch.randint(1, 40, (size,), generator=chance)
    return ids, torch.randint(0, 11, (size,), generator=chance)


def by_torch(network: Network, ids: Any, shapes: Any) -> npt.NDArray[np.float32]:
    with torch.no_grad():
        roles, entities, pointers = (part[0] for part in network(ids[None], shapes[None]))
        parts = [roles.log_softmax(-1), entities.log_softmax(-1), pointers]
        return np.asarray(torch.cat(parts, dim=-1)[FIRSTS])


def by_graph(network: Network, folder: Path, *, eased: bool, size: int = 12) -> Any:
    """What the exported file says of the words of a window that begin at ``FIRSTS``."""
    import onnxruntime

    from newsmine.training.export import export

    tokenizer = folder / "vocabulary.json"
    tokenizer.write_text("{}", encoding="utf-8")
    windows = [window(20, seed) for seed in range(1, 5)] if eased else []
    export(network, tokenizer, folder / "out", windows=windows)
    assert (folder / "out" / "tokenizer.json").read_text(encoding="utf-8") == "{}"
    session = onnxruntime.InferenceSession(str(folder / "out" / "encoder.onnx"))
    ids, shapes = window(size, 0)
    asked = {"ids": ids.numpy(), "shapes": shapes.numpy(), "firsts": np.array(FIRSTS)}
    return session.run(None, asked)[0]


@pytest.mark.parametrize("eased", [False, True])
@pytest.mark.parametrize("size", [10, 24])
def test_graph_is_the_network(network: Network, tmp_path: Path, eased: bool, size: int) -> None:
    wanted = by_torch(network, *window(size, 0))
    found = by_graph(network, tmp_path, eased=eased, size=size)
    assert found.shape == wanted.shape
    assert np.abs(found - wanted).mean() < 0.02  # 0.006 is usual; they spread over 1.4
