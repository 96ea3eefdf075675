"""spaCy: which pipeline is used, and the parsed view of a document that every finder reads."""

from newsfacts.language.annotate import Annotator
from newsfacts.language.model import load_model
from newsfacts.language.parsed import Parsed, Sentence, parse, parse_batch
from newsfacts.language.weights import weights_digest

__all__ = ["Annotator", "Parsed", "Sentence", "load_model", "parse", "parse_batch", "weights_digest"]
