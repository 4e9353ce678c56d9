"""Lines as a file that Excel and WPS open as what it is: text. Nothing in a cell is ever taken for a formula."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

BOM = "\ufeff"
BEGINS_FORMULA = frozenset("=+-@")
CELL_CHARS_MAX = 32_000
"""A cell of Excel's holds 32,767 characters."""
WIDTH = 18

Lines = Sequence[Sequence[str]]


def is_formula(text: str) -> bool:
    """Whether a program of tables may take a text for more than text: = + - @, a tab or a new line at its beginning, in
    either width, or behind signs that nobody sees."""
    if text[:1] in ("\t", "\r", "\n"):
        return True
    plain = unicodedata.normalize("NFKC", text).lstrip()
    seen = next((each for each in plain if unicodedata.category(each)[0] not in "CZ"), "")
    return seen in BEGINS_FORMULA


def safe(text: str) -> str:
    """The text as a cell of CSV: behind an apostrophe where it could be a formula. U+0000 has no place in a file."""
    plain = text.replace("\x00", "")[:CELL_CHARS_MAX]
    return f"'{plain}" if is_formula(plain) else plain


def as_csv(mark: str, heading: Sequence[str], lines: Lines) -> bytes:
    """UTF-8 with a byte order mark, the mark of who took it out first."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe(mark)])
    writer.writerow([safe(each) for each in heading])
    writer.writerows([safe(each) for each in line] for line in lines)
    return (BOM + out.getvalue()).encode()


def as_xlsx(mark: str, heading: Sequence[str], lines: Lines) -> bytes:
    """A workbook of text cells, the mark in its first line and at the head of every printed page."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A3"
    for number in range(len(heading)):
        sheet.column_dimensions[chr(ord("A") + number)].width = WIDTH
    # `&` begins a code there.
    sheet.oddHeader.center.text = mark.replace("&", "&&")[:200]
    for line in ([mark], heading, *lines):
        sheet.append([_cell(sheet, each) for each in line])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: object, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    plain = "".join(each for each in text if each in "\n\t" or unicodedata.category(each) != "Cc")[:CELL_CHARS_MAX]
    # Said to be text, whatever it looks like; and kept so when somebody edits it.
    cell.value = plain
    cell.data_type = "s"
    cell.quotePrefix = is_formula(plain)
    return cell
