"""Bounds and defaults of the program, each with its unit and its source.

A bound includes its own value unless it says otherwise. Those of one drug are in that drug's file, those of a shell or
a diluent in its table; nothing here is repeated anywhere else. All of them are read as `limits.NAME`.
"""

from calc.limits.bench import *
from calc.limits.capsules import *
from calc.limits.defaults import *
from calc.limits.fields import *
from calc.limits.kinds import BadLimit as BadLimit
from calc.limits.kinds import Bound as Bound
from calc.limits.kinds import Range as Range
from calc.limits.kinds import Series as Series
from calc.limits.labels import *
from calc.limits.liquids import *
from calc.limits.record import *
from calc.limits.samples import *
from calc.limits.slips import *
from calc.limits.tablets import *
from calc.limits.triturations import *
