"""The files of published formulations: as strict as those of drugs. Anything unknown, missing or contradictory in one
stops the start, and the message names the file and the field."""

import shutil

import pytest

from calc.library import HERE, load
from calc.reading.files import BadFile

NAME = "amlodipine-1-mc-syrup.toml"
#: What is put in place of what in one file (its only or first occurrence), and the beginning of what the start says.
BAD = [
    ('title = "Amlodipine', 'titel = "Amlodipine', "title: Field required; "),
    ("whole = true", 'whole = true\nsalt = "besylate"', "salt: Extra inputs are not permitted"),
    ('kind = "tablet"', 'kind = "tablet"\nscored = true', "order.source.scored: Extra inputs are not permitted"),
    ('mark = "R"', 'mark = "B"', "mark: Input should be 'R' or 'A'"),
    ('form = "liquid"', 'form = "syrup"', "form: Input should be"),
    ('drug = "amlodipine"', 'drug = "Amlodipine 1"', "drug: String should match pattern"),
    ('method = ["shake_before_use"]', 'method = ["stir"]', "method.0: Input should be"),
    ('asked = ["dose"]', "asked = []", "asked: Tuple should have at least 1 item"),
    ('asked = ["dose"]', 'asked = ["The dose"]', "asked.0: String should match pattern"),
    ("http://www.pharminfotech", "www.pharminfotech", "reference.addresses.0: String should match pattern"),
    ("year = 1999", "year = 99", "reference.year: Input should be greater than or equal to 1950"),
    ('unit_strength = "5 mg"', 'unit_strength = "5"', "made.unit_strength: unit_missing"),
    ('count = "20"', 'count = "about 20"', "made.count: String should match pattern"),
    ('count = "20"', 'derived = ["count"]', "made: Value error, derived: count is not there"),
    ('volume = "100 mL"', 'volume = "100 mg"', "made.volume: wrong_dimension"),
    ('volume = "50 mL"', 'volume = "50 mL"\nshare = 1', "order.vehicle.0: Value error, a part of the vehicle says one"),
    ('volume = "50 mL"\n', "", "order.vehicle.0: Value error, a part of the vehicle says one"),
    ('storage = "refrigerator"', 'storage = "cellar"', "dates.0.storage: Input should be"),
    ("days = 91", "days = 0", "dates.0.days: Input should be greater than or equal to 1"),
    ("days = 91", 'days = "91"', "dates.0.days: wrong_type"),
    ("days = 91", "days = 91\nhours = 48", "dates.0: Value error, a date says days or hours"),
    ("days = 91\n", "", "dates.0: Value error, a date says days or hours"),
    ('kind = "study"', 'kind = "rumor"', "dates.0.kind: Input should be"),
    ('cited = "Nahata', f'cited = "{"x" * 30}Nahata', "dates.0.cited: text_too_long"),
    ('strength = "1 mg/mL"\n', "", "the file as a whole: Value error, made: a whole formulation says its strength"),
    ('amount = "20"\n', "", "the file as a whole: Value error, whole: a formulation with no date"),
    ("whole = true", "whole = false", "the file as a whole: Value error, not_seen: an incomplete formulation says"),
    (
        "whole = true",
        'whole = false\nnot_seen = ["All."]',
        "the file as a whole: Value error, order: only a whole formulation says an order",
    ),
    ("[order.source]", "[order.source", "Expected ']' at the end of a table declaration"),
]


def refused(folder):
    """What the start says of these formulations."""
    with pytest.raises(BadFile) as bad:
        load(formulations=folder)
    return str(bad.value)


def test_a_bad_formulation_stops_the_start_and_names_file_and_field(tmp_path):
    folder, good = tmp_path / "formulations", (HERE / "formulations" / NAME).read_text(encoding="utf-8")
    folder.mkdir()
    for old, new, said in BAD:
        assert old in good
        (folder / NAME).write_text(good.replace(old, new, 1), encoding="utf-8")
        assert refused(folder).startswith(f"{NAME}: {said}"), (old, new)
    (folder / NAME).write_text(good, encoding="utf-8")
    assert list(load(formulations=folder).formulations) == ["pub:amlodipine-1-mc-syrup"]


def test_a_file_that_no_key_can_name_stops_the_start(tmp_path):
    """A key stands in an order, in an address and on papers."""
    folder = tmp_path / "formulations"
    folder.mkdir()
    for name in ("Amlodipine.toml", "amlodipine 1.toml", "amlodipine_1.toml", f"{'a' * 37}.toml"):
        path = folder / name
        shutil.copy(HERE / "formulations" / NAME, path)
        assert refused(folder) == f"{name}: its name is no key: small letters, digits, points and hyphens, 36 at most"
        path.unlink()
