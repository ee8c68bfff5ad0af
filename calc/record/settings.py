"""What a pharmacy decides about its record: its settings, and what a role may do by them."""

from __future__ import annotations

from typing import NamedTuple

from calc.record.rights import Act, Right, Role, right_of


class Settings(NamedTuple):
    """The settings of a pharmacy; each starts as it is safe for most.

    Nobody can set that a maker checks a batch of two persons.
    """

    technicians_check_before_crushing: bool = False
    technicians_check_before_mixing: bool = True
    systems_dispense: bool = False
    self_check_allowed: bool = True
    #: On enrolled devices a PIN will do where the password is not asked for.
    pins_allowed: bool = True

    def right(self, role: Role, act: Act) -> Right:
        """Return what a role may do of an act by these settings: no, yes, or signed.

        >>> Settings().right(Role.COMPOUNDER, Act.CHECK_BEFORE_CRUSHING)
        <Right.NO: 'no'>
        """
        right = right_of(role, act)
        if right not in (Right.IF_SET, Right.IF_SET_SIGNED):
            return right
        if not getattr(self, _SETTING_OF[act]):
            return Right.NO
        return Right.YES if right is Right.IF_SET else Right.SIGNED


#: The setting on which an act hangs.
_SETTING_OF = {
    Act.CHECK_BEFORE_CRUSHING: "technicians_check_before_crushing",
    Act.CHECK_BEFORE_MIXING: "technicians_check_before_mixing",
    Act.DISPENSE: "systems_dispense",
}
