"""What the pages share: the acts of the room."""

from zhuoluo.kit.deeds import Deeds
from zhuoluo.kit.sentences import Sentence
from zhuoluo.matters.reads import NotFound as MatterNotFound
from zhuoluo.org.rules import Forbidden, Permission
from zhuoluo.village.rules.errors import NotFound

DEEDS = Deeds(NotFound, (Sentence, Forbidden))
or_404 = DEEDS.or_404
OFFICE = (Permission.TRIAGE, Permission.HANDLE, Permission.READ_ALL)
GIVES = (Permission.TRIAGE, Permission.HANDLE)
__all__ = ["DEEDS", "GIVES", "OFFICE", "MatterNotFound", "or_404"]
