"""Rules are data: text files under rules/, loaded into frozen structs."""

from newsfacts.rules.examples import Example, ExampleFile, check_example
from newsfacts.rules.loader import RuleSet, default_rules_dir

__all__ = ["Example", "ExampleFile", "RuleSet", "check_example", "default_rules_dir"]
