"""Several files as browsers get them: a script with the modules it imports, a style sheet with those it names.

No bundler: the forms of import and export we allow ourselves are few, and any other is an error. As they lie in the
folder the files work too, one request each.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from server.settings import WEB

_NAMES = r"\{([^{}]*)\}"
_IMPORT = re.compile(rf"^import\s+(?:{_NAMES}|\*\s+as\s+(\w+))\s+from\s+'([^']+)';[ \t]*$", re.M)
_BARE_IMPORT = re.compile(r"^import\s+'([^']+)';[ \t]*$", re.M)
_EXPORT = re.compile(r"^export\s+(?=(?:async\s+)?(?:function\*?|const|class)\s+(\w+))", re.M)
_EXPORT_LIST = re.compile(rf"^export\s+{_NAMES};[ \t]*$", re.M)
_LEFT_OVER = re.compile(r"^\s*(?:import|export)\b|\bimport\(", re.M)
_COMMENT = re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*$|^[ \t]*//[^\n]*$", re.S | re.M)
_BLOCK = re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*$", re.S | re.M)
_TYPE = re.compile(r"/\*\* @(?:type|param) [^\n]*?\*/ ?")
_STYLE = re.compile(r"^@import '(\./[\w.-]+)';[ \t]*$", re.M)


class NotJoinable(Exception):
    """A module uses a form of import or export that the joining does not know."""


def _target(specifier: str, module: str) -> str:
    if not specifier.startswith("."):
        raise NotJoinable(f"{module}: {specifier!r} is not a path of ours")
    return posixpath.normpath(posixpath.join(posixpath.dirname(module), specifier))


def imports_of(module: str, source: str) -> list[str]:
    """The modules a module names at its head, as paths under web/. Examples in comments are none."""
    source = _BLOCK.sub("", source)
    found = [(match.start(), match[3]) for match in _IMPORT.finditer(source)]
    found += [(match.start(), match[1]) for match in _BARE_IMPORT.finditer(source)]
    return [_target(specifier, module) for _, specifier in sorted(found)]


def _pairs(names: str) -> list[tuple[str, str]]:
    """The names of an import or export list: (name, what it is called after `as`)."""
    listed = [re.split(r"\s+as\s+", name.strip()) for name in names.split(",") if name.strip()]
    return [(parts[0], parts[-1]) for parts in listed]


def _joined(module: str, source: str) -> str:
    """One module as an expression that leaves its exports under its name."""
    source = _BLOCK.sub("", source)

    def bring(match: re.Match[str]) -> str:
        known = f"M[{json.dumps(_target(match[3], module))}]"
        if match[2]:
            return f"const {match[2]} = {known};"
        return f"const {{ {_listed(_pairs(match[1]))} }} = {known};"

    exports = {match[1]: match[1] for match in _EXPORT.finditer(source)}
    exports |= {b: a for match in _EXPORT_LIST.finditer(source) for a, b in _pairs(match[1])}
    body = _EXPORT.sub("", _EXPORT_LIST.sub("", _BARE_IMPORT.sub("", _IMPORT.sub(bring, source))))
    if _LEFT_OVER.search(_TYPE.sub("", _COMMENT.sub("", body))):
        raise NotJoinable(f"{module}: a form of import or export that is not allowed here")
    return f"M[{json.dumps(module)}] = (() => {{\n{body.rstrip()}\nreturn {{ {_listed(exports.items())} }};\n}})();\n"


def _listed(pairs: Iterable[tuple[str, str]]) -> str:
    """The inside of an object literal or pattern."""
    return ", ".join(a if a == b else f"{a}: {b}" for a, b in pairs)


def _ordered(module: str, web: Path, done: dict[str, str], above: tuple[str, ...] = ()) -> Iterator[str]:
    """The module's imports before itself, each once."""
    if module in above:
        raise NotJoinable(f"{module} imports itself by way of {above[-1]}")
    if module in done:
        return
    source = (web / module).read_text("utf-8")
    for needed in imports_of(module, source):
        yield from _ordered(needed, web, done, (*above, module))
    done[module] = source
    yield module


def join_modules(entry: str, web: Path = WEB) -> str:
    """`entry` and all it imports as one classic script, for browsers whose workers know no modules."""
    done: dict[str, str] = {}
    order = list(_ordered(entry, web, done))
    return "const M = {};\n" + "".join(_joined(module, done[module]) for module in order)


def join_styles(entry: str, web: Path = WEB) -> str:
    """`entry` with every style sheet it imports in its place; they lie in one folder."""
    source = (web / entry).read_text("utf-8")
    return _STYLE.sub(lambda match: join_styles(_target(match[1], entry), web), source)


def parts_of(entry: str, web: Path = WEB) -> list[str]:
    """Every file that is joined into `entry`, itself among them."""
    if entry.endswith(".js"):
        return list(_ordered(entry, web, {}))
    found = _STYLE.findall((web / entry).read_text("utf-8"))
    return [entry, *(part for name in found for part in parts_of(_target(name, entry), web))]
