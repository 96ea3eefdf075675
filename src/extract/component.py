"""The spaCy component `newsfacts`."""
