"""Review: a person's decisions about facts, kept in an append-only log and exported as gold."""

from newsfacts.review.gold import Export, export_gold
from newsfacts.review.log import CorrectionLog
from newsfacts.review.session import ReviewSession

__all__ = ["CorrectionLog", "Export", "ReviewSession", "export_gold"]
