"""The columns of the flat table, which the view `quantities` begins with."""

from __future__ import annotations

from typing import Final

NAMES: Final = (
    *("id", "doc_id", "said", "type", "text", "value", "low", "high", "modifier", "unit", "unit_name"),
    *("per", "value_si", "unit_si", "item", "item_key", "of", "subject", "subject_resolved", "predicate"),
    *("change_direction", "change_role", "change_basis", "status", "source", "date_text", "date_edtf"),
    *("date_start", "date_end", "as_of_start", "as_of_end", "as_of_from", "place_name", "place_kind"),
    *("admin1", "country", "lat", "lon", "geonames_id", "place_inherited", "sentence", "title"),
    *("published", "url", "path", "check_url", "confidence", "rule", "section", "timex3", "same_as"),
    *("time_id", "place_id", "start", "end", "sentence_start", "sentence_end", "item_start", "item_end"),
    *("of_start", "of_end", "subject_start", "subject_end", "source_start", "source_end"),
    *("version", "run"),
)
