"""The published aliquots and triturations of powder, worked through the program's own formulas."""

from calc.arithmetic.rounding import up_to_whole
from calc.arithmetic.units import CAPSULE, MG, RATIO, Figure, figure
from calc.rules import capsules, tablets, weighing
from calc.rules import triturations as rules

WHOLE = figure(1, RATIO)


def part(one, other):
    """What part of one mass another is: a trituration of the pure drug holds so much of it."""
    return rules.strength_after(WHOLE, one, other)


def fewest_times(need, least):
    """The least whole number of times that makes what is needed weighable."""
    return up_to_whole(part(least, need))


def times(number, mass):
    return rules.made_up_to(figure(number, RATIO), mass)


def drug_weighed_and_aliquot_chosen(given):
    """ASS-02: so much is weighed, so much is to be taken; what the mixture comes to."""
    mixture = rules.aliquot(given["weighed"], part(given["dose"], given["aliquot"]))
    return {
        "factor": part(mixture, given["aliquot"]),
        "mixture": mixture,
        "lactose": rules.diluent_to_total(mixture, given["weighed"]),
    }


def smallest_whole_factor(given):
    """ASS-03: the least that can be weighed of it, in a mixture of 900 mg."""
    factor = fewest_times(given["need"], weighing.least_by_sensitivity(given["SR"], given["err"]))
    weigh = times(factor, given["need"])
    return {
        "factor": figure(factor, RATIO),
        "weigh": weigh,
        "lactose": rules.diluent_to_total(given["mix"], weigh),
        "aliquot": rules.aliquot(given["need"], part(weigh, given["mix"])),
    }


def factor_and_aliquot_chosen(drug, diluent):
    """ASS-04 and ASS-07: a factor and an aliquot are chosen; the names that the case has for drug and diluent."""

    def worked(given):
        weigh, mixture = times(given.whole("k"), given["need"]), times(given.whole("k"), given["aliquot"])
        return {
            drug: weigh,
            "mixture": mixture,
            diluent: rules.diluent_to_total(mixture, weigh),
            "aliquot_out": rules.aliquot(given["need"], part(weigh, mixture)),
        }

    return worked


def by_sensitivity_with_a_factor(given):
    chosen = factor_and_aliquot_chosen("weigh", "lactose")(given)
    return {"mwq": weighing.least_by_sensitivity(given["SR"], given["err"]), **chosen}


def powders_from_a_stock(given):
    """ASS-05 and ASS-06: powders of one mass, with a trituration of the least that can be weighed, one in ten."""
    number, each = figure(given.whole("n"), CAPSULE), given.per_capsule("pw")
    drug = tablets.drug_needed(given.per_capsule("dose"), number)
    stock = times(given.whole("dil"), given["mwq"])
    taken = rules.aliquot(drug, part(given["mwq"], stock))
    return {
        "drug_total": drug,
        "lactose_direct": capsules.diluent_beside_aliquot(each, number, drug),
        "stock_lactose": rules.diluent_to_total(stock, given["mwq"]),
        "stock_taken": taken,
        "lactose_final": capsules.diluent_beside_aliquot(each, number, taken),
        "total": capsules.blend_of_batch(each, number),
    }


def powders_from_a_larger_stock(given):
    """ASS-06: how large the stock is made is not asked; more of it is taken than of ASS-05's."""
    return {name: mass for name, mass in powders_from_a_stock(given).items() if name != "stock_lactose"}


def aliquots_of_the_least(given):
    """ASS-08: twelve doses weighed at once, each taken as the least that can be weighed."""
    least = weighing.least_by_sensitivity(given["SR"], given["err"])
    drug, mixture = times(given.whole("k"), given["dose"]), times(given.whole("k"), least)
    return {
        "mwq": least,
        "drug": drug,
        "diluent": rules.diluent_to_total(mixture, drug),
        "mixture": mixture,
        "per_dose": rules.aliquot(given["dose"], part(drug, mixture)),
    }


def more_doses_than_needed(given):
    """ASS-09: as many doses as make the drug weighable; what is not needed is discarded."""
    factor = fewest_times(given["dose"], given["mwq"])
    drug, mixture = times(factor, given["dose"]), times(factor, given["mwq"])
    made = part(mixture, given["mwq"])
    return {
        "factor": figure(factor, RATIO),
        "diluent": rules.diluent_to_total(mixture, drug),
        "doses_made": made,
        "doses_discarded": Figure(made.value - given.whole("need_n"), RATIO),
    }


def drug_and_diluent_mixed(given):
    """ASS-10: a mixture as it was made, and the part of it that holds what is needed."""
    mixture = figure(given["drug"].to(MG).value + given["lac"].to(MG).value, MG)
    strength = part(given["drug"], mixture)
    return {"mixture": mixture, "strength": strength, "aliquot": rules.aliquot(given["need"], strength)}


def ratio_strength_with_dye(given):
    """ASS-11: one in a thousand, with the dye as a part of the diluent."""
    answers = {}
    for total, drug, rest in (("tot", "drug", "avicel"), ("tot2", "drug100", "avicel100")):
        held = rules.least_made_up(given[total], given["ratio"])
        diluent = rules.diluent_to_total(given[total], held)
        answers |= {drug: held, rest: rules.diluent_to_total(diluent, given["dye"])}
        answers.setdefault("diluent_all", diluent)
    return answers


def capsules_from_a_dilution(given):
    """ASS-12: capsules of one mass with a dilution of one in a hundred."""
    number, each = figure(given.whole("n"), CAPSULE), given.per_capsule("capw")
    one = rules.made_up_to(given["dil"], given["dose"])
    per_capsule = Figure(one.value, each.unit)
    filler = capsules.diluent_to_fill_mass(each, per_capsule)
    return {
        "dilution_per_cap": one,
        "dilution_total": capsules.blend_of_batch(per_capsule, number),
        "filler_per_cap": figure(filler.value, MG),
        "filler_total": capsules.diluent_for_batch(filler, number),
    }


ALIQUOTS = {
    "ASS-02": drug_weighed_and_aliquot_chosen,
    "ASS-03": smallest_whole_factor,
    "ASS-04": by_sensitivity_with_a_factor,
    "ASS-05": powders_from_a_stock,
    "ASS-06": powders_from_a_larger_stock,
    "ASS-07": factor_and_aliquot_chosen("drug", "diluent"),
    "ASS-08": aliquots_of_the_least,
    "ASS-09": more_doses_than_needed,
    "ASS-10": drug_and_diluent_mixed,
    "ASS-11": ratio_strength_with_dye,
    "ASS-12": capsules_from_a_dilution,
}
