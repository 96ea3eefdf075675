"""Review: a person's decisions about facts, kept in an append-only log and exported as gold."""

from extract.review.gold import Export, export_gold
from extract.review.log import CorrectionLog
from extract.review.session import ReviewSession

__all__ = ["CorrectionLog", "Export", "ReviewSession", "export_gold"]
