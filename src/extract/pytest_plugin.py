"""Holds facts against gold in pytest: one test for each document of the gold and each figure.

    pytest --newsfacts-gold corpus/gold --newsfacts-texts corpus/articles --newsfacts-min strict_f1=0.9

pytest loads this module at its start, in every project where newsfacts is installed: it imports nothing but
pytest until a gold option is given, and spaCy only when a test needs the facts of a text.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsfacts.evaluation import GoldFile, Record, Report
    from newsfacts.evaluation.mistakes import Mistake

#: What is asked where no --newsfacts-min is given: that a document gives its gold and nothing else.
PERFECT = ("precision=1", "recall=1", "strict_f1=1")
#: Folders of articles that are looked for in the gold's folder and beside it.
ARTICLES = ("articles", "texts")
#: So many mistakes are shown of a document.
_SHOWN = 20


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options to pytest's help."""
    group = parser.getgroup("newsfacts", "facts of articles held against gold (newsfacts)")
    group.addoption(
        "--newsfacts-gold",
        metavar="PATH",
        type=Path,
        help="gold facts (JSON Lines), or a folder of such files: one test a document and figure",
    )
    group.addoption(
        "--newsfacts-texts",
        metavar="DIR",
        type=Path,
        help="the articles, to be extracted (default: `articles` or `texts` in the gold's folder or beside)",
    )
    group.addoption(
        "--newsfacts-run",
        metavar="DIR",
        type=Path,
        help="what `newsfacts run` wrote, instead of extracting the articles",
    )
    group.addoption(
        "--newsfacts-rules", metavar="DIR", type=Path, help="rules files that replace shipped ones"
    )
    group.addoption(
        "--newsfacts-min",
        metavar="NAME=SHARE",
        action="append",
        default=[],
        help="least value of a figure in every document, such as strict_f1=0.9 or recall.money=0.8; may be"
        f" repeated (default: {' '.join(PERFECT)})",
    )


_SESSION = pytest.StashKey["Session"]()


def pytest_configure(config: pytest.Config) -> None:
    """Make the gold files arguments of this run. Raises UsageError where options do not fit."""
    gold: Path | None = config.getoption("--newsfacts-gold")
    if gold is None:
        _refuse_alone(config)
        return
    session = Session.of(config)
    config.stash[_SESSION] = session
    given = {Path(argument.partition("::")[0]).resolve() for argument in config.args}
    config.args += [str(file) for file in session.files if file not in given]


def _refuse_alone(config: pytest.Config) -> None:
    others = ("--newsfacts-texts", "--newsfacts-run", "--newsfacts-rules", "--newsfacts-min")
    alone = next((name for name in others if config.getoption(name)), None)
    if alone is not None:
        raise pytest.UsageError(f"{alone} needs --newsfacts-gold PATH")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the gold files."""
    session = parent.config.stash.get(_SESSION, None)
    if session is None or file_path.resolve() not in session.files:
        return None
    return GoldCollector.from_parent(parent, path=file_path)


class Session:
    """What the options ask for, and the facts, which are extracted or read once."""

    def __init__(
        self,
        files: tuple[Path, ...],
        texts: Path | None,
        run: Path | None,
        rules: Path | None,
        least: tuple[str, ...],
    ) -> None:
        self.files = files
        self.least = least
        self._texts = texts
        self._run = run
        self._rules = rules
        self._facts: dict[str, tuple[Record, ...]] = {}
        self._reports: dict[tuple[Path, str], Report] = {}
        self._read: set[Path] = set()

    @classmethod
    def of(cls, config: pytest.Config) -> Session:
        """The session of the options. Raises UsageError where they do not fit."""
        gold: Path = config.getoption("--newsfacts-gold")
        texts, run = config.getoption("--newsfacts-texts"), config.getoption("--newsfacts-run")
        files = tuple(sorted(gold.glob("*.jsonl"))) if gold.is_dir() else (gold,)
        if not files or not all(file.is_file() for file in files):
            raise pytest.UsageError(f"--newsfacts-gold {gold}: there is no gold file (*.jsonl)")
        if texts is not None and run is not None:
            raise pytest.UsageError("give one of --newsfacts-texts and --newsfacts-run, not both")
        if run is None:
            texts = texts or _articles(gold)
        for name, path in (("--newsfacts-texts", texts), ("--newsfacts-run", run)):
            if path is not None and not path.exists():
                raise pytest.UsageError(f"{name} {path}: there is no file or folder of this name")
        least = tuple(config.getoption("--newsfacts-min")) or PERFECT
        rules = config.getoption("--newsfacts-rules")
        return cls(tuple(file.resolve() for file in files), texts, run, rules, _checked(least))

    def report(self, file: Path, gold: GoldFile, document: str) -> Report:
        """One document's figures and mistakes."""
        from newsfacts.errors import ConfigurationError
        from newsfacts.evaluation import GoldFile, score

        key = (file, document)
        if key not in self._reports:
            self._find(file, gold)
            if document not in self._facts:
                raise ConfigurationError(
                    f"document {document} is not among those of {self._run or self._texts}",
                    remedy="Documents are compared by the last part of their ids.",
                )
            alone = GoldFile(gold.name, gold.sha256, {document: gold.documents[document]})
            self._reports[key] = score(alone, {document: self._facts[document]}, resamples=0)
        return self._reports[key]

    def _find(self, file: Path, gold: GoldFile) -> None:
        if file in self._read:
            return
        if self._run is not None:
            self._facts |= _stored(self._run, gold)
        elif self._texts is not None:
            missing = gold.documents.keys() - self._facts.keys()
            self._facts |= _extracted(self._texts, self._rules, missing)
        self._read.add(file)


def _articles(gold: Path) -> Path:
    folder = gold if gold.is_dir() else gold.parent
    for place in (folder, folder.resolve().parent):
        for name in ARTICLES:
            if (place / name).is_dir():
                return place / name
    raise pytest.UsageError(
        "--newsfacts-gold needs facts to hold against it: name the articles with --newsfacts-texts DIR, or"
        " what `newsfacts run` wrote with --newsfacts-run DIR"
    )


def _checked(least: tuple[str, ...]) -> tuple[str, ...]:
    from newsfacts.errors import ConfigurationError
    from newsfacts.evaluation.report import check_figures

    try:
        check_figures(least)
    except ConfigurationError as error:
        raise pytest.UsageError(f"--newsfacts-min: {error}") from error
    return least


def _stored(run: Path, gold: GoldFile) -> dict[str, tuple[Record, ...]]:
    """The facts of a run. Raises NewsfactsError where it cannot be used or is of other articles."""
    from newsfacts.evaluation import by_document_key, check_same_articles, document_key, records_of
    from newsfacts.model.records import DocumentRecord
    from newsfacts.sinks.current import facts_file
    from newsfacts.sinks.jsonl import read_facts, read_records
    from newsfacts.sinks.lines import DOCUMENTS, stored

    file = facts_file(run)
    listed = stored(file.parent, DOCUMENTS)
    known = {document_key(r.id) for r in read_records(listed, DocumentRecord)} if listed.is_file() else set()
    facts = by_document_key(records_of(read_facts(file)))
    check_same_articles(gold, known | facts.keys(), where=run)
    return dict.fromkeys(known, ()) | facts


def _extracted(texts: Path, rules: Path | None, wanted: Iterable[str]) -> dict[str, tuple[Record, ...]]:
    """The facts of the wanted articles. Raises NewsfactsError where rules or model cannot be used."""
    from newsfacts.evaluation import by_document_key, document_key, records_of
    from newsfacts.model import Document
    from newsfacts.pipeline import Pipeline
    from newsfacts.readers import ReadOptions, read

    pipeline, keys = Pipeline.load(None, rules), set(wanted)
    found = read([texts], ReadOptions(check_language=False), pipeline.documents)
    documents = [item for item in found if isinstance(item, Document) and document_key(item.id) in keys]
    facts = [fact for result in pipeline.process(documents) for fact in result.facts]
    return {document_key(document.id): () for document in documents} | by_document_key(records_of(facts))


class GoldCollector(pytest.File):
    """A gold file."""

    def collect(self) -> Iterator[DocumentCollector]:
        """Its documents. Raises CollectError where the file cannot be read."""
        from newsfacts.errors import NewsfactsError
        from newsfacts.evaluation import read_gold

        try:
            gold = read_gold(self.path)
        except NewsfactsError as error:
            raise self.CollectError(str(error)) from error
        for document in gold.documents:
            yield DocumentCollector.from_parent(self, name=document, gold=gold)


class DocumentCollector(pytest.Collector):
    """A document of the gold."""

    def __init__(self, *, gold: GoldFile, **rest: Any) -> None:
        super().__init__(**rest)
        self.gold = gold

    def collect(self) -> Iterator[FigureItem]:
        """A test for each figure."""
        for setting in self.config.stash[_SESSION].least:
            name = setting.partition("=")[0].strip()
            yield FigureItem.from_parent(self, name=name, gold=self.gold, setting=setting)


class FigureItem(pytest.Item):
    """Whether a figure of a document is high enough. Its value is a property of the test, as in JUnit XML."""

    def __init__(self, *, gold: GoldFile, setting: str, **rest: Any) -> None:
        super().__init__(**rest)
        self.gold = gold
        self.setting = setting

    def runtest(self) -> None:
        """Raise ShortfallError where the figure is too low; skip where the document has no such facts."""
        from newsfacts.evaluation import unmet

        document = self.parent.name if self.parent else ""
        report = self.config.stash[_SESSION].report(self.path.resolve(), self.gold, document)
        figures = report.figures()
        if self.name not in figures:
            pytest.skip(f"{document} has no facts of {self.name}")
        self.user_properties.append((self.name, round(figures[self.name], 4)))
        for failure in unmet(figures, [self.setting]):
            raise ShortfallError(f"{document}: {failure}", report.mistakes)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The figure and the mistakes; what newsfacts raises on purpose without traceback."""
        from newsfacts.errors import NewsfactsError

        if isinstance(excinfo.value, ShortfallError | NewsfactsError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the test is said to be."""
        document = self.parent.name if self.parent else ""
        return self.path, None, f"{document}: {self.setting}"


class ShortfallError(AssertionError):
    """A figure is too low. The message names it and the mistakes."""

    def __init__(self, failure: str, mistakes: tuple[Mistake, ...]) -> None:
        shown = [_told(mistake) for mistake in mistakes[:_SHOWN]]
        if len(mistakes) > _SHOWN:
            shown.append(
                f"... and {len(mistakes) - _SHOWN:,} more: `newsfacts evaluate --mistakes N` lists them"
            )
        super().__init__("\n".join([failure, *(f"  {line}" for line in shown)]))


def _told(mistake: Mistake) -> str:
    parts = [f"{d.attribute}: gold {d.gold or '-'}, found {d.predicted or '-'}" for d in mistake.differences]
    cost = "" if mistake.strict else " (costs no strict F1)"
    where = f"{mistake.kind} {mistake.type} {mistake.text!r} at {mistake.start}-{mistake.end}"
    return f"{where}: {'; '.join(parts)}{cost}"
