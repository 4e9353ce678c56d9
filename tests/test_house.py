"""The house keeps its own rules: routes, names, documents and what must never be committed."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from server import schema

ROOT = Path(__file__).resolve().parent.parent


def committed() -> list[Path]:
    """Every file git tracks or would track."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


GLOSSARY = {
    "journal", "journal_head", "device", "fork", "head_statement", "community", "grid", "person", "building",
    "household", "resident", "visit", "visit_revision", "door", "scope", "feed", "snapshot", "snapshot_part",

    "session", "join_link", "join_code", "join_meeting", "passkey", "passkey_use", "used_challenge",
    "backup", "healing", "fact_past", "aside_decision", "pair_verdict", "moved", "daily_log",
    "verification_order", "order_answer", "patrol", "patrol_note", "item",
    "department", "stand_in", "recovery", "opening",
    "restricted_tag", "access_record",
    "ledger_tile", "checkpoint", "ledger_doubt", "erased", "erased_blob",
    "suggestion",
    "hook_message", "workday", "work_hours", "time_limit",
    "meeting", "action", "phone_health", "care_pair", "care_reason", "care_check", "report", "whistle",
    "building_code", "resident_receipt", "resident_contact",
    "hotline_ticket",
    "routing_rule", "whistle_due", "whistle_due_head",
}  # fmt: skip


def test_tables_bear_the_words_of_the_field() -> None:
    assert set(schema.metadata.tables) == GLOSSARY


def test_columns_that_hold_times_end_in_their_unit() -> None:
    # Exact: anything whose name says it is a moment must say milliseconds.
    moments = re.compile(r"(^|_)(at|time|since|expires|created|received|occurred|seen)$")
    columns = [(table.name, column.name) for table in schema.metadata.tables.values() for column in table.c]
    assert [pair for pair in columns if moments.search(pair[1])] == []


@pytest.mark.parametrize("pattern", [
    r"pyth[o]nhosted\.", r"pyp[i]\.org", r"registry\.npm[j]s", r"debia[n]\.org/", r"/tm[p]/bash_jobs", r"/wor[k]/main",
])  # fmt: skip
def test_no_registry_and_no_path_of_a_machine_is_committed(pattern: str) -> None:
    found = []
    for path in committed():
        if "web/vendor" in str(path):
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}" for _ in re.finditer(pattern, text)]
    assert found == []


def test_every_dependency_is_locked_by_hash() -> None:
    for name in ("run", "test"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        entries = [entry for entry in re.split(r"\n(?=\S)", text.strip()) if not entry.startswith("#")]
        assert len(entries) > 15
        assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    locked = (ROOT / "requirements" / "run.txt").read_text().lower()
    wanted = [re.split(r"[\[><=;~ ]", line)[0].lower() for line in project]
    assert [name for name in wanted if f"\n{name}==" not in "\n" + locked] == []


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for path in committed():
        if path.suffix != ".md" or "vendor" in path.parts:
            continue
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", path.read_text("utf-8")):
            if "://" not in target and not (path.parent / target).exists():
                broken.append(f"{path.relative_to(ROOT)} → {target}")
    assert broken == []
