"""The papers in `make bench`: how long each takes beside a Typst document of one line, and what a page has to wait."""

import itertools
import statistics
import threading
import time
from datetime import date

import typst

from calc.capsule.order import Order
from calc.capsule.papers import label_pdf, sheet_pdf
from calc.capsule.planning import plan
from calc.library import load
from calc.paper.press import FONTS
from tests.paper.test_papers import FULL
from tests.support.client import make_app
from tests.support.ocr import missed, printed, samples
from tests.support.orders import changed
from tests.support.queries import as_query

TODAY = date(2026, 11, 22)


def milliseconds(call, repeat=60):
    """The median of one call; each is given a number, so that none is what the one before was."""
    taken = []
    for number in range(repeat):
        begin = time.perf_counter_ns()
        call(number)
        taken.append(time.perf_counter_ns() - begin)
    return statistics.median(taken) / 1e6


def one_line():
    """A compile of a document of one line, another in each call."""
    compiler = typst.Compiler(font_paths=[FONTS], ignore_system_fonts=True)
    source = b'#set document(title: "line")\n#set text(font: "IBM Plex Sans")\nOne line #read("number.txt")'
    return milliseconds(
        lambda number: compiler.compile(
            input={"main.typ": source, "number.txt": f"{number}".encode()}, format="pdf", pdf_standards=["ua-1"]
        )
    )


def main():
    library = load()
    plans = [
        plan(Order.read(changed(FULL, {"dose": f"4.{n:03} mg"}), library, today=TODAY), library)
        for n in range(100, 180)
    ]
    line = one_line()
    print(f"Typst document of one line          {line:7.1f} ms")
    for name, make, goal in (("sheet", sheet_pdf, "letter 25"), ("label", label_pdf, "4x2 10")):
        paper, limit = goal.split()
        make(plans[-1], paper)
        again = milliseconds(lambda _, make=make, paper=paper: make(plans[-1], paper))
        other = milliseconds(lambda number, make=make, paper=paper: make(plans[number], paper))
        for kind, taken in (("the same again", again), ("another order ", other)):
            print(f"{name}, warm, {kind}         {taken:7.1f} ms (goal {limit}), {taken / line:.1f} times the line")

    app = make_app()
    client = app.test_client()
    asked = {"dose": "4.5", "dose_unit": "mg", "quantity": "30"}
    alone = milliseconds(lambda _: client.get("/", query_string=asked), 30)
    stop, made = threading.Event(), itertools.count()

    def print_on(number):
        own = app.test_client()
        query = [*as_query(changed(FULL, {"internal_number": f"{number}"})), ("paper", "letter")]
        while not stop.is_set():
            own.get("/sheet.pdf", query_string=query)
            next(made)

    threads = [threading.Thread(target=print_on, args=(number,)) for number in range(10)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    beside = milliseconds(lambda _: client.get("/", query_string=asked), 30)
    stop.set()
    for thread in threads:
        thread.join()
    rate = next(made) / (time.perf_counter() - begin)
    print(
        f"page beside ten threads that print: {beside:.0f} ms, {beside / alone:.1f} times as long as alone; "
        f"{rate:.0f} sheets a second"
    )
    figures = [(printed(tree), {dpi: len(missed(tree, dpi)) for dpi in (300, 200, 150)}) for tree in samples()]
    total = sum(len(all_of_them) for all_of_them, _ in figures)
    for dpi in (300, 200, 150):
        found = total - sum(lost[dpi] for _, lost in figures)
        print(
            f"figures read by tesseract at {dpi} dpi, black and white: {found} of {total} ({100 * found / total:.1f} %)"
        )


if __name__ == "__main__":
    main()
