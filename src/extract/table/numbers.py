"""Numbers as people write them: 12,500; 1.39 trillion."""

from __future__ import annotations

from collections.abc import Sequence

from newsfacts.table.words import Scale

#: Digits behind the point that a scaled number may have; one with more is written in full.
_DECIMALS = 3


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
        if abs(value) >= scale.least:
            digits = f"{value / scale.least:,.{_DECIMALS}f}".rstrip("0").rstrip(".")
            # A number too large for words is told by its digits, as one that would lose some.
            if float(digits.replace(",", "")) * scale.least == value:
                return digits, scale.word
            break
    return plain(value), ""


def plain(value: float) -> str:
    """A number in full, with commas between thousands.

    >>> plain(1234567), plain(0.05), plain(152.310)
    ('1,234,567', '0.05', '152.31')
    """
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e21):
        return f"{int(value):,}"
    return f"{value:,.12f}".rstrip("0").rstrip(".") if 1e-9 < abs(value) < 1e21 else f"{value:g}"
