"""The program as others install it: a wheel, built here, run from an empty directory."""

import http.client
import re
import subprocess
import sys
import zipfile

import pytest

from tests.support.places import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, "--no-build-isolation", "--wheel-dir", folder, ROOT], check=True)
    (built,) = folder.glob("triturate-*.whl")
    return built


def names(folder, *parts):
    base = ROOT.joinpath(folder, *parts)
    return {path.relative_to(base).as_posix() for path in base.rglob("*") if path.is_file()}


def test_templates_tables_drugs_and_static_files_are_inside(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    for folder, there in (
        ("templates", "calc/templates"),
        ("calc/tables", "calc/tables"),
        ("calc/drugs", "calc/drugs"),
        ("calc/formulations", "calc/formulations"),
    ):
        assert {name.removeprefix(f"{there}/") for name in inside if name.startswith(f"{there}/")} == names(folder)
    assert "calc/static/style.css" in inside
    assert {name for name in inside if "docs/" in name} == {"calc/docs/evidence.md"}
    assert not [name for name in inside if name.startswith("tests/")]


def test_types_are_inside(wheel):
    assert "calc/py.typed" in zipfile.ZipFile(wheel).namelist()


@pytest.fixture(scope="module")
def site(wheel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, "--target", folder, wheel], check=True)
    return folder


def installed(site):
    """The program's text that runs the command of a wheel, and nothing of the checkout."""
    return f"import sys; sys.path.insert(0, {str(site)!r}); import calc.__main__ as m; "


def test_it_plans_from_options_in_an_empty_directory(site, tmp_path):
    order = ["plan", "--dose", "4.5 mg", "--quantity", "30", "--source.tablets_weighed", "3"]
    order += ["--source.total_mass", "0.480 g", "--columns", "plan.portion.text", "--to", "csv"]
    start = installed(site) + f"print(m.__file__, flush=True); sys.exit(m.main({order!r}))"
    said = subprocess.run([sys.executable, "-P", "-c", start], cwd=tmp_path, capture_output=True, text=True, check=True)
    where, *lines = said.stdout.splitlines()
    assert where.startswith(str(site))
    assert lines == ["line,status,plan.portion.text,problem", "1,200,0.432 g,"]


def test_it_serves_the_main_job_from_an_empty_directory(site, tmp_path):
    start = installed(site) + "print(m.__file__, flush=True); m.main(['serve', '--port', '0'])"
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", start],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline().startswith(str(site))
        port = int(re.search(r":(\d+) ", process.stdout.readline())[1])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        for path, words in (
            ("/?dose=4.5&dose_unit=mg&quantity=30", "Crush 3\u00a0tablets"),
            ("/static/style.css", "--ink"),
            ("/evidence", "Two engines"),
        ):
            connection.request("GET", path)
            answer = connection.getresponse()
            assert answer.status == 200
            assert words in answer.read().decode()
        connection.close()
    finally:
        process.kill()
        process.communicate()
