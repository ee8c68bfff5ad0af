"""The case book of liquids: orders worked by hand, each with its sums beside it, and how an answer is held to them.

Knows nothing of `calc`.
"""

import json
from fractions import Fraction
from pathlib import Path

CASES = json.loads((Path(__file__).parent / "liquids.json").read_text(encoding="utf-8"))
KNOWN = {
    *("status", "plan", "whole", "others", "weighings", "notices", "notices_absent", "understood"),
    *("stops", "says", "faults"),
}


def at(tree, path):
    """The value at a dotted path; the keys of an answer hold no point."""
    for name in path.split("."):
        tree = tree[name]
    return tree


def differences(expect, status, said):
    """What an answer, or a refusal, says otherwise than its case, as sentences."""
    if status != expect["status"]:
        return [f"expected {expect['status']}, got {status}"]
    return _refused(expect, said) if status != 200 else _planned(expect, said)


def _refused(expect, said):
    got = {
        "stops": sorted([one["code"], one["field"], one["value"]] for one in said.get("stops", [])),
        "faults": sorted([one["code"], one["field"]] for one in said.get("faults", [])),
    }
    found = [f"{kind}: got {got[kind]}" for kind in got if got[kind] != sorted(expect.get(kind, []))]
    text = " ".join(one["text"] for one in said.get("stops", [])).replace("\u00a0", " ")
    found += [f"not said: {words}" for words in expect.get("says", []) if words not in text]
    return found + [f"a refusal holds {name}" for name in ("plan", "order", "fingerprint") if name in said]


def _planned(expect, said):
    plan = said["plan"]
    found = []

    def same(name, wanted, got):
        if isinstance(wanted, dict) and isinstance(got, dict):  # names that came later are not in the book
            got = {each: value for each, value in got.items() if each in wanted}
        if wanted != got:
            found.append(f"{name}: expected {wanted}, got {got}")

    for path, wanted in expect.get("plan", {}).items():
        got = at(plan, path)
        if path == "beyond_use":  # the book says nothing of hours and other storages
            got = {name: got[name] for name in wanted}
        same(path, wanted, got)
    if "whole" in expect:
        volumes = plan["whole_tablet_volumes"]
        same("whole", expect["whole"], [[v["tablets"], v["volume"]["exact"], v["doses"], v["days"]] for v in volumes])
    if "others" in expect:
        keys = ("strength", "dose_volume", "capacity")
        same("others", expect["others"], [[one[key]["exact"] for key in keys] for one in plan["other_strengths"]])
    if "weighings" in expect:
        got = [[w["name"], w["mass"] and Fraction(w["mass"]["value"]), w["ok"]] for w in plan["weighings"]]
        same("weighings", [[name, mass and Fraction(mass), ok] for name, mass, ok in expect["weighings"]], got)
    codes = {notice["code"] for notice in plan["notices"]}
    found += [f"notice {code} is missing" for code in expect.get("notices", []) if code not in codes]
    found += [f"notice {code} should not be there" for code in expect.get("notices_absent", []) if code in codes]
    for path, value in expect.get("understood", {}).items():
        same(f"understood {path}", value, at(said["order"], path))
    return found
