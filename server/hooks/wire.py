"""One message to one robot over TLS: bounded, in time, and nowhere else than the operator said."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from contextlib import suppress
from urllib.parse import urlsplit

SOCKET_S = 8
WHOLE_S = 12
"""How long one message may take from the first look at a name, however slowly the answer drips."""
ANSWER_BYTES_MAX = 16 * 1024
HEADERS = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "sifang"}


class Unreachable(Exception):
    """Nobody answered, or not in time."""


def post(url: str, target: str, body: bytes) -> tuple[int, bytes]:
    """The status and the beginning of what was answered. No redirect is followed, no proxy asked. Raises
    Unreachable."""
    parts = urlsplit(url)
    context = ssl.create_default_context()
    connection = http.client.HTTPSConnection(parts.hostname or "", parts.port or 443, timeout=SOCKET_S, context=context)
    found = list[tuple[int, bytes] | Exception]()

    def speak() -> None:
        try:
            connection.request("POST", target, body, HEADERS)
            answer = connection.getresponse()
            found.append((answer.status, answer.read(ANSWER_BYTES_MAX)))
        except Exception as error:
            found.append(error)
        finally:
            connection.close()

    # A name, a handshake and headers may drip as a body does: all of it has one end.
    speaking = threading.Thread(target=speak, name="robot", daemon=True)
    speaking.start()
    speaking.join(WHOLE_S)
    if not found:
        if connection.sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
        raise Unreachable
    if isinstance(found[0], (OSError, http.client.HTTPException)):
        raise Unreachable from found[0]
    if isinstance(found[0], Exception):
        raise found[0]
    return found[0]
