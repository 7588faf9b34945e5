"""The paper as it is printed, measured: LibreOffice opens the DOCX, and the lines of both PDFs are counted."""

import re
import subprocess
from datetime import UTC, date, datetime

import pikepdf
import pytest

from huying.papers.bulletin.paper import paper as bulletin
from huying.papers.official.as_docx import docx
from huying.papers.official.as_pdf import pdf
from huying.papers.official.document import DRAFT, Imprint, Letterhead, Paper, Paragraph, Signature
from tests.papers.letter_samples import LETTERS
from tests.papers.samples import BULLETIN

pytestmark = [pytest.mark.proof, pytest.mark.office]

AT = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
LINE = "春夏秋冬东西南北天地日月山水风云花草树木鱼鸟虫兽金银铜铁"
FULL = Paper(
    "量页面",
    (Paragraph(LINE * 60, is_flush=True),),
    Letterhead("澄川县实验小学", "澄实小惠〔2026〕3号"),
    signature=Signature("澄川县实验小学", date(2026, 11, 2)),
    imprint=Imprint(("澄川县教育惠民服务中心",), "惠民服务中心", date(2026, 11, 2)),
    mark=DRAFT,
)
MM = 25.4 / 72
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>')
BODY_TOP, BODY_BOTTOM = 30 / MM, 264 / MM


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """A function that gives the PDF of a paper by way of LibreOffice, as a file."""
    folder = tmp_path_factory.mktemp("printed")

    def through_office(name, made):
        source = folder / f"{name}.docx"
        source.write_bytes(docx(made, at=AT))
        home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
        convert = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
        subprocess.run(convert, check=True, capture_output=True, timeout=120)
        return source.with_suffix(".pdf")

    return through_office


@pytest.fixture(scope="module")
def set_by_typst(tmp_path_factory):
    folder = tmp_path_factory.mktemp("set")

    def through_typst(name, made):
        file = folder / f"{name}.pdf"
        file.write_bytes(pdf(made, at=AT))
        return file

    return through_typst


def lines_of(file, page):
    """(left, top, right, text) of every line of the body of a page, in millimetres from its edges."""
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(file), "-"]
    said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    rows = {}
    for left, top, right, bottom, text in WORD.findall(said):
        middle = (float(top) + float(bottom)) / 2
        if BODY_TOP < middle < BODY_BOTTOM:
            rows.setdefault(round(middle), []).append((float(left), float(top), float(right), text))
    return [
        (min(w[0] for w in ws) * MM, min(w[1] for w in ws) * MM, max(w[2] for w in ws) * MM, "".join(w[3] for w in ws))
        for _, ws in sorted(rows.items())
    ]


@pytest.fixture(params=["printed", "set_by_typst"])
def page_two(request):
    """The lines of a page that holds nothing but text."""
    return lines_of(request.getfixturevalue(request.param)("full", FULL), 2)


def test_a_page_has_22_lines_of_28_characters(page_two):
    assert [len(text) for *_, text in page_two] == [28] * 22


def test_the_margins_are_those_of_an_official_paper(page_two):
    lefts, tops, rights = ([row[place] for row in page_two] for place in range(3))
    assert all(abs(left - 28) < 1 for left in lefts)
    assert all(abs(210 - right - 26) < 1 for right in rights)
    # A line is 10.2 mm high and its letters 5.6: above the first one stands at most what is between two.
    assert 36 < tops[0] < 37 + 10.2 - 5.6
    assert tops[-1] + 5.6 < 297 - 35 + 1
    pitch = (tops[-1] - tops[0]) / 21
    assert abs(pitch - 28.95 * MM) < 0.05


@pytest.mark.parametrize("name", [*sorted(LETTERS), "bulletin"])
def test_every_paper_opens_in_an_office_program_with_nothing_lost(name, printed):
    made = bulletin(BULLETIN) if name == "bulletin" else LETTERS[name]
    file = printed(name, made)
    text = subprocess.run(["pdftotext", str(file), "-"], check=True, capture_output=True, text=True).stdout
    flat = re.sub(r"\s", "", text)
    wanted = [one.text for one in made.blocks if isinstance(one, Paragraph)]
    assert [one for one in wanted if re.sub(r"\s", "", one) not in flat.replace("\f", "")] == [
        one for one in wanted if _is_torn(one, flat)
    ]
    with pikepdf.open(file) as opened:
        sizes = {tuple(round(float(side) * MM) for side in page.mediabox[2:]) for page in opened.pages}
    assert sizes == {(210, 297)}


def _is_torn(text, flat):
    """A paragraph that goes on overleaf has the foot of a page inside: both its ends must be there."""
    plain = re.sub(r"\s", "", text)
    return plain not in flat and plain[:10] in flat and plain[-10:] in flat


@pytest.mark.parametrize(("page", "is_right"), [(1, True), (2, False), (3, True)])
@pytest.mark.parametrize("way", ["printed", "set_by_typst"])
def test_the_number_stands_at_the_right_of_odd_pages_and_at_the_left_of_even_ones(way, page, is_right, request):
    file = request.getfixturevalue(way)("full", FULL)
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(file), "-"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lefts, tops = zip(
        *[(float(left) * MM, float(top) * MM) for left, top, _, _, text in WORD.findall(said) if text == str(page)],
        strict=True,
    )
    assert (lefts[-1] > 105) is is_right
    assert 267 < tops[-1] < 272  # 7 mm below the type area, which ends at 262


@pytest.mark.parametrize("way", ["printed", "set_by_typst"])
def test_the_red_head_stands_35_millimetres_below_the_top_of_the_type_area(way, request):
    file = request.getfixturevalue(way)("full", FULL)
    top = next(top for _, top, _, text in lines_of(file, 1) if "澄川县实验小学" in text)
    assert 37 + 35 - 3 < top < 37 + 35 + 5
