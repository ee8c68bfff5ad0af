"""The typeface of the pages: small, whole for what they write, kept for a year at an address of its own content."""

import io
import re

from fontTools.ttLib import TTFont

from calc.web import face
from tests.support.client import make_client

CLIENT = make_client()
#: What pages write: figures, letters with marks, the signs of the arithmetic, quotation marks, dashes, arrows.
WRITTEN = (
    "0123456789 .,%AZaz\u00e9\u00d7\u00f7\u2212\u221a\u2248\u2264\u2265\u00b0\u201c\u201d\u2019\u2013\u2192\u2713\u00bd"
)


def font():
    return TTFont(io.BytesIO(CLIENT.get(face.face().address).data))


def test_every_page_names_it_and_a_browser_keeps_it_for_a_year():
    page = CLIENT.get("/").text
    assert f'href="{face.face().stylesheet}"' in page
    for address in (face.face().address, face.face().stylesheet):
        answer = CLIENT.get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert face.face().address in CLIENT.get(face.face().stylesheet).text


def test_its_address_is_a_hash_and_no_other_address_has_it():
    name = re.fullmatch(r"/face/([0-9a-f]{16})\.woff", face.face().address)[1]
    assert CLIENT.get(f"/face/{name[::-1]}.woff").status_code == 404


def test_it_has_what_pages_write_in_the_weights_and_widths_that_they_use():
    cut = font()
    assert {ord(sign) for sign in WRITTEN} <= set(cut.getBestCmap())
    assert {axis.axisTag: (axis.minValue, axis.maxValue) for axis in cut["fvar"].axes} == {
        "wdth": (85, 100),
        "wght": (400, 600),
    }
    features = {record.FeatureTag for record in cut["GSUB"].table.FeatureList.FeatureRecord}
    assert "zero" in features


def test_figures_are_all_as_wide():
    cut = font()
    widths = {cut["hmtx"][cut.getBestCmap()[ord(figure)]][0] for figure in "0123456789"}
    assert len(widths) == 1


def test_it_is_of_the_family_that_papers_are_set_in():
    assert font()["name"].getDebugName(1).startswith("IBM Plex Sans")
