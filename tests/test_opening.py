"""Which groups of the forms are open by themselves: what the next step needs, and what can mend a stop."""

import pytest

from tests.bad_inputs import LIQUID
from tests.checked import soup
from tests.doors import GOOD, as_query, changed, make_client

CLIENT = make_client()
ANSWERED = {"screening.opioids": "no", "screening.liver_disease": "no"}
WEIGHED = {"source.tablets_weighed": 4, "source.total_mass": "0.640 g"}
WEIGHING, SCREENING, FILL, BALANCE = "Tablets weighed today", "Screening", "Capsule and fill", "Balance"


def opened(path, tree):
    """The titles of the folded groups that stand open."""
    page = soup(CLIENT.get(path, query_string=as_query(tree), follow_redirects=True))
    return [group.summary.contents[0].strip() for group in page.select("form details.group[open]")]


@pytest.mark.parametrize(
    ("changes", "titles"),
    [
        ({"source": None}, [WEIGHING]),  # nothing can be weighed before the tablets are
        ({"diluent": None}, [FILL]),  # without packing statistics the fill is only estimated
        ({}, [SCREENING]),
        ({"screening.opioids": "no"}, [SCREENING]),
        (ANSWERED, []),
        ({"dose": "0.5 mg", "quantity": 10}, [SCREENING, BALANCE]),  # diluted first: a finer balance would weigh it
        ({"dose": "0.5 mg", "quantity": 10, "balance": {"readability": "1 mg"}} | ANSWERED, []),
        ({"balance.readability": "9 g"}, [BALANCE]),
        ({"tablet_powder.packing_statistic": "10 mg"}, [FILL]),  # 14.4 mg of powder for each capsule
    ],
)
def test_an_order_of_capsules(changes, titles):
    assert opened("/", changed(GOOD, changes)) == titles


@pytest.mark.parametrize(
    ("changes", "titles"),
    [
        ({"volume": "120 mL"}, [WEIGHING]),
        ({"volume": "120 mL"} | WEIGHED, [SCREENING]),
        ({"volume": "120 mL"} | WEIGHED | ANSWERED, []),
        ({}, [SCREENING]),  # two whole tablets hold the drug of the bottle: nothing is weighed
        ({"strength": "10 mg", "dose": "0.05 mg"}, ["Oral syringes of the bench"]),  # 0.005 mL
    ],
)
def test_an_order_of_a_liquid(changes, titles):
    assert opened("/liquid", changed(LIQUID, changes)) == titles
