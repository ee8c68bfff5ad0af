"""A plain batch for tests of pages, done as at the bench: thirty capsules of 4.5 mg from three tablets of 0.480 g.

Worked by hand: three tablets hold 150 mg, thirty doses need 135 mg, so 135/150 of 0.480 g is 0.432 g of powder. Thirty
bodies of size 3 hold 30 x 135 mg of diluent; the powder takes the place of 432 mg x 135/165 = 353.45 mg of it, and
4050 mg - 353.45 mg are 3.697 g.
"""

import re

from tests.support.checked_client import soup
from tests.support.record import fields_of, password_of, post

ORDER = (
    "dose=4.5&dose_unit=mg&quantity=30&capsule-size=3&diluent-packing_statistic=135&diluent-packing_statistic_unit=mg"
    "&tablet_powder-packing_statistic=165&tablet_powder-packing_statistic_unit=mg"
)
LOTS = {
    "lot-source-lot": "A10422",
    "lot-source-expiry": "05/2028",
    "lot-diluent-lot": "C7715",
    "lot-diluent-expiry": "01/2028",
    "lot-capsule-lot": "S30981",
    "lot-capsule-expiry": "09/2029",
}
WEIGHED = {"bench-count_tablets": "3", "bench-all_tablets": "0.480", "bench-all_tablets_unit": "g"}
READ = {
    "values-drug": "Naltrexone HCl",
    "values-form": "capsules",
    "values-dose": "4.5 mg",
    "values-quantity": "30",
    "values-source_drug": "naltrexone",
    "values-source_strength": "50 mg",
    "values-immediate": "yes",
    "values-source_lot": "a10422",
    "values-source_expiry": "05/2028",
    "values-count_tablets": "3",
    "values-all_tablets": "0.481 g",
}
BLENDED = {
    "bench-recovered": "0.475",
    "bench-recovered_unit": "g",
    "bench-portion": "0.433",
    "bench-portion_unit": "g",
    "bench-portion-reading": "slip",
    "bench-diluent": "3.696",
    "bench-diluent_unit": "g",
}
#: Ten filled capsules whose mean is that of the fill, 4.129 g / 30 = 137.6 mg, and of a shell, 48 mg.
SAMPLE = "185.6 185.2 186.0 185.9 185.3 185.7 185.5 185.4 185.8 185.6"
MADE = {
    "made": "30",
    "unit": "capsules",
    "description": "white powder in clear capsules",
    "masses": SAMPLE,
    "masses_unit": "mg",
    "shells": "48 48 48 48 48 48 48 48 48 48",
    "shells_unit": "mg",
    "left_over": "0.042 g of powder, drug waste",
    "blank": "done but not written down",
}
RELEASED = {
    "values-capsule-lot": "S30981",
    "values-diluent-lot": "C7715",
    "values-diluent-name": "microcrystalline cellulose PH-101",
    "values-size": "3",
    "values-made": "30",
    "values-label_drug": "Naltrexone",
    "values-label_strength": "4.5 mg",
    "values-label_quantity": "30",
    "answers-opioids": "no",
    "answers-liver_disease": "no",
}


def signed(person, name):
    """The signature of somebody."""
    return {"signer": name, "secret": password_of(person)}


def controls(answer, which=""):
    """What a browser would send of a form as it stands: every control that has a name."""
    wanted = fields_of(answer, which)["form"]
    for form in soup(answer).main.find_all("form"):
        if form.find("input", {"name": "form", "value": wanted}):
            return dict(_controls(form))
    raise AssertionError(f"no form {which}")


def _controls(form):
    for tag in form.find_all(["input", "select", "textarea"]):
        name, kind = tag.get("name"), tag.get("type")
        if tag.name == "select":
            chosen = tag.find("option", selected=True) or tag.find("option")
            yield name, chosen.get("value", chosen.text)
        elif tag.name == "textarea":
            yield name, tag.text
        elif kind not in ("checkbox", "radio") or tag.has_attr("checked"):
            yield name, tag.get("value", "")


def send(window, page, fields, to=None, which=""):
    """Open a page, fill its form and send it, as a browser does."""
    shown = window.get(page)
    assert shown.status_code == 200, (page, shown.status_code)
    return post(window, to or page, {**controls(shown, which), **fields})


def opened(window, order=ORDER, **how):
    """Open a batch from the order of a plan; its number."""
    answer = send(window, f"/record/batches/new?{order}", how, "/record/batches/new")
    assert answer.status_code == 303, answer.text
    return re.search(r"[0-9]{2}-[0-9]{6}", answer.headers["Location"])[0]


def record(window, number, fields, **how):
    """Record steps."""
    page = f"/record/batches/{number}"
    return send(window, page, fields, f"{page}/record", "StepsForm", **how)


def take_lots(window, number, fields=None):
    """Note lots."""
    page = f"/record/batches/{number}"
    return send(window, page, LOTS if fields is None else fields, f"{page}/lots", "LotsForm")


def check(window, number, point, fields, signature):
    """Send what was read at a point; a screen that shows the figures is handed over before."""
    page = f"/record/batches/{number}/check/{point}"
    hand_over(window, page)
    return send(window, page, {**fields, **signature})


def hand_over(window, page):
    """Hand a screen over if a page asks for that first, as it does of whoever sees the figures."""
    form = soup(window.get(page)).main.find("form", action=re.compile("/hand-over$"))
    return None if form is None else post(window, form["action"], dict(_controls(form)))


def due(window):
    """A batch with lots, count and mass recorded, due for the check before crushing."""
    number = opened(window)
    assert take_lots(window, number).status_code == 303
    assert record(window, number, WEIGHED).status_code == 303
    return number


def blended(maker, checker):
    """A batch that is checked before crushing and blended; nothing is left but to fill the capsules."""
    number = due(maker)
    assert check(checker, number, "crushing", READ, signed("p1", "Pharmacist One")).status_code == 303
    assert record(maker, number, BLENDED).status_code == 303
    return number


def made(maker, checker, release=None):
    """A batch that is made; released, if its record is given."""
    number = blended(maker, checker)
    page = f"/record/batches/{number}"
    assert send(maker, f"{page}/made", {**MADE, **signed("c1", "Compounder One")}).status_code == 303
    if release is not None:
        label = {"values-label_number": number, "values-label_until": until_of(release, number)}
        typed = {**RELEASED, **label, "reviewed-slips": "yes", **signed("p1", "Pharmacist One")}
        assert send(checker, f"{page}/release", typed).headers["Location"] == page
    return number


def state_of(record, number):
    """What the record knows of a batch."""
    with record.store.reading() as reading:
        return reading.batch(number)


def until_of(record, number):
    """Its date of use, as a label says it."""
    return state_of(record, number).use_until
