"""Quantities: numbers with currency, unit, modifier and denominator."""

from newsfacts.quantities.finder import QuantityFinder, Refusal

__all__ = ["QuantityFinder", "Refusal"]
