"""A grid worker's jobs, from Today on a phone without signal, by the shortest way the pages offer."""

from __future__ import annotations

from burden.hand import Hand

TODAY = "/field/"
ROW = "section[aria-labelledby=next] a.row"
DONE = "section[aria-labelledby=done] a.row"
KEPT = ".saved"
FORM = "form#visit"
NUMBER = "000-0000-0099"
HARD, SEEN = "厕所灯坏了三天，不敢自己换", "精神还好，说晚上起夜怕摔。"
LAMP = "三楼楼道灯坏了"
SAVE = ".foot button.go"


def nobody_home(hand: Hand) -> None:
    """Nobody opened."""
    hand.tap(ROW, sees="#visits")
    hand.tap("button[name=quick][value=no_answer]", sees=KEPT)


def all_well(hand: Hand) -> None:
    """Met, all well."""
    hand.tap(ROW, sees="#visits")
    hand.tap("button[name=quick][value=all_well]", sees=KEPT)


def care_check(hand: Hand) -> None:
    """Looked in on somebody, who is well."""
    hand.tap("#care li a", sees="form#care")
    hand.tap(".foot button[name=state][value=ok]", sees="#saved")


def patrol_note(hand: Hand) -> None:
    """Something seen on the way, said by voice or keyboard."""
    hand.tap("#walk a", sees="form#note")
    hand.tap("form#note label:has([value=problem])")
    hand.write(LAMP)
    hand.tap("form#note button, .foot button[form=note]", sees=f"main:has-text('{LAMP}')")


def order_door(hand: Hand) -> None:
    """A door of an order is as it should be."""
    hand.tap("#orders-block a", sees=".checked a.btn")
    hand.tap(".checked a.btn", sees="button[name=quick][value=well]")
    hand.tap("button[name=quick][value=well]", sees=".checked .word.good")


def ask_to_item(hand: Hand) -> None:
    """What they find hard is to be followed up, and is not written twice."""
    _begin_visit(hand)
    hand.tap(f"{FORM} summary", text="问难", sees="textarea[name=difficulty]")
    hand.write(HARD)
    hand.tap(SAVE, sees="button[name=kind][value=problem]")
    hand.tap("button[name=kind][value=problem]", sees=".turned a")


def visit_with_words(hand: Hand) -> None:
    """What was seen, and what they find hard."""
    _begin_visit(hand)
    hand.tap(f"{FORM} summary", text="问难", sees="textarea[name=difficulty]")
    hand.write(HARD)
    hand.tap("textarea[name=text]")
    hand.write(SEEN)
    hand.tap(SAVE, sees=f"main:has({KEPT}):has-text('{HARD}'):has-text('{SEEN}')")


def promise(hand: Hand) -> None:
    """Met, and a day agreed on."""
    _begin_visit(hand)
    hand.tap(f"{FORM} label:has(input[name=follow_up]:not([value='']):not([value=pick]))")
    hand.tap(SAVE, sees=KEPT)


def correct(hand: Hand) -> None:
    """A visit of this morning said something wrong."""
    hand.tap(DONE, text="马师傅", sees="#visits")
    hand.tap(".timeline a", sees="a[href$='/corrections/new']")
    hand.tap("a[href$='/corrections/new']", sees=FORM)
    hand.tap("textarea[name=text]")
    hand.write("更正：是三单元的灯。")
    hand.tap(SAVE, sees="p.words:has-text('三单元')")


def find_door(hand: Hand) -> None:
    """Somebody says “501”; which of them, the list shows."""
    hand.tap("nav a[href='/field/doors']", sees="input[type=search]")
    hand.tap("input[type=search]")
    hand.type("501", sees="#found a.row")
    hand.tap("#found a.row", text="陈奶奶", sees="#visits")


def add_resident(hand: Hand) -> None:
    """Somebody moved in: a name and a telephone number."""
    hand.tap(ROW, sees="#visits")
    hand.tap("a[href$='/residents/new']", sees="form#person")
    hand.tap("#name")
    hand.type("陈小妹")
    hand.tap("form#person #phone")
    hand.type("000-0000-0088")
    hand.tap(SAVE, sees="ul.people li:has-text('陈小妹') a[href='tel:000-0000-0088']")


def change_number(hand: Hand) -> None:
    """The telephone number is another one now."""
    _master_ma(hand)
    hand.tap("#fact-phone a.icon-btn", sees="#fact-phone input[name=value]")
    hand.type(NUMBER)
    keep_number(hand)


def confirm_number(hand: Hand) -> None:
    """The telephone number is still right."""
    _master_ma(hand)
    hand.tap("#fact-phone form button", sees="#outgoing:not(.none)")


def keep_number(hand: Hand) -> None:
    """The other number, and nothing of the one before it, stands in its row."""
    hand.tap("#fact-phone form.form button.btn", sees=f"#fact-phone dd:text-is('{NUMBER}')")


def _master_ma(hand: Hand) -> None:
    hand.tap(DONE, text="马师傅", sees="#fact-phone")


def _begin_visit(hand: Hand) -> None:
    hand.tap(ROW, sees="#visits")
    hand.tap(".foot a.go", sees=FORM)
    hand.tap(f"{FORM} label", text="见到人")
