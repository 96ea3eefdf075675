"""Builds the embedded gazetteer from pinned packages and the curated files in rules/places/curated."""
