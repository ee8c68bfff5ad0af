"""What a sample of finished capsules says of its batch: fills by weight, their spread, and contents found by assay.

Spreads are computed as squares of ratios; no root is drawn here, and none decides a limit.
"""

from __future__ import annotations

from calc.arithmetic.formula import Capsules, Mg, MgPerCapsule, Ratio, formula


@formula(reference="definition")
def mean_mass(total_mass: Mg, capsules: Capsules) -> MgPerCapsule:
    """Mean mass of one capsule, or of one empty shell, of so many weighed.

    >>> from calc.arithmetic.units import CAPSULE, MG, figure
    >>> mean_mass(figure(483, MG), figure(10, CAPSULE)).value
    Fraction(483, 10)
    """
    return total_mass / capsules


@formula(reference="capsule-weight-variation")
def fill_found(gross_mass: MgPerCapsule, mean_shell: MgPerCapsule) -> MgPerCapsule:
    """What a filled capsule holds: its mass less that of a mean empty shell.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, figure
    >>> fill_found(figure(185, MG_PER_CAPSULE), figure(48, MG_PER_CAPSULE)).value
    Fraction(137, 1)
    """
    return gross_mass - mean_shell


@formula(reference="capsule-weight-variation")
def share_of_theoretical_fill(fill: MgPerCapsule, theoretical_fill: MgPerCapsule) -> Ratio:
    """A fill as a part of the fill that was worked out for the batch, never of the batch's own mean.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, figure
    >>> share_of_theoretical_fill(figure(132, MG_PER_CAPSULE), figure(150, MG_PER_CAPSULE)).value
    Fraction(22, 25)
    """
    return fill / theoretical_fill


@formula(reference="capsule-weight-variation")
def limit_of_fill(share_of_fill: Ratio, theoretical_fill: MgPerCapsule) -> MgPerCapsule:
    """The least or the most that a capsule may hold.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, RATIO, figure
    >>> limit_of_fill(figure("0.9", RATIO), figure(150, MG_PER_CAPSULE)).value
    Fraction(135, 1)
    """
    return share_of_fill * theoretical_fill


@formula(reference="definition")
def squared_deviation_of_fill(fill: MgPerCapsule, mean_fill: MgPerCapsule) -> Ratio:
    """Square of what a fill is off the mean fill, as a part of the mean fill.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, figure
    >>> squared_deviation_of_fill(figure(141, MG_PER_CAPSULE), figure(150, MG_PER_CAPSULE)).value
    Fraction(9, 2500)
    """
    return (fill / mean_fill - 1) * (fill / mean_fill - 1)


@formula(reference="definition")
def variance(sum_of_squares: Ratio, units: Ratio) -> Ratio:
    """Square of the standard deviation of a sample of so many units (n less one).

    >>> from calc.arithmetic.units import RATIO, figure
    >>> variance(figure("0.0018", RATIO), figure(10, RATIO)).value
    Fraction(1, 5000)
    """
    return sum_of_squares / (units - 1)


@formula(reference="batch-loss")
def batch_loss(planned: Capsules, made: Capsules) -> Ratio:
    """Capsules planned and not made, as a part of those planned.

    >>> from calc.arithmetic.units import CAPSULE, figure
    >>> batch_loss(figure(30, CAPSULE), figure(29, CAPSULE)).value
    Fraction(1, 30)
    """
    return (planned - made) / planned


@formula(reference="definition")
def mean_of_fills(sum_of_fills: MgPerCapsule, units: Ratio) -> MgPerCapsule:
    """Mean of what so many capsules hold.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, RATIO, figure
    >>> mean_of_fills(figure(3018, MG_PER_CAPSULE), figure(20, RATIO)).value
    Fraction(1509, 10)
    """
    return sum_of_fills / units


@formula(reference="ph-eur-2-9-5")
def least_by_mean(limit: Ratio, mean_fill: MgPerCapsule) -> MgPerCapsule:
    """The least that a capsule may hold, by the mean of the contents themselves.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, RATIO, figure
    >>> least_by_mean(figure("0.1", RATIO), figure(150, MG_PER_CAPSULE)).value
    Fraction(135, 1)
    """
    return (1 - limit) * mean_fill


@formula(reference="ph-eur-2-9-5")
def most_by_mean(limit: Ratio, mean_fill: MgPerCapsule) -> MgPerCapsule:
    """The most that a capsule may hold, by the mean of the contents themselves.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, RATIO, figure
    >>> most_by_mean(figure("0.1", RATIO), figure(150, MG_PER_CAPSULE)).value
    Fraction(165, 1)
    """
    return (1 + limit) * mean_fill


@formula(reference="definition")
def content_of_label(content: Mg, label: Mg) -> Ratio:
    """Drug found in a unit, as a part of the label.

    >>> from calc.arithmetic.units import MG, figure
    >>> content_of_label(figure("4.43", MG), figure("4.5", MG)).value
    Fraction(443, 450)
    """
    return content / label


@formula(reference="definition")
def drug_in_contents(label: Mg, mean_contents: Mg) -> Ratio:
    """Drug by the label, as a part of what a unit holds.

    >>> from calc.arithmetic.units import MG, figure
    >>> drug_in_contents(figure(30, MG), figure(120, MG)).value
    Fraction(1, 4)
    """
    return label / mean_contents


@formula(reference="usp-905")
def content_by_mass(fill: MgPerCapsule, mean_fill: MgPerCapsule, assay: Ratio) -> Ratio:
    """Content of a unit by its mass: the mean content of one assay, as this unit is heavier or lighter than the mean.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, RATIO, figure
    >>> fills = figure(126, MG_PER_CAPSULE), figure(120, MG_PER_CAPSULE)
    >>> content_by_mass(*fills, figure("0.98", RATIO)).value
    Fraction(1029, 1000)
    """
    return fill / mean_fill * assay


@formula(reference="definition")
def weighed_in(powder: Mg, diluent: Mg) -> Mg:
    """All that was weighed into the blend: powder or trituration, and the diluent of the capsules.

    >>> from calc.arithmetic.units import MG, figure
    >>> weighed_in(figure(432, MG), figure(3697, MG)).value
    Fraction(4129, 1)
    """
    return powder + diluent


@formula(reference="definition")
def mass_balance(made: Capsules, mean_fill: MgPerCapsule, blend_left: Mg, weighed_in: Mg) -> Ratio:
    """What is in the capsules and what is left of the blend, as a part of what was weighed in.

    >>> from calc.arithmetic.units import CAPSULE, MG, MG_PER_CAPSULE, figure
    >>> mass_balance(figure(29, CAPSULE), figure(140, MG_PER_CAPSULE), figure(40, MG), figure(4200, MG)).value
    Fraction(41, 42)
    """
    return (made * mean_fill + blend_left) / weighed_in


@formula(reference="definition")
def unaccounted(weighed_in: Mg, made: Capsules, mean_fill: MgPerCapsule, blend_left: Mg) -> Mg:
    """What was weighed in and is neither in the capsules nor left of the blend; negative if there is more than that.

    >>> from calc.arithmetic.units import CAPSULE, MG, MG_PER_CAPSULE, figure
    >>> unaccounted(figure(4200, MG), figure(29, CAPSULE), figure(140, MG_PER_CAPSULE), figure(40, MG)).value
    Fraction(100, 1)
    """
    return weighed_in - made * mean_fill - blend_left


@formula(reference="uncertainty")
def squared_uncertainty_of_balance(
    made: Capsules, mean_fill: MgPerCapsule, weighed_in: Mg, variance: Ratio, units: Ratio
) -> Ratio:
    """Variance of the mass balance: the mean of so many units stands for the fill of all capsules.

    >>> from calc.arithmetic.units import CAPSULE, MG, MG_PER_CAPSULE, RATIO, figure
    >>> capsules = figure(30, CAPSULE), figure(140, MG_PER_CAPSULE), figure(8400, MG)
    >>> squared_uncertainty_of_balance(*capsules, figure("0.0009", RATIO), figure(10, RATIO)).value
    Fraction(9, 400000)
    """
    return variance / units * (made * mean_fill / weighed_in) * (made * mean_fill / weighed_in)


@formula(reference="usp-905")
def mean_content(sum_of_contents: Ratio, units: Ratio) -> Ratio:
    """Mean content of the units assayed, as a part of the label.

    >>> from calc.arithmetic.units import RATIO, figure
    >>> mean_content(figure("9.66", RATIO), figure(10, RATIO)).value
    Fraction(483, 500)
    """
    return sum_of_contents / units


@formula(reference="usp-905")
def squared_deviation_of_content(content: Ratio, mean_content: Ratio) -> Ratio:
    """Square of what a content is off the mean content.

    >>> from calc.arithmetic.units import RATIO, figure
    >>> squared_deviation_of_content(figure("0.93", RATIO), figure("0.966", RATIO)).value
    Fraction(81, 62500)
    """
    return (content - mean_content) * (content - mean_content)


@formula(reference="usp-905")
def off_reference(reference_value: Ratio, mean_content: Ratio) -> Ratio:
    """How far the mean content is below the reference value M; negative where it is above.

    >>> from calc.arithmetic.units import RATIO, figure
    >>> off_reference(figure("0.985", RATIO), figure("0.966", RATIO)).value
    Fraction(19, 1000)
    """
    return reference_value - mean_content


@formula(reference="usp-905")
def acceptance_value(distance: Ratio, k: Ratio, standard_deviation: Ratio) -> Ratio:
    """Acceptance value: the distance of the mean from the reference value M, and k standard deviations.

    >>> from calc.arithmetic.units import RATIO, figure
    >>> acceptance_value(figure("0.019", RATIO), figure("2.4", RATIO), figure("0.028", RATIO)).value
    Fraction(431, 5000)
    """
    return distance + k * standard_deviation


@formula(reference="usp-905")
def squared_room(limit: Ratio, distance: Ratio) -> Ratio:
    """Square of what the limit of the acceptance value leaves for the spread.

    >>> from calc.arithmetic.units import RATIO, figure
    >>> squared_room(figure("0.15", RATIO), figure("0.02", RATIO)).value
    Fraction(169, 10000)
    """
    return (limit - distance) * (limit - distance)


@formula(reference="usp-905")
def squared_spread(k: Ratio, variance: Ratio) -> Ratio:
    """Square of k standard deviations.

    >>> from calc.arithmetic.units import RATIO, figure
    >>> squared_spread(figure("2.4", RATIO), figure("0.0009", RATIO)).value
    Fraction(81, 15625)
    """
    return k * k * variance


@formula(reference="usp-905")
def least_content(tolerance: Ratio, reference_value: Ratio) -> Ratio:
    """The least that a single unit may hold in the second stage.

    >>> from calc.arithmetic.units import RATIO, figure
    >>> least_content(figure("0.25", RATIO), figure("0.985", RATIO)).value
    Fraction(591, 800)
    """
    return (1 - tolerance) * reference_value


@formula(reference="usp-905")
def most_content(tolerance: Ratio, reference_value: Ratio) -> Ratio:
    """The most that a single unit may hold in the second stage.

    >>> from calc.arithmetic.units import RATIO, figure
    >>> most_content(figure("0.25", RATIO), figure("0.985", RATIO)).value
    Fraction(197, 160)
    """
    return (1 + tolerance) * reference_value
