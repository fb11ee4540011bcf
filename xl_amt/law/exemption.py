"""What follows from the exemption of a minimum tax and its phase-out, whichever law has them."""

from __future__ import annotations

from xl_amt.law.status import Status


class PhasedOutExemption:
    """A law's exemption, in dollars, that falls by a rate above a start; its record has the numbers."""

    __slots__ = ()
    status: Status
    exemption: float
    phase_out_start: float
    phase_out_rate: float

    @property
    def exemption_gone(self) -> float:
        """Alternative minimum taxable income at which the exemption has phased out to zero."""
        return self.phase_out_start + self.exemption / self.phase_out_rate

    @property
    def separate_filer_addition(self) -> float:
        """Most that a separate filer's income is raised by; 0 for others (IRC 55(d)(2), Schedule P (540) line 21)."""
        return self.exemption if self.status == "mfs" else 0.0
