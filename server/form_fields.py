"""What a desk's form says, field by field."""

from __future__ import annotations

from uuid import UUID

from starlette.datastructures import FormData


def text_of(form: FormData, name: str) -> str:
    """The words of a field as they were typed; empty where it was left out, or was a file."""
    value = form.get(name)
    return value.replace("\x00", "") if isinstance(value, str) else ""


def id_of(form: FormData, name: str) -> str | None:
    """An id that the form was made with, so that sending it twice says it once; None where it is none."""
    try:
        return str(UUID(text_of(form, name)))
    except ValueError:
        return None
