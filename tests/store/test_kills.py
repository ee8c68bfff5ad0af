"""What was acknowledged is there after the server was killed in the midst of writing."""

from tests.tools.record_kills import killed


def test_five_kills_under_six_writers_lose_nothing(folder):
    folder.parent.mkdir(exist_ok=True)
    found = killed(folder, 5, 11)
    assert found.kills == 5
    assert found.acknowledged > 50
    assert found[2:5] == (0, 0, 0)
    assert found.wrong_views == 0
