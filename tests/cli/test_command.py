"""`triturate plan`: one order from options, many from CSV or NDJSON, the same answers as from any other door."""

import csv
import fcntl
import io
import json
import os
import pty
import shlex
import struct
import subprocess
import sys
import termios
import tracemalloc

import pytest

from calc.__main__ import main
from calc.answers.csv_text import harmless
from calc.capsule.order import Order
from calc.cli import command
from calc.cli.options import FIELDS
from calc.cli.trees import tree_of
from calc.faults import FaultCode, Refused
from calc.library import load
from calc.service.many import LONGEST_LINE
from calc.service.preparations import CAPSULES
from calc.web.openapi.liquid import EXAMPLE as LIQUID
from calc.wording.cli import PLAN_AFTER
from tests.support.client import PLAN, TODAY, ask_page, make_client
from tests.support.mistakes import plan_by
from tests.support.orders import GOOD, changed
from tests.support.pages import page_faults, read_page
from tests.support.queries import as_query
from tests.support.schemas import DOCUMENT, validate

CLIENT = make_client()


def leaves(tree, prefix=""):
    """Each field of an order by its dotted path, with its value as text."""
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)


def options(tree):
    return [part for path, text in leaves(tree) for part in (f"--{path}", text)]


@pytest.fixture
def ran(capsysbinary, monkeypatch):
    """Runs the command in this process, on the day of all tests: its exit code, what it wrote, and what it told."""
    monkeypatch.setattr(command, "today", lambda: TODAY)

    def run(*given):
        try:
            code = main(["plan", *map(str, given)])
        except SystemExit as ended:
            code = ended.code
        out, told = capsysbinary.readouterr()
        return code, out.decode(), told.decode()

    return run


def rows(text):
    return list(csv.reader(io.StringIO(text)))


def test_one_order_from_options_is_answered_as_by_the_endpoint(ran):
    code, out, told = ran(*options(GOOD))
    assert (code, told) == (0, "")
    assert json.loads(out) == CLIENT.post(PLAN, json=GOOD).get_json()


def test_one_order_as_a_line_is_the_very_body_of_the_endpoint(ran):
    _, out, _ = ran(*options(GOOD), "--to", "ndjson")
    assert out.encode() == CLIENT.post(PLAN, json=GOOD).get_data() + b"\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("dose", "1,5 mg"),
        ("dose", "-4.5 mg"),
        ("dose", ""),
        ("quantity", "30.5"),
        ("quantity", "1e1"),
        ("source.total_mass", "0.480 l"),
        ("source.strength", "5000 g"),
        ("prepared_on", "tomorrow"),
        ("capsule.size", "33"),
        ("internal_number", "x" * 41),
        ("drug", "unknown"),
    ],
)
def test_an_option_is_read_as_strictly_as_a_field_of_the_page(ran, path, text):
    tree = changed(GOOD, {path: text})
    code, out, told = ran(*options(tree))
    problem = json.loads(out)
    validate("problem.schema.json", problem)
    assert code == 3
    (fault,) = problem["faults"]
    assert fault["field"] == path
    assert told == f"{fault['code']}: {fault['text']}\n"
    if text:  # a blank field of the page is left out, a blank option is a fault
        number, space, unit = text.partition(" ")
        pairs = [pair for pair in as_query(GOOD) if pair[0].removesuffix("_unit") != path.replace(".", "-")]
        pairs += [(path.replace(".", "-"), number)] + [(f"{path.replace('.', '-')}_unit", unit)] * bool(space)
        assert fault["text"] in {said for _, said in page_faults(read_page(ask_page(CLIENT, pairs)))}


def test_a_unit_without_its_space_is_no_quantity(ran):
    code, out, _ = ran(*options(changed(GOOD, {"dose": "4.5mg"})))
    assert (code, json.loads(out)["faults"][0]["code"]) == (3, "unit_in_number")


def test_a_soft_stop_is_let_pass_with_its_reason(ran):
    order = ["--dose", "45 mg", "--quantity", "30"]
    code, out, told = ran(*order)
    (stop,) = json.loads(out)["stops"]
    assert (code, stop["code"]) == (3, "dose_above_usual")
    assert told.startswith("dose_above_usual: 45 mg a capsule is above")
    passed = ["--acknowledge", stop["code"], stop["value"], stop["reasons"][0]]
    code, out, told = ran(*order, *passed)
    assert (code, told) == (0, "")
    assert json.loads(out)["plan"]["acknowledged"][0]["code"] == "dose_above_usual"


def test_every_field_of_an_order_is_an_option():
    schemas = DOCUMENT["components"]["schemas"]

    # The questions are data of a drug's file; those of naltrexone are options.
    def fields(name, prefix=""):
        for field, schema in schemas[name]["properties"].items():
            text = json.dumps(schema)
            inner = [
                other for other in schemas if f'"#/components/schemas/{other}"' in text and not other.endswith("Text")
            ]
            for other in inner:
                yield from fields(other, f"{prefix}{field}.")
            if not inner or field == "drug":
                yield f"{prefix}{field}"

    asked = {*fields("Order"), *fields("LiquidOrder")}
    wanted = {path for path in asked if path.partition(".")[0] not in {"acknowledgements", "syringes", "screening"}}
    wanted = {path for path in wanted if not path.startswith(("vehicle.parts.", "ingredients."))}  # lists
    assert {"screening.opioids", "screening.liver_disease"} <= set(FIELDS)
    assert wanted <= {path.replace("studies.0.", "studies.") for path in FIELDS}


def test_a_liquid_is_ordered_alike(ran, tmp_path):
    tree = {**LIQUID, "doses_per_day": 2, "source": {"strength": "50 mg"}}
    code, out, _ = ran(*options(tree))
    assert code == 0
    assert json.loads(out) == CLIENT.post(PLAN, json=tree).get_json()
    names, texts = zip(*leaves(tree), strict=True)
    names, texts = [*names, "syringes.0.capacity", "syringes.0.graduation"], [*texts, "5 mL", "0.2 mL"]
    file = write_csv(tmp_path / "orders.csv", names, texts)
    code, out, _ = ran(file, "--columns", "plan.dose_volume.text,plan.syringe.capacity.text,order.doses_per_day")
    assert rows(out)[1] == ["2", "200", "4.5 mL", "5 mL", "2", ""]


def write_csv(path, header, *lines):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *lines])
    return path


def test_orders_of_a_csv_file_are_answered_row_by_row(ran, tmp_path):
    names, texts = zip(*leaves(GOOD), strict=True)
    half = changed(GOOD, {"dose": "450 mg"})
    file = write_csv(tmp_path / "orders.csv", names, texts, [text for _, text in leaves(half)], texts)
    code, out, told = ran(file, "--columns", "order.dose,plan.tablets_to_crush,plan.portion.text,plan.weighings.0.ok")
    assert code == 3
    header, first, second, third = rows(out)
    chosen = ["order.dose", "plan.tablets_to_crush", "plan.portion.text", "plan.weighings.0.ok"]
    assert header == ["line", "status", *chosen, "problem"]
    assert first == ["2", "200", "4.5 mg", "3", "0.432 g", "true", ""]
    assert second[:2] == ["3", "422"]
    assert set(second[2:-1]) == {""}
    assert "dose_above_absolute: " in second[-1]
    assert third == ["4", *first[1:]]
    summary, *by_code = told.splitlines()
    assert summary == "3 orders: 2 planned, 1 refused."
    codes = [part.partition(":")[0] for part in second[-1].split(" | ")]
    assert by_code == [f"      1  {code}" for code in sorted(codes)]


def test_csv_and_ndjson_of_the_same_orders_give_the_same_answers(ran, tmp_path):
    trees = [GOOD, changed(GOOD, {"quantity": 60, "source.tablets_weighed": 6}), changed(GOOD, {"dose": "0 mg"})]
    names = [name for name, _ in leaves(GOOD)]
    table = write_csv(tmp_path / "orders.csv", names, *([text for _, text in leaves(tree)] for tree in trees))
    lines = tmp_path / "orders.ndjson"
    lines.write_text("\n" + "".join(f"{json.dumps(tree)}\n" for tree in trees), encoding="utf-8")
    by_csv, by_lines = ran(table, "--to", "ndjson"), ran(lines)
    assert by_csv == by_lines
    assert by_csv[0] == 3
    assert by_lines[1].encode().splitlines()[0] == CLIENT.post(PLAN, json=GOOD).get_data()


def test_chosen_columns_as_ndjson_are_numbered_and_refusals_stay_whole(ran, tmp_path):
    lines = tmp_path / "orders.jsonl"
    lines.write_text(f"{json.dumps(GOOD)}\n{{\n", encoding="utf-8")
    _, out, _ = ran(lines, "--columns", "plan.batch,plan.diluent.value")
    first, second = map(json.loads, out.splitlines())
    assert first == {"line": 1, "plan.batch": 30, "plan.diluent.value": "3.697"}
    assert (second["type"], second["line"], second["code"]) == ("/problems/json", 2, "not_json")


@pytest.mark.parametrize(
    ("row", "status", "codes"),
    [
        (b"4.5 mg", 400, "request"),
        (b"4.5 mg,30,x,y", 400, "request"),
        (b'"4.5 mg,30,x', 400, "request"),
        (b'"4.5" mg,30,x', 400, "request"),
        (b"\xff,30,x", 400, "request"),
        (b"4.5 mg,30," + b"x" * LONGEST_LINE, 413, "too-large"),
        ("4.5 mg,\u0663\u0660,x".encode(), 422, "non_ascii_digit"),
        (b"4.5 mg,30,\x00", 422, "hidden_character"),
        (b'"4,5 mg",30,x', 422, "decimal_comma"),
    ],
)
def test_a_bad_row_is_refused_by_itself(ran, tmp_path, row, status, codes):
    file = tmp_path / "orders.csv"
    file.write_bytes(b"\xef\xbb\xbfdose,quantity,internal_number\r\n4.5 mg,30,\r\n" + row + b"\r\n\r\n4.5 mg,30,A7\r\n")
    code, out, told = ran(file, "--columns", "order.internal_number")
    assert code == 3
    found = rows(out)[1:]
    assert [line[:3] for line in found] == [["2", "200", ""], ["3", str(status), ""], ["5", "200", "A7"]]
    assert found[1][3].startswith(f"{codes}: ")
    assert told == f"3 orders: 2 planned, 1 refused.\n      1  {codes}\n"


#: What `bad_inputs.json` names (S021): each cell, and what a spreadsheet must be given.
CELLS = [
    ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
    ("@a", "'@a"),
    ("+a", "'+a"),
    ("-1+1", "'-1+1"),
    ("-5", "-5"),
    ("+5", "+5"),
]


def test_no_cell_of_a_csv_is_a_formula(ran, tmp_path):
    file = write_csv(
        tmp_path / "orders.csv",
        ["dose", "quantity", "internal_number"],
        *(["4.5 mg", "30", text] for text, _ in CELLS),
        ["=1+1", "30", ""],
    )
    _, out, _ = ran(file, "--columns", "order.internal_number")
    *planned, refused = rows(out)[1:]
    assert [line[2] for line in planned] == [shown for _, shown in CELLS]
    assert refused[2] == ""
    assert not refused[3].startswith(("=", "+", "-", "@"))
    for hidden in ("\t=1", "\r=1"):
        assert harmless(hidden) == f"'{hidden}"


def test_a_field_given_in_two_ways_is_a_fault(ran, tmp_path):
    file = write_csv(
        tmp_path / "orders.csv",
        ["dose", "quantity", "drug", "drug.name", "source.strength"],
        ["4.5 mg", "30", "naltrexone", "another", "50 mg"],
        ["4.5 mg", "30", "naltrexone", "", "50 mg"],
        ["4.5 mg", "30", "", "another", "50 mg"],
    )
    _, out, _ = ran(file, "--to", "ndjson")
    first, second, third = map(json.loads, out.splitlines())
    assert [(f["code"], f["field"]) for f in first["faults"]] == [("excludes_each_other", "drug.name")]
    assert (second["order"]["drug"], third["order"]["drug"]) == ("naltrexone", {"name": "another"})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((), "give the fields of one order, or a file of orders"),
        (("orders.csv", "--dose", "1 mg"), "not both"),
        (("orders.txt",), "say which with --from"),
        (("-", "--to", "json"), "JSON is written for one order"),
        (("--dos", "1 mg"), "unrecognized arguments"),
        (("--dose", "1 mg", "--to", "xml"), "invalid choice"),
        (("-", "--columns", "plan.nothing"), "No answer has the field plan.nothing; plan has: batch, drug_needed"),
        (("-", "--columns", "order.nothing"), "No answer has the field order.nothing; order has: "),
        (("-", "--columns", "plan.portion"), "name one of: plan.portion.value, plan.portion.unit"),
        (("-", "--columns", "plan.ladder"), "name one of: plan.ladder.0"),
    ],
)
def test_a_command_that_is_not_understood_ends_with_2_and_writes_nothing(ran, given, said):
    code, out, told = ran(*given)
    assert (code, out) == (2, "")
    assert said in told


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no first line"),
        ("\n\n", "no first line"),
        ("dose,dose\n", '"dose"'),
        ("dose,,quantity\n", '""'),
        ("dose,QUANTITY,quantity\n", '"quantity"'),
        ("dose,quantity,expirry,patient,dose_units\n", 'no order has: "expirry", "patient", "dose_units"\n'),
        ("dose|quantity\n", '"dose|quantity"'),
        (".".join("a" * 9) + "\n", "a.a.a"),
        ("dose,quantity\r4.5 mg,30\r", "carriage returns"),
        ("dose," + "x" * LONGEST_LINE + "\n", "64 KiB"),
        ("sep=;\n", "no first line"),
        ('"dose\n', "a quote is not closed"),
    ],
)
def test_a_first_line_that_names_no_fields_ends_with_1_and_writes_nothing(ran, tmp_path, content, said):
    file = tmp_path / "orders.csv"
    file.write_text(content, encoding="utf-8")
    code, out, told = ran(file)
    assert (code, out) == (1, "")
    assert said in told
    assert told.count("\n") == 1


def test_a_file_that_is_not_there_or_is_written_to_as_well_ends_with_1(ran, tmp_path):
    code, _, told = ran(tmp_path / "none.csv")
    assert (code, told.startswith("triturate: ")) == (1, True)
    file = write_csv(tmp_path / "orders.csv", ["dose", "quantity"], ["4.5 mg", "30"])
    before = file.read_bytes()
    code, _, told = ran(file, "--output", file)
    assert (code, file.read_bytes()) == (1, before)
    assert "cannot be written to" in told


def test_our_own_mistake_ends_with_1_and_stops_no_other_order(ran, tmp_path, monkeypatch):
    real = CAPSULES.plan

    def mistaken(order, library):
        if order.quantity == 31:
            raise RuntimeError("secret-marker")
        return real(order, library)

    plan_by(monkeypatch, mistaken)
    file = write_csv(tmp_path / "orders.csv", ["dose", "quantity"], ["4.5 mg", "31"], ["4.5 mg", "30"])
    code, out, told = ran(file)
    assert code == 1
    assert [line[1] for line in rows(out)[1:]] == ["500", "200"]
    assert "1  unexpected" in told
    assert "secret-marker" not in out + told


def test_the_answers_go_to_a_file_and_a_bar_to_a_terminal_only(tmp_path):
    file = write_csv(tmp_path / "orders.csv", ["dose", "quantity"], *[["4.5 mg", "30"]] * 3)
    command = [sys.executable, "-m", "calc", "plan", file, "--output", tmp_path / "plans.csv"]
    piped = subprocess.run(command, capture_output=True, timeout=120)
    assert (piped.returncode, piped.stdout) == (0, b"")
    assert piped.stderr == b"3 orders: 3 planned, 0 refused.\n"
    assert len(rows((tmp_path / "plans.csv").read_text(encoding="utf-8"))) == 4
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    with subprocess.Popen(command, stderr=theirs, stdout=subprocess.DEVNULL) as process:
        os.close(theirs)
        seen = b""
        try:
            while part := os.read(ours, 4096):
                seen += part
        except OSError:  # the end of a terminal
            pass
        assert process.wait(timeout=120) == 0
    os.close(ours)
    assert b"%|" in seen
    assert seen.endswith(b"3 orders: 3 planned, 0 refused.\r\n")


def test_memory_does_not_grow_with_the_number_of_orders(ran, tmp_path):
    def peak(count):
        file = write_csv(tmp_path / f"{count}.csv", ["dose", "quantity"], *[["4,5 mg", "30"]] * count)
        tracemalloc.start()
        code, out, _ = ran(file, "--output", tmp_path / "plans.csv")
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert (code, out) == (3, "")
        return most

    peak(10)
    assert peak(600) < peak(60) + 200_000


def test_the_help_says_what_the_exit_codes_mean_and_names_every_field(ran):
    code, out, _ = ran("--help")
    assert code == 0
    for exit_code in ("0 every order", "1 it could not", "2 the\ncommand", "3 at least"):
        assert exit_code in out
    assert [path for path in FIELDS if f"--{path} VALUE" not in out] == []
    assert "from 0 % to 20 %; left out: 0 %" in " ".join(out.split())


def test_the_examples_of_the_help_are_taken(ran, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_csv(tmp_path / "orders.csv", ["dose", "quantity"], ["4.5 mg", "30"])
    (tmp_path / "orders.ndjson").write_text(json.dumps(GOOD), encoding="utf-8")
    text = PLAN_AFTER.replace("\\\n", " ")
    commands = [line.strip() for line in text.splitlines() if "triturate plan" in line]
    assert len(commands) == 3
    for line in commands:
        words = shlex.split(line.partition("triturate plan ")[2].partition(">")[0])
        words = ["orders.ndjson" if word == "-" else word for word in words]
        assert ran(*words)[0] == 0


def test_names_with_numbers_are_lists_and_only_the_order_judges_a_tree():
    tree = tree_of([("dose", "4.5 mg"), ("quantity", "30"), ("a.b.1", "x"), ("a.b.0", "y")])
    assert tree == {"dose": "4.5 mg", "quantity": "30", "a": {"b": ["y", "x"]}}
    library = load()
    with pytest.raises(Refused) as refused:
        Order.read(tree, library)
    assert FaultCode.UNKNOWN_FIELD in [fault.code for fault in refused.value.faults]


@pytest.mark.parametrize("columns", [(), ("--columns", "plan.portion.text,fingerprint")])
@pytest.mark.parametrize("kind", ["csv", "ndjson"])
def test_several_processes_answer_as_one_does_in_the_same_order(ran, tmp_path, kind, columns):
    """More lines than the processes take at a time, among them refusals and lines that hold no order."""
    file = tmp_path / f"orders.{kind}"
    doses = [f"{number % 60 or 'none'} mg" for number in range(1, 200)]
    if kind == "csv":
        write_csv(file, ["dose", "quantity"], *([dose, "30"] for dose in doses))
    else:
        lines = ['{"dose": "4.5 mg"', *(json.dumps({"dose": dose, "quantity": 30}) for dose in doses), "[]"]
        file.write_text("\n".join(lines), encoding="utf-8")
    alone, shared = (ran(file, "--jobs", jobs, *columns) for jobs in (1, 2))
    assert shared == alone
    code, out, told = shared
    assert (code, out.count("\n")) == (3, 200 if kind == "csv" else 201)
    assert " refused." in told


@pytest.mark.parametrize("jobs", ["0", "-1", "65", "two", "1.5", "100", ""])
def test_a_number_of_processes_that_cannot_be_is_refused(ran, jobs):
    code, out, told = ran("-", "--jobs", jobs)
    assert (code, out) == (2, "")
    assert "give a whole number from 1 to 64" in told
