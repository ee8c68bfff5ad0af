"""Every code of the record has its sentence, and every sentence its code."""

import re

from calc.record.batch import acts
from calc.record.batch.codes import CHOICES, NO, YES, Why
from calc.record.batch.review import ASKED, EXPLAINED, LEFT_BLANK, NOT_KEPT, Item
from calc.record.refusals import Problem
from calc.record.words import SENTENCES, api, people, said
from calc.record.words.meanings import meaning_of
from calc.record.words.problems import PROBLEMS
from calc.record.words.review import ANSWERS, ITEMS
from tests.support.batch import UNSIGNED


def test_every_code_has_a_sentence():
    assert PROBLEMS.keys() == set(Why)
    assert ITEMS.keys() == set(Item)
    assert ANSWERS.keys() == {YES, NO, EXPLAINED, ASKED, NOT_KEPT, LEFT_BLANK}
    for sentence in PROBLEMS.values():
        assert re.fullmatch(r"[A-Z].*\.", sentence), sentence


def test_facts_are_filled_in():
    problem = Problem("missing", facts={"items": ("portion", "lot.source")})
    assert said(problem) == "Something is still missing: portion, lot.source."
    assert SENTENCES.keys() == people.SENTENCES.keys() | PROBLEMS.keys() | api.SENTENCES.keys()
    assert len(SENTENCES) == sum(map(len, (people.SENTENCES, PROBLEMS, api.SENTENCES)))


def test_every_act_that_is_signed_says_what_the_signature_stands_for():
    for act in acts.Act.__args__:
        assert bool(meaning_of(None, act, "p1")) is (act not in UNSIGNED), act


def test_reasons_are_few_and_plain():
    for kind, reasons in CHOICES.items():
        assert len(reasons) == len(set(reasons)) <= 9, kind
        assert all(re.fullmatch(r"[a-z ]+", reason) for reason in reasons)
