"""What leaves the server as a file: few columns unless more are ticked, marked with who, when and what for."""

from server.exports.pages import routes

__all__ = ["routes"]
