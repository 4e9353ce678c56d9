"""Compile what the phone needs to render pages by itself: `python -m tools.compile_templates [--check]`."""

from __future__ import annotations

import sys

from server.i18n import CATALOGUES
from server.rendering import TEMPLATES
from server.settings import WEB
from tools.templates import Refused, catalogues_module, templates_module

BUILD = WEB / "build"


def main(arguments: list[str]) -> int:
    """Write the modules, or with --check say whether those on disk are fresh; 1 when something is wrong."""
    try:
        made = {"templates.js": templates_module(TEMPLATES), "catalogues.js": catalogues_module(CATALOGUES)}
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    stale = [
        name for name, text in made.items() if not (BUILD / name).exists() or (BUILD / name).read_text("utf-8") != text
    ]
    if "--check" in arguments:
        for name in stale:
            print(f"web/build/{name} is stale: run `make templates` and check it in", file=sys.stderr)
        return 1 if stale else 0
    BUILD.mkdir(exist_ok=True)
    for name in stale:
        (BUILD / name).write_text(made[name], "utf-8")
        print(f"web/build/{name}: {len(made[name].encode()):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
