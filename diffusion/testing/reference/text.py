"""CLIP's tokenizer with the first merges of its table, and CLIP's text encoder. Prompts are plain ASCII here."""

import gzip
import re

import torch
import torch.nn.functional as F

MERGES = "../../../study/prompts/bpe_simple_vocab_16e6.txt.gz"
PIECES = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d|[a-z]+|[0-9]|[^\sa-z0-9]+")
PRINTABLE = [*range(33, 127), *range(161, 173), *range(174, 256)]


class Tokenizer:
    def __init__(self, here, merges):
        lines = gzip.open(here / MERGES, "rt", encoding="utf-8").read().split("\n")[1 : 1 + merges]
        self.ranks = {tuple(line.split()): rank for rank, line in enumerate(lines)}
        symbols = [chr(b) for b in PRINTABLE] + [chr(256 + k) for k in range(256 - len(PRINTABLE))]
        words = symbols + [s + "</w>" for s in symbols] + ["".join(pair) for pair in self.ranks]
        self.ids = {word: k for k, word in enumerate(words)}
        self.start, self.end = len(words), len(words) + 1

    def __call__(self, text):
        ids = [self.ids[part] for word in PIECES.findall(text.lower()) for part in self.merged(word)]

        return torch.tensor([self.start, *ids, self.end])

    def merged(self, word):
        parts = [*word[:-1], word[-1] + "</w>"]
        while len(parts) > 1:
            pairs = list(zip(parts, parts[1:]))
            best = min(pairs, key=lambda pair: self.ranks.get(pair, 1e9))
            if best not in self.ranks:
                break
            joined, k = [], 0
            while k < len(parts):
                twice = k + 1 < len(parts) and (parts[k], parts[k + 1]) == best
                joined.append(parts[k] + parts[k + 1] if twice else parts[k])
                k += 2 if twice else 1
            parts = joined

        return parts


def encode_text(w, ids):
    """Embedding [1, D] of one text."""
    n = len(ids)
    h = w["token_embedding.weight"][ids] + w["positional_embedding"][:n]
    width = h.shape[1]
    norm = lambda h, name: F.layer_norm(h, (width,), w[f"{name}.weight"], w[f"{name}.bias"])
    linear = lambda h, name: F.linear(h, w[f"{name}.weight"], w[f"{name}.bias"])
    blocks = {name.split(".")[2] for name in w if name.startswith("transformer.resblocks.")}
    for k in range(len(blocks)):
        block = f"transformer.resblocks.{k}"
        qkv = F.linear(norm(h, f"{block}.ln_1"), w[f"{block}.attn.in_proj_weight"], w[f"{block}.attn.in_proj_bias"])
        q, k_, v = qkv.view(n, 3, width // 64, 64).permute(1, 2, 0, 3)
        mixed = F.scaled_dot_product_attention(q, k_, v, is_causal=True)
        h = h + linear(mixed.transpose(0, 1).reshape(n, width), f"{block}.attn.out_proj")
        inner = linear(norm(h, f"{block}.ln_2"), f"{block}.mlp.c_fc")
        h = h + linear(inner * torch.sigmoid(1.702 * inner), f"{block}.mlp.c_proj")

    return norm(h, "ln_final")[-1:] @ w["text_projection"]
