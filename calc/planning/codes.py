"""Codes of a plan: lines of shown work, ways of rounding, weighings, offers, rules for the fill."""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class StepCode(StrEnum):
    """Steps of shown work; their titles are in `calc.wording`."""

    BATCH = "batch"
    DOSE_AS_LABELLED = "dose_as_labelled"
    DRUG_NEEDED = "drug_needed"
    STRENGTH_OF_BULK = "strength_of_bulk"
    TABLETS_FOR_QUANTITY = "tablets_for_quantity"
    TABLETS_EXACT = "tablets_exact"
    TABLETS_TO_CRUSH = "tablets_to_crush"
    CAPSULES_OF_ONE_TABLET = "capsules_of_one_tablet"
    PORTION_SHARE = "portion_share"
    DRUG_LEFT_OVER = "drug_left_over"
    LEAST_STANDARD_DEVIATION = "least_standard_deviation"
    LEAST_WEIGHABLE = "least_weighable"
    MASS_OF_ONE_TABLET = "mass_of_one_tablet"
    LOSS_IN_CRUSHING = "loss_in_crushing"
    PORTION = "portion"
    ROUNDING_EFFECT = "rounding_effect"
    WEIGHING_ERROR = "weighing_error"
    STRENGTH_OF_POWDER = "strength_of_powder"
    TRITURATION_DILUENT = "trituration_diluent"
    STRENGTH_AFTER = "strength_after"
    ALIQUOT = "aliquot"
    POWDER_PER_CAPSULE = "powder_per_capsule"
    SHARE_OF_BODY = "share_of_body"
    DILUENT_PER_CAPSULE = "diluent_per_capsule"
    FILL_MASS = "fill_mass"
    DILUENT = "diluent"
    BAND_LOW = "band_low"
    BAND_HIGH = "band_high"
    DOSE_COMPUTED_BACK = "dose_computed_back"
    DOSE_DEVIATION = "dose_deviation"
    STRENGTH_AS_LABELLED = "strength_as_labelled"
    DOSE_VOLUME = "dose_volume"
    DOSES = "doses"
    DAYS_OF_DOSES = "days_of_doses"
    STRENGTH_PER_CONTAINER = "strength_per_container"
    STRENGTH_COMPUTED_BACK = "strength_computed_back"
    STRENGTH_DEVIATION = "strength_deviation"
    SHELLS_TOGETHER = "shells_together"
    MEAN_SHELL = "mean_shell"
    CAPSULES_TOGETHER = "capsules_together"
    MEAN_GROSS = "mean_gross"
    MEAN_FILL = "mean_fill"
    MEAN_SHARE = "mean_share"
    FILL_LOW = "fill_low"
    FILL_HIGH = "fill_high"
    MEAN_LOW = "mean_low"
    MEAN_HIGH = "mean_high"
    FILL_OF_EACH = "fill_of_each"
    SHARE_OF_EACH = "share_of_each"
    FILL_SQUARES = "fill_squares"
    FILL_VARIANCE = "fill_variance"
    FILL_RSD = "fill_rsd"
    BATCH_LOSS = "batch_loss"
    RULE_TOGETHER = "rule_together"
    RULE_MEAN = "rule_mean"
    RULE_LOW = "rule_low"
    RULE_HIGH = "rule_high"
    RULE_LEAST = "rule_least"
    RULE_MOST = "rule_most"
    NET_OF_EACH = "net_of_each"
    NET_TOGETHER = "net_together"
    NET_MEAN = "net_mean"
    DRUG_SHARE = "drug_share"
    CONTENT_OF_EACH = "content_of_each"
    WEIGHED_IN = "weighed_in"
    MASS_BALANCE = "mass_balance"
    UNACCOUNTED = "unaccounted"
    BALANCE_VARIANCE = "balance_variance"
    BALANCE_UNCERTAINTY = "balance_uncertainty"
    CONTENTS_TOGETHER = "contents_together"
    MEAN_CONTENT = "mean_content"
    CONTENT_SQUARES = "content_squares"
    CONTENT_VARIANCE = "content_variance"
    CONTENT_DEVIATION = "content_deviation"
    OFF_REFERENCE = "off_reference"
    ACCEPTANCE_VALUE = "acceptance_value"
    SQUARED_ROOM = "squared_room"
    SQUARED_SPREAD = "squared_spread"
    LEAST_CONTENT = "least_content"
    MOST_CONTENT = "most_content"
    WEIGHING_VARIANCE = "weighing_variance"
    DOSE_VARIANCE = "dose_variance"
    BATCH_VARIANCE = "batch_variance"
    BATCH_SPREAD = "batch_spread"
    ONE_MORE_VARIANCE = "one_more_variance"
    ONE_MORE_SPREAD = "one_more_spread"
    COMBINED_VARIANCE = "combined_variance"
    COMBINED_SPREAD = "combined_spread"
    DEGREES_OF_FREEDOM = "degrees_of_freedom"
    FILL_SHIFT = "fill_shift"
    CONTENT_AT_LABEL = "content_at_label"
    ROOM_BELOW = "room_below"
    ROOM_ABOVE = "room_above"
    PROBABILITY = "probability"


@unique
class Rounding(StrEnum):
    """Ways to round the result of a step, once, to an amount that can be counted or weighed."""

    UP_TO_WHOLE = "up_to_whole"
    DOWN_TO_WHOLE = "down_to_whole"
    HALF_UP = "half_up"
    UP_TO_STEP = "up_to_step"
    DOWN_TO_STEP = "down_to_step"


@unique
class WeighingName(StrEnum):
    """Things put on the balance."""

    TABLETS = "tablets"
    PORTION = "portion"
    TRITURATION = "trituration"
    ALIQUOT = "aliquot"
    DILUENT = "diluent"
    CAPSULE = "capsule"


@unique
class OfferCode(StrEnum):
    """Ways to make an order."""

    WEIGH_PORTION = "weigh_portion"
    MOST_CAPSULES = "most_capsules"
    WHOLE_TABLETS = "whole_tablets"
    DILUTE_BY_VOLUME = "dilute_by_volume"


@unique
class FillRule(StrEnum):
    """Ways in which the fill of a capsule is known."""

    PACKING = "packing"
    GIVEN = "given"
    ESTIMATE = "estimate"
    UNKNOWN = "unknown"
