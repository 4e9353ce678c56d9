"""What a name means at one place of a template, and what it is called in the JavaScript made from it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count

from jinja2 import nodes


@dataclass(frozen=True)
class Macro:
    """A macro that may be called here: where it is defined, and its arguments with their constant defaults."""

    template: str
    name: str
    arguments: tuple[str, ...]
    defaults: dict[str, nodes.Const]


@dataclass
class Scope:
    """Names of one frame. A frame without `context` is a macro's: it knows its arguments and nothing else."""

    context: bool = True
    block: bool = False
    names: dict[str, str] = field(default_factory=dict)
    macros: dict[str, Macro] = field(default_factory=dict)
    counter: count[int] = field(default_factory=count)

    def inner(self) -> Scope:
        """A frame inside this one: what it sets is forgotten at its end."""
        return Scope(self.context, self.block, dict(self.names), self.macros, self.counter)

    def fresh(self, name: str) -> str:
        """A JavaScript variable that no other place uses."""
        return f"{name}${next(self.counter)}"

    def read(self, name: str) -> str | None:
        """The JavaScript that reads `name`; None where the name cannot be known."""
        if name in self.names:
            return self.names[name]
        return f"c[{js(name)}]" if self.context and name != "loop" else None


def js(value: object) -> str:
    """A constant as JavaScript writes it."""
    return json.dumps(value, ensure_ascii=False)


def assigned(body: list[nodes.Node]) -> list[str]:
    """Names that `set` gives a value in this frame: loops inside it are frames of their own."""
    found: list[str] = []
    for node in body:
        if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
            found.append(node.target.name)
        elif isinstance(node, nodes.If):
            found += assigned([*node.body, *node.elif_, *node.else_])
    return list(dict.fromkeys(found))
