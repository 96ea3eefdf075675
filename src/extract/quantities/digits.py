"""Numbers written in digits, and how a value is written into a record."""

from __future__ import annotations

from decimal import Decimal

_LONGEST = 24  # digits; more is an identifier


def plain(value: Decimal) -> int | float:
    """The number as int where it is whole, else as float."""
    return int(value) if whole(value) else float(value)


def whole(value: Decimal) -> bool:
    """Whether there is nothing behind the decimal point (`%` fails on more than 28 digits)."""
    return value == value.to_integral_value()


def digits_value(raw: str) -> Decimal | None:
    """The value of a number in digits with any grouping; None for versions ("1.2.3") and codes ("007")."""
    if len(raw) > _LONGEST or (len(raw) > 1 and raw[0] == "0" and raw[1].isdigit()):
        return None
    head, comma, tail = raw.rpartition(",")
    if comma and len(tail) < 3 and tail.isdigit() and "," not in head:
        raw = f"{head}.{tail}"
    for mark in ", \u00a0\u202f\u2009":
        raw = raw.replace(mark, "")
    if raw.startswith("."):
        return Decimal("0" + raw)
    if raw.count(".") > 1:
        groups = raw.split(".")
        if not (1 <= len(groups[0]) <= 3 and all(len(g) == 3 for g in groups[1:])):
            return None
        raw = "".join(groups)
    return Decimal(raw)
