"""The pictures of the README, drawn anew from the worked case: its plan, preparation sheet, batch and record.

Run as `python -m tests.tools.readme_pictures`: docs/page.png and docs/batch.png as a desk's browser shows them,
docs/sheet.png and docs/record.png as they are printed. The clock stands still, so that only a change of the program
changes them.
"""

import logging
import threading
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from urllib.parse import urlencode

import pypdfium2
from PIL import Image, ImageOps
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from calc.library import load
from calc.record.paper.document import record_pdf
from calc.web.app import create_app
from tests.browser.test_record import sign_in
from tests.browser.window import CHROMIUM, FLAGS, Window
from tests.support.batch_by_acts import BatchByActs
from tests.support.batches import blended
from tests.support.batches import record as write
from tests.support.orders import GOOD, changed
from tests.support.places import ROOT
from tests.support.queries import as_query
from tests.support.record import ROLES, RecordForTests

TODAY = date(2026, 11, 23)
ORDER = changed(GOOD, {"screening": {"opioids": "no", "liver_disease": "no"}})
#: The height ends above the line of a folded group, which would be cut in two.
WIDTH, HEIGHT, BATCH_HEIGHT, DPI = 1280, 880, 832, 96
#: Few colours keep a picture small; the program has few.
COLOURS = 64
#: An edge parts white paper from a white README.
EDGE = "#c5cbd0"


@contextmanager
def served(app):
    """The address of the application on a free port of this machine, while it is needed."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def page(app, path, height=HEIGHT, person=""):
    """The top of a page, as a person sees it who is signed in."""
    with served(app) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        window = Window(browser.new_context(viewport={"width": WIDTH, "height": height}), address)
        window.page.set_default_timeout(60_000)
        if person:
            sign_in(window, ROLES[person][0], person)
        assert window.go(path).status == 200
        window.page.wait_for_load_state("networkidle")
        shot = window.page.screenshot()
        window.close()
        browser.close()
    return Image.open(BytesIO(shot))


def batch():
    """The page of a batch that is blended and checked, as its maker sees it."""
    shop = RecordForTests()
    try:
        maker = shop.window("c1")
        number = blended(maker, shop.window("p1"))
        for stage, fields in (("1", {"bench-level_balance": "balance 1", "bench-shells": "40"}), ("2", {})):
            write(maker, number, {**fields, "save": stage})
        return page(shop.app, f"/record/batches/{number}", BATCH_HEIGHT, "c1")
    finally:
        shop.close()


def sheet(app, query):
    """The first page of the preparation sheet."""
    answer = app.test_client().get(f"/sheet.pdf?{query}&paper=letter")
    assert answer.status_code == 200
    return first_page(answer.get_data())


def record():
    """The first page of the compounding record of a batch in which one mass was weighed again."""
    return first_page(record_pdf(BatchByActs().play().kept, load()))


def first_page(pdf):
    """The first page of a paper."""
    return pypdfium2.PdfDocument(pdf)[0].render(scale=DPI / 72).to_pil()


def keep(picture, name):
    """Write a picture in few colours, and say how large it is."""
    path = ROOT / "docs" / name
    edged = ImageOps.expand(picture.convert("RGB"), border=1, fill=EDGE)
    edged.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"docs/{name}: {edged.width} x {edged.height}, {path.stat().st_size / 1024:.0f} KB")


def main():
    """Draw them all."""
    app, query = create_app(today=lambda: TODAY), urlencode(as_query(ORDER))
    keep(page(app, f"/?{query}"), "page.png")
    keep(batch(), "batch.png")
    keep(sheet(app, query), "sheet.png")
    keep(record(), "record.png")


if __name__ == "__main__":
    main()
