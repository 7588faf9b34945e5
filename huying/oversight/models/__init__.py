"""The tables of oversight: what is counted, warned about, talked over, called to account, excluded and published."""

from huying.oversight.models.counting import Counted, Stroke

__all__ = ["Counted", "Stroke"]
