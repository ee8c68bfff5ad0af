"""What a commit costs at least, and at most: the syncs that make it last, counted from outside."""

import pytest

from tests.tools.record_figures import strace, syncs


@pytest.mark.skipif(strace() is None, reason="strace counts the syncs; make test unpacks it")
def test_a_commit_is_synced_five_times_and_its_witness_once(folder):
    folder.parent.mkdir(exist_ok=True)
    counted = syncs(folder.parent, 10)
    if counted is None:
        pytest.skip("strace may not trace here")
    assert 5 * 10 <= counted - 10 <= 5 * 10
