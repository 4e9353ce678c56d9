"""Files that mean harm, or cannot be read, are turned away before a reader opens them."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from server.problem import Problem

FILE_BYTES_MAX = 10 * 1024 * 1024
PART_COUNT_MAX = 2000
INFLATED_BYTES_MAX = 96 * 1024 * 1024
CELL_COUNT_MAX = 3_000_000
TEXT_BYTES_MAX = 96 * 1024 * 1024

BOOK = "xl/workbook.xml"
OTHER_BOOKS = {"xl/workbook.bin", "content.xml", "mimetype"}
"""Where other kinds of workbook (.xlsb, .ods) keep theirs."""

_CHUNK = 1 << 20
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*[^/]>')
_STRING_CELL = re.compile(rb'\bt="s"[^>]*>\s*<(?:\w+:)?v>(\d{1,9})<')
_STRING = re.compile(rb"<(?:\w+:)?si[\s>/]")
_ROW_WITHOUT_PLACE = re.compile(rb"<(?:\w+:)?row\b")


def refuse(code: str, message_zh: str, message_en: str) -> Problem:
    """A file that cannot come in, with the reason in words a clerk can act on."""
    return Problem(code, 413 if code == "too_large" else 400, message_zh, message_en)


def too_large() -> Problem:
    """More than a station's ledger ever holds."""
    return refuse(
        "too_large",
        "文件太大，没有读。户情台账一般不到 1 MB；请拆成几份再试。",
        "This file is too large and was not read. A ledger is rarely over 1 MB; please split it.",
    )


def damaged() -> Problem:
    """Not the workbook it says it is."""
    return refuse(
        "unreadable",
        "这份表格打不开，可能没有下载完整。请在电脑上打开它，另存为 .xlsx 再试。",
        "This workbook cannot be opened; it may be incomplete. Open it on a computer, save it as .xlsx and try again.",
    )


def _other_format() -> Problem:
    return refuse(
        "other_format",
        "这不是 .xlsx。请在电脑上打开，另存为 .xlsx 再试。",
        "This is not an .xlsx workbook. Open it on a computer and save it as .xlsx.",
    )


def _inflate(archive: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> bytes:
    """A part's bytes, counted while they inflate: what the archive says of itself is not believed."""
    pieces, size = [], 0
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if size > room:
                raise too_large()
            pieces.append(piece)
    return b"".join(pieces)


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column


def _box(sheet: bytes) -> int:
    """How many cells the reader would lay out for this sheet: rows × columns up to the farthest filled cell."""
    found = _CELL.findall(sheet)
    columns = {letters for letters, _ in found}
    bottom = max((int(row) for _, row in found), default=0)
    right = max((_column(letters) for letters in columns), default=0)
    return max(bottom, len(_ROW_WITHOUT_PLACE.findall(sheet))) * max(right, 1)


def check_workbook(data: bytes) -> None:
    """Raise unless `data` is a workbook that can be read in bounded memory.

    The reader lays a sheet out as one rectangle and copies a shared text once a cell, so two cells far apart or
    one long text used often would take the whole process down; entities and archives that swell are stopped too.

    Raises:
        Problem: `too_large`, `unreadable`, `old_format`, `other_format`.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise refuse(
            "old_format",
            "这是旧的 .xls 格式，或者加了密码。请在电脑上打开，去掉密码，另存为 .xlsx 再试。",
            "This is the old .xls format, or it has a password. Open it, remove the password and save it as .xlsx.",
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_parts(archive)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise damaged() from error


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > PART_COUNT_MAX:
        raise too_large()
    names = {part.filename.lower() for part in parts}
    # The reader opens other kinds too, whose cells are not counted here.
    if BOOK not in names or names & OTHER_BOOKS:
        raise _other_format()
    room, cells, sheets, strings = INFLATED_BYTES_MAX, 0, [], b""
    for part in parts:
        if not part.filename.endswith((".xml", ".rels")):
            continue
        content = _inflate(archive, part, room)
        room -= len(content)
        # Office never writes these; whoever does wants them expanded.
        if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise damaged()
        if "worksheets/" in part.filename and part.filename.endswith(".xml"):
            cells += _box(content)
            if cells > CELL_COUNT_MAX:
                raise too_large()
            sheets.append(content)
        elif part.filename.lower().endswith("sharedstrings.xml"):
            strings = content
    lengths = [len(text) for text in _STRING.split(strings)[1:]]
    total = 0
    for sheet in sheets:
        for index in map(int, _STRING_CELL.findall(sheet)):
            total += lengths[index] if index < len(lengths) else 0
        if total > TEXT_BYTES_MAX:
            raise too_large()
