"""Reads the target column of a preparation sheet from its picture, as a person would from a bad print: by tesseract."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

from calc.capsule.papers import sheet_pdf
from calc.capsule.sheet import sheet
from tests.support.orders import GOOD, changed
from tests.support.papers import pictures, planned

FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?(?:\s?(?:mg|mcg|g|%|tablets?|capsules?|shells)(?![a-z]))?")
MM = 25.4
#: The column of the targets on a letter page: its left and right edge, and where the work begins and ends, in mm.
LEFT, RIGHT, TOP, BOTTOM = 215.9 - 12 - 14 - 14 - 33 - 43, 215.9 - 12 - 14 - 14 - 33, 27, 279.4 - 17
WORK_PAGES = (2, 3, 4)
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
    texts = [f"{action.target} {action.band}" for stage in sheet(planned(tree)).work for action in stage.actions]
    return [figure.replace(" ", "") for text in texts for figure in FIGURE.findall(text.replace("\u00a0", " "))]


def seen(tree, dpi):
    """The same, as tesseract reads them from a picture in black and white of that many dots an inch."""
    with tempfile.TemporaryDirectory() as folder:
        pages = []
        for number, picture in enumerate(pictures(sheet_pdf(planned(tree), "letter"), dpi), start=1):
            if number in WORK_PAGES:
                box = [round(side * dpi / MM) for side in (LEFT, TOP, RIGHT, BOTTOM)]
                pages.append(Path(folder) / f"{number}.png")
                picture.crop(box).save(pages[-1], dpi=(dpi, dpi))
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
