"""Routes of this feature."""

from starlette.routing import BaseRoute

routes: list[BaseRoute] = []
