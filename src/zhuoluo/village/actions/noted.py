"""What every write of this room shares."""

from zhuoluo.kit.deeds import Deeds
from zhuoluo.org.actions import noter
from zhuoluo.village.rules.errors import NotFound, Refused

note = noter("village", "village")
locked = Deeds(NotFound, (Refused,)).locked
