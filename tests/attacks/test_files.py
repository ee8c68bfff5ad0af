"""`triturate plan --output`: the file is written whole or stays as it was, whatever ends the run (F4)."""

import os
import signal
import stat
import subprocess
import sys
import time

import pytest

from calc.cli.whole_file import BadOutput, written_whole

ORDER = b'{"dose": "4.5 mg", "quantity": 30, "source": {"tablets_weighed": 3, "total_mass": "0.480 g"}}\n'
OLD = b"an older result\n"


def running(orders, out, *more, limit=None):
    """The command over a file of orders, as a process of its own."""
    command = [sys.executable, "-m", "calc", "plan", str(orders), "--output", str(out), *more]
    if limit is not None:
        command = ["sh", "-c", f'ulimit -f {limit}; exec "$@"', "sh", *command]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heed)


def heed():
    """Heed the signals that a shell lets a command in its background ignore."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@pytest.fixture
def many(tmp_path):
    """More orders than are planned within the time of a test."""
    path = tmp_path / "orders.ndjson"
    path.write_bytes(ORDER * 60_000)
    return path


def beside(out):
    """What else lies in the folder of the output: unfinished copies."""
    return [path for path in out.parent.iterdir() if path.name.startswith(f".{out.name}")]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupted_run_leaves_the_older_file_and_says_so(tmp_path, many, number, jobs):
    out = tmp_path / "results.ndjson"
    out.write_bytes(OLD)
    process = running(many, out, "--jobs", str(jobs))
    for _ in range(600):  # until the first answers are on the disk
        if any(path.stat().st_size for path in beside(out)):
            break
        time.sleep(0.05)
    assert out.read_bytes() == OLD
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert said.decode() == f"triturate: interrupted: nothing was written, {out} is as it was\n"
    assert out.read_bytes() == OLD
    assert beside(out) == []


def test_what_is_ignored_as_by_nohup_goes_on_being_ignored(tmp_path):
    orders, out = tmp_path / "orders.ndjson", tmp_path / "results.ndjson"
    orders.write_bytes(ORDER * 3_000)
    begun = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh", sys.executable, "-m", "calc", "plan", str(orders)]
    process = subprocess.Popen([*begun, "--output", str(out)], stderr=subprocess.PIPE)
    for _ in range(600):
        if beside(out):
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGHUP)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert out.read_bytes().count(b"\n") == 3_000


def test_a_full_disk_leaves_the_older_file(tmp_path, many):
    out = tmp_path / "results.ndjson"
    out.write_bytes(OLD)
    process = running(many, out, limit=64)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert b"File too large" in said
    assert out.read_bytes() == OLD
    assert beside(out) == []


def test_a_link_is_followed_only_if_asked(tmp_path):
    orders, target, link = tmp_path / "orders.ndjson", tmp_path / "target", tmp_path / "link"
    orders.write_bytes(ORDER)
    target.write_bytes(OLD)
    link.symlink_to(target)
    _, said = (refused := running(orders, link)).communicate(timeout=60)
    assert refused.returncode == 1
    assert b"is a symbolic link: name the file itself, or say --follow-link" in said
    assert target.read_bytes() == OLD
    (asked := running(orders, link, "--follow-link")).communicate(timeout=60)
    assert asked.returncode == 0
    assert link.is_symlink()
    assert target.read_bytes().startswith(b'{"order":')


def test_a_pipe_is_written_to_as_it_is(tmp_path):
    orders, pipe = tmp_path / "orders.ndjson", tmp_path / "pipe"
    orders.write_bytes(ORDER)
    os.mkfifo(pipe)
    process = running(orders, pipe)
    with open(pipe, "rb") as read:
        assert read.read().startswith(b'{"order":')
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_the_rights_of_a_file_stay_and_a_new_one_has_the_usual(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(OLD)
    old.chmod(0o640)
    mask = os.umask(0o027)
    try:
        for path in (old, new):
            with written_whole(str(path), follow=False) as out:
                out.write(b"done")
    finally:
        os.umask(mask)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (old, new)] == [0o640, 0o640]
    assert old.read_bytes() == new.read_bytes() == b"done"


def test_what_is_no_file_cannot_be_written_whole(tmp_path):
    with pytest.raises(OSError, match="directory"), written_whole(str(tmp_path), follow=False):
        pass
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(BadOutput), written_whole(str(tmp_path / "loop"), follow=False):
        pass
