"""Quantities: numbers with currency, unit, modifier and denominator."""

from extract.quantities.finder import QuantityFinder

__all__ = ["QuantityFinder"]
