"""`newsfacts schema`."""

from __future__ import annotations

from typing import Annotated

import typer


def schema(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="fact, quantity, date, place, document, error or claim; or rules/NAME for a rules file"
            " (rules/quantities/examples.yaml). `rules` lists those.",
        ),
    ] = "fact",
) -> None:
    """Print the JSON Schema of a record or of a rules file."""
    import json

    from newsfacts import schemas
    from newsfacts.cli.terminal import print_json, print_lines

    if name == "rules":
        from newsfacts.batch.rulecheck import shapes

        print_lines(f"rules/{file}" for file in shapes())
    elif name.startswith("rules/"):
        from newsfacts.batch.rulecheck import rules_schema

        print_json(json.dumps(rules_schema(name.removeprefix("rules/")), indent=2, ensure_ascii=False))
    else:
        print_json(schemas.render(schemas.schema(name)))
