"""The work at the bench for a liquid as the preparation sheet prints it."""

from __future__ import annotations

from typing import ClassVar

from calc.liquid.bench import LiquidBench
from calc.sheet.bench import DetailsByCode
from calc.sheet.on_paper import OnPaper
from calc.wording import sheet as words
from calc.wording import stages


class LiquidOnPaper(OnPaper, LiquidBench):
    """The writer of the steps of one plan of a liquid, as the sheet prints them."""

    titles = stages.TITLES_OF_LIQUID | words.SECTIONS_OF_LIQUID

    @property
    def unweighed(self) -> bool:
        """Return True if no tablets are weighed: whole ones are crushed."""
        return self.plan.whole_tablets

    def mixed(self) -> list[list[str]]:
        """Return what is read before mixing: each name with its unit."""
        powder = [] if self.plan.whole_tablets else [[words.POWDER, "g"]]
        return [*powder, [words.VEHICLE, ""], [words.VEHICLE_LOT, ""]]

    details: ClassVar[DetailsByCode] = {**LiquidBench.details, **OnPaper.details}
