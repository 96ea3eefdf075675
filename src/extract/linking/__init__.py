"""Linking: what a quantity is about, when, where, whether it is so and who says it."""

from extract.linking.linker import Linker

__all__ = ["Linker"]
