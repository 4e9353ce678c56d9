"""The server as `bench.served` runs it, but without leaf, tile and checkpoint: to measure what these cost."""

from __future__ import annotations

import sys
from typing import Any

from bench.served import serve
from server.journal import batch


def nothing(*_: Any) -> None:
    """In the place of the leaves: where no root is known nothing is signed."""


if __name__ == "__main__":
    vars(batch)["grown"] = nothing
    serve(int(sys.argv[1]))
