"""Codes of faults, stops and notices, with their facts; their sentences are in `calc.wording`.

A *fault* is in what was typed: it cannot be parsed, or the order makes no sense as a whole. A *stop* is a rule that
forbids what was parsed: a hard one is final, a soft one can be overridden with a reason. A *notice* is to be read
first. Internal errors are none of these and are never turned into one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as declared
from enum import StrEnum, unique

Facts = Mapping[str, object]


@unique
class FaultCode(StrEnum):
    """Reasons for refusing typed input, or the order as a whole."""

    REQUIRED = "required"
    WRONG_TYPE = "wrong_type"
    UNKNOWN_FIELD = "unknown_field"
    DUPLICATE_FIELD = "duplicate_field"
    UNKNOWN_CHOICE = "unknown_choice"
    DRUG_HAS_FILE = "drug_has_file"
    TEXT_TOO_LONG = "text_too_long"
    LIST_TOO_LONG = "list_too_long"
    LIST_LENGTH = "list_length"
    HIDDEN_CHARACTER = "hidden_character"
    DECIMAL_COMMA = "decimal_comma"
    THOUSANDS_SEPARATOR = "thousands_separator"
    LEADING_ZERO = "leading_zero"
    NUMBER_FORMAT = "number_format"
    SIGN_NOT_ALLOWED = "sign_not_allowed"
    ZERO_NOT_ALLOWED = "zero_not_allowed"
    EXPONENT_NOT_ALLOWED = "exponent_not_allowed"
    NOT_A_NUMBER = "not_a_number"
    NON_ASCII_DIGIT = "non_ascii_digit"
    UNIT_IN_NUMBER = "unit_in_number"
    TOO_MANY_DIGITS = "too_many_digits"
    TOO_MANY_DECIMALS = "too_many_decimals"
    NOT_WHOLE = "not_whole"
    UNIT_MISSING = "unit_missing"
    UNIT_UNKNOWN = "unit_unknown"
    WRONG_DIMENSION = "wrong_dimension"
    OUT_OF_RANGE = "out_of_range"
    SHELLS_ABOVE_FULL = "shells_above_full"
    RATIO_NOT_ALLOWED = "ratio_not_allowed"
    FACTOR_NOT_PERCENT = "factor_not_percent"
    DATE_FORMAT = "date_format"
    NO_SUCH_DAY = "no_such_day"
    DATE_ORDER = "date_order"
    START_BEFORE_MAKING = "start_before_making"
    PAIR_INCOMPLETE = "pair_incomplete"
    EXCLUDES_EACH_OTHER = "excludes_each_other"
    RECOVERED_ABOVE_TOTAL = "recovered_above_total"
    ACKNOWLEDGEMENT_UNUSED = "acknowledgement_unused"
    DOES_NOT_FIT = "does_not_fit"
    NO_LEAFLET = "no_leaflet"
    NO_BEYOND_USE = "no_beyond_use"
    PAPER_PAST = "paper_past"
    PAPER_AHEAD = "paper_ahead"
    EXPIRY_UNKNOWN = "expiry_unknown"
    FILLED_OUTSIDE = "filled_outside"
    NOT_PRINTABLE = "not_printable"
    GRADUATION_UNEVEN = "graduation_uneven"
    VOLUMES_TOO_LARGE = "volumes_too_large"
    BELONGS_TO_BATCH = "belongs_to_batch"
    SPREAD_UNKNOWN = "spread_unknown"
    NO_SUCH_QUESTION = "no_such_question"
    UNKNOWN_FORMULATION = "unknown_formulation"
    WEIGHT_VARIATION_NOT_ALLOWED = "weight_variation_not_allowed"
    TOO_MANY_STEPS = "too_many_steps"


@unique
class StopCode(StrEnum):
    """Limits that an order can exceed."""

    EXTENDED_RELEASE = "extended_release"
    PELLETS = "pellets"
    LIQUID_FILL = "liquid_fill"
    EXPIRED = "expired"
    TABLET_LIGHTER_THAN_DRUG = "tablet_lighter_than_drug"
    TOO_FEW_TABLETS = "too_few_tablets"
    CRUSHED_MASS_DIFFERS = "crushed_mass_differs"
    RECOVERED_MASS_TOO_SMALL = "recovered_mass_too_small"
    DOSE_ABOVE_ABSOLUTE = "dose_above_absolute"
    DOSE_BELOW_ABSOLUTE = "dose_below_absolute"
    CAPSULE_TOO_SMALL = "capsule_too_small"
    PACKS_TOO_DENSE = "packs_too_dense"
    PACKS_DENSE = "packs_dense"
    GEL_FORMING_DILUENT = "gel_forming_diluent"
    BELOW_LEAST_WEIGHABLE = "below_least_weighable"
    ROUNDING_ABOVE_LIMIT = "rounding_above_limit"
    DOSE_ABOVE_USUAL = "dose_above_usual"
    DOSE_BELOW_USUAL = "dose_below_usual"
    HEAVY_TABLET = "heavy_tablet"
    STRONG_TABLET = "strong_tablet"
    MANY_TABLETS_PER_DOSE = "many_tablets_per_dose"
    STRENGTH_NOT_IN_DRUG_FILE = "strength_not_in_drug_file"
    DILUENT_TO_AVOID = "diluent_to_avoid"
    OPIOIDS_YES = "opioids_yes"
    LIVER_DISEASE_YES = "liver_disease_yes"
    QUANTITY_LARGE = "quantity_large"
    QUANTITY_ABOVE_MOST = "quantity_above_most"
    DRUG_EASILY_CONFUSED = "drug_easily_confused"
    DRUG_MISSPELLED = "drug_misspelled"
    DELAYED_RELEASE = "delayed_release"
    FORM_NOT_CRUSHED = "form_not_crushed"
    MAY_NOT_BE_CRUSHED = "may_not_be_crushed"
    MANY_TABLETS = "many_tablets"
    DOSE_UNIT_UNCHECKED = "dose_unit_unchecked"
    SOLIDS_HIGH = "solids_high"
    SOLIDS_ABOVE_MOST = "solids_above_most"
    INGREDIENTS_ABOVE_MOST = "ingredients_above_most"
    LESS_THAN_ONE_DOSE = "less_than_one_dose"
    DOSE_BELOW_MARK = "dose_below_mark"
    THICK_LIQUID = "thick_liquid"
    TOO_FINE_FOR_POWDER = "too_fine_for_powder"
    INGREDIENT_BELOW_LEAST = "ingredient_below_least"
    INGREDIENTS_NOT_PACKED = "ingredients_not_packed"


@unique
class Reason(StrEnum):
    """Reasons accepted for overriding a soft stop; anything more is written on the paper."""

    PRESCRIBER_CONFIRMED = "prescriber_confirmed"
    REFERENCE_CHECKED = "reference_checked"
    LABEL_CHECKED = "label_checked"
    WEIGHED_AGAIN = "weighed_again"
    COUNTED_AGAIN = "counted_again"
    OPIOID_FREE_INTERVAL_KEPT = "opioid_free_interval_kept"
    PATIENT_REQUEST = "patient_request"


_ORDER_REASONS = (Reason.PRESCRIBER_CONFIRMED, Reason.REFERENCE_CHECKED)
#: Soft stops and the reasons accepted for each. A stop that is not listed is hard.
REASONS: Mapping[StopCode, tuple[Reason, ...]] = {
    StopCode.DOSE_ABOVE_USUAL: _ORDER_REASONS,
    StopCode.DOSE_BELOW_USUAL: _ORDER_REASONS,
    StopCode.CRUSHED_MASS_DIFFERS: (Reason.WEIGHED_AGAIN, Reason.COUNTED_AGAIN),
    StopCode.PACKS_DENSE: (Reason.WEIGHED_AGAIN, Reason.REFERENCE_CHECKED),
    StopCode.HEAVY_TABLET: (Reason.WEIGHED_AGAIN, Reason.COUNTED_AGAIN),
    StopCode.STRONG_TABLET: (Reason.LABEL_CHECKED, Reason.REFERENCE_CHECKED),
    StopCode.MANY_TABLETS_PER_DOSE: _ORDER_REASONS,
    StopCode.STRENGTH_NOT_IN_DRUG_FILE: (Reason.LABEL_CHECKED, Reason.PRESCRIBER_CONFIRMED),
    StopCode.DILUENT_TO_AVOID: (Reason.PRESCRIBER_CONFIRMED, Reason.PATIENT_REQUEST),
    StopCode.OPIOIDS_YES: (Reason.PRESCRIBER_CONFIRMED, Reason.OPIOID_FREE_INTERVAL_KEPT),
    StopCode.LIVER_DISEASE_YES: (Reason.PRESCRIBER_CONFIRMED,),
    StopCode.QUANTITY_LARGE: _ORDER_REASONS,
    StopCode.DRUG_EASILY_CONFUSED: _ORDER_REASONS,
    StopCode.DRUG_MISSPELLED: (Reason.LABEL_CHECKED, Reason.PRESCRIBER_CONFIRMED),
    StopCode.FORM_NOT_CRUSHED: (Reason.LABEL_CHECKED, Reason.PRESCRIBER_CONFIRMED),
    StopCode.DOSE_UNIT_UNCHECKED: _ORDER_REASONS,
    StopCode.SOLIDS_HIGH: _ORDER_REASONS,
    StopCode.THICK_LIQUID: _ORDER_REASONS,
    StopCode.TOO_FINE_FOR_POWDER: _ORDER_REASONS,
    StopCode.INGREDIENTS_NOT_PACKED: (Reason.WEIGHED_AGAIN, Reason.REFERENCE_CHECKED),
}


@unique
class NoticeCode(StrEnum):
    """Notices to read before anything is weighed."""

    WEIGH_TABLETS = "weigh_tablets"
    WEIGHED_ANOTHER_DAY = "weighed_another_day"
    NO_DRUG_FILE = "no_drug_file"
    FORMS_CONVERTED = "forms_converted"
    ASSESSMENT_OPEN = "assessment_open"
    DOSE_BELOW_USUAL_NOTICE = "dose_below_usual_notice"
    TABLET_FOR_RESERVE = "tablet_for_reserve"
    NO_RESERVE = "no_reserve"
    MORE_TABLETS_THAN_NEEDED = "more_tablets_than_needed"
    MORE_WEIGHED_THAN_MADE = "more_weighed_than_made"
    FEW_TABLETS = "few_tablets"
    FEWER_WEIGHED_THAN_CRUSHED = "fewer_weighed_than_crushed"
    BATCH_LOW = "batch_low"
    CRUSHING_LOSS_HIGH = "crushing_loss_high"
    TRITURATION = "trituration"
    ALIQUOT_ABOVE_ESTIMATE = "aliquot_above_estimate"
    TRITURATION_POSSIBLE = "trituration_possible"
    ALIQUOT_LIGHT = "aliquot_light"
    POWDER_COUNTS = "powder_counts"
    FILL_ESTIMATED = "fill_estimated"
    FILL_UNKNOWN = "fill_unknown"
    DILUENT_STANDS_FOR_POWDER = "diluent_stands_for_powder"
    QUANTITY_UNUSUAL = "quantity_unusual"
    DOSE_UNLIKE_STRENGTH = "dose_unlike_strength"
    FILL_UNLIKELY = "fill_unlikely"
    PACKING_UNLIKELY = "packing_unlikely"
    SHELL_UNLIKELY = "shell_unlikely"
    NO_DILUENT_NEEDED = "no_diluent_needed"
    DILUENT_BELOW_LEAST_WEIGHABLE = "diluent_below_least_weighable"
    CAPSULE_BELOW_LEAST_WEIGHABLE = "capsule_below_least_weighable"
    WEIGHT_NOT_CONTENT = "weight_not_content"
    FILL_SPREAD_HIGH = "fill_spread_high"
    MORE_MADE_THAN_PLANNED = "more_made_than_planned"
    SHELL_ABOVE_FILL = "shell_above_fill"
    FIRST_TEN_PASSED = "first_ten_passed"
    SHELL_SPREAD_COUNTS = "shell_spread_counts"
    CONTENT_ASKED = "content_asked"
    DOSES_TURN = "doses_turn"
    MANY_CAPSULES_AT_ONE_TIME = "many_capsules_at_one_time"
    NEEDED_AFTER_BEYOND_USE = "needed_after_beyond_use"
    LIQUID_NEEDED_AFTER = "liquid_needed_after"
    VOLUME_ENDS_BEFORE = "volume_ends_before"
    SYRINGE_CHANGES = "syringe_changes"
    OFF_A_MARK = "off_a_mark"
    SEVERAL_SYRINGES = "several_syringes"
    SEVERAL_BOTTLES = "several_bottles"
    DOSE_VOLUME_UNUSUAL = "dose_volume_unusual"
    DAYS_UNUSUAL = "days_unusual"
    OUTLASTS_USE = "outlasts_use"
    WHOLE_TABLET_DOSE = "whole_tablet_dose"
    DOSE_IN_OTHER_UNIT = "dose_in_other_unit"
    SOLIDS_NOTICE = "solids_notice"
    NOT_TODAYS_PLAN = "not_todays_plan"
    PAST_USE = "past_use"
    FAR_AHEAD = "far_ahead"
    DATE_READ = "date_read"
    WATER_NOT_USED = "water_not_used"
    NDC_UNLIKELY = "ndc_unlikely"
    EXPIRY_FAR = "expiry_far"
    VEHICLE_OPEN = "vehicle_open"
    VEHICLE_UNLIKE_TABLE = "vehicle_unlike_table"
    MIXTURE_PRESERVED = "mixture_preserved"
    LONGER_DATE = "longer_date"
    UNPROVEN_DATE = "unproven_date"
    INGREDIENTS_NEGLECTED = "ingredients_neglected"
    FORMULATION_NAMED = "formulation_named"
    FORMULATION_CHANGED = "formulation_changed"
    PELLETS_NAMED = "pellets_named"
    FORMULATION_INCOMPLETE = "formulation_incomplete"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one field; `field` is its dotted path, with list indexes as numbers."""

    code: FaultCode
    field: str
    facts: Facts = declared(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stop:
    """One limit exceeded. `value` is what exceeded it, written as an acknowledgement must repeat it."""

    code: StopCode
    field: str
    value: str
    facts: Facts = declared(default_factory=dict)

    @property
    def severity(self) -> str:
        """The text "soft" if a reason can override the stop, otherwise "hard"."""
        return "soft" if self.code in REASONS else "hard"

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons accepted for overriding it; none for a hard stop."""
        return REASONS.get(self.code, ())


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice, to be read first."""

    code: NoticeCode
    facts: Facts = declared(default_factory=dict)


class Refused(Exception):
    """The order is not planned, because of faults or standing stops; never both, as faults hide stops."""

    def __init__(self, faults: tuple[Fault, ...] = (), stops: tuple[Stop, ...] = ()) -> None:
        super().__init__(", ".join([*(fault.code for fault in faults), *(stop.code for stop in stops)]))
        self.faults, self.stops = faults, stops
