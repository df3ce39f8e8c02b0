"""The network behind the encoder: MiniLM-L6, told how each word is printed, with four heads."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from newsmine.nlp.labels import ENTITY_LABELS, POINTER_SIZE, ROLE_LABELS
from newsmine.nlp.words import Shape

_WIDTH, _HEADS, _INNER, _LAYERS, _VOCABULARY, _POSITIONS = 384, 12, 1536, 6, 30522, 512


class Network(nn.Module):
    """BERT's encoder (Devlin et al. 2019) with role, entity and pointer heads.

    The token-type embedding carries a word's ``Shape``. The pointer head gives four vectors a
    piece: content asks cue, cue answers content, cue asks source, source answers cue (the biaffine
    idea of Dozat and Manning 2017, without the bilinear weight).
    """

    def __init__(self, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(_VOCABULARY, _WIDTH, padding_idx=0)
        self.position = nn.Embedding(_POSITIONS, _WIDTH)
        self.shape = nn.Embedding(len(Shape), _WIDTH)
        self.norm = nn.LayerNorm(_WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        layer = nn.TransformerEncoderLayer(
            _WIDTH, _HEADS, _INNER, dropout, "gelu", layer_norm_eps=1e-12, batch_first=True
        )
        self.layers = nn.TransformerEncoder(layer, _LAYERS, enable_nested_tensor=False)
        self.roles = nn.Linear(_WIDTH, len(ROLE_LABELS))
        self.entities = nn.Linear(_WIDTH, len(ENTITY_LABELS))
        self.pointers = nn.Linear(_WIDTH, 4 * POINTER_SIZE)

    def forward(self, ids: Tensor, shapes: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Role logits, entity logits and pointer vectors of each piece.

        Args:
            ids: Piece numbers, batch by length, 0 where padded.
            shapes: ``Shape`` numbers, of the same size.
        """
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.word(ids) + self.position(places) + self.shape(shapes)
        x = self.layers(self.dropout(self.norm(x)), src_key_padding_mask=ids == 0)
        x = self.dropout(x)
        return self.roles(x), self.entities(x), self.pointers(x)


def from_minilm(weights: Path, *, dropout: float = 0.1) -> Network:
    """A network that starts from the sentence encoder's weights (``model.safetensors``)."""
    network = Network(dropout=dropout)
    old = load_file(str(weights))
    state = network.state_dict()
    state["word.weight"] = old["embeddings.word_embeddings.weight"]
    state["position.weight"] = old["embeddings.position_embeddings.weight"]
    state["shape.weight"] = old["embeddings.token_type_embeddings.weight"][:1].repeat(len(Shape), 1)
    state["norm.weight"] = old["embeddings.LayerNorm.weight"]
    state["norm.bias"] = old["embeddings.LayerNorm.bias"]
    for i in range(_LAYERS):
        state |= _layer(old, f"encoder.layer.{i}", f"layers.layers.{i}")
    network.load_state_dict(state)
    return network


def _layer(old: dict[str, Tensor], source: str, target: str) -> dict[str, Tensor]:
    """One layer's weights, from BERT's names to those of PyTorch's encoder layer."""
    out: dict[str, Tensor] = {}
    attention = f"{source}.attention"
    for kind in ("weight", "bias"):
        parts = [old[f"{attention}.self.{part}.{kind}"] for part in ("query", "key", "value")]
        out[f"{target}.self_attn.in_proj_{kind}"] = torch.cat(parts)
        out[f"{target}.self_attn.out_proj.{kind}"] = old[f"{attention}.output.dense.{kind}"]
        out[f"{target}.norm1.{kind}"] = old[f"{attention}.output.LayerNorm.{kind}"]
        out[f"{target}.linear1.{kind}"] = old[f"{source}.intermediate.dense.{kind}"]
        out[f"{target}.linear2.{kind}"] = old[f"{source}.output.dense.{kind}"]
        out[f"{target}.norm2.{kind}"] = old[f"{source}.output.LayerNorm.{kind}"]
    return out
