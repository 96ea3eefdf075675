"""Finds named places and resolves each, over the whole document at once, to an entry of the gazetteer."""

from newsfacts.places.finder import PlaceFinder

__all__ = ["PlaceFinder"]
