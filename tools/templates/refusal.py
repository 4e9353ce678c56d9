"""How the compiler says no: with the file, the line, and what to write instead."""

from __future__ import annotations

from jinja2 import nodes


class Refused(Exception):
    """A template uses what the two engines would not render alike."""

    def __init__(self, template: str, line: int, why: str) -> None:
        super().__init__(f"web/templates/{template}:{line}: {why}")


def refuse(template: str, node: nodes.Node, why: str) -> Refused:
    """The refusal of one node."""
    return Refused(template, getattr(node, "lineno", 0) or 0, why)
