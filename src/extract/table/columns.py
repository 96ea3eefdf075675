"""The columns of the table `quantities`: one list for every format, database and data frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from newsfacts.model.fields import COLUMNS as FACT_FIELDS

#: Types as Frictionless Data names them. A date is an ISO day; an integer is one of 64 bits.
ColumnType: TypeAlias = Literal["string", "integer", "number", "boolean", "date"]
#: Where the day of a figure comes from, the surest first.
AsOfFrom: TypeAlias = Literal["stated", "paragraph", "published"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `description` is a sentence for its readers, `values` the only texts, where they are few."""

    name: str
    type: ColumnType
    description: str
    values: tuple[str, ...] = ()


_VALUES: Final = {field.name: field.values for field in FACT_FIELDS}
_QUANTITY_TYPES: Final = tuple(v for v in _VALUES["type"] if v not in ("date", "place"))


def _text(name: str, description: str, values: tuple[str, ...] = ()) -> Column:
    return Column(name, "string", description, values or _VALUES.get(name, ()))


def _whole(name: str, description: str) -> Column:
    return Column(name, "integer", description)


def _number(name: str, description: str) -> Column:
    return Column(name, "number", description)


def _day(name: str, description: str) -> Column:
    return Column(name, "date", description)


#: In the order of every output. What people read stands first, what programs join and check by last.
COLUMNS: Final[tuple[Column, ...]] = (
    _text("id", "Id of the fact, the same in every run: 32 hexadecimal digits."),
    _text("doc_id", "Id of the document."),
    _text("said", "The figure as one line of English, with its place, its status and its day."),
    _text("type", "What kind of quantity it is.", _QUANTITY_TYPES),
    _text("text", "The expression as it stands in the article."),
    _number("value", "The number in full; empty for a range."),
    _number("low", "Lower bound of a range or of 'more than'."),
    _number("high", "Upper bound of a range or of 'less than'."),
    _text("modifier", "How exact it is: = ~ > >= < <=."),
    _text("unit", "ISO 4217 code of a currency, UCUM code of a measure; empty for counts."),
    _text("unit_name", "The unit in words, in the singular: yuan, mile, tonne."),
    _text("per", "Denominator of a rate: UCUM, or a noun in braces."),
    _number("value_si", "Value of a measure or duration in unit_si; empty where its unit has none."),
    _text("unit_si", "SI unit (UCUM) that value_si is in: tonnes and kilograms are both kg."),
    _text("item", "What is counted or measured, in the words of the article."),
    _text("item_key", "The item to group by: lower case, singular, with one word for synonyms."),
    _text("of", "Base of a percentage or ratio."),
    _text("subject", "Of whom or what it is said, in the words of the article."),
    _text("subject_resolved", "What a subject stands for that points back ('it', 'the company')."),
    _text("predicate", "Lemma of the verb that ties subject and quantity."),
    _text("change_direction", "Whether the quantity itself rises or falls."),
    _text("change_role", "What the number is of that change: by, to or from."),
    _text("change_basis", "What the change is against: yoy, mom or qoq."),
    _text("status", "Whether it is so, is planned, is possible or is denied."),
    _text("source", "By whose word it is said."),
    _text("date_text", "The date that it holds for, in the words of the article."),
    _text("date_edtf", "That date in EDTF (ISO 8601-2): 2022-09, 2021/2023, 2022~."),
    _day("date_start", "First day of that date."),
    _day("date_end", "Last day of that date."),
    _day("as_of_start", "First day that the figure is to be put at in a series."),
    _day("as_of_end", "Last day that the figure is to be put at in a series."),
    _text(
        "as_of_from",
        "Where as_of comes from: the date stated with the figure, one earlier in its paragraph, or the day of"
        " publication.",
        ("stated", "paragraph", "published"),
    ),
    _text("place_name", "The place that it holds for."),
    _text("place_kind", "What kind of place that is.", _VALUES["kind"]),
    _text("admin1", "First-order division (province, state) of the place."),
    _text("country", "Country of the place: ISO 3166-1, two letters."),
    _number("lat", "Latitude of the place in degrees (WGS 84)."),
    _number("lon", "Longitude of the place in degrees (WGS 84)."),
    _whole("geonames_id", "Id of the place in GeoNames."),
    Column(
        "place_inherited",
        "boolean",
        "Whether the place is that of the sentences before, or of the article, rather than said with it.",
    ),
    _text("sentence", "The sentence, exactly as it stands in the article."),
    _text("title", "Title of the document."),
    _day("published", "Day of publication."),
    _text("url", "Address of the document."),
    _text("path", "File that the document was read from."),
    _text("check_url", "Address that opens the article at the figure, highlighted."),
    _number("confidence", "From 0 to 1, to sort by; it is no share of right facts."),
    _text("rule", "Rule that found it; `newsfacts explain` shows its examples."),
    _text("section", "Part of the document: title, body, caption, ..."),
    _text("timex3", "TIMEX3 value of a duration."),
    _text("same_as", "Id of the amount that this one says again in another unit."),
    _text("time_id", "Id of the date fact that date_* are of."),
    _text("place_id", "Id of the place fact that place_* are of."),
    _whole("start", "First character of text in the document, from 0, in Unicode code points."),
    _whole("end", "One past the last character of text."),
    _whole("sentence_start", "First character of the sentence."),
    _whole("sentence_end", "One past the last character of the sentence."),
    _whole("item_start", "First character of the item."),
    _whole("item_end", "One past the last character of the item."),
    _whole("of_start", "First character of the base."),
    _whole("of_end", "One past the last character of the base."),
    _whole("subject_start", "First character of the subject."),
    _whole("subject_end", "One past the last character of the subject."),
    _whole("source_start", "First character of the source."),
    _whole("source_end", "One past the last character of the source."),
    _text("version", "Version of newsfacts that found it."),
    _text("run", "Id of the run, as in manifest.json."),
)
NAMES: Final[tuple[str, ...]] = tuple(column.name for column in COLUMNS)
#: Fields of facts under another name here: a table of their own has what the ids refer to.
RENAMED: Final[Mapping[str, str]] = MappingProxyType({"time": "time_id", "place": "place_id"})
