"""The linker: mentions in, facts out."""

from __future__ import annotations

from collections.abc import Sequence

from extract.language import Parsed
from extract.linking.facts import calendar_dates, date_fact, home_of, place_fact
from extract.linking.status import StatusJudge, StatusRules
from extract.linking.syntax import locate
from extract.model import DateMention, Fact, PlaceMention, QuantityFact, QuantityMention, fact_id
from extract.rules import RuleSet


class Linker:
    """Turns the mentions of a document into facts. Build once with `from_rules`, call `link` per document."""

    @classmethod
    def from_rules(cls, rules: RuleSet) -> Linker:
        """Read rules/linking. Raises RulesError where a file is malformed."""
        return cls(StatusJudge(rules.read("linking/status.yaml", StatusRules)))

    def __init__(self, status: StatusJudge) -> None:
        self._status = status

    def link(
        self,
        parsed: Parsed,
        quantities: Sequence[QuantityMention],
        dates: Sequence[DateMention],
        places: Sequence[PlaceMention],
    ) -> list[Fact]:
        """The facts of one document, by start, end and type; mentions outside any sentence are dropped."""
        facts: list[Fact] = []
        for date in calendar_dates(dates):
            if (sentence := parsed.sentence_at(date.start)) is not None:
                facts.append(date_fact(date, parsed.text, home_of(parsed, sentence), 0.9))
        for place in places:
            if (sentence := parsed.sentence_at(place.start)) is not None:
                facts.append(place_fact(place, parsed.text, home_of(parsed, sentence), place.confidence))
        for q in quantities:
            if (sentence := parsed.sentence_at(q.start)) is not None:
                home = home_of(parsed, sentence)
                facts.append(QuantityFact(
                    id=fact_id(home.doc_id, q.type, q.start, q.end), doc_id=home.doc_id,
                    published=home.published, start=q.start, end=q.end, text=parsed.text[q.start:q.end],
                    sentence_start=sentence.start, sentence_end=sentence.end, section=home.section,
                    rule=q.rule, confidence=0.5, type=q.type, value=q.value, low=q.low, high=q.high,
                    modifier=q.modifier, unit=q.unit, per=q.per,
                    status=self._status.judge(locate(parsed,q)).status,
                ))
        return sorted(facts, key=lambda f: (f.start, f.end, f.type))
