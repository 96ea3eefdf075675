from __future__ import annotations

import jsonschema
import msgspec
import pytest

from newsfacts import schemas
from newsfacts.errors import ConfigurationError
from newsfacts.model import SCHEMA_VERSION, DateFact, DocumentError
from newsfacts.sinks.jsonl import encode


@pytest.mark.parametrize("name", schemas.NAMES)
def test_the_shipped_schema_is_the_generated_one(name: str) -> None:
    generated = schemas.generate(name)
    assert schemas.schema(name) == generated, "run `make docs`"
    jsonschema.Draft202012Validator.check_schema(generated)
    assert SCHEMA_VERSION in generated["$id"]


@pytest.mark.parametrize("name", [name for name in schemas.NAMES if name != "fact"])
def test_every_field_is_required_and_no_other_is_allowed(name: str) -> None:
    generated = schemas.generate(name)
    assert generated["required"] == list(generated["properties"])
    assert generated["additionalProperties"] is False


def test_a_fact_follows_the_schema_of_its_type() -> None:
    validator = jsonschema.Draft202012Validator(schemas.schema("fact"))
    fact = msgspec.json.decode(
        encode(
            DateFact(
                id="i", doc_id="d", start=0, end=4, text="2023", sentence_start=0, sentence_end=4,
                section="body", rule="r", confidence=1.0, edtf="2023",
            )
        )
    )  # fmt: skip
    assert validator.is_valid(fact)
    assert not validator.is_valid(fact | {"type": "place"})
    assert not validator.is_valid(fact | {"type": "money"})
    assert not validator.is_valid(fact | {"confidence": 1.5})
    assert not validator.is_valid({key: value for key, value in fact.items() if key != "edtf"})


def test_an_error_record_follows_its_schema() -> None:
    record = msgspec.json.decode(encode(DocumentError(path="a", kind="empty", message="m", remedy="r")))
    jsonschema.validate(record, schemas.schema("error"))


def test_another_name_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="there is no schema 'facts'"):
        schemas.schema("facts")
