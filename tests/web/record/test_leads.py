"""The code on a paper leads to the batch that had its plan, and to no other."""

import pytest

from calc.record.batch.acts import Open
from tests.support.batch_by_acts import NUMBER, WORKED, BatchByActs, put
from tests.support.record import RecordForTests

BATCH = f"/record/batches/{NUMBER}"


@pytest.fixture(scope="module")
def record():
    made = RecordForTests()
    batch = BatchByActs()
    batch.act(Open(WORKED))
    put(made, batch)
    yield made
    made.close()


def test_the_code_on_a_paper_leads_to_its_batch_and_to_no_other(record):
    plan = record.events("batch.planned")[-1].data["fingerprint"]
    spaced = " ".join(plan[at : at + 4] for at in range(0, 16, 4))
    window = record.app.test_client()
    for shown in (plan, spaced):
        answer = window.get("/paper", query_string={"plan": shown, "batch": NUMBER})
        assert (answer.status_code, answer.headers["Location"]) == (303, BATCH)
    scanned = window.post("/paper", data={"code": f"/paper?plan={plan}&batch={NUMBER}"})
    assert (scanned.status_code, scanned.headers["Location"]) == (303, BATCH)
    for other in ({"plan": "A" * 16, "batch": NUMBER}, {"plan": plan, "batch": "26-000999"}, {"plan": plan}):
        answer = window.get("/paper", query_string=other)
        assert answer.status_code == 200
        assert "Compare the plan ID with the sheet" in answer.get_data(as_text=True)
        assert "Set-Cookie" not in answer.headers
