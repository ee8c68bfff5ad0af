"""The sentences of notices that have words of their own: vehicles, ingredients, dates, published formulations."""

from __future__ import annotations

from calc.faults import NoticeCode
from calc.wording.formulations import NOTICES as OF_FORMULATIONS
from calc.wording.ingredients import NOTICES as OF_INGREDIENTS
from calc.wording.until import NOTICES_OF_DATES
from calc.wording.vehicles import NOTICES as OF_VEHICLES

OF_FORMS = {
    NoticeCode.FORMS_CONVERTED: "Two forms of the drug: {ordered} of {dose} count as {labeled} of {source}. Dose and "
    "strength are of {dose}, the label of tablets or powder is of {source}. Compare both with prescription and label.",
}
NOTICES_OF_PARTS = {**OF_FORMS, **OF_VEHICLES, **OF_INGREDIENTS, **OF_FORMULATIONS, **NOTICES_OF_DATES}
