"""Pages and pieces: who gets which, and what happens to a value that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.requests import Request

from server import rendering
from server.rendering import fragment, make_environment, page, wants_piece
from server.text import Trouble


def asked(**headers: str) -> Request:
    """A request with these headers."""
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "headers": sent})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two templates of their own."""
    (tmp_path / "visit.html").write_text("<html>{% include '_visit.html' %}</html>", "utf-8")
    (tmp_path / "list.html").write_text("<html>all of {{ name }}</html>", "utf-8")
    (tmp_path / "_visit.html").write_text("<p>{{ name }}</p>", "utf-8")
    monkeypatch.setattr(rendering, "environment", lambda lang: make_environment(lang, {}, tmp_path))
    return tmp_path


def test_htmx_gets_the_piece_and_everybody_else_the_page(folder: Path) -> None:
    piece = asked(hx_request="true", hx_request_type="partial")
    boosted = asked(hx_request="true", hx_request_type="full", hx_boosted="true")
    history = asked(hx_history_restore_request="true")
    assert [wants_piece(request) for request in (piece, boosted, history, asked())] == [True, False, False, False]
    assert fragment(piece, "_visit.html", name="陈奶奶").body == "<p>陈奶奶</p>".encode()
    assert fragment(boosted, "_visit.html", name="陈奶奶").body == "<html><p>陈奶奶</p></html>".encode()
    assert fragment(asked(), "_visit.html", 422, whole="list.html", name="x").body == b"<html>all of x</html>"
    assert fragment(asked(), "_visit.html", 422, name="x").status_code == 422


def test_caches_keep_languages_and_pieces_apart(folder: Path) -> None:
    vary = page(asked(), "list.html", name="x").headers["vary"]
    assert {"Cookie", "Accept-Language", "HX-Request", "HX-Request-Type"} == set(vary.split(", "))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("{{ nothing }}", ""),
        ("{{ a.nothing }}", ""),
        ("{{ a.nothing.more['x'] }}", ""),
        ("{% for x in nothing %}x{% endfor %}", ""),
        ("{{ nothing|day }}", ""),
        ("{{ nothing ~ 'x' }}", "x"),
        ("{{ 'no.such.words'|t }}", "no.such.words"),
    ],
)
def test_what_is_not_there_is_reported_and_the_page_is_shown_all_the_same(source: str, html: str) -> None:
    environment = make_environment("zh", {})
    with pytest.warns(Trouble):
        assert environment.from_string(source).render(a={}) == html


def test_what_is_not_there_may_be_asked_for() -> None:
    source = "{{ 'a' if nothing }}{{ 'b' if not a.nothing }}{{ nothing|default('c') }}{{ 'd' if a.nothing == 1 }}"
    assert make_environment("zh", {}).from_string(source).render(a={}) == "bc"


def test_a_value_comes_before_a_method_of_the_same_name() -> None:
    environment = make_environment("zh", {})
    assert environment.from_string("{{ a.items }}").render(a={"items": "<3>"}) == "&lt;3&gt;"
    assert environment.from_string("{% for k, v in a.items() %}{{ k }}{{ v }}{% endfor %}").render(a={"x": None}) == "x"


@pytest.mark.parametrize("value", [[], {}, [1], ()])
def test_a_list_in_the_middle_of_a_page_is_a_mistake(value: object) -> None:
    with pytest.raises(TypeError, match="cannot print"):
        make_environment("zh", {}).from_string("{{ a }}").render(a=value)
