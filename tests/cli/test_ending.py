"""A signal ends a run between two orders; one that comes in the midst of an order is not lost in it."""

import os
import signal
import sys

import pytest

from calc.__main__ import main
from calc.cli.ending import SIGNALS, Ending, Stopped
from calc.reading.fields import canonical


def test_a_signal_that_comes_while_one_waits_ends_it_at_once():
    ending = Ending()
    with pytest.raises(Stopped) as stopped, ending.heeded():
        os.kill(os.getpid(), signal.SIGTERM)
    assert stopped.value.number == signal.SIGTERM


def test_a_signal_that_comes_in_the_midst_of_an_order_ends_the_run_behind_it_and_a_second_at_once():
    ending, done = Ending(), []

    def order():
        with ending.held():
            os.kill(os.getpid(), signal.SIGINT)
            done.append("worked out")
        done.append("went on")

    for number in (1, 1):  # the second time one came before
        with pytest.raises(Stopped) as stopped, ending.heeded():
            order()
        assert (len(done), stopped.value.number) == (number, signal.SIGINT)
    assert done == ["worked out"]


def test_signals_that_were_to_be_ignored_are_and_all_are_left_as_they_were():
    before = {number: signal.getsignal(number) for number in SIGNALS}
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Ending().heeded():
            os.kill(os.getpid(), signal.SIGHUP)
            assert signal.getsignal(signal.SIGTERM) is not before[signal.SIGTERM]
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before[signal.SIGHUP])
    assert {number: signal.getsignal(number) for number in SIGNALS} == before


def test_a_signal_while_a_library_calls_back_is_no_mistake_of_an_order(tmp_path, capfd):
    """Pydantic calls `canonical` back for each quantity, and takes what it raises for a fault of its own."""
    orders, out = tmp_path / "orders.ndjson", tmp_path / "results.ndjson"
    orders.write_bytes(b'{"dose": "4.5 mg", "quantity": 30}\n' * 3)

    def interrupt(frame, event, _):
        if event == "call" and frame.f_code is canonical.__code__ and frame.f_back.f_code.co_name == "model_dump":
            sys.setprofile(None)
            os.kill(os.getpid(), signal.SIGTERM)

    sys.setprofile(interrupt)
    try:
        code = main(["plan", str(orders), "--output", str(out)])
    finally:
        sys.setprofile(None)
    assert code == 128 + signal.SIGTERM
    assert capfd.readouterr().err == f"triturate: interrupted: nothing was written, {out} is as it was\n"
    assert list(tmp_path.iterdir()) == [orders]
