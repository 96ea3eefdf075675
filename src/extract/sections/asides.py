"""What stands inside an article's sentences and is none of its figures: citations, labels, codes, markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from newsfacts.model import Aside, Section
from newsfacts.rules import RuleSet
from newsfacts.rules.loader import compile_pattern

_FILE = "asides/asides.yaml"
#: Brackets of one level, and what may stand beside a number of a list of labels.
_BRACKET = re.compile(r"\(([^()\n]{4,400})\)")
_CODE = (
    r"(?!(?:1[5-9]|20)\d\d(?![\dA-Za-z]))(?:[A-Z]{1,4}-?)?\d{1,5}(?:\.\d{1,3})?[A-Za-z]?"
    r"(?![\w%°$€£]|[.,:]\d|-[a-z])"
)
_JOIN = r"\s?(?:,\s?(?:and\s|or\s|&\s)?|and\s|or\s|&\s?|to\s|through\s|[–-]\s?|/)\s?"
#: A word and what may be the number of one of its kind, or a list of such: "phases 3, 5 and 7".
_LABEL = re.compile(
    rf"\b(?P<noun>[A-Za-z]{{2,16}})\.?(?:\s|-(?=\d))\(?(?P<codes>{_CODE}(?P<more>(?:\)?{_JOIN}\(?{_CODE}){{1,12}})?)"
)
_LETTERED = re.compile(r"[A-Za-z]")
_NEXT = re.compile(r"[\s)]{0,2}([^\W\d_]+|[%°$€£])")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[\s,]{1,2}$")
_WORDS_BEFORE = re.compile(r"(?:[^\W\d_]+ ){1,2}$")
_LONG_DECIMAL = re.compile(r"\d\d\.\d|\.\d\d")
_SIGNS = ("%", "°", "$", "€", "£")
_WORD_BEHIND = re.compile(r"[\s,]{0,2}([^\W\d_]+)")
#: "1)", "(2)", "3." with a blank behind; "3." only where a sentence ends before and a capital follows.
_MARK = re.compile(
    r"(?<![\w.,$€£/:–-])\(?(?P<closed>\d{1,2})\)(?=\s)|(?:(?<=[.:;!?,)]\s)|(?<=[.:;!?,)]\s\s))(?P<dotted>\d{1,2})\.(?=\s[A-Z])"
)
_AROUND = 40


class AsidePattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way that an aside is written; `skip`: the parser does not see it."""

    rule: str
    pattern: str
    skip: bool = False
    case: bool = False
    needs: tuple[str, ...] = ()


class AsideRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/asides/asides.yaml; the file says what each list means."""

    patterns: tuple[AsidePattern, ...]
    cited: str
    not_cited: frozenset[str]
    narrative: str
    cited_before: frozenset[str]
    cited_behind: frozenset[str]
    works: frozenset[str]
    strong_labels: frozenset[str]
    labels: frozenset[str]
    follows: frozenset[str]
    determiners: frozenset[str]
    prepositions: frozenset[str]
    plurals: frozenset[str]
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: str
    skip: bool
    pattern: re.Pattern[str]
    needs: tuple[str, ...]


class AsideFinder:
    """Finds the asides of a text. Built once, called once per document; linear in the text's length."""

    def __init__(self, rules: AsideRules) -> None:
        self._rules = rules
        self._patterns = [
            _Compiled(p.rule, p.skip, _pattern(p.pattern, p.rule, ignore=not p.case), p.needs)
            for p in rules.patterns
        ]
        self._cited = _pattern(rules.cited, "cited")
        self._narrative = _pattern(rules.narrative, "narrative")

    @classmethod
    def from_rules(cls, rules: RuleSet) -> AsideFinder:
        """Read rules/asides/asides.yaml. Raises RulesError that names file, line and field of a mistake."""
        return cls(rules.read(_FILE, AsideRules))

    def find(self, text: str, sections: Iterable[Section]) -> tuple[Aside, ...]:
        """The asides inside the sections that yield facts, in text order, without overlaps."""
        found: list[Aside] = []
        for section in sections:
            if not section.silent:
                found.extend(self._in(text[section.start : section.end], section.start))
        return tuple(found)

    def _in(self, span: str, offset: int) -> list[Aside]:
        if not any(c.isdigit() for c in span) and "<" not in span and "&" not in span and "\\" not in span:
            return []
        raw = [
            *self._written(span), *self._citations(span), *self._narrated(span), *_marks(span),
            *self._labels(span),
        ]  # fmt: skip
        return [Aside(offset + a.start, offset + a.end, a.rule, a.skip) for a in _apart(raw)]

    def _written(self, span: str) -> Iterator[Aside]:
        for compiled in self._patterns:
            if compiled.needs and not any(need in span for need in compiled.needs):
                continue
            group = "it" if "it" in compiled.pattern.groupindex else 0
            for match in compiled.pattern.finditer(span):
                start, end = match.span(group)
                yield Aside(start, end, compiled.rule, compiled.skip)

    def _citations(self, span: str) -> Iterator[Aside]:
        """ "(see Lind, 2014; Moe and Roe, 2016)": the whole bracket; "(about 40%; Lind, 2014)": the part."""
        for bracket in _BRACKET.finditer(span):
            parts = list(_split(bracket[1], bracket.start(1)))
            cited = [(start, end) for start, end in parts if self._is_citation(span[start:end])]
            if len(cited) == len(parts):
                yield Aside(bracket.start(), bracket.end(), "citation", True)
            else:
                yield from (Aside(start, end, "citation", False) for start, end in cited)

    def _is_citation(self, part: str) -> bool:
        match = self._cited.fullmatch(part.strip())
        if match is None:
            return False
        words = {w.strip(".,'’").lower() for w in match["name"].split()}
        return not words & self._rules.not_cited

    def _narrated(self, span: str) -> Iterator[Aside]:
        for match in self._narrative.finditer(span):
            if self._is_narrated(span, match):
                yield Aside(match.start("years"), match.end("years"), "citation-year", True)

    def _is_narrated(self, span: str, match: re.Match[str]) -> bool:
        name, years = match["name"], match["years"]
        words = [w.strip(".,'’").lower() for w in name.split()]
        if words[-1] in self._rules.works or words[-1] in self._rules.not_cited:
            return False
        if len(words) > 1 or "," in years or years[-2].isalpha():
            return True
        before = _WORD_BEFORE.search(span[max(0, match.start() - _AROUND) : match.start()])
        behind = _WORD_BEHIND.match(span, match.end())
        return (before is not None and before[1].lower() in self._rules.cited_before) or (
            behind is not None and behind[1].lower() in self._rules.cited_behind
        )

    def _labels(self, span: str) -> Iterator[Aside]:
        for match in _LABEL.finditer(span):
            noun = match["noun"].lower()
            if noun in self._rules.strong_labels or self._names(span, match, noun):
                yield Aside(match.start("codes"), self._end(span, match), "label", False)

    def _end(self, span: str, match: re.Match[str]) -> int:
        """Where the labels end: "in Fig. 10, 350 electrons" has one."""
        comma = match["codes"].rfind(",")
        behind = self._behind(span, match)
        if comma < 0 or not behind[:1].islower() or not (self._plural(behind) or behind in self._rules.units):
            return match.end("codes")
        listed = _LETTERED.search(match["codes"], comma) is not None  # "3, 5 and 7"
        return match.end("codes") if listed else match.start("codes") + comma

    def _behind(self, span: str, match: re.Match[str]) -> str:
        """The word or sign right behind the labels, or ""."""
        following = _NEXT.match(span, match.end())
        return following[1] if following is not None else ""

    def _names(self, span: str, match: re.Match[str], noun: str) -> bool:
        """Whether the numbers behind a noun name which one is meant, and do not count what follows."""
        plural = noun not in self._rules.labels
        if plural and not self._rules.labels & {noun.removesuffix("s"), noun.removesuffix("es")}:
            return False
        codes, listed = match["codes"], match["more"] is not None
        if _LETTERED.search(codes) and not plural and not listed:
            return True  # "bus R45", "Class 5A"
        behind = self._behind(span, match)
        if _LONG_DECIMAL.search(codes) or behind.lower() in self._rules.units or behind in _SIGNS:
            return False
        # "In both groups 3 people died": what looks like a plural is counted.
        counted = behind[:1].islower() and behind not in self._rules.follows and self._plural(behind)
        if plural:
            return listed and not counted
        before = _WORDS_BEFORE.search(span[max(0, match.start() - _AROUND) : match.start()])
        words = before[0].lower().split() if before is not None else []
        if self._rules.determiners & set(words):  # the sentence's own noun: "at the site 4 people died"
            return not behind[:1].islower() or behind in self._rules.follows
        # Without an article a noun in the singular stands alone after a preposition: "by bus 40 pupils came".
        return not (counted and words and words[-1] in self._rules.prepositions)

    def _plural(self, word: str) -> bool:
        return word in self._rules.plurals or (word.endswith("s") and not word.endswith("ss"))


def _pattern(pattern: str, field: str, *, ignore: bool = False) -> re.Pattern[str]:
    return compile_pattern(pattern, file=_FILE, field=field, flags=re.IGNORECASE if ignore else 0)


def _split(inside: str, offset: int) -> Iterator[tuple[int, int]]:
    """The parts of a bracket between semicolons, as offsets."""
    at = 0
    for part in inside.split(";"):
        yield offset + at, offset + at + len(part)
        at += len(part) + 1


def _marks(span: str) -> Iterator[Aside]:
    """The marks of a list inside a paragraph: "1) ... 2) ...", of one shape, counted from 1."""
    for shape in ("closed", "dotted"):
        run: list[re.Match[str]] = []
        for match in (m for m in _MARK.finditer(span) if m[shape] is not None):
            number = int(match[shape])
            if number == 1:
                yield from _run(run)
                run = [match]
            elif run and number == len(run) + 1:
                run.append(match)
        yield from _run(run)


def _run(run: Sequence[re.Match[str]]) -> Iterator[Aside]:
    if len(run) > 1:
        yield from (Aside(m.start(), m.end(), "list-mark", True) for m in run)


def _apart(asides: Iterable[Aside]) -> Iterator[Aside]:
    """In order; of two that overlap the first and longest."""
    end = 0
    for aside in sorted(asides, key=lambda a: (a.start, -a.end)):
        if aside.start >= end:
            yield aside
            end = aside.end
