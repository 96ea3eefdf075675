"""Linking: what a quantity is about, when, where, whether it is so and who says it."""

from newsfacts.linking.linker import Linker

__all__ = ["Linker"]
