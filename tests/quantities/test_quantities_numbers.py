"""Numbers come back equal however they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfacts.quantities.digits import digits_value, plain
from newsfacts.quantities.lexer import lex
from newsfacts.quantities.numbers import NumberReader, NumberWords
from newsfacts.rules import RuleSet

READER = NumberReader(RuleSet().read("quantities/numbers.yaml", NumberWords))
ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
]
ONES += ["seventeen", "eighteen", "nineteen"]
TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def read(text: str) -> float | int | None:
    tokens = lex(text)
    number = READER.read(tokens, 0)
    if number is None and len(tokens) > 1:
        number = READER.read(tokens, 1)
    return plain(number.value) if number is not None and number.last == len(tokens) else None


def spelled(n: int, joiner: str, hyphen: str) -> str:
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + (hyphen + ONES[n % 10] if n % 10 else "")
    for scale, word in (
        (10**12, "trillion"),
        (10**9, "billion"),
        (10**6, "million"),
        (1000, "thousand"),
        (100, "hundred"),
    ):
        if n >= scale:
            rest = n % scale
            head = f"{spelled(n // scale, joiner, hyphen)} {word}"
            link = joiner if rest < 100 else " "
            return head + (link + spelled(rest, joiner, hyphen) if rest else "")
    raise AssertionError


def indian(n: int) -> str:
    digits = str(n)
    head, tail = digits[:-3], digits[-3:]
    groups = []
    while head:
        groups.insert(0, head[-2:])
        head = head[:-2]
    return ",".join([*groups, tail])


@given(st.integers(1, 10**15 - 1), st.sampled_from([" ", " and "]), st.sampled_from([" ", "-"]))
def test_spelled_out_numbers_come_back(n: int, joiner: str, hyphen: str) -> None:
    assert read(spelled(n, joiner, hyphen)) == n


@given(st.integers(0, 10**12))
def test_every_grouping_comes_back(n: int) -> None:
    western = f"{n:,}"
    for text in (str(n), western, western.replace(",", "\u00a0"), western.replace(",", " "), indian(n)):
        assert read(text) == n


@given(
    st.decimals(0, 10**9, places=3),
    st.sampled_from(["million", "billion", "trillion", "bn", "mln", "crore", "lakh"]),
)
def test_decimals_with_a_scale_come_back(value: Decimal, scale: str) -> None:
    factor = {"million": 6, "mln": 6, "billion": 9, "bn": 9, "trillion": 12, "crore": 7, "lakh": 5}[scale]
    assert read(f"{value:,} {scale}") == plain(value * 10**factor)


@given(st.integers(1, 999), st.sampled_from(["-", "−", "minus ", "negative "]))
def test_signs_come_back(n: int, sign: str) -> None:
    assert read(f"{sign}{n}") == -n


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("28 thousand six hundred forty-two", 28642),
        ("four hundred million", 400_000_000),
        ("4 hundred million", 400_000_000),
        ("one and a half", 1.5),
        ("two and a half million", 2_500_000),
        ("one and a half billion", 1_500_000_000),
        ("a million", 1_000_000),
        ("half a million", 500_000),
        ("a quarter of a million", 250_000),
        ("half a dozen", 6),
        ("a dozen", 12),
        ("two dozen", 24),
        ("3 lakh crore", 3_000_000_000_000),
        ("three-quarters", 0.75),
        ("two thirds", 2 / 3),
        ("3/4", 0.75),
        ("2½", 2.5),
        ("2 1/2", 2.5),
        (".5", 0.5),
        ("1.99×10−30", 1.99e-30),
        ("6.02 x 10^23", 6.02e23),
        ("three point one four", 3.14),
        ("5.9bn", 5_900_000_000),
        ("4.3M", 4_300_000),
        ("1.234.567", 1_234_567),
        ("three million two hundred thousand", 3_200_000),
    ],
)
def test_written_numbers(text: str, value: float) -> None:
    assert read(text) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("text", ["1.2.3", "007", "twenty-first", "9" * 40, "dozens", "several", "a man"])
def test_no_numbers(text: str) -> None:
    assert read(text) is None


def test_a_full_stop_between_short_groups_is_no_number() -> None:
    assert digits_value("10.11.2006") is None
