"""Signed notes and checkpoints: the examples of their specifications, and nothing that only looks like one."""

from __future__ import annotations

from base64 import b64encode

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.ledger.checkpoint import Checkpoint, open_checkpoint, read_checkpoint
from sync.ledger.note import (
    COSIGNED,
    ED25519,
    Note,
    Signature,
    VerifierKey,
    cosigned,
    read_note,
    read_verifier_key,
    signers,
)
from sync.strict import Malformed

# C2SP signed-note, "Verifier keys", the example.
SPEC_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPEC_NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
# golang.org/x/mod/sumdb/note, the example of its documentation.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# C2SP signed-note, the first example: blank lines in the text, a letter with an accent.
POEM = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "— quasimodo.example/salvatore "
    "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
)
# C2SP tlog-cosignature, the example.
COSIGNED_NOTE = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)
LOG = "sifang.example/log"
MINE = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)


def check(public: bytes, signature: bytes, message: bytes) -> bool:
    """Ed25519 as the server does it."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def own_key(name: str = LOG, type_: int = ED25519) -> VerifierKey:
    """The public half of our key, under a name."""
    return VerifierKey(name, type_, MINE.public_key().public_bytes_raw())


def signed(text: str, key: VerifierKey) -> Note:
    """A note by our key alone."""
    return Note(text, (Signature(key.name, key.id, MINE.sign(text.encode())),))


@pytest.mark.parametrize(("key", "note"), [(SPEC_KEY, SPEC_NOTE), (GO_KEY, GO_NOTE)])
def test_the_examples_verify(key: str, note: str) -> None:
    known = read_verifier_key(key)
    assert str(known) == key
    assert signers(read_note(note), [known], check) == [known]


@pytest.mark.parametrize("note", [SPEC_NOTE, GO_NOTE, POEM, COSIGNED_NOTE])
def test_a_note_is_written_as_it_was_read(note: str) -> None:
    assert str(read_note(note)) == note


def test_the_poem_keeps_its_blank_line() -> None:
    assert read_note(POEM).text == POEM[: POEM.rindex("\n\n") + 1]


def test_the_checkpoint_of_the_specification() -> None:
    checkpoint = read_checkpoint(read_note(COSIGNED_NOTE).text)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert cosigned(checkpoint.text(), 1679315147).decode().splitlines() == [
        "cosignature/v1",
        "time 1679315147",
        "example.com/behind-the-sofa",
        "20852163",
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
    ]
    assert int.from_bytes(read_note(COSIGNED_NOTE).signatures[1].signature[:8], "big") == 1679315147


def test_a_checkpoint_opens_with_its_logs_key_alone() -> None:
    checkpoint = Checkpoint(LOG, 7, b"\x01" * 32)
    note = str(signed(checkpoint.text(), own_key()))
    assert open_checkpoint(note, [own_key()], check)[0] == checkpoint
    foreign = str(signed(checkpoint.text(), own_key("other.example/log")))
    for keys, said in (([read_verifier_key(SPEC_KEY)], note), ([own_key("other.example/log")], foreign), ([], note)):
        with pytest.raises(Malformed, match="bad_signature"):
            open_checkpoint(said, keys, check)


def test_a_witness_signs_the_time_too() -> None:
    witness = own_key("witness.example/w", COSIGNED)
    text = Checkpoint(LOG, 7, b"\x01" * 32).text()
    at = (1_800_000_000).to_bytes(8, "big")
    good = Signature(witness.name, witness.id, at + MINE.sign(cosigned(text, 1_800_000_000)))
    assert signers(Note(text, (good,)), [witness], check) == [witness]
    later = (1_800_000_001).to_bytes(8, "big")
    with pytest.raises(Malformed, match="bad_signature"):
        signers(Note(text, (Signature(witness.name, witness.id, later + good.signature[8:]),)), [witness], check)


def test_signatures_of_strangers_are_passed_over_and_a_false_one_spoils_the_note() -> None:
    note = signed("text\n", own_key())
    stranger = Signature("who.example/x", b"abcd", b"\x00" * 64)
    assert signers(Note("text\n", (stranger, *note.signatures)), [own_key()], check) == [own_key()]
    false = Signature(LOG, own_key().id, b"\x00" * 64)
    with pytest.raises(Malformed, match="bad_signature"):
        signers(Note("text\n", (*note.signatures, false)), [own_key()], check)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no signature\n",
        "no signature\n\n",
        "text\n\n— name\n",
        "text\n\n- name AAAAAAAA\n",
        "text\n\n— name AAAAAAAA",
        "text\n\n— name AAAA\n",
        "text\n\n— na+me AAAAAAAA\n",
        "text\n\n— name AAAAAAAA\n\n",
        "text\n\n—  AAAAAAAA\n",
        "text\n\n— name AAAAAAAB=\n",
        "text\r\n\n— name AAAAAAAA\n",
        "te\x00xt\n\n— name AAAAAAAA\n",
        "text\n\n" + "— name AAAAAAAA\n" * 65,
        "t" * 70_000 + "\n\n— name AAAAAAAA\n",
    ],
)
def test_what_is_no_note(text: str) -> None:
    with pytest.raises(Malformed):
        read_note(text)


@pytest.mark.parametrize("end", ["", "extension\n", "\n", " "])
@pytest.mark.parametrize("size", ["7", "07", "-7", "7.0", "", "9" * 17, "٧"])
@pytest.mark.parametrize("root", [b64encode(b"\x01" * 32).decode(), "AAAA", b64encode(b"\x01" * 33).decode()])
def test_a_checkpoint_says_three_lines_and_no_more(size: str, root: str, end: str) -> None:
    text = f"{LOG}\n{size}\n{root}\n{end}"
    if (size, root, end) == ("7", b64encode(b"\x01" * 32).decode(), ""):
        assert read_checkpoint(text).size == 7
        return
    with pytest.raises(Malformed):
        read_checkpoint(text)


def test_root_in_another_spelling_of_base64_is_no_root() -> None:
    good = Checkpoint(LOG, 7, b"\x00" * 32).text()
    assert good.endswith("A=\n")
    with pytest.raises(Malformed):
        read_checkpoint(good.replace("A=\n", "B=\n"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com/foo",
        SPEC_KEY.replace("530d903a", "530d903b"),
        SPEC_KEY.replace("530d903a", "530D903A"),
        SPEC_KEY.replace("foo", "bar"),
        SPEC_KEY[:-4],
        SPEC_KEY.replace("+Ae", "+Be"),
        SPEC_KEY + "\n",
        "+" + SPEC_KEY.partition("+")[2],
    ],
)
def test_what_is_no_verifier_key(text: str) -> None:
    with pytest.raises(Malformed):
        read_verifier_key(text)
