"""Expressions of the shared subset, as JavaScript over the runtime `R` (web/phone/render.js)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import nodes
from jinja2.defaults import DEFAULT_NAMESPACE

from tools.templates.refusal import refuse
from tools.templates.scope import Macro, Scope, js

FILTERS = {
    "t": 1,
    "dated": 1,
    "num": 0,
    "day": 0,
    "date": 0,
    "weekday": 0,
    "clock": 0,
    "precise": 0,
    "moment": 0,
    "full": 0,
    "default": 2,
    "length": 0,
    "join": 1,
    "first": 0,
    "urlencode": 0,
}
"""The filters both engines have, with how many arguments each may have after the value."""

TESTS = ("defined", "none")
METHODS = frozenset(name for name in dir(dict) if not name.startswith("_"))
COMPARE = {
    "eq": "R.same({a}, {b})",
    "ne": "!R.same({a}, {b})",
    "lt": "R.less({a}, {b})",
    "gt": "R.less({b}, {a})",
    "lteq": "!R.less({b}, {a})",
    "gteq": "!R.less({a}, {b})",
    "in": "R.holds({b}, {a})",
    "notin": "!R.holds({b}, {a})",
}


class Expressions:
    """Turns one expression of the template called `name` into JavaScript."""

    def __init__(self, name: str) -> None:
        self.name = name

    def expression(self, node: nodes.Node, scope: Scope, *, printed: bool = False) -> str:
        """The JavaScript of `node`; `printed` where its text alone matters.

        Raises:
            Refused: the expression is outside the subset.
        """
        kind = type(node).__name__
        if isinstance(node, nodes.CondExpr):
            return self._choice(node, scope, printed)
        make: Callable[[Any, Scope], str] | None = getattr(self, f"_{kind.lower()}", None)
        if make is None:
            raise refuse(self.name, node, f"the phone's templates have no {kind}")
        return make(node, scope)

    def _all(self, items: list[Any], scope: Scope) -> str:
        return ", ".join(self.expression(item, scope) for item in items)

    def _const(self, node: nodes.Const, scope: Scope) -> str:
        if isinstance(node.value, float):
            raise refuse(self.name, node, "numbers are whole: 1.0 is written differently in Python and JavaScript")
        return js(node.value)

    def _templatedata(self, node: nodes.TemplateData, scope: Scope) -> str:
        return js(node.data)

    def _name(self, node: nodes.Name, scope: Scope) -> str:
        read = scope.read(node.name)
        if read is None:
            raise refuse(self.name, node, f"'{node.name}' is not known here: a macro sees its arguments alone")
        if node.name in DEFAULT_NAMESPACE and node.name not in scope.names:
            raise refuse(self.name, node, f"'{node.name}' is a function of Jinja2 that the phone does not have")
        if node.name in scope.macros:
            raise refuse(self.name, node, f"'{node.name}' is a macro: call it")
        return read

    def _getattr(self, node: nodes.Getattr, scope: Scope) -> str:
        if node.attr in METHODS:
            raise refuse(self.name, node, f"'{node.attr}' is a method of Python's dict: name the value otherwise")
        if isinstance(node.node, nodes.Name) and node.node.name == "loop" and "loop" in scope.names:
            if node.attr not in {"index", "index0", "first", "last", "length"}:
                raise refuse(self.name, node, f"the phone's loops have no '{node.attr}'")
            return f"{scope.names['loop']}.{node.attr}"
        return f"R.get({self.expression(node.node, scope)}, {js(node.attr)})"

    def _getitem(self, node: nodes.Getitem, scope: Scope) -> str:
        if isinstance(node.arg, nodes.Slice):
            raise refuse(self.name, node, "no slices: let the view choose")
        return f"R.item({self.expression(node.node, scope)}, {self.expression(node.arg, scope)})"

    def _filter(self, node: nodes.Filter, scope: Scope) -> str:
        if node.name not in FILTERS:
            raise refuse(self.name, node, f"the filter '{node.name}' has no JavaScript half")
        most = FILTERS[node.name]
        if node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) > most:
            raise refuse(self.name, node, f"'{node.name}' takes at most {most} arguments here, and none by name")
        assert node.node is not None, "filter blocks are refused as statements"
        return f"R.f.{node.name}({self._all([node.node, *node.args], scope)})"

    def _test(self, node: nodes.Test, scope: Scope) -> str:
        if node.name not in TESTS:
            raise refuse(self.name, node, f"the test '{node.name}' is not shared; there are {', '.join(TESTS)}")
        return f"R.{node.name}({self.expression(node.node, scope)})"

    def _not(self, node: nodes.Not, scope: Scope) -> str:
        return f"!R.true({self.expression(node.node, scope)})"

    def _and(self, node: nodes.And, scope: Scope) -> str:
        return f"R.and({self.expression(node.left, scope)}, () => {self.expression(node.right, scope)})"

    def _or(self, node: nodes.Or, scope: Scope) -> str:
        return f"R.or({self.expression(node.left, scope)}, () => {self.expression(node.right, scope)})"

    def _choice(self, node: nodes.CondExpr, scope: Scope, printed: bool) -> str:
        if node.expr2 is None and not printed:
            raise refuse(self.name, node, "an inline if that is not printed at once needs its else")
        then = self.expression(node.expr1, scope, printed=printed)
        other = self.expression(node.expr2, scope, printed=printed) if node.expr2 is not None else '""'
        return f"(R.true({self.expression(node.test, scope)}) ? {then} : {other})"

    def _concat(self, node: nodes.Concat, scope: Scope) -> str:
        return f"R.concat([{self._all(node.nodes, scope)}])"

    def _list(self, node: nodes.List, scope: Scope) -> str:
        return f"[{self._all(node.items, scope)}]"

    _tuple = _list

    def _neg(self, node: nodes.Neg, scope: Scope) -> str:
        if not isinstance(node.node, nodes.Const) or not isinstance(node.node.value, int):
            raise refuse(self.name, node, "only a number written here has a minus")
        return f"-{node.node.value}"

    def _dict(self, node: nodes.Dict, scope: Scope) -> str:
        pairs = []
        for pair in node.items:
            if not isinstance(pair.key, nodes.Const) or not isinstance(pair.key.value, str):
                raise refuse(self.name, node, "the keys of a mapping are constant texts")
            pairs.append(f"[{js(pair.key.value)}]: {self.expression(pair.value, scope)}")
        return f"{{ {', '.join(pairs)} }}" if pairs else "{}"

    def _compare(self, node: nodes.Compare, scope: Scope) -> str:
        if len(node.ops) != 1:
            raise refuse(self.name, node, "one comparison at a time")
        a, b = self.expression(node.expr, scope), self.expression(node.ops[0].expr, scope)
        return COMPARE[node.ops[0].op].format(a=a, b=b)

    def _call(self, node: nodes.Call, scope: Scope) -> str:
        if isinstance(node.node, nodes.Name) and node.node.name == "super" and scope.block and not node.args:
            return "R.safe(up())"
        if not isinstance(node.node, nodes.Name) or node.node.name not in scope.macros:
            raise refuse(self.name, node, "only macros may be called, those defined here or imported at the top")
        macro = scope.macros[node.node.name]
        values = self._arguments(node, macro, scope)
        return f"R.safe(R.T[{js(macro.template)}].macros[{js(macro.name)}]({', '.join(['R', *values])}))"

    def _arguments(self, node: nodes.Call, macro: Macro, scope: Scope) -> list[str]:
        """Every argument in the macro's order: as given, by name, or its default."""
        if node.dyn_args or node.dyn_kwargs or len(node.args) > len(macro.arguments):
            raise refuse(self.name, node, f"{macro.name}() takes {len(macro.arguments)} arguments")
        given = dict(zip(macro.arguments, node.args, strict=False))
        for keyword in node.kwargs:
            if keyword.key in given or keyword.key not in macro.arguments:
                raise refuse(self.name, node, f"{macro.name}() has no place for '{keyword.key}'")
            given[keyword.key] = keyword.value
        missing = [name for name in macro.arguments if name not in given and name not in macro.defaults]
        if missing:
            raise refuse(self.name, node, f"{macro.name}() needs {', '.join(missing)}")
        return [self.expression(given.get(name) or macro.defaults[name], scope) for name in macro.arguments]
