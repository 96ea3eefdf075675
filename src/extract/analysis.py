"""What the pipeline found in one document; what explains it reads this too."""

from __future__ import annotations

from dataclasses import dataclass

from newsfacts.guard import Failure
from newsfacts.language import Parsed
from newsfacts.model import DateMention, Fact, PlaceMention, QuantityMention
from newsfacts.quantities import Refusal


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found in one document: the mentions of each family, and the facts linked from them.

    `failures` are the families that could not be had: nothing was found of them, and nothing links to them.
    """

    parsed: Parsed
    quantities: tuple[QuantityMention, ...]
    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]
    facts: tuple[Fact, ...]
    refused: tuple[Refusal, ...] = ()
    failures: tuple[Failure, ...] = ()
