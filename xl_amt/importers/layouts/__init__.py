"""The layouts of every platform, a data-only file each; of two that fit a table equally well, the first one holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xl_amt.importers.layouts import (
    carta,
    carta_api,
    equateplus,
    etrade,
    form_3921,
    morgan_stanley,
    netbenefits,
    open_cap_format,
    pulley,
    schwab,
)

if TYPE_CHECKING:
    from xl_amt.importers.layout import Layout

LAYOUTS: Final[tuple[Layout, ...]] = (
    *carta.LAYOUTS,
    *pulley.LAYOUTS,
    *etrade.LAYOUTS,
    *schwab.LAYOUTS,
    *morgan_stanley.LAYOUTS,
    *netbenefits.LAYOUTS,
    *equateplus.LAYOUTS,
    *form_3921.LAYOUTS,
    *carta_api.LAYOUTS,
    *open_cap_format.LAYOUTS,
)
