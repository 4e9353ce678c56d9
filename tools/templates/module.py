"""The two generated modules: every shared template, and every word the phone says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError

from server.i18n import LOCALES, read_groups
from server.rendering import make_environment
from tools.templates.refusal import Refused
from tools.templates.statements import Statements

SHARED = ("elder", "field", "shared")
"""Folders of web/templates/ that the phone renders as well."""

SERVER_ONLY = frozenset(
    {
        *(
            "backup",
            "begin",
            "behalf",
            "capsules",
            "conflicts",
            "desk",
            "figures",
            "grids",
            "whistledesk",
            "home",
            "hotline",
            "import",
            "itemdesk",
            "join",
            "ledger",
            "logs",
            "orders",
            "passkeys",
            "patrols",
            "pictures",
        ),
        *("people", "problem", "records", "recovery"),
        *("exports", "record", "restricted", "retention", "trail", "witness", "suggestions", "packs", "health"),
        *(
            "pairs",
            "reports",
            "robots",
            "calendar",
            "limits",
            "whistlecount",
            "resident",
            "notices",
            "dispatch",
            "routing",
        ),
    }
)
"""Groups of words that only the server says."""

CHOOSING = """\
/** @param {'zh' | 'en'} lang */
function read(lang) {
  const messages = JSON.parse(said[lang]);
  /** @type {Record<string, any>} */
  const found = {};
  JSON.parse(keys).forEach((/** @type {string} */ key, /** @type {number} */ i) => (found[key] = messages[i]));
  return found;
}

/** Each language is read when its first word is asked for. @type {Record<string, Record<string, any>>} */
export const catalogues = {};
for (const lang of /** @type {('zh' | 'en')[]} */ (['zh', 'en'])) {
  const be = (/** @type {any} */ value) => Object.defineProperty(catalogues, lang, { value, writable: true });
  Object.defineProperty(catalogues, lang, { get: () => be(read(lang))[lang], configurable: true, enumerable: true });
}
"""

HEADER = "// Made by `python -m tools.compile_templates` from {source}: change those, not this.\n"


def shared_templates(folder: Path) -> list[str]:
    """The names of all shared templates, in order."""
    return sorted(
        str(path.relative_to(folder).as_posix()) for part in SHARED for path in (folder / part).rglob("*.html")
    )


def templates_module(folder: Path) -> str:
    """An ES module that exports `templates`.

    Raises:
        Refused: at the first thing outside the subset, with its file and line.
    """
    environment = make_environment("zh", {}, folder)
    trees = {}
    for name in shared_templates(folder):
        try:
            trees[name] = environment.parse((folder / name).read_text("utf-8"), name)
        except TemplateSyntaxError as error:
            raise Refused(name, error.lineno, str(error.message)) from None
    made = [f"{json.dumps(name)}: {Statements(name, trees).template()},\n" for name in trees]
    head = HEADER.format(source="web/templates/{field,shared}/")
    return f"{head}/** @type {{Record<string, any>}} */\nexport const templates = {{\n{''.join(made)}}};\n"


def catalogues_module(folder: Path) -> str:
    """An ES module that exports `catalogues`: {zh: {key: message}, en: {…}}, written with each key once."""
    zh, en = (
        {
            key: message
            for name, group in read_groups(lang, folder).items()
            if name not in SERVER_ONLY
            for key, message in group.items()
        }
        for lang in LOCALES
    )
    keys = sorted(zh)
    both = {"zh": _listed([zh[key] for key in keys]), "en": _listed([en.get(key) for key in keys])}
    said = "".join(f"  {lang}: {messages},\n" for lang, messages in both.items())
    head = HEADER.format(source="web/catalogues/")
    return f"{head}const keys = {_listed(keys)};\n\nconst said = {{\n{said}}};\n\n{CHOOSING}"


def _listed(values: list[Any]) -> str:
    lines = ",\n".join(_json(value) for value in values)
    return _quoted(f"[{lines}]")


def _quoted(text: str) -> str:
    """As a JavaScript text over several lines."""
    lines = text.replace("\\", "\\\\").replace("'", "\\'").split("\n")
    return " +\n".join(f"'{line}'" for line in lines)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
