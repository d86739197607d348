"""CLIP's byte-pair tokenizer with its merge table cut short, as Teststrip reads it (design: pack.json).

Ids: 256 byte symbols, the same 256 ending a word, one per merge in order, then start and end of text.
Unseen words fall into pieces, so any prompt can be written.
"""

import gzip
from functools import lru_cache

import regex
import torch

from .paths import MERGES

MERGE_COUNT = 1500
ROWS = MERGE_COUNT + 514
START, END = ROWS - 2, ROWS - 1
CONTEXT = 64

_PIECES = regex.compile(r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+")


def _byte_symbols() -> tuple[list[str], list[str]]:
    """A character for each byte, and all of them in the order of their ids: printable bytes stand for themselves
    and come first, the others are moved above 255."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    symbols = {b: chr(b) for b in printable}
    for n, b in enumerate(b for b in range(256) if b not in symbols):
        symbols[b] = chr(256 + n)
    order = [*printable, *(b for b in range(256) if b not in printable)]
    return [symbols[b] for b in range(256)], [symbols[b] for b in order]


_SYMBOL, _ORDER = _byte_symbols()
_PAIRS = [tuple(line.split()) for line in gzip.open(MERGES, "rt", encoding="utf-8").read().split("\n")[1:MERGE_COUNT + 1]]
_RANK = {pair: n for n, pair in enumerate(_PAIRS)}
_ID = {s: n for n, s in enumerate([*_ORDER, *(s + "</w>" for s in _ORDER), *("".join(p) for p in _PAIRS)])}


@lru_cache(maxsize=65536)
def _word_ids(word: str) -> tuple[int, ...]:
    parts = [_SYMBOL[b] for b in word.encode()]
    parts[-1] += "</w>"
    while len(parts) > 1:
        rank, pair = min((_RANK.get(p, len(_RANK)), p) for p in zip(parts, parts[1:]))
        if rank == len(_RANK):
            break
        merged = []
        while parts:
            if len(parts) > 1 and (parts[0], parts[1]) == pair:
                merged.append(parts.pop(0) + parts.pop(0))
            else:
                merged.append(parts.pop(0))
        parts = merged
    return tuple(_ID[p] for p in parts)


def encode(text: str) -> list[int]:
    """Content ids, without start and end."""
    clean = " ".join(text.lower().split())
    return [i for piece in _PIECES.findall(clean) for i in _word_ids(piece)]


def tokenize(texts: list[str]) -> torch.Tensor:
    """[n, longest] int64, zero after the end-of-text id. Texts beyond the context are cut."""
    rows = [[START, *encode(t)[:CONTEXT - 2], END] for t in texts]
    width = max(map(len, rows))
    return torch.tensor([row + [0] * (width - len(row)) for row in rows])
