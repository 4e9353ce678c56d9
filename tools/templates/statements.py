"""Statements of the shared subset, and a whole template, as JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import nodes

from tools.templates.expressions import Expressions
from tools.templates.refusal import Refused, refuse
from tools.templates.scope import Macro, Scope, assigned, js

FORBIDDEN = re.compile(
    r"""<[^>]*\s(?:style|on[a-z]+|hx-on[a-z:-]*)\s*=|<style|<script(?![^>]*\ssrc=)|javascript:""", re.I
)
"""What the content policy would stop: styles, handlers and scripts inside the page."""

Trees = Mapping[str, nodes.Template]


def _blank(node: nodes.Node) -> bool:
    """White space between statements."""
    return isinstance(node, nodes.Output) and all(
        isinstance(part, nodes.TemplateData) and not part.data.strip() for part in node.nodes
    )


class Statements(Expressions):
    """Compiles the template called `name`; `trees` has every shared template, for the macros it imports."""

    def __init__(self, name: str, trees: Trees) -> None:
        super().__init__(name)
        self.trees = trees

    def statements(self, body: list[nodes.Node], scope: Scope) -> str:
        """The JavaScript of some statements in one frame."""
        return "".join(self._statement(node, scope) for node in body)

    def _statement(self, node: nodes.Node, scope: Scope) -> str:
        kind = type(node).__name__
        make: Callable[[Any, Scope], str] | None = getattr(self, f"_do_{kind.lower()}", None)
        if make is None:
            raise refuse(self.name, node, f"the phone's templates have no {kind}")
        return make(node, scope)

    def frame(self, body: list[nodes.Node], scope: Scope) -> str:
        """Statements in a frame of their own: what is set inside begins as it was outside."""
        lines = []
        for name in assigned(body):
            variable = scope.fresh(name)
            lines.append(f"let {variable} = {scope.read(name) or 'undefined'};\n")
            scope.names[name] = variable
        return "".join(lines) + self.statements(body, scope)

    def _do_output(self, node: nodes.Output, scope: Scope) -> str:
        lines = []
        for part in node.nodes:
            if isinstance(part, nodes.TemplateData):
                self._hold_to_policy(part)
                lines.append(f"o += {js(part.data)};\n")
            elif isinstance(part, nodes.Const) and not isinstance(part.value, str):
                raise refuse(self.name, part, f"print {part.value!r} as text: Jinja2 and the phone differ on it")
            else:
                lines.append(f"o += R.out({self.expression(part, scope, printed=True)});\n")
        return "".join(lines)

    def _hold_to_policy(self, part: nodes.TemplateData) -> None:
        found = FORBIDDEN.search(part.data)
        if found:
            line = part.lineno + part.data[: found.start()].count("\n")
            raise Refused(self.name, line, f"the content policy forbids {found[0]!r} in a page")

    def _do_if(self, node: nodes.If, scope: Scope) -> str:
        text = f"if (R.true({self.expression(node.test, scope)})) {{\n{self.statements(node.body, scope)}}}"
        for branch in node.elif_:
            text += (
                f" else if (R.true({self.expression(branch.test, scope)})) {{\n{self.statements(branch.body, scope)}}}"
            )
        if node.else_:
            text += f" else {{\n{self.statements(node.else_, scope)}}}"
        return text + "\n"

    def _do_for(self, node: nodes.For, scope: Scope) -> str:
        if not isinstance(node.target, nodes.Name) or node.test or node.recursive:
            raise refuse(self.name, node, "loops are plain: {% for x in xs %}")
        inner = scope.inner()
        items, index, each = scope.fresh("items"), scope.fresh("i"), scope.fresh(node.target.name)
        loop = scope.fresh("loop")
        inner.names |= {node.target.name: each, "loop": loop}
        body = self.frame(node.body, inner)
        about = f"const {loop} = R.loop({index}, {items});\n" if loop in body else ""
        text = f"const {items} = R.items({self.expression(node.iter, scope)});\n"
        text += f"for (let {index} = 0; {index} < {items}.length; {index}++) {{\nconst {each} = {items}[{index}];\n"
        text += f"{about}{body}}}\n"
        if node.else_:
            text += f"if (!{items}.length) {{\n{self.frame(node.else_, scope.inner())}}}\n"
        return text

    def _do_assign(self, node: nodes.Assign, scope: Scope) -> str:
        if not isinstance(node.target, nodes.Name):
            raise refuse(self.name, node, "set gives a value to one name")
        target = node.target.name
        place = scope.names.get(target) or f"c[{js(target)}]"
        return f"{place} = {self.expression(node.node, scope)};\n"

    def _do_include(self, node: nodes.Include, scope: Scope) -> str:
        if not isinstance(node.template, nodes.Const) or node.ignore_missing or not node.with_context:
            raise refuse(self.name, node, 'includes are plain: {% include "folder/_piece.html" %}')
        name = self._known(node.template.value, node)
        seen = ", ".join(f"{js(key)}: {variable}" for key, variable in scope.names.items() if key != "loop")
        around = "c" if scope.context else "{}"
        return f"o += R.page({js(name)}, R.with({around}, {{{seen}}}), {{}});\n"

    def _known(self, name: str, node: nodes.Node) -> str:
        if name not in self.trees:
            raise refuse(self.name, node, f"'{name}' is not among the phone's templates")
        return name

    def _do_block(self, node: nodes.Block, scope: Scope) -> str:
        if node.scoped or node.required or not scope.context or "loop" in scope.names:
            raise refuse(self.name, node, "a block stands at the top of its template, outside loops and macros")
        return f"o += b[{js(node.name)}](c, b, R);\n"

    def _do_fromimport(self, node: nodes.FromImport, scope: Scope) -> str:
        raise refuse(self.name, node, "import macros at the top of the template")

    def _do_macro(self, node: nodes.Macro, scope: Scope) -> str:
        raise refuse(self.name, node, "define macros at the top of the template")

    def template(self) -> str:
        """The whole template: {main, blocks, macros}."""
        tree = self.trees[self.name]
        macros = self._macros(tree)
        top = [node for node in tree.body if not isinstance(node, nodes.Macro | nodes.FromImport)]
        parent = self._parent(top)
        blocks = {block.name: block for block in tree.find_all(nodes.Block)}
        root = Scope(macros=macros)
        main = self.statements([node for node in top if not isinstance(node, nodes.Extends)], root)
        if parent:
            main += f"return R.page({js(parent)}, c, b);\n"
        else:
            main = f'let o = "";\n{main}return o;\n'
        made = [f"main(c, b, R) {{\n{main}}},\n", "blocks: {\n"]
        for name, block in blocks.items():
            body = self.frame(block.body, Scope(block=True, macros=macros))
            made.append(f'{js(name)}(c, b, R, up) {{\nlet o = "";\n{body}return o;\n}},\n')
        made.append("},\nmacros: {\n")
        made += [self._macro(node, macros) for node in tree.body if isinstance(node, nodes.Macro)]
        made.append("},\n")
        return f"{{\n{''.join(made)}}}"

    def _parent(self, top: list[nodes.Node]) -> str | None:
        """The template this one extends. A child only fills blocks and sets names."""
        extends = [node for node in top if isinstance(node, nodes.Extends)]
        if not extends:
            return None
        first = extends[0]
        if len(extends) > 1 or not isinstance(first.template, nodes.Const):
            raise refuse(self.name, first, 'a template extends one other: {% extends "folder/page.html" %}')
        for node in [*top]:
            if _blank(node) or isinstance(node, nodes.Block):
                top.remove(node)
            elif not isinstance(node, nodes.Extends | nodes.Assign):
                raise refuse(self.name, node, "outside its blocks a template that extends another only sets names")
        return self._known(first.template.value, first)

    def _macros(self, tree: nodes.Template) -> dict[str, Macro]:
        """The macros that can be called in this template: its own, and those it imports."""
        began = False
        for node in tree.body:
            if began and isinstance(node, nodes.Macro | nodes.FromImport):
                raise refuse(self.name, node, "macros and imports stand before what uses them")
            began = began or not (_blank(node) or isinstance(node, nodes.Macro | nodes.FromImport | nodes.Extends))
        found = {node.name: self._signature(self.name, node) for node in tree.body if isinstance(node, nodes.Macro)}
        for node in tree.body:
            if not isinstance(node, nodes.FromImport):
                continue
            if not isinstance(node.template, nodes.Const) or node.with_context:
                raise refuse(self.name, node, 'imports are plain: {% from "shared/_x.html" import y %}')
            source = self._known(node.template.value, node)
            there = {macro.name: macro for macro in self.trees[source].body if isinstance(macro, nodes.Macro)}
            for wanted in node.names:
                name, called = (wanted, wanted) if isinstance(wanted, str) else wanted
                if name not in there:
                    raise refuse(self.name, node, f"'{source}' has no macro '{name}'")
                found[called] = self._signature(source, there[name])
        return found

    def _signature(self, template: str, node: nodes.Macro) -> Macro:
        names = tuple(argument.name for argument in node.args)
        defaults: dict[str, nodes.Const] = {}
        for name, default in zip(names[len(names) - len(node.defaults) :], node.defaults, strict=True):
            if not isinstance(default, nodes.Const):
                raise refuse(template, node, f"the default of '{name}' is a constant")
            defaults[name] = default
        return Macro(template, node.name, names, defaults)

    def _macro(self, node: nodes.Macro, macros: dict[str, Macro]) -> str:
        scope = Scope(context=False, macros=macros)
        for argument in node.args:
            scope.names[argument.name] = scope.fresh(argument.name)
        arguments = ", ".join(["R", *scope.names.values()])
        return f'{js(node.name)}({arguments}) {{\nlet o = "";\n{self.frame(node.body, scope)}return o;\n}},\n'
