"""One ceremony between the server and an authenticator: a challenge goes out, an answer signed over it comes back.

A challenge is kept nowhere: it bears its end and our mark over what it is for, so asking for many costs the server
nothing. One that was answered is written down, and opens nothing twice. The answer must come from our own address and
from an authenticator that has made sure of the person (a PIN, a finger, a face).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from server.settings import Settings

CHALLENGE_MS = 5 * 60 * 1000
_RANDOM, _TIME, _MARK = 16, 6, 16


class Refused(Exception):
    """An answer that proves nothing; why, in a code, is for the log, never for whoever sent it."""


@dataclass(frozen=True)
class Answered:
    """What an authenticator proved. `credential` is base64url; `public_key` only where a key was made."""

    credential: str
    count: int
    used: str
    expires_ms: int
    public_key: bytes = b""


@dataclass(frozen=True)
class Ceremony:
    """What a challenge is for, and whom or what it is bound to: a link's hash, a session's, or nobody yet."""

    settings: Settings
    purpose: str
    bound: str = ""

    def challenge(self, now_ms: int) -> bytes:
        """A new one, good for five minutes."""
        body = secrets.token_bytes(_RANDOM) + (now_ms + CHALLENGE_MS).to_bytes(_TIME, "big")
        return body + self._mark(self.settings.secrets[0], body)

    def _mark(self, secret: bytes, body: bytes) -> bytes:
        told = b"passkey\0" + f"{self.purpose}\0{self.bound}\0".encode() + body
        return hmac.digest(secret, told, hashlib.sha256)[:_MARK]

    def _expected(self, credential: Any, now_ms: int) -> tuple[bytes, int]:
        """The challenge that the answer names, if it is one of ours for this, and its end."""
        try:
            client = json.loads(base64url_to_bytes(credential["response"]["clientDataJSON"]))
            challenge = base64url_to_bytes(client["challenge"])
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise Refused("unreadable") from error
        body, mark = challenge[: _RANDOM + _TIME], challenge[_RANDOM + _TIME :]
        until_ms = int.from_bytes(body[_RANDOM:], "big")
        ours = any(hmac.compare_digest(mark, self._mark(secret, body)) for secret in self.settings.secrets)
        if not ours or until_ms <= now_ms:
            raise Refused("challenge")
        return challenge, until_ms

    def _known(self, challenge: bytes) -> dict[str, Any]:
        """What every answer is held against."""
        return {
            "expected_challenge": challenge,
            "expected_rp_id": rp_id(self.settings),
            "expected_origin": origin(self.settings),
            "require_user_verification": True,
        }

    def made(self, credential: Any, now_ms: int) -> Answered:
        """A key was made. Raises Refused."""
        challenge, until_ms = self._expected(credential, now_ms)
        with _refusing():
            found = verify_registration_response(credential=credential, **self._known(challenge))
        name = bytes_to_base64url(found.credential_id)
        return Answered(name, found.sign_count, _hash(challenge), until_ms, found.credential_public_key)

    def shown(self, credential: Any, person: str, public_key: bytes, count: int, now_ms: int) -> Answered:
        """A person's key was used. Raises Refused."""
        challenge, until_ms = self._expected(credential, now_ms)
        with _refusing():
            found = verify_authentication_response(
                credential=credential,
                credential_public_key=public_key,
                credential_current_sign_count=count,
                **self._known(challenge),
            )
            handle = credential["response"].get("userHandle")
            if handle and base64url_to_bytes(handle) != person.encode():
                raise ValueError("somebody else's handle")
        return Answered(bytes_to_base64url(found.credential_id), found.new_sign_count, _hash(challenge), until_ms)


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except (WebAuthnException, ValueError, KeyError, TypeError, RecursionError) as error:
        # What a library says may repeat what it was given.
        raise Refused("not_proved") from error


def rp_id(settings: Settings) -> str:
    """The name that keys are made for: the host of the public address."""
    return urlsplit(settings.public_url).hostname or "localhost"


def origin(settings: Settings) -> str:
    """The address that answers must come from, spelled as browsers spell it."""
    parts = urlsplit(settings.public_url)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    return f"{parts.scheme}://{rp_id(settings)}{port}"


def begin_options(ceremony: Ceremony, person: str, name: str, known: Sequence[str], now_ms: int) -> dict[str, Any]:
    """What the browser needs to make a key for a person, none of those they have already."""
    made: dict[str, Any] = json.loads(
        options_to_json(
            generate_registration_options(
                rp_id=rp_id(ceremony.settings),
                rp_name="四访",
                user_id=person.encode(),
                user_name=name,
                user_display_name=name,
                challenge=ceremony.challenge(now_ms),
                timeout=CHALLENGE_MS,
                authenticator_selection=AuthenticatorSelectionCriteria(
                    resident_key=ResidentKeyRequirement.REQUIRED,
                    user_verification=UserVerificationRequirement.REQUIRED,
                ),
                exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(each)) for each in known],
            )
        )
    )
    return made


def show_options(ceremony: Ceremony, known: Sequence[str], now_ms: int) -> dict[str, Any]:
    """What the browser needs to show a key: one of these, or with none named whichever it has for us."""
    made: dict[str, Any] = json.loads(
        options_to_json(
            generate_authentication_options(
                rp_id=rp_id(ceremony.settings),
                challenge=ceremony.challenge(now_ms),
                timeout=CHALLENGE_MS,
                allow_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(each)) for each in known],
                user_verification=UserVerificationRequirement.REQUIRED,
            )
        )
    )
    return made


def _hash(challenge: bytes) -> str:
    return hashlib.sha256(challenge).hexdigest()
