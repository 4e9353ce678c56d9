"""What a whistle's words and place suggest: what it is about, who takes it, how high and how urgent, and why.

Nothing is decided here: whoever dispatches sees the words that led there, and changes what is not so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

URGENCIES = ("complex", "normal", "urgent", "danger")
"""From what may wait to what may not."""
COURTYARD_POINTS = 3
"""What a rule about this very kind of courtyard weighs more than one about any."""
JOINED = "+"


class Rule(NamedTuple):
    """Words, and where they lead. One without a category says only how urgent, or how high, whatever it is about.
    `offices`: pieces of departments' names, the likeliest first; `courtyard`: only where its management is this."""

    code: str
    words: tuple[str, ...]
    category: str | None = None
    offices: tuple[str, ...] = ()
    level: int | None = None
    urgency: str | None = None
    courtyard: str | None = None


class Suggestion(NamedTuple):
    """`department`: an id among those there are. `words`: those that led there, as they were written in the rules;
    `category_said`: whoever raised it said what it is about. `courtyard`: its management had a part in it."""

    category: str | None
    department: str | None
    level: int
    urgency: str
    words: tuple[str, ...]
    category_said: bool
    courtyard: str | None


class Found(NamedTuple):
    """A rule with the words of it that were found, and what they weigh."""

    rule: Rule
    words: tuple[str, ...]
    points: int


def suggest(
    text: str,
    rules: Iterable[Rule],
    departments: Mapping[str, str],
    *,
    category: str | None = None,
    urgency: str = "normal",
    courtyard: str | None = None,
) -> Suggestion | None:
    """What these words suggest; None where nothing is known. `departments`: names by id, `category` and `urgency` what
    was said already: nothing less urgent than that is suggested.

    The category whose words weigh most leads, within it the rule whose words do; longer words weigh more.
    """
    rules = tuple(rules)
    found = _found(text.lower(), rules, courtyard)
    led = category or _heaviest(found)
    ours = [each for each in found if each.rule.category == led]
    besides = [each for each in found if each.rule.category is None]
    if led is None and not besides:
        return None
    first = max(ours, key=lambda each: each.points, default=None)
    lead = first.rule if first else next((rule for rule in rules if rule.category == led), Rule("", ()))
    said = [each.rule.urgency for each in (*ours, *besides) if each.rule.urgency]
    return Suggestion(
        category=led,
        department=_department(lead, rules, departments),
        level=max([lead.level or 3, *(each.rule.level for each in besides if each.rule.level)]),
        urgency=max([urgency, *said], key=URGENCIES.index),
        words=tuple(dict.fromkeys(word for each in sorted((*ours, *besides), key=_weight) for word in each.words)),
        category_said=category is not None,
        courtyard=lead.courtyard,
    )


def _weight(found: Found) -> int:
    return -found.points


def _heaviest(found: Sequence[Found]) -> str | None:
    points: dict[str, int] = {}
    for each in found:
        if each.rule.category is not None:
            points[each.rule.category] = points.get(each.rule.category, 0) + each.points
    # The first of the table, where two weigh alike: the order of rules is the table's, not chance.
    return max(points, key=lambda category: points[category], default=None)


def _found(text: str, rules: Sequence[Rule], courtyard: str | None) -> list[Found]:
    there = {word for rule in rules for word in rule.words if _stands(word, text)}
    single = [word for word in there if JOINED not in word]
    # 水 in 水管 is not another word.
    inner = {word for word in single if any(word != other and word in other for other in single)}
    alone = {word for word in inner if _outside(word, text, [each for each in single if each != word and word in each])}
    counted = (there - inner) | alone
    found = []
    for rule in rules:
        if rule.courtyard not in (None, courtyard):
            continue
        words = tuple(word for word in rule.words if word in counted)
        if words:
            more = COURTYARD_POINTS if rule.courtyard else 0
            found.append(Found(rule, words, sum(map(points, words)) + more))
    return found


def points(word: str) -> int:
    """What a word weighs: its letters; several that must stand together one more."""
    parts = word.split(JOINED)
    return sum(map(len, parts)) + (len(parts) > 1)


def _stands(word: str, text: str) -> bool:
    return all(part in text for part in word.lower().split(JOINED))


def _outside(word: str, text: str, longer: Sequence[str]) -> bool:
    """Whether it stands somewhere outside of the longer words, too."""
    for each in longer:
        text = text.replace(each.lower(), "\n")
    return word.lower() in text


def _department(lead: Rule, rules: Sequence[Rule], departments: Mapping[str, str]) -> str | None:
    """The first whose name holds the likeliest piece: of the rule that led, else of others of its category."""
    others = [rule.offices for rule in rules if rule.category == lead.category and lead.category is not None]
    for offices in (lead.offices, *others):
        for piece in offices:
            for id_, name in sorted(departments.items(), key=lambda each: (len(each[1]), each[1])):
                if piece in name:
                    return id_
    return None
