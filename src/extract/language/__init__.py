"""spaCy: which pipeline is used, and the parsed view of a document that every finder reads."""

from extract.language.annotate import Annotator
from extract.language.model import load_model
from extract.language.parsed import Parsed, Sentence, parse, parse_batch
from extract.language.weights import weights_digest

__all__ = ["Annotator", "Parsed", "Sentence", "load_model", "parse", "parse_batch", "weights_digest"]
