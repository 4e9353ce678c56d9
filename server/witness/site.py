"""The station's public pages as a witness fetches them: bounded, in time, and nowhere else."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

SOCKET_S = 20
WHOLE_S = 60
"""How long one answer may take from the first look at its name, however slowly it drips."""
CHUNK_BYTES = 16 * 1024


class Unreachable(Exception):
    """The station did not answer as it should; what it did, for whoever looks after the witness."""


class NotThere(Unreachable):
    """It answered that there is nothing of the kind."""


class Site:
    """The address a station is found at, `https://station.example`. Raises ValueError when it is none."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ValueError(url)
        self.secure = parts.scheme == "https"
        self.host, self.port = parts.hostname, parts.port or (443 if self.secure else 80)
        self.url = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
        self._path = parts.path.rstrip("/")

    def get(self, path: str, bytes_max: int) -> bytes:
        """What lies at a path of it. No redirect is followed. Raises Unreachable, NotThere."""
        connection, found = self._connection(), list[bytes | Exception]()

        def fetch() -> None:
            try:
                found.append(self._fetched(connection, path, bytes_max))
            except Exception as error:
                found.append(error)

        # A name, a handshake and headers may drip as a body does: all of it has one end.
        fetching = threading.Thread(target=fetch, name="fetching", daemon=True)
        fetching.start()
        fetching.join(WHOLE_S)
        if not found:
            _cut(connection)
            raise Unreachable(f"{path}: slower than {WHOLE_S} s")
        if isinstance(found[0], Exception):
            raise found[0]
        return found[0]

    def _fetched(self, connection: http.client.HTTPConnection, path: str, bytes_max: int) -> bytes:
        try:
            connection.request("GET", self._path + path, headers={"User-Agent": "sifang-witness"})
            answer = connection.getresponse()
            if answer.status == http.client.NOT_FOUND:
                raise NotThere(path)
            if answer.status != http.client.OK:
                raise Unreachable(f"{path}: {answer.status}")
            return _body(answer, path, bytes_max)
        except (OSError, http.client.HTTPException) as error:
            raise Unreachable(f"{path}: {error or type(error).__name__}") from None
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        if self.secure:
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(self.host, self.port, timeout=SOCKET_S, context=context)
        return http.client.HTTPConnection(self.host, self.port, timeout=SOCKET_S)

    def is_here(self) -> bool:
        """Whether this address is this very machine's: of loopback, or of one of its own interfaces. Behind a proxy on
        yet another machine nobody can tell."""
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_DGRAM)
        except OSError:
            return False
        return any(_is_own(family, address) for family, _, _, _, address in found)


def _cut(connection: http.client.HTTPConnection) -> None:
    """Whoever still reads from it is told that it has ended."""
    if connection.sock is not None:
        with suppress(OSError):
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)


def _is_own(family: int, address: tuple[Any, ...]) -> bool:
    """An address that can be listened on is one's own."""
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address[0], 0, *address[2:]))
        except OSError:
            return False
    return True


def _body(answer: http.client.HTTPResponse, path: str, bytes_max: int) -> bytes:
    end, body = time.monotonic() + WHOLE_S, b""
    while chunk := answer.read1(CHUNK_BYTES):
        body += chunk
        if len(body) > bytes_max:
            raise Unreachable(f"{path}: longer than {bytes_max} bytes")
        if time.monotonic() > end:
            raise Unreachable(f"{path}: slower than {WHOLE_S} s")
    return body
