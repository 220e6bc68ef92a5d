"""What the stories of the fronts share: a picked word, a sheet handed in, a matter carried to its second review."""

from datetime import datetime, timedelta
from pathlib import Path as File
from typing import Any

from playwright.sync_api import Page

from tests.county import County
from tests.fronts import book
from zhuoluo.files import actions as files
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.matters.models import Matter
from zhuoluo.matters.tests.path import DRAFT, Path
from zhuoluo.org.rules import Actor


def until(clock: Any, at: datetime) -> None:
    """Let it be that hour on the clock of the story."""
    clock.shift += at - clock.now()


def fill(page: Page, **words: Any) -> None:
    """Type into fields by name."""
    for name, value in words.items():
        page.locator(f"main [name={name}]").fill(str(value))


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def go(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def hand_in(
    page: Page, url: str, folder: File, columns: dict[str, tuple[str, ...]], rows: list[list[Any]]
) -> None:
    """Import a register as its office does: a workbook chosen on the page."""
    sheet = folder / "台账.xlsx"
    sheet.write_bytes(book(columns, *rows).read())
    page.goto(url)
    page.locator("[name=file]").set_input_files(sheet)
    page.get_by_role("button", name="导入", exact=True).click(timeout=120_000)


class Staff:
    """Who acts, looked up once."""

    def __init__(self, county: County, at: datetime) -> None:
        self.county, self.at = county, at
        self.known: dict[str, Actor] = {}

    def __call__(self, name: str) -> Actor:
        if name not in self.known:
            self.known[name] = self.county.who(name, self.at)
        return self.known[name]


def carried(
    staff: Staff, matter: Matter, at: datetime, *, contact: bool = False, called: bool = True
) -> Path:
    """Carry a matter of the housing office to the second review: evidence, answer, the raiser's word asked by others."""
    path = Path(staff.county, matter, at)

    def act(verb: str, name: str, **given: Any) -> None:
        path.at += timedelta(minutes=5) - timedelta(hours=1)  # a step of the path is an hour
        path.act(verb, staff(name), **given)

    photo = files.keep(data=jpeg(), name="办好.jpg", at=path.at)
    act("take" if matter.stage == "routed" else "accept", "head")
    if contact:
        act("respond", "handler", kind="contact", words="联系了企业负责人，明天上门看")
    act("add_evidence", "handler", files=[(photo.id, "after", "办好了")])
    act("draft", "handler", content=DRAFT)
    act("issue", "head", draft_version=1)
    act("serve", "handler", method="in_person")
    if called:
        act("call_back", "caller", reached=True, solved="yes", satisfaction="satisfied")
        act("certify", "supervisor", evidence="到现场看过，和说的一样，都办好了")
    return path
