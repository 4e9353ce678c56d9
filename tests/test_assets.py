"""What phones install: modules joined into one classic script, and a list with the hash of every file."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette

from server import assets, joining, statics
from server.joining import NotJoinable, join_modules
from server.log_keys import LogKeys
from server.sealing import SealKey
from server.settings import WEB
from server.signing import public_of
from sync.edit import b64u
from tests.chromium import Chromium

SEAL, OTHER = (SealKey(derive_private_key(scalar, SECP256R1())) for scalar in (7, 8))


def served(seal: SealKey = SEAL, seeds: tuple[bytes, ...] = (b"\x07" * 32,)) -> AsyncClient:
    """The static addresses alone."""
    app = Starlette(routes=[*assets.routes, *statics.routes])
    keys = LogKeys(tuple(public_of(seed) for seed in seeds))
    app.state.settings = SimpleNamespace(seal=seal, log_keys=keys, duty_phone="", calls=())
    return AsyncClient(transport=ASGITransport(app), base_url="http://station")


def written(folder: Path, **modules: str) -> Path:
    """A web folder with these modules under phone/."""
    (folder / "phone").mkdir()
    for name, source in modules.items():
        (folder / "phone" / f"{name}.js").write_text(source, "utf-8")
    return folder


@pytest.mark.browser
def test_joined_modules_mean_what_they_meant(tmp_path: Path, chromium: Chromium) -> None:
    web = written(
        tmp_path,
        sw="import { twice, \n  NAME as name } from './a.js';\nimport * as b from './b.js';\n"
        "self.answer = [name, twice(b.one()), b.default_name, b.Box.size];\n",
        a="// import nothing;\nimport { one } from './b.js';\nexport const NAME = 'a';\n"
        "export function twice(x) { return x * 2 * one(); }\n",
        b="const inner = 1;\nexport async function later() {}\nexport class Box { static size = 3; }\n"
        "function one() { return inner; }\nconst called = 'b';\nexport { one, called as default_name };\n",
    )
    code = join_modules("phone/sw.js", web)
    assert chromium.evaluate(f"() => {{ const self = {{}};\n{code}\nreturn self.answer; }}") == ["a", 2, "b", 3]


@pytest.mark.parametrize(
    "source",
    [
        "export default 1;\n",
        "import thing from './a.js';\n",
        "export * from './a.js';\n",
        "export let changing = 1;\n",
        "import { a } from 'elsewhere';\n",
        "const a = await import('./a.js');\n",
        "import { a } from './sw.js';\n",
    ],
)
def test_other_forms_of_import_and_export_are_refused(tmp_path: Path, source: str) -> None:
    with pytest.raises(NotJoinable):
        join_modules("phone/sw.js", written(tmp_path, sw=source, a=""))


@pytest.mark.anyio
async def test_every_kept_file_is_served_with_the_hash_in_the_list() -> None:
    client = served()
    shell = re.search(rb"self\.SHELL = (\{.*\});\n", (await client.get("/sw.js")).content)
    assert shell
    files = dict(json.loads(shell[1])["files"])
    assert {"/static/vendor/htmx.min.js", "/static/page/app.js", "/static/css/phone.css"} <= files.keys()
    for path, digest in files.items():
        assert hashlib.sha256((await client.get(path)).content).hexdigest() == digest, path


def test_pages_of_the_phone_load_nothing_that_is_not_kept() -> None:
    kept = {f"/static/{path}" for path in assets.kept_files()}
    modules = {path for path in assets.kept_files() if path.endswith(".js")} - statics.JOINED
    for path in modules:
        needed = joining.imports_of(path, (WEB / path).read_text("utf-8"))
        assert {f"/static/{module}" for module in needed} <= kept, path


@pytest.mark.anyio
async def test_worker_is_asked_about_each_time_and_sent_when_it_changed() -> None:
    client = served()
    first = await client.get("/sw.js")
    assert first.headers["cache-control"] == "no-cache"
    assert first.headers["content-type"].startswith("text/javascript")
    again = await client.get("/sw.js", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.anyio
async def test_home_screen_has_shortcuts_to_what_is_done_most() -> None:
    manifest = (await served().get("/manifest.webmanifest")).json()
    urls = [shortcut["url"] for shortcut in manifest["shortcuts"]]
    assert urls == ["/field/visits/new", "/field/doors", "/field/outbox"]
    assert manifest["start_url"] == "/field/"
    for icon in manifest["icons"]:
        assert (WEB / icon["src"].removeprefix("/static/")).is_file()


@pytest.mark.anyio
async def test_the_phone_has_one_style_sheet_and_does_not_ask_about_it_twice_in_a_minute() -> None:
    client = served()
    whole = await client.get("/static/css/phone.css")
    assert whole.headers["cache-control"] == "max-age=60"
    at = [whole.text.index(rule) for rule in ("--paper:", ".skip{", ".facade{", "body.join{")]
    assert at == sorted(at)
    assert "@import" not in whole.text
    # Nothing but the named ones, each as it is served alone.
    alone = [(await client.get(f"/static/css/{name}.css")).text for name in ("tokens", "base", "field", "join")]
    assert whole.text == "".join(alone)


def test_a_joined_file_is_made_anew_when_a_part_of_it_changes(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "css/phone.css").write_text("@import './a.css';\n.b { order: 2; }\n")
    part = tmp_path / "css/a.css"
    part.write_text(".a { order: 1; }\n")
    first = statics.served("css/phone.css", tmp_path)
    assert first.body == b".a{order:1}.b{order:2}"
    part.write_text(".a { order: 3; }\n")
    os.utime(part, ns=(1, 1))
    assert statics.served("css/phone.css", tmp_path).body == b".a{order:3}.b{order:2}"


@pytest.mark.anyio
async def test_page_scripts_come_with_what_they_import() -> None:
    client = served()
    for path in sorted(path for path in statics.JOINED if path.endswith(".js")):
        script = (await client.get(f"/static/{path}")).text
        assert re.findall(r"\bimport\b", script) == []


@pytest.mark.anyio
async def test_worker_brings_the_key_that_phones_seal_to_and_another_key_is_another_version() -> None:
    scripts = [(await served(key).get("/sw.js")).content for key in (SEAL, OTHER)]
    shells = [json.loads(found[1]) for script in scripts if (found := re.search(rb"self\.SHELL = (\{.*\});\n", script))]
    assert [shell["seal"] for shell in shells] == [b64u(SEAL.public), b64u(OTHER.public)]
    assert shells[0]["version"] != shells[1]["version"]


@pytest.mark.anyio
async def test_worker_brings_the_keys_of_the_log_and_another_key_is_another_version() -> None:
    seeds = [b"\x07" * 32, b"\x08" * 32]
    scripts = [(await served(seeds=tuple(own)).get("/sw.js")).content for own in (seeds[:1], seeds)]
    shells = [json.loads(found[1]) for script in scripts if (found := re.search(rb"self\.SHELL = (\{.*\});\n", script))]
    assert [shell["log"] for shell in shells] == [[b64u(public_of(seed)) for seed in own] for own in (seeds[:1], seeds)]
    assert shells[0]["version"] != shells[1]["version"]


def test_the_worker_is_ascii_and_says_the_same_words() -> None:
    script = assets.worker_script(SEAL.public)[1]
    assert script.isascii()
    for word in ("没人应", "一切正常"):
        assert json.dumps(word)[1:-1].encode() in script
