"""One county with a matter of every kind the access table speaks of, and a signed-in browser for every role."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from tests import fronts, lives, oversights, policies, programmes, receptions, talks
from tests.county import County, build
from zhuoluo.exchange.sheets import actions as sheets
from zhuoluo.exchange.sheets import exporting
from zhuoluo.exchange.sheets.checking import check
from zhuoluo.exchange.sheets.histories import Defaults
from zhuoluo.files import actions as files
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.matters import actions as matters
from zhuoluo.matters.actions import papers
from zhuoluo.matters.models import Commitment, Matter
from zhuoluo.matters.reads import Sought
from zhuoluo.matters.tests.path import Path
from zhuoluo.org.models import Area, Post
from zhuoluo.org.reads import forget
from zhuoluo.org.rules import RESIDENT, SYSTEM, Actor
from zhuoluo.portal.models import Draft
from zhuoluo.portal.tests.walk import Walk
from zhuoluo.sealed import actions as sealed

BACKEND = "django.contrib.auth.backends.ModelBackend"
STAFF = (
    "mediator", "clerk", "clerk2", "handler", "head", "officer", "caller", "supervisor", "leader", "auditor", "admin",
    "reviewer", "sealed", "outreach", "finance", "coordinator",
)  # fmt: skip
ROLES = ("visitor", "resident", *STAFF)
KINDS = ("own", "other", "about", "accusation", "merged", "withdrawn")
Raised = Callable[..., Path]


class Browser(Client):
    """A test client without the copies of every template's context, which cost more than the pages themselves."""

    def request(self, **request: Any) -> Any:
        environ = self._base_environ(**request)
        got_request_exception.connect(self.store_exc_info, dispatch_uid="browser")
        try:
            response = self.handler(environ)
        finally:
            got_request_exception.disconnect(dispatch_uid="browser")
        self.check_exception(response)
        if response.cookies:
            self.cookies.update(response.cookies)
        # Reading a streamed answer to its end closes the file behind it.
        response.words = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]  # kept on the response
        return response

    @classmethod
    def like(cls, client: Client) -> "Browser":
        """A browser with the cookies of another."""
        made = cls()
        made.cookies = SimpleCookie(client.cookies)
        return made


@dataclass
class Scene:
    """Matters by the part a role has in them, and one browser a role."""

    county: County
    now: datetime
    matters: dict[str, Matter] = field(default_factory=dict)
    files: dict[UUID, UUID] = field(default_factory=dict)  # matter → its file
    papers: dict[UUID, UUID] = field(default_factory=dict)  # matter → its draft of a paper
    clients: dict[str, "Browser"] = field(default_factory=dict)
    walk: Walk = field(default_factory=Walk)  # the resident's own form, filed
    draft: Walk = field(default_factory=Walk)  # another of theirs, not filed yet
    photo: UUID | None = None  # on the unfiled one
    runs: dict[str, UUID] = field(default_factory=dict)  # sheets checked and waiting, by who sent them in
    letter: Any = None  # an accusation against the handler's unit, as its number and code are known
    exports: dict[str, UUID] = field(default_factory=dict)  # sheets taken out, by who asked for them
    oversights: dict[str, UUID] = field(
        default_factory=dict
    )  # case, forward, meeting, sample, listed, drawn, doubt
    receptions: dict[str, UUID] = field(default_factory=dict)  # rule, today, coming, batch, request
    programmes: dict[str, UUID] = field(
        default_factory=dict
    )  # programmes, applications by state, award, wanted
    policies: dict[str, UUID] = field(default_factory=dict)  # published, clause, draft, proposed
    lives: dict[str, UUID] = field(default_factory=dict)  # room, a talk without one, questions by state
    talks: dict[str, UUID] = field(default_factory=dict)  # lesson, lecturer, order, talks by state
    fronts: dict[str, Any] = field(
        default_factory=dict
    )  # firms, topics, days, nights, quarrels by what a page is for

    def matter(self, kind: str, role: str) -> Matter:
        """The matter of a kind as one role meets it: its own, another's, one about itself."""
        for key in (f"{kind} {role}", f"{kind} {self.unit_of(role)}", kind):
            if key in self.matters:
                return self.matters[key]
        raise KeyError(kind)

    def unit_of(self, role: str) -> str:
        """The code of the unit in which a role has its post; a resident's is none."""
        if role in ("visitor", "resident"):
            return "-"
        unit_id = Post.objects.filter(user=self.county.users[role]).values_list("unit_id", flat=True)[0]
        return next(code for code, unit in self.county.units.items() if unit.id == unit_id)

    def run(self, kind: str, role: str, made: dict[str, UUID]) -> UUID:
        """A sheet sent in (or taken out) by a role, else by the clerk; for "other", by somebody of another unit."""
        own = role if role in made else "clerk"
        return made[own if kind == "own" else ("clerk2" if own == "clerk" else "clerk")]

    def commitment(self, matter: Matter) -> UUID:
        """What is owed on a matter, or any id when nothing is."""
        row = Commitment.objects.filter(matter=matter, closed_at__isnull=True).order_by("due").first()
        return row.id if row is not None else matter.id

    @contextmanager
    def untouched(self, role: str) -> Iterator["Browser"]:
        """A role's browser for one request: rows and cookies are as before afterwards."""
        client = self.clients[role]
        kept = SimpleCookie(client.cookies)
        with transaction.atomic():
            yield client
            transaction.set_rollback(True)
        client.cookies = kept


def take_stock() -> None:
    """Let the database count its rows: what stands in an open transaction is not seen by its own rounds, and a plan made
    for empty tables takes minutes over full ones."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def scene() -> Scene:
    """Build the county. Dates count back from now, because the pages ask the wall clock."""
    made = Scene(build(), timezone.now())
    _map()
    _matters(made)
    _papers(made)
    _residents(made)
    _sheets(made)
    _letter(made)
    receptions.stand(made)
    policies.stand(made)
    programmes.stand(made)
    talks.stand(made)
    lives.stand(made)
    fronts.stand(made)
    oversights.stand(made)
    _sign_in(made)
    return made


def _map() -> None:
    """Give the townships squares side by side, so that the map can be drawn."""
    for place, area in enumerate(
        Area.objects.filter(code__in=["431281100000", "431281101000", "431281200000"])
    ):
        left, right = 112.0 + place, 112.9 + place
        area.boundary = [[left, 28.0], [right, 28.0], [right, 28.9], [left, 28.9], [left, 28.0]]
        area.save(update_fields=["boundary"])
    forget()


def _matters(made: Scene) -> None:
    county, at = made.county, made.now - timedelta(days=3)

    def raised(by: Actor = RESIDENT, **changes: Any) -> Path:
        kept = files.keep(data=jpeg(), name="现场.jpg", at=at)
        path = Path.register(county, at=at, by=by, files=(kept.id,), **changes)
        made.files[path.matter.id] = kept.id
        return path

    def who(name: str) -> Actor:
        return county.who(name, at)

    made.matters["own"] = raised(who("clerk"), channel="walk_in").handling().matter
    made.matters["own mediator"] = raised(who("mediator"), channel="walk_in").matter
    made.matters["own XF"] = raised(who("officer"), channel="walk_in").matter
    made.matters["own DC"] = raised(about_units=(county.units["XF"].id,), area=None).matter
    made.matters["own CG"] = (
        raised(who("clerk2"), channel="walk_in", area="431281100001").routed("JT", "clerk2").matter
    )
    made.matters["other"] = made.matters["own CG"]
    made.matters["other CG"] = made.matters["own"]
    _about(made, raised)
    made.matters["accusation"] = _passed_on(made, raised())
    made.matters["merged"] = raised(who("clerk"), channel="walk_in").matter
    merge = Path(county, made.matters["merged"], at)
    merge.act("merge", "clerk", into_id=made.matters["own"].id)
    made.matters["withdrawn"] = raised(who("clerk"), channel="walk_in").routed().matter
    matters.withdraw(matter_id=made.matters["withdrawn"].id, at=at + timedelta(hours=3), law=county.law)
    for matter in made.matters.values():
        matter.refresh_from_db()


def _passed_on(made: Scene, path: Path) -> Matter:
    """A matter that turned out to be an accusation: its number is left, and nobody finds anything behind it."""
    by = made.county.who("clerk", path.at)
    sealed.take_over(number=path.matter.number, by=by, at=path.at, law=made.county.law)
    return path.matter


def _about(made: Scene, raised: Raised) -> None:
    """One matter about each unit where a role sits, of a place where that unit would otherwise get it."""
    for code in ("XF", "DC", "LD", "ZJ", "SQ", "CG", "SQC", "XB"):
        place = "431281100001" if code == "CG" else "431281101001"
        path = raised(about_units=(made.county.units[code].id,), area=place)
        made.matters[f"about {code}"] = path.matter
    made.matters["about"] = made.matters["about ZJ"]


def _papers(made: Scene) -> None:
    """A drafted receipt for every matter: the one paper that every matter can have."""
    for matter_id in made.files:
        paper = papers.make_paper(
            matter_id=matter_id, kind="receipt", by=SYSTEM, at=made.now, law=made.county.law
        )
        made.papers[matter_id] = paper.id


def _residents(made: Scene) -> None:
    """The resident filed a matter in this browser, opened it with its code, and has begun another form."""
    client = Client()
    made.walk = Walk.opened(client)
    made.walk.to_check(text="石桥村四组水渠堵了半年，庄稼浇不上水，请派人疏通。")
    made.walk.say("photos", photos=SimpleUploadedFile("水渠.jpg", jpeg()))
    made.walk.file()
    number, code = made.walk.receipt()
    client.post("/follow/", {"number": number, "code": code})
    made.draft = Walk.opened(client)
    made.draft.to_check()
    made.draft.say("photos", photos=SimpleUploadedFile("水渠二.jpg", jpeg((50, 30))))
    made.photo = UUID(Draft.objects.get(token=made.draft.token).answers["photos"][0])
    mine = Matter.objects.get(number=number)
    made.files[mine.id] = mine.attachments.get().file_id
    for name in ("own resident", "withdrawn resident"):
        made.matters[name] = mine
    made.clients["resident"] = Browser.like(client)
    made.clients["visitor"] = Browser()


def _letter(made: Scene) -> None:
    """An accusation with a file, handed in by the clerk; the resident has opened it with number and code."""
    by = made.county.who("clerk", made.now)
    upload = sealed.Upload("收条.jpg", "image/jpeg", jpeg())
    accusation = sealed.Accusation(what="股长收了三万元", whom="住建局的王建国", files=(upload,))
    made.letter = sealed.hand_in(
        accusation=accusation, by=by, at=made.now, law=made.county.law, channel="letter"
    )
    number, code = made.letter.case.number, made.letter.code
    made.clients["resident"].post("/letters/follow/", {"number": number, "code": code})


SHEET = """编号,来访人姓名,联系电话,住址,反映问题,登记时间
{who}-1,钱多多,13700001111,清溪县石桥镇柳塘村1组,村口的桥栏杆断了一截,2026-03-02
{who}-2,孙小小,13700002222,清溪县城关镇东门社区,下水道堵了三个月,2026-03-03
{who}-3,,,,,不是日期
"""


def _sheets(made: Scene) -> None:
    """A sheet each of two townships and the office, checked and waiting for its start; and one taken out by each."""
    for who in ("clerk", "clerk2", "officer"):
        by = made.county.who(who, made.now)
        run = sheets.upload(data=SHEET.format(who=who).encode(), name=f"{who}.csv", by=by, at=made.now)
        means = {choice["letter"]: choice["target"] for choice in run.mapping["columns"]}
        sheets.map_columns(
            run_id=run.id,
            targets=means,
            defaults=Defaults("claim", "sheet", by.unit_id, who),
            by=by,
            at=made.now,
        )
        check(run_id=run.id, now=made.now, law=made.county.law)
        made.runs[who] = run.id
    for who in ("clerk", "clerk2", "officer", "head", "supervisor"):
        by = made.county.who(who, made.now)
        made.exports[who] = exporting.ask(sought=Sought(), identity=False, why="", by=by, at=made.now).id


def _sign_in(made: Scene) -> None:
    for role in STAFF:
        client = Browser()
        client.force_login(made.county.users[role], backend=BACKEND)
        client.get("/staff/password/")  # lets the idle clock be written, so that later requests are alike
        made.clients[role] = client
