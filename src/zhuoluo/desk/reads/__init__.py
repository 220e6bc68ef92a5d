"""What the desk shows of all rooms: the navigation, the tiles of today, what the registers have under some words."""

from zhuoluo.desk.reads.elsewhere import Place, elsewhere
from zhuoluo.desk.reads.nav import nav
from zhuoluo.desk.reads.tiles import Tile, exceptions, tiles

__all__ = ["Place", "Tile", "elsewhere", "exceptions", "nav", "tiles"]
