"""Jinja2's parse tree, turned into JavaScript: the declared subset the phone renders, and a refusal for all else."""

from tools.templates.module import catalogues_module, templates_module
from tools.templates.refusal import Refused

__all__ = ["Refused", "catalogues_module", "templates_module"]
