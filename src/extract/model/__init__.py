"""The values that flow through the pipeline. Imports nothing else of the project."""

from newsfacts.model.document import Aside, Document, DocumentError, Section, SectionKind
from newsfacts.model.fact import SCHEMA_VERSION, Change, DateFact, Fact, PlaceFact, QuantityFact, fact_id
from newsfacts.model.mention import (
    QUANTITY_TYPES,
    DateMention,
    PlaceKind,
    PlaceMention,
    QuantityMention,
    QuantityType,
    overlaps,
)

__all__ = [
    "QUANTITY_TYPES",
    "SCHEMA_VERSION",
    "Aside",
    "Change",
    "DateFact",
    "DateMention",
    "Document",
    "DocumentError",
    "Fact",
    "PlaceFact",
    "PlaceKind",
    "PlaceMention",
    "QuantityFact",
    "QuantityMention",
    "QuantityType",
    "Section",
    "SectionKind",
    "fact_id",
    "overlaps",
]
