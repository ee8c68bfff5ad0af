"""The titles of the stages of the work at the bench."""

from __future__ import annotations

from calc.planning.bench import BenchStage

TITLES = {
    BenchStage.GATHER: "Gather",
    BenchStage.IDENTIFY: "Identify",
    BenchStage.COUNT: "Count",
    BenchStage.WEIGH: "Weigh before crushing",
    BenchStage.CRUSH: "Crush and weigh out",
    BenchStage.TRITURATE: "Triturate",
    BenchStage.BLEND: "Blend by geometric dilution",
    BenchStage.MIX: "Wet, rinse, bring to volume",
    BenchStage.FILL: "Fill",
    BenchStage.BOTTLE: "Bottle",
    BenchStage.CHECK: "Check",
    BenchStage.LABEL: "Label",
    BenchStage.CLEAN: "Clean",
}
#: The titles of stages for bulk powder, which is not crushed.
TITLES_OF_BULK = {BenchStage.WEIGH: "Weigh first", BenchStage.CRUSH: "Weigh out"}
TITLES_IN_DILUENT = {BenchStage.CRUSH: "Weigh out", BenchStage.TRITURATE: "Crush in diluent and triturate"}
#: The title of the stage for a liquid, which weighs out nothing beside the crushed tablets.
TITLES_OF_LIQUID = {BenchStage.CRUSH: "Crush"}
