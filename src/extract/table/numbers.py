"""Numbers as people write them: 12,500; 1.39 trillion."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal

from newsfacts.table.words import Scale

#: Digits behind the point that a scaled number may have; one with more is written in full.
_DECIMALS = 3
#: From here on numbers are told as powers of ten, which no news has.
_MOST = 1e18
_ROUNDED = Context(prec=6)


def spoken(value: float, scales: Sequence[Scale]) -> str:
    """A number with the word of its scale where that loses nothing.

    >>> from newsfacts.table.words import shipped_words
    >>> scales = shipped_words().said.scales
    >>> spoken(1_390_000_000_000, scales), spoken(12_500, scales), spoken(1_234_567, scales)
    ('1.39 trillion', '12,500', '1,234,567')
    """
    digits, word = scaled(value, scales)
    return f"{digits} {word}" if word else digits


def scaled(value: float, scales: Sequence[Scale]) -> tuple[str, str]:
    """The digits of a number and the word of its scale, "" where it has none."""
    for scale in scales:
        if scale.least <= abs(value) < _MOST:
            digits = f"{value / scale.least:,.{_DECIMALS}f}".rstrip("0").rstrip(".")
            if float(digits.replace(",", "")) * scale.least == value:
                return digits, scale.word
            break
    return plain(value), ""


def plain(value: float) -> str:
    """A number in full, with commas between thousands.

    >>> plain(1234567), plain(0.05), plain(152.310)
    ('1,234,567', '0.05', '152.31')
    """
    if not 1e-9 < abs(value) < _MOST:
        return str(Decimal(value).normalize(_ROUNDED)) if value else "0"
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.12f}".rstrip("0").rstrip(".")
