"""Pictures and typefaces of a provider: what is harmless is taken as it is, and all else told with its place."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import brotli
import pytest
import yaml
from agentdocs.brand import picture, typeface
from agentdocs.brand.picture import Picture
from agentdocs.brand.typeface import Typeface
from agentdocs.cli import main
from click.testing import CliRunner
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from site_tests.conftest import DAY
from site_tests.projects import EXEMPLA

if TYPE_CHECKING:
    from collections.abc import Callable

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("pictures.yaml").read_text("utf-8"))
OWN = EXEMPLA / "catalog" / "brand"


def svg(case: dict[str, Any]) -> bytes:
    around = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">  {}</svg>'
    return str(case["svg"] if "svg" in case else around.format(case["inside"])).encode()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["promise"])
def test_a_picture_is_taken_as_it_is_or_refused_with_exactly_this(case: dict[str, Any]) -> None:
    read = picture.read("logo.svg", svg(case))
    if problem := case.get("problem"):
        assert isinstance(read, list)
        assert [str(found) for found in read] == [f"logo.svg{problem}"]
    else:
        assert isinstance(read, Picture), read
        assert read.body == svg(case)


def test_each_promise_is_made_once_and_both_ends_are_tried() -> None:
    promises = [case["promise"] for case in CASES]
    assert sorted(set(promises)) == sorted(promises)
    assert {bool(case.get("problem")) for case in CASES} == {True, False}


def test_a_byte_that_is_not_utf_8_is_found() -> None:
    (problem,) = picture.read("logo.svg", b"<svg>\n ab\xff")  # type: ignore[misc]
    assert str(problem) == "logo.svg:2:4: is not UTF-8; save it as UTF-8"


def test_elements_inside_each_other_without_end_are_refused() -> None:
    deep = svg({"inside": "<g>" * 3_000 + "</g>" * 3_000})
    (problem,) = picture.read("logo.svg", deep)  # type: ignore[misc]
    assert problem.wrong == "is nested too deeply"


@pytest.mark.parametrize(
    ("attributes", "ratio"),
    [
        ('viewBox="0 0 30 10"', 3),
        ('viewBox="-5 -5 30 10" width="100%"', 3),
        ('viewBox="0 0 30 10" width="20" height="10"', 2),
        ('viewBox="0 0 30 10" width="40px" height="10px"', 4),
        ('viewBox="0 0 30 10" width="2cm" height="10mm"', 3),
        ('viewBox="0 0 30 10" width="0" height="10"', 3),
    ],
)
def test_a_picture_has_the_shape_that_a_browser_gives_it(attributes: str, ratio: float) -> None:
    read = picture.read("logo.svg", f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode())
    assert isinstance(read, Picture)
    assert read.width / read.height == ratio


# --- Typefaces -----------------------------------------------------------------------------------------------

AFM = {
    **dict.fromkeys(" ft", 278), **dict.fromkeys("ijl", 222), "r": 333, "w": 722, "m": 833,
    **dict.fromkeys("cksvxyz", 500), **dict.fromkeys("abdeghnopqu", 556),
}  # fmt: skip
"""How wide letters of Helvetica and Arial are."""


def font(scale: float = 1.0, units: int = 1000, characters: str = "", **lines: int) -> bytes:
    """Make a font whose letters are as wide as those of Arial, or `scale` times as wide."""
    letters = characters or "".join(map(chr, range(0x20, 0x7F)))
    names = {ord(letter): f"g{ord(letter)}" for letter in letters}
    order = [".notdef", *names.values()]
    wide = dict.fromkeys(order, 0)
    wide |= {names[ord(c)]: round(AFM.get(c, 556) * scale * units / 1000) for c in letters}
    builder = FontBuilder(units, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in order})
    builder.setupHorizontalMetrics({name: (width, 0) for name, width in wide.items()})
    builder.setupHorizontalHeader(**{"ascent": 900, "descent": -200, **lines})
    builder.setupNameTable({"familyName": "Made", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    return packed(builder.font)


def packed(made: Any) -> bytes:  # noqa: ANN401
    made.flavor = "woff2"
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def rules(body: bytes) -> dict[str, str]:
    read = typeface.read("sans.woff2", body)
    assert isinstance(read, Typeface), read
    lines = (line.partition(": ") for line in read.rules().splitlines())
    return {name: value.rstrip(";") for name, _, value in lines if value}


NAMES = ("size-adjust", "ascent-override", "descent-override", "line-gap-override")


def percentages(body: bytes) -> list[float]:
    written = rules(body)
    return [float(written[name].removesuffix("%")) for name in NAMES]


def test_a_typeface_as_wide_as_arial_needs_no_other_size() -> None:
    assert percentages(font(ascent=905, descent=-212, lineGap=33)) == [100, 90.5, 21.2, 3.3]


@pytest.mark.parametrize("units", [1000, 2048])
def test_what_stands_in_for_a_wider_typeface_is_as_wide_and_as_high(units: int) -> None:
    wider = percentages(font(1.25, units, ascent=units, descent=-units // 4))
    assert wider == pytest.approx([125, 80, 20, 0], abs=0.05)


def test_a_typeface_is_never_exchanged_under_a_readers_eyes() -> None:
    written = rules(font())
    assert written["font-display"] == "optional"
    assert written["font-weight"] == "400"


def test_the_name_of_a_typeface_changes_with_it() -> None:
    one, other = (typeface.read("x", font(scale)) for scale in (1, 1.1))
    assert isinstance(one, Typeface)
    assert isinstance(other, Typeface)
    assert one.file != other.file


def bomb(body: bytes, *, metadata: bool) -> bytes:
    """Put what unpacks to 64 MB in place of a font's tables, or beside them as its metadata."""
    more = brotli.compress(b"\0" * 64 * 1024 * 1024)
    assert len(more) < 1000
    if metadata:
        place = len(body)
        header = b"".join(number.to_bytes(4) for number in (place, len(more), 64 * 1024 * 1024))
        return body[:28] + header + body[40:] + bytes(more)
    tables = int.from_bytes(body[20:24])
    start = next(place for place in range(48, len(body)) if _unpacks(body[place : place + tables]))
    return body[:20] + len(more).to_bytes(4) + body[24:start] + bytes(more)


def _unpacks(packed: bytes) -> bool:
    try:
        return len(brotli.decompress(packed)) > 1000
    except brotli.error:
        return False


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "a font that is not packed": (
        lambda: b"\0\1\0\0" + b"\0" * 100,
        "is not WOFF2; save the font as WOFF2 again, for example with fonttools",
    ),
    "a font of WOFF 1": (lambda: b"wOFF" + b"\0" * 100, "is not WOFF2; "),
    "nothing": (lambda: b"", "is not WOFF2; "),
    "half a font": (lambda: font()[:400], "cannot be read as a font: "),
    "a header alone": (lambda: b"wOF2" + b"\0" * 100, "cannot be read as a font: "),
    "a font with noise in it": (
        lambda: (body := font())[:200] + bytes(b ^ 85 for b in body[200:]),
        "cannot be read as a font: ",
    ),
    "metadata that unpack without end": (
        lambda: bomb(font(), metadata=True),
        "unpacks to more than 2,097,152 bytes; use a font with fewer characters",
    ),
    "tables that unpack without end": (
        lambda: bomb(font(), metadata=False),
        "unpacks to more than 2,097,152 bytes; use a font with fewer characters",
    ),
    "a font without digits": (
        lambda: font(characters="".join(c for c in map(chr, range(0x20, 0x7F)) if not c.isdigit())),
        "has no '0'; use a font, or a subset, that has all of ASCII",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_typeface_that_no_page_could_use_is_told(name: str) -> None:
    make, expected = BROKEN[name]
    (problem,) = typeface.read("sans.woff2", make())  # type: ignore[misc]
    assert str(problem).startswith(f"sans.woff2: {expected}")


# --- In a project --------------------------------------------------------------------------------------------


def run(root: Path, *command: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, [*command, "--root", str(root), "--as-of", DAY.isoformat()])
    return result.exit_code, result.stderr


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("logo.svg", svg({"inside": "<script/>"}), "logo.svg:1:61: <script> is no part of a still picture; remove it"),
        (
            "icon.svg",
            b" " * 40_000,
            "icon.svg: is larger than 32,768 bytes; simplify it, or shrink it with a program such as ",
        ),
        ("sans.woff2", b"wOF2" * 20_000, "sans.woff2: is larger than 65,536 bytes; leave out the characters that "),
        ("sans.woff2", b"wOF2", "sans.woff2: cannot be read as a font: "),
    ],
)
def test_what_is_wrong_with_a_file_is_told_by_every_command_and_nothing_is_written(
    name: str, body: bytes, told: str, project: Path
) -> None:
    file = project / "catalog" / "brand" / name
    file.write_bytes(body)
    before = {path.name for path in project.iterdir()}
    for command in (["check"], ["build"], ["build", "--release"], ["stage", str(project / "staged")]):
        code, stderr = run(project, *command)
        assert (code, stderr.splitlines()[0].startswith(f"{file.parent}/{told}")) == (1, True), stderr
    assert {path.name for path in project.iterdir()} == before


def test_a_real_key_in_a_picture_is_found_before_anything_is_built(project: Path) -> None:
    key = "".join(("exempla_chat_", "Zq7Rw2Kp9Lx4Vt8Ns3Bd6Yh1"))
    file = project / "catalog" / "brand" / "logo.svg"
    file.write_bytes(svg({"inside": f"<desc>{key}</desc>"}))
    code, stderr = run(project, "check")
    assert code == 1
    assert stderr.startswith(f"{file}:1:67: ")


def test_a_link_out_of_the_project_is_not_followed(project: Path, tmp_path: Path) -> None:
    shutil.copy(OWN / "logo.svg", tmp_path / "elsewhere.svg")
    file = project / "catalog" / "brand" / "logo.svg"
    file.unlink()
    file.symlink_to(tmp_path / "elsewhere.svg")
    assert run(project, "check")[1].startswith(f"{file}: is a link that leads out of the project; ")
