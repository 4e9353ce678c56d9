"""Values drawn from JSON schemas as our own document holds them: mostly what fits, now and then what does not."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

HOSTILE = [
    "",
    " ",
    "\x00",
    "\u0000{{ 7*7 }}",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "%",
    "_%\\",
    "../../etc/passwd",
    "\U0001f600" * 3,
    "\u202e反",
    "__proto__",
    "constructor",
    "9" * 400,
    "-1",
    "1e400",
    "null",
    "长" * 11_000,
    "2026-02-31",
    "9223372036854775808",
    "a\r\nSet-Cookie: x=1",
]
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(HOSTILE),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*HOSTILE[:5], "a"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def words(known: list[str]) -> st.SearchStrategy[str]:
    """What somebody may put where a word or an id is asked for."""
    plain = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
    return st.sampled_from(known) | st.sampled_from(HOSTILE) | plain


def of(schema: Any, schemas: dict[str, Any], known: list[str]) -> st.SearchStrategy[Any]:
    """Values of this schema; one in eight is anything at all."""
    fitting = _fitting(schema, schemas, known)
    return st.integers(0, 7).flatmap(lambda n: fitting if n else ANYTHING)


def _fitting(schema: Any, schemas: dict[str, Any], known: list[str]) -> st.SearchStrategy[Any]:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return st.deferred(lambda: of(schemas[name], schemas, known))
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "const" in schema:
        return st.just(schema["const"])
    if "anyOf" in schema:
        return st.one_of([_fitting(each, schemas, known) for each in schema["anyOf"]])
    match schema.get("type"):
        case "string":
            return words(known)
        case "integer":
            return st.integers(0, 40) | st.sampled_from([-1, 2**31, 2**53, 2**63, 1_800_000_000_000])
        case "number":
            return st.floats()
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
        case "array":
            return st.lists(of(schema.get("items", {}), schemas, known), max_size=4)
        case "object":
            return _object(schema, schemas, known)
    return ANYTHING


def _object(schema: Any, schemas: dict[str, Any], known: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    fields = {name: of(each, schemas, known) for name, each in schema.get("properties", {}).items()}
    if not fields:
        more = schema.get("additionalProperties")
        inner = of(more, schemas, known) if isinstance(more, dict) else ANYTHING
        return st.dictionaries(words(known), inner, max_size=4)
    needed = {name: each for name, each in fields.items() if name in schema.get("required", ())}
    others = {name: each for name, each in fields.items() if name not in needed}
    return st.fixed_dictionaries(needed, optional=others)
