"""Reads the target column of a preparation sheet from its picture, as a person would from a bad print: by tesseract."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from calc.capsule.papers import sheet_content, sheet_pdf
from tests.support.orders import GOOD, changed
from tests.support.papers import DPI, pictures, planned

FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?(?:\s?(?:mg|mcg|g|%|tablets?|capsules?|shells)(?![a-z]))?")
MM = 25.4
#: The column of the targets on a letter page: its left and right edge within its lines, and where the work ends, in mm.
RIGHT = 215.9 - 12 - 13.5 - 12.5 - 29 - 0.4
LEFT, BOTTOM = RIGHT - 41 + 0.8, 279.4 - 14
#: What begins the work on the first page and on each later one.
FIRST_SECTION, LATER = "Gather and identify", 21.5
DOSES = ("0.5", "0.75", "1", "1.5", "2", "2.25", "2.5", "3", "3.5", "4", "4.25", "4.5", "4.75", "5", "5.5", "6")


def samples():
    """Thirty orders with different figures throughout."""
    for index in range(30):
        dose, quantity = DOSES[index % len(DOSES)], 30 + 7 * (index % 11)
        tree = {"dose": f"{dose} mg", "quantity": quantity, "prepared_on": "2026-11-23"}
        tablets = planned(tree).powder.tablets.number
        mass = tablets * (153 + index) + index % 3
        yield changed(
            GOOD,
            {
                **tree,
                "screening": {"opioids": "no", "liver_disease": "no"},
                "source.tablets_weighed": tablets,
                "source.total_mass": f"{mass} mg",
                "diluent.packing_statistic": f"{128 + index} mg",
                "tablet_powder.packing_statistic": f"{160 + 2 * index} mg",
                "capsule.shell_mass": f"{46 + index % 5} mg",
            },
        )


def printed(tree):
    """The figures with their units in the target column, in order, as the sheet's strings have them."""
    sections = sheet_content(planned(tree), "letter")["sections"]
    texts = [f"{row['target']} {row['band']}" for section in sections for row in section["rows"]]
    return [figure.replace(" ", "") for text in texts for figure in FIGURE.findall(text.replace("\u00a0", " "))]


def tops(pdf):
    """Where the work begins on each page, in mm from its upper edge."""
    for page in pypdfium2.PdfDocument(pdf):
        reader = page.get_textpage()
        found = reader.search(FIRST_SECTION).get_next()
        if found is None:
            yield LATER
        else:
            _, _, _, upper = reader.get_charbox(found[0])
            yield (page.get_height() - upper) / DPI * MM - 1


def without_lines(column):
    """The column without the lines between its rows, which a reader takes for lines and tesseract for letters."""
    across = column.convert("L").resize((1, column.height), Image.Resampling.BOX)
    ruled = across.point(lambda level: 255 if level < 64 else 0).resize(column.size)
    return Image.composite(Image.new("1", column.size, 1), column, ruled.convert("1"))


def seen(tree, dpi):
    """The same, as tesseract reads them from a picture in black and white of that many dots an inch."""
    with tempfile.TemporaryDirectory() as folder:
        pages, pdf = [], sheet_pdf(planned(tree), "letter")
        for number, (picture, top) in enumerate(zip(pictures(pdf, dpi), tops(pdf), strict=True), start=1):
            box = [round(side * dpi / MM) for side in (LEFT, top, RIGHT, BOTTOM)]
            pages.append(Path(folder) / f"{number}.png")
            without_lines(picture.crop(box)).save(pages[-1], dpi=(dpi, dpi))
        names = Path(folder) / "pages.txt"
        names.write_text("\n".join(map(str, pages)), encoding="utf-8")
        read = subprocess.run(
            ["tesseract", str(names), "stdout", "--psm", "6", "--dpi", str(dpi)],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        ).stdout
    return [re.sub(r"\s", "", figure) for figure in FIGURE.findall(read.replace("\n", " "))]


def missed(tree, dpi):
    """The printed figures that are not read, or not in their order."""
    left = iter(seen(tree, dpi))
    return [figure for figure in printed(tree) if figure not in left]
