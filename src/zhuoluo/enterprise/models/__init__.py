"""Tables of the room."""

from zhuoluo.enterprise.models.firm import Chain, Firm, Liaison, Need, Visit
from zhuoluo.enterprise.models.project import Project, Step

__all__ = ["Chain", "Firm", "Liaison", "Need", "Project", "Step", "Visit"]
