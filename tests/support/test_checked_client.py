"""The look at every page tells each thing that no page may have."""

import pytest

from tests.support.checked_client import check_page

GOOD = """<!doctype html>
<html lang="en"><head><title>Plan</title><script src="/static/live.js"></script></head>
<body><h1>Plan</h1><h2 id="dose-title">Dose</h2><h3>Unit</h3>
<form aria-labelledby="dose-title"><label for="dose">Dose</label><input id="dose" name="dose" aria-describedby="hint">
<p id="hint">In mg.</p><input type="hidden" name="unit"><select aria-label="Unit" name="of"></select></form>
<p class="answer">4.5 mg</p><a href="#dose">Dose</a><a href="/limits">Limits</a></body></html>"""


def test_a_good_page_passes_and_what_redirects_is_no_page():
    check_page(GOOD)
    check_page("<p>See other.</p>")


@pytest.mark.parametrize(
    ("good", "wrong"),
    [
        ('lang="en"', 'lang="de"'),
        ("<title>Plan<", "<title> <"),
        ("<h1>Plan</h1>", "<h1>Plan</h1><h1>Plan</h1>"),
        ("<h1>Plan</h1>", ""),
        ('id="hint"', 'id="dose"'),
        ('for="dose"', 'for="hint"'),
        ('aria-label="Unit"', ""),
        ('name="dose"', 'name="dose" type="number"'),
        ('aria-describedby="hint"', 'aria-describedby="hint error"'),
        ('aria-labelledby="dose-title"', 'aria-labelledby="title"'),
        ('href="#dose"', 'href="#doses"'),
        ('href="/limits"', 'href="https://example.org/limits"'),
        ("<h2", "<h3"),
        ("/static/live.js", "https://example.org/live.js"),
        ("></script>", ">run()</script>"),
        ('<p id="hint">', '<p id="hint" onclick="run()">'),
        ('<p id="hint">', '<p id="hint" style="color: red">'),
        ("4.5 mg", "4.5 \u00b5g"),
        ("4.5 mg", "<b>4.5 \u03bcg</b>"),
    ],
)
def test_a_page_with_one_thing_wrong_is_told(good, wrong):
    assert GOOD.count(good) == 1
    with pytest.raises(AssertionError):
        check_page(GOOD.replace(good, wrong))
