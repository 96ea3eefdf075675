"""Makes docs/quantities.md: the columns of the table `quantities`, as `newsfacts.table` describes them."""

from __future__ import annotations

from newsfacts.table import COLUMNS, Column

HEAD = """# The table of quantities

Generated from the columns by `make docs`; do not edit.

`newsfacts run` writes `quantities.csv` beside the facts: a row a figure, with all that its reader needs, so
that it opens in a spreadsheet or in pandas and every row is understood without another file. `newsfacts
export DIR --to FILE` writes the same rows, all or some, as CSV, XLSX (`newsfacts[excel]`), Parquet, GeoJSON
or JSON Lines, and `datapackage.json` describes the columns for programs ([Frictionless
Data](https://datapackage.org)):

    newsfacts export output --to money.xlsx --type money --country CN --since 2005

The values and their order are the same in every format; what is not there is empty or null. What differs:

- CSV: UTF-8 (`--bom` for Excel); a text that a spreadsheet would run as a formula has an apostrophe before
  it.
- XLSX: days before 1900, integers above 2^53 and infinite numbers are text; a text ends after 32,767
  characters; a sheet has 1,048,575 rows.
- Parquet: numbers are 64-bit floats.
- GeoJSON: rows whose place has coordinates.
- Days before the year 1 are in none; `date_edtf` has them.

Three columns are made for series and groups. They are made by plain rules, and were read by hand on 600
agency articles:

- `as_of_start`, `as_of_end`: the day that a figure is to be put at. Three of four figures have no date in
  their sentence: then it is the only date of the paragraph so far with which a figure was stated, else the
  day of publication; `as_of_from` says which. It is empty where the sentence speaks of a time that is more
  than a week from the publication, or where the stated date is vague.
- `item_key`: the item in lower case and singular, without determiners, place and owner, and with one word
  for synonyms (`rules/table/items.yaml`): "policemen" and "the police officers in Gaza" are `police
  officer`. What is left of "of" stays where it tells the kind ("demand for steel").
- `value_si`, `unit_si`: measures and durations in SI units, by UCUM's factors (`rules/table/units.yaml`,
  made with ucumvert and pint). `per` is not converted; a year has 365.25 days and a month a twelfth of
  them, as in UCUM.

`said` is made of the other columns by fixed words (`rules/table/words.yaml`). A verb is told where it is
one of the list; the sentence has the rest.

| column | type | |
|---|---|---|
"""


def page() -> str:
    """The page's text."""
    return HEAD + "".join(map(_row, COLUMNS))


def _row(column: Column) -> str:
    return f"| `{column.name}` | {column.type} | {column.description} |\n"
