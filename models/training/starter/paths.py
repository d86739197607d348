"""Where things lie. `data/` and `runs/` are not kept in git."""

from pathlib import Path

TRAINING = Path(__file__).resolve().parent.parent
DATA = TRAINING / "data"
RUNS = TRAINING / "runs"
PACK = TRAINING.parent / "packs" / "starter"
# CLIP's merge table, as the product ships it (MIT, OpenAI); the pack's tokenizer is cut from it.
MERGES = TRAINING.parent.parent / "study" / "prompts" / "bpe_simple_vocab_16e6.txt.gz"
