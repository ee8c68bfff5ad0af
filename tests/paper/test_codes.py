"""The code on each paper: read back from a bad print, recomputed, judged; and what happens to one that was changed."""

import json
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from calc import limits
from calc.capsule.answer import answer
from calc.capsule.papers import label_pdf, leaflet_pdf, sheet_pdf
from calc.orders.query import shortest_pairs_of
from calc.paper import code
from calc.paper.code import pack, unpack, written_out
from calc.paper.label import STOCKS
from calc.service.preparations import CAPSULES
from calc.web.forms.query import tree
from calc.wording.paper import CHANGES, VERDICTS, plan_id
from tests.paper.test_papers import FULL, NAMED, ORDERS, PLAIN, YES
from tests.support.client import make_client
from tests.support.orders import GOOD, changed, dated
from tests.support.pages import plain_text
from tests.support.papers import one_line, pictures, planned, text_of_pdf
from tests.support.places import DATA
from tests.support.queries import as_query, query_of

PAPERS = {
    "sheet": lambda made: sheet_pdf(made, "letter"),
    "leaflet": lambda made: leaflet_pdf(made, "a4"),
    **{f"label {stock}": lambda made, stock=stock: label_pdf(made, stock) for stock in STOCKS},
}


@pytest.fixture(scope="module")
def client():
    return make_client()


def codes_on(pdf, dpi):
    """The texts of all codes on a file printed in black and white at `dpi`."""
    return [
        found.text
        for picture in pictures(pdf, dpi)
        for found in zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.BarcodeFormat.DataMatrix)
    ]


@pytest.mark.parametrize("tree", [PLAIN, GOOD, FULL, YES], ids=["plain", "good", "full", "yes"])
@pytest.mark.parametrize("paper", PAPERS)
def test_the_code_is_read_back_from_a_bad_print_and_says_that_the_paper_follows(client, paper, tree):
    made = planned(dated(tree))
    fingerprint = answer(made)["fingerprint"]
    texts = codes_on(PAPERS[paper](made), 150)
    assert len(texts) == (30 if paper == "label 30" else 1)
    (text,) = set(texts)
    assert fingerprint in text
    shown = client.post("/paper", data={"code": text})
    assert shown.status_code == 200
    says = "This paper still follows from its order" if paper == "sheet" else "Compare the plan ID with the sheet"
    assert says in plain_text(shown)
    assert plan_id(fingerprint) in plain_text(shown)
    assert client.get(text).data == shown.data


@pytest.mark.parametrize("tree", [PLAIN, FULL, YES], ids=["plain", "full", "yes"])
def test_the_code_of_a_label_or_leaflet_holds_plan_and_batch_and_nothing_of_the_order(tree):
    made = planned(dated(tree))
    batch = made.order.internal_number
    wanted = f"/paper?plan={answer(made)['fingerprint']}" + (f"&batch={batch}" if batch else "")
    for paper in set(PAPERS) - {"sheet"}:
        assert set(codes_on(PAPERS[paper](made), 300)) == {wanted}


@pytest.mark.parametrize("number", ["A & <7>", "\u017d" * 40])
def test_a_batch_number_of_any_kind_survives_or_is_left_to_the_paper(client, number):
    text = code.reference_code("QRSNISOMPGP5ZF7C", number, most=52).text
    assert parse_qsl(urlsplit(text).query) in (
        [("plan", "QRSNISOMPGP5ZF7C"), ("batch", number)],
        [("plan", "QRSNISOMPGP5ZF7C")],
    )
    assert "QRSN ISOM PGP5 ZF7C" in plain_text(client.get(text))


@pytest.mark.parametrize("typed", ["QRSNISOMPGP5ZF7C", "qrsn isom pgp5 zf7c", " QRSN-ISOM-PGP5-ZF7C "])
def test_a_plan_id_can_be_typed(client, typed):
    shown = client.post("/paper", data={"code": typed})
    assert shown.status_code == 200
    assert "QRSN ISOM PGP5 ZF7C" in plain_text(shown)
    assert "scan the code of the sheet" in plain_text(shown)


PRINTED_BEFORE = json.loads((DATA / "codes" / "2a4b0f5.json").read_text(encoding="ascii"))


@pytest.mark.parametrize("paper", PRINTED_BEFORE, ids=lambda paper: paper["name"])
def test_a_code_printed_by_2a4b0f5_follows_by_the_rules_of_then_or_says_what_changed(client, paper):
    """The texts are those that the codes held, written by that commit itself; they are never written again."""
    for shown in (
        client.post("/paper", data={"code": paper["code"]}),
        client.get(paper["code"], follow_redirects=True),
    ):
        assert shown.status_code == 200
        text = plain_text(shown)
        assert VERDICTS[paper["verdict"]] in text
        assert [path for path, words in CHANGES.items() if words in text] == paper["changes"]


def test_thirty_codes_of_2a4b0f5_of_every_kind_are_kept():
    assert len(PRINTED_BEFORE) == 30
    assert {paper["verdict"] for paper in PRINTED_BEFORE} >= {"followed_before", "otherwise"}
    assert {paper["code"][:7] for paper in PRINTED_BEFORE} == {"/paper?", "/PAPER/"}


def test_a_code_of_today_names_its_set_of_defaults_and_one_of_another_set_is_refused(client):
    (text,) = codes_on(sheet_pdf(planned(PLAIN), "letter"), 150)
    assert "&defaults=2&" in text
    assert client.get(text.replace("defaults=2", "defaults=3")).status_code == 422
    without = plain_text(client.get(text.replace("&defaults=2", "")))
    assert VERDICTS["otherwise"] in without  # read with the defaults of set 1, it is another order


def test_an_order_too_long_to_be_written_out_is_packed_into_the_query(client):
    pairs = shortest_pairs_of(planned(FULL).order)
    fingerprint = answer(planned(FULL))["fingerprint"]
    text = code.code(fingerprint, pairs, most=72).text
    assert text.startswith(f"/paper?fingerprint={fingerprint}&packed=")
    assert VERDICTS["follows"] in plain_text(client.get(text))


def test_an_order_too_long_for_any_code_leaves_plan_and_batch_on_the_sheet(monkeypatch):
    monkeypatch.setattr("calc.paper.record.code", lambda *_, **__: None)
    pdf = sheet_pdf(planned(FULL), "letter")
    (text,) = codes_on(pdf, 150)
    assert text.startswith("/paper?plan=")
    assert "holds the plan ID and the batch number alone" in one_line(text_of_pdf(pdf))


@pytest.mark.parametrize("typed", ["http://[", "http://a\u2100b/", "/PAPER/A/\u00e9"])
def test_a_wrong_scan_is_refused_and_never_a_mistake_of_the_program(client, typed):
    assert client.post("/paper", data={"code": typed}).status_code == 422


def test_a_packed_text_that_names_a_field_twice_is_refused(client):
    assert unpack("5XAQCAIAAAAIBEHLJXXQQCQAAAAAAAAAAAMA") is None


@pytest.mark.parametrize("name", ORDERS)
def test_the_query_of_a_code_makes_the_same_order_again(name):
    order = planned(ORDERS[name]).order
    pairs = shortest_pairs_of(order)
    assert unpack(pack(pairs)) == pairs
    assert parse_qsl(urlsplit(written_out("F", pairs)).query)[1:] == pairs
    again = planned(tree(pairs, CAPSULES.query)).order
    assert again.understood() == order.understood()


TEXTS = st.text(sorted(limits.PRINTABLE), min_size=1, max_size=40).map(str.strip).filter(bool)


@given(TEXTS, TEXTS, st.integers(1, 1000))
def test_any_typed_text_survives_packing(lot, maker, quantity):
    pairs = [("quantity", str(quantity)), ("source-maker", maker), ("source-lot", lot)]
    assert unpack(pack(pairs)) == pairs


def test_every_name_and_one_without_a_token_survive_packing():
    pairs = [(name, "a = 50") for name in code._NAMES if name not in code._QUANTITIES | {"syringes"}]
    pairs += [("a-name without=token", "50 %"), ("source-lot", "a=b")]
    assert unpack(pack(pairs)) == list(dict(pairs).items())


def test_tokens_are_kept_for_ever():
    tokens = [code._TOKENS[name] for name in ("dose", "quantity", "source-assay", "syringes")]
    assert tokens == ["\x80", "\x81", "\xe4", "\xf3"]
    assert len(set(code._TOKENS.values())) == len(code._NAMES) == len(set(code._NAMES))


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", max_size=200))
def test_what_was_not_packed_here_is_unpacked_to_pairs_or_to_nothing(text):
    found = unpack(text)
    assert found is None or all(isinstance(part, str) for pair in found for part in pair)


def test_a_changed_figure_is_told(client):
    made = planned(GOOD)
    fingerprint = answer(made)["fingerprint"]
    for change in ({"dose": "4.6 mg"}, {"source.total_mass": "0.481 g"}, {"internal_number": "2"}):
        pairs = [("fingerprint", fingerprint), ("defaults", "2"), *as_query(changed(GOOD, change))]
        shown = client.get("/paper", query_string=urlencode(pairs))
        assert shown.status_code == 200
        text = plain_text(shown)
        assert VERDICTS["otherwise"] in text
        assert "Do not work from it" in text


def test_an_order_that_is_refused_is_told_with_why(client):
    pairs = [("fingerprint", "A" * 16), *as_query(changed(GOOD, {"dose": "450 mg"}))]
    shown = client.get("/paper", query_string=urlencode(pairs))
    assert shown.status_code == 422
    text = plain_text(shown)
    assert VERDICTS["otherwise"] in text
    assert "450 mg" in text


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("0361234567890", "not the code of one of our papers"),
        ("/paper?dose=4.5", "not the code of one of our papers"),
        ("/PAPER/AAAA/NOT-PACKED", "was changed or is cut off"),
        ("/paper?fingerprint=AAAA&packed=NOT-PACKED", "was changed or is cut off"),
        ("/PAPER/AAAA", "not the code of one of our papers"),
        ("<script>alert(1)</script>", "not the code of one of our papers"),
        ("x" * 5000, "not the code of one of our papers"),
    ],
)
def test_another_code_is_refused_and_kept(client, code, words):
    shown = client.post("/paper", data={"code": code})
    assert shown.status_code == 422
    assert words in plain_text(shown)
    assert "<script>" not in shown.text


def test_a_code_without_a_fingerprint_or_with_two_is_refused(client):
    for pairs in (as_query(GOOD), [("fingerprint", "A"), ("fingerprint", "B"), *as_query(GOOD)]):
        assert client.get("/paper", query_string=urlencode(pairs)).status_code == 422
    assert client.get("/PAPER/AAAA/XXXX").status_code == 422


def test_the_empty_page_asks_for_a_code(client):
    for shown in (client.get("/paper"), client.post("/paper", data={"code": " "})):
        assert shown.status_code == 200
        assert "Scan the square code" in plain_text(shown)


def test_a_drug_without_a_file_has_its_code_too(client):
    made = planned(NAMED)
    (text,) = codes_on(sheet_pdf(made, "letter"), 150)
    assert "This paper still follows" in plain_text(client.get(text, follow_redirects=True))
    assert ("drug-name", "baclofen") in query_of(made.order.understood())
