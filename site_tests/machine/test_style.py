"""`make lint` reads prose: it finds planted slips on their lines, and what the style guide calls wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from site_tests.conftest import ROOT
from site_tests.style.__main__ import main
from site_tests.style.editor import RULES, Editor
from site_tests.style.passages import Passage, passages

GUIDE = ROOT / "templates" / "docs" / "maintaining" / "style.md"

PLANTED = {
    "page.md": (
        "# Start\n\nRun it.\n\n```bash\nthe the\n```\n\nThe {{ x }} is read, and the the set-up.\n",
        9,
        "setup",
    ),
    "front.md": ("---\ntitle: A\ndescription: Mend the file.\n---\n# A\n", 3, "Fix"),
    "jinja.md": ("{% if\n  a %}\nThis fails\n{{ b or\n  c }} in silence.\n{% endif %}\n", 5, "silently"),
    "article.md": ("With a LLMBase subscription.\n", 1, "an"),
    "texts.yaml": ("a:\n  meaning: The request limit of the key is used up.\n", 2, "rate limit"),
    "comment.yaml": ("a: 1\n# Whoever reads this\n# knows more than before.\n", 2, "Anyone who"),
    "tool.html": ('<p class="x">Choose</p>\n<p>the <b>basis URL</b> of it</p>\n', 2, "base URL"),
    "help.py": ('def f():\n    """Do it.\n\n    It is able to do it.\n    """\n', 4, "can"),
    "message.py": ('def f(x):\n    raise E(\n        f"{x} allows to leave it out of {x!r}"\n    )\n', 3, "lets you"),
}
"""By file: a text, the line that has a slip, and what should stand there instead."""

SOUND = {
    "code.md": "Write `mend` or `the the`.\n\n```\nThe the set-up.\n```\n",
    "quoted.yaml": "error:\n  message: Please mend the the set-up anew.\n",
    "names.py": 'NAMES = {"set-up": "anew", "mend": "one\'s"}\n',
}


@pytest.fixture(scope="module")
def editor() -> Editor:
    return Editor()


@pytest.mark.parametrize("name", PLANTED)
def test_slip_is_found_on_its_line_with_what_is_right(name: str, editor: Editor) -> None:
    text, line, right = PLANTED[name]
    found = [slip for passage in passages(Path(name), text) for slip in editor.slips(passage)]
    assert [slip.line for slip in found if f"'{right}'" in slip.right] == [line], found


@pytest.mark.parametrize("name", SOUND)
def test_code_quotations_and_names_are_not_read(name: str, editor: Editor) -> None:
    assert not [slip for passage in passages(Path(name), SOUND[name]) for slip in editor.slips(passage)]


def test_long_sentences_and_chains_of_passives_are_found(editor: Editor) -> None:
    wrong = {"LongSentences": "It " + "goes on and " * 15 + "ends.", "PassiveChain": "The key is read and is checked."}
    for rule, text in wrong.items():
        assert rule in {slip.rule for slip in editor.slips(Passage(1, text))}


def test_command_names_file_and_line_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "page.md"
    file.write_text("# A\n\nMend it.\n")
    assert main([str(file)]) == 1
    assert capsys.readouterr().out == f"{file}:3: 'Mend': Write *fix*; write 'Fix' [Fix]\n"


def _cells(heading: str) -> list[list[str]]:
    section = GUIDE.read_text("utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    return [re.split(r" *\| *", row.strip("| ")) for row in section.splitlines() if row.startswith("|")][2:]


def test_guide_and_rules_agree_on_terms(editor: Editor) -> None:
    """Each term that the guide refuses breaks a rule that says what to write, and what it asks for breaks none."""
    for right, wrong, _ in _cells("Terms"):
        for term in re.findall(r"`([^`]+)`", wrong):
            offered = " ".join(slip.right + slip.wrong for slip in editor.slips(Passage(1, f"See {term} it.")))
            assert right.lower() in offered.lower(), (term, offered)
        assert not [*editor.slips(Passage(1, f"See {right}."))], right


def test_every_rule_is_tried_by_a_sentence_that_it_corrects() -> None:
    for rule in RULES.glob("*.weir"):
        assert re.search('^test ".+" ".+"$', rule.read_text("utf-8"), re.MULTILINE), rule.name
