"""Every figure of every action, with its unit, is read right from a bad print of the sheet, by tesseract."""

import pytest

from tests.support.ocr import missed, printed, samples

SAMPLES = list(samples())


@pytest.mark.parametrize("tree", SAMPLES, ids=[f"{index}" for index in range(len(SAMPLES))])
def test_every_figure_of_the_work_is_read_from_black_and_white_at_300_dots_an_inch(tree):
    assert missed(tree, 300) == []


def test_there_are_enough_samples_with_figures_enough():
    assert len(SAMPLES) >= 30
    assert sum(len(printed(tree)) for tree in SAMPLES) >= 650
