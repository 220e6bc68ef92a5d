"""Places and units as sheets name them: in full, short, with the township in front."""

from uuid import UUID

from zhuoluo.matters.rules import Refused
from zhuoluo.org.reads import areas, units


class Names:
    """What names mean today; made once for a sheet."""

    def __init__(self) -> None:
        self._areas: dict[str, list[str]] = {}
        known = areas()
        for area in known.values():
            town = known.get(area.code[:9].ljust(12, "0"))
            self._areas.setdefault(area.name, []).append(area.code)
            if town is not None and town.code != area.code:
                self._areas.setdefault(town.name + area.name, []).append(area.code)
        self._units = {
            name: unit.id for unit in units().values() for name in (unit.name, unit.short_name) if name
        }

    def area(self, name: str) -> str | None:
        """Return the code of a place; None for no name. Raises Refused for an unknown one, or one that several share."""
        plain = "".join(name.split())
        if not plain:
            return None
        codes = self._areas.get(plain, [])
        if len(codes) > 1:
            raise Refused("叫“%(name)s”的村不止一个，请把乡镇写在前面", name=plain[:30])
        if not codes:
            raise Refused("没有找到村（社区）“%(name)s”", name=plain[:30])
        return codes[0]

    def unit(self, name: str) -> UUID:
        """Return the id of a unit. Raises Refused."""
        found = self._units.get("".join(name.split()))
        if found is None:
            raise Refused("没有找到单位“%(name)s”，请写全称或者简称", name=name[:30])
        return found
