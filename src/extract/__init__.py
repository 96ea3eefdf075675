"""newsfacts: checkable quantity facts from news articles."""
