"""`import extract` gives newsfacts: the name that the package had first."""

from newsfacts._alias import stand_in

stand_in(__name__)
