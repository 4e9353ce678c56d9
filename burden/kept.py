"""The figures as `docs/burden.md` keeps them: one table in the middle of plain words."""

from __future__ import annotations

from pathlib import Path

from burden.count import Count, Counts

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "burden.md"
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->\n"
HEAD = ("Job", "Taps", "Keystrokes", "Words", "Fields", "Known", "Required", "Wait, s")


def table(counts: Counts) -> str:
    """As Markdown; a job is known by its name."""
    lines = [f"| {' | '.join(HEAD)} |", f"|---{'|--:' * (len(HEAD) - 1)}|"]
    for job, one in counts.items():
        figures = (one.taps, one.keystrokes, one.words, one.fields, one.known, one.required, f"{one.wait_s:.2f}")
        lines.append(f"| {job} | {' | '.join(str(figure) for figure in figures)} |")
    return "\n".join(lines) + "\n"


def read_kept(document: str) -> dict[str, Count]:
    """The table's rows by job. Raises ValueError where there is no table, or a row that is none."""
    kept = {}
    for line in _between(document)[1].splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        if line.startswith("| ") and tuple(cells) != HEAD:
            job, *whole, wait_s = cells
            taps, keystrokes, words, fields, known, required = (int(cell) for cell in whole)
            kept[job] = Count(taps, keystrokes, words, fields, known, required, float(wait_s))
    return kept


def with_kept(document: str, counts: Counts, told: str) -> str:
    """The document with other figures, and what is told of them; its words stay."""
    before, _, after = _between(document)
    return f"{before}{BEGIN}{told}\n\n{table(counts)}{END}{after}"


def _between(document: str) -> tuple[str, str, str]:
    before, begun, rest = document.partition(BEGIN)
    figures, ended, after = rest.partition(END)
    if not begun or not ended:
        raise ValueError(f"no place for figures: {BEGIN.strip()} … {END.strip()}")
    return before, figures, after
