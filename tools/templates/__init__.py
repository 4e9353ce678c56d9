"""Jinja2's parse tree, turned into JavaScript: the declared subset the phone renders, and a refusal for all else.

Templates in web/templates/{field,shared}/ may use: extends, block, super(), include and from-import of constant names;
macros that see their arguments alone, with constant defaults; if/elif/else, for x in xs (else; loop.index, index0,
first, last, length), set; attributes, constant or computed keys; == != < <= > >= in, not, and, or, ~, inline if;
lists, mappings with constant keys; `is defined`, `is none`; the filters of `expressions.FILTERS`.

A new filter needs both halves and a vector: server/text.py and web/phone/text.js for what depends on the language,
web/phone/render.js for what does not.
"""

from tools.templates.module import catalogues_module, templates_module
from tools.templates.refusal import Refused

__all__ = ["Refused", "catalogues_module", "templates_module"]
