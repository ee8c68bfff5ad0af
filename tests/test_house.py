"""The house itself: what its files may not hold, how large they are, and that its documents are true."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.support.places import ROOT

CODE = sorted((ROOT / "calc").rglob("*.py"))
FILES = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()


def relative(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", CODE, ids=relative)
def test_the_core_holds_no_float_and_no_guard_that_python_o_removes(path):
    text = path.read_text(encoding="utf-8")
    body = re.sub(r'""".*?"""', "", text, flags=re.DOTALL)
    assert not re.search(r"^\s*assert ", body, re.MULTILINE)
    if "web" not in path.parts:
        assert not re.search(r"\bfloat\(", body)
        assert not re.search(r"(?<![\w.\"'])\d+\.\d+(?![\w.\"'])", re.sub(r"(\"[^\"]*\"|#.*)", "", body))


@pytest.mark.parametrize("path", CODE, ids=relative)
def test_what_pint_makes_dangerous_is_never_called(path):
    text = path.read_text(encoding="utf-8")
    for banned in ("parse_expression", ".wraps(", "format_babel", ".context(", "Quantity(text", "exec("):
        assert banned not in text
    assert text.count("eval(") == (1 if path.name == "formula.py" else 0)


@pytest.mark.parametrize("path", CODE, ids=relative)
def test_a_file_has_one_subject_and_fits(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith('"""')
    assert len(text.splitlines()) <= 300
    assert not re.search(r"\b(TODO|FIXME|XXX)\b", text)


def test_only_the_library_reads_files_in_the_core():
    own = ("calc/cli/", "calc/store/")  # the command line opens the files that it is given; the record has its own
    core = [path for path in CODE if not relative(path).startswith(own)]
    opens = r"read_text|(?<!Store)\.open\(|(?<!Store\.)\bopen\("
    readers = [relative(path) for path in core if re.search(opens, path.read_text(encoding="utf-8"))]
    assert readers == ["calc/reading/files.py"]
    imported = r"from calc\.reading\.files import .*_of"
    users = [relative(path) for path in core if re.search(imported, path.read_text(encoding="utf-8"))]
    assert users == ["calc/library.py"]


def test_no_file_names_a_place_of_one_machine_or_a_package_host():
    of_machines = r"(?<![\w.])/(work|root|home|opt)/"  # in the address of a source such a word stands behind its host
    banned = re.compile(of_machines + r"|pypi\.org|pythonhosted|npmjs|deb\.debian", re.IGNORECASE)
    found = []
    for name in FILES:
        path = ROOT / name
        if path != Path(__file__).resolve() and path.is_file() and path.suffix != ".png":  # a picture has no text
            text = path.read_text(encoding="utf-8")
            found += [f"{name}: {match[0]}" for match in banned.finditer(text)]
    assert found == []


def test_the_readme_opens_with_the_two_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(r"```\nmake run\nmake test\n```", text)
    assert text.index("make run") < text.index("## ")


def test_the_example_in_the_readme_runs(capsys):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    exec(example, {})
    assert capsys.readouterr().out == "3\n"


def test_every_lock_line_has_hashes():
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pinned = re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE)
        assert "hatchling" in pinned
        blocks = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]
        assert all("--hash=sha256:" in block for block in blocks)


def test_the_stylesheet_asks_no_third_party():
    css = (ROOT / "calc/static/style.css").read_text(encoding="utf-8")
    assert "url(" not in css
    assert "@import" not in css
