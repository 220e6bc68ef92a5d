"""Programmes with applications in every state, payments and wanted posts, for the tests that walk every page."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhuoluo.files.tests.samples import jpeg
from zhuoluo.kit.workbook import workbook
from zhuoluo.org.reads import SHANGHAI
from zhuoluo.outreach.programmes import actions
from zhuoluo.outreach.programmes.actions import Asked, Content, Decided, NewItem
from zhuoluo.outreach.programmes.models import Application, Objection, Programme
from zhuoluo.outreach.programmes.rules.amounts import Rule
from zhuoluo.outreach.programmes.rules.money import decimal
from zhuoluo.outreach.programmes.rules.sheet import PAYMENTS, WANTED, Sought
from zhuoluo.outreach.programmes.tests.walk import clause
from zhuoluo.residents.actions import Contact

if TYPE_CHECKING:
    from tests.scene import Browser, Scene

SUM = 30_000_00
BEFORE = timedelta(days=30)  # so long ago what was paid was awarded: its notice is over


def day_of(made: "Scene") -> date:
    """The day it is."""
    return made.now.astimezone(SHANGHAI).date()


def stand(made: "Scene") -> None:
    """Let there be a draft, a programme with an application in each state, an objection, a payment, a wanted post."""
    at = made.now - timedelta(days=2)
    kept = made.programmes
    kept["draft"] = programme(made, "草稿项目", announce=False).pk
    row = programme(made, "高层次人才安家补贴")
    kept["programme"], kept["item"] = row.pk, row.items.get().pk
    made_ = {
        name: applied(made, row, name, at) for name in ("received", "more", "checked", "approved", "noticed")
    }
    kept["file"] = made_["received"].papers.get().file_id
    by = made.county.who("outreach", at)
    until = day_of(made) + timedelta(days=5)
    actions.ask_more(application_id=made_["more"].pk, what="请补劳动合同", until=until, by=by, at=at)
    for name in ("checked", "approved", "noticed"):
        actions.check(application_id=made_[name].pk, by=by, at=at)
    for name in ("approved", "noticed"):
        approve(made, made_[name], at)
    publish(made, row, made_["noticed"], at)
    kept |= {name: application.pk for name, application in made_.items()}
    objected = actions.object_to(
        application_id=made_["noticed"].pk, contact=Contact(name="孟有信", phone="13755557777", address="石桥镇石桥村2组"),
        text="他不在本县工作",
        key="scene-objection", at=at, law=made.county.law,
    )  # fmt: skip
    kept["objection"] = Objection.objects.get(matter=objected.matter).pk
    paid = awarded(made, row, "paid")
    kept |= {"paid": paid.pk, "award": paid.awards.get().pk}
    pay(made, paid, "SCENE-1", 10_000_00)
    kept["wanted"] = actions.want(row=wanted(made, "电气工程师"), by=by, at=at).pk


def programme(made: "Scene", title: str, *, announce: bool = True) -> Programme:
    """A programme of the housing department, drawn up by the outreach officer two months ago."""
    at, today = made.now - 2 * BEFORE, day_of(made)
    by = made.county.who("outreach", at)
    content = Content(
        title, today.year, made.county.units["ZJ"].pk, "both", "在本县工作满一年", "劳动合同", today - 2 * BEFORE, today + BEFORE,
        100_000_000_00,
    )  # fmt: skip
    row = actions.make_programme(content=content, key=f"scene-{Programme.objects.count()}", by=by, at=at)
    item = NewItem("安家补贴", clause(), Rule("fixed", amount=SUM))
    actions.add_item(programme_id=row.pk, item=item, by=by, at=at)
    return actions.announce(programme_id=row.pk, by=by, at=at) if announce else row


def applied(made: "Scene", row: Programme, name: str, at: Any) -> Application:
    """Somebody applies, with a photo."""
    number = Application.objects.count() + 1
    contact = Contact(name="柴小满", phone=f"1354{number:07d}", address="清溪县石桥镇石桥村7组")
    return actions.apply(
        programme_id=row.pk, kind="person", contact=contact, asks=[Asked(row.items.get().pk)], words="在清溪工作三年，从事机械设计",
        uploads=[SimpleUploadedFile("证明.jpg", jpeg())], key=f"scene-{name}-{number}", at=at,
    ).application  # fmt: skip


def approve(made: "Scene", row: Application, at: Any) -> None:
    """The head of the department awards everything."""
    awards = [Decided(ask.pk, SUM) for ask in row.asks.all()]
    actions.approve(application_id=row.pk, awards=awards, by=made.county.who("head", at), at=at)


def publish(made: "Scene", row: Programme, application: Application, at: Any) -> None:
    """The officer publishes one award."""
    actions.publish(
        programme_id=row.pk, application_ids=[application.pk], by=made.county.who("outreach", at), at=at, law=made.county.law
    )  # fmt: skip
    application.refresh_from_db()


def awarded(made: "Scene", row: Programme, name: str) -> Application:
    """An award whose notice is over."""
    at = made.now - BEFORE
    one = applied(made, row, name, at)
    actions.check(application_id=one.pk, by=made.county.who("outreach", at), at=at)
    approve(made, one, at)
    publish(made, row, one, at)
    return one


def pay(made: "Scene", row: Application, voucher: str, amount: int) -> None:
    """Finance pays a part."""
    actions.pay(
        award_id=row.awards.get().pk, amount=amount, day=day_of(made), voucher=voucher, key=voucher,
        by=made.county.who("finance", made.now), at=made.now,
    )  # fmt: skip


def wanted(made: "Scene", post: str) -> Sought:
    """A post that is looked for."""
    until = day_of(made) + timedelta(days=90)
    return Sought(
        until.year,
        "远山机械有限公司",
        post,
        2,
        "本科，五年经验",
        "年薪二十万",
        "李经理",
        "0731-5550000",
        until,
    )


def grow(made: "Scene", lot: int) -> None:
    """One more of everything a page of programmes can list."""
    row = Programme.objects.get(pk=made.programmes["programme"])
    at = made.now - timedelta(days=2)
    programme(made, f"第{lot}个项目")
    applied(made, row, f"lot{lot}", at)
    for name in ("waiting", "published"):
        one = applied(made, row, f"{name}{lot}", at)
        actions.check(application_id=one.pk, by=made.county.who("outreach", at), at=at)
        approve(made, one, at)
        if name == "published":
            publish(made, row, one, at)
    paid = awarded(made, row, f"paid{lot}")
    pay(made, paid, f"LOT-{lot}", SUM)
    award = made.programmes["award"]
    by = made.county.who("finance", made.now)
    actions.pay(
        award_id=award, amount=1_00, day=day_of(made), voucher=f"P-{lot}", key=f"P-{lot}", by=by, at=made.now
    )
    actions.want(row=wanted(made, f"第{lot}个岗位"), by=made.county.who("outreach", at), at=at)


# --- pages on which forms stand that need something first ---


def opened(made: "Scene") -> dict[str, str]:
    """Number and code of an application that waits for more."""
    row = Application.objects.get(pk=made.programmes["more"])
    return {"number": row.number, "code": actions.code_of(row)}


def own(name: str = "more", page: str = "mine") -> Any:
    """A resident's browser that opened an application with number and code, on one of its pages."""

    def stand_there(made: "Scene") -> tuple["Browser", str]:
        client = type(made.clients["visitor"])()
        row = Application.objects.get(pk=made.programmes[name])
        client.post(reverse("programmes:look"), {"number": row.number, "code": actions.code_of(row)})
        return client, reverse(f"programmes:{page}", args=[row.pk] if page != "mine" else [])

    return stand_there


def at_page(who: str, page: str, name: str) -> Any:
    """A member of staff on a page about one thing."""

    def stand_there(made: "Scene") -> tuple["Browser", str]:
        return made.clients[who], reverse(f"programmes:{page}", args=[made.programmes[name]])

    return stand_there


def search(made: "Scene") -> tuple["Browser", str]:
    """The officer adding an item, after looking for a clause."""
    return made.clients["outreach"], reverse("programmes:item", args=[made.programmes["draft"]]) + "?q=海创园"


def payment_list(made: "Scene") -> SimpleUploadedFile:
    """A payment list of one row."""
    row = Application.objects.get(pk=made.programmes["paid"])
    heads = [(names[0], 12) for names in PAYMENTS.values()]
    line = [row.number, "安家补贴", decimal(5_000_00), f"{day_of(made):%Y-%m-%d}", "SHEET-1"]
    return SimpleUploadedFile("清单.xlsx", workbook("清单", heads, [line]))


def wanted_list(made: "Scene") -> SimpleUploadedFile:
    """A catalogue of one post."""
    heads = [(names[0], 12) for names in WANTED.values()]
    line = [
        2026,
        "清江食品有限公司",
        "食品检验员",
        3,
        "大专",
        "月薪六千",
        "周经理",
        "0731-5551111",
        "2026-12-31",
    ]
    return SimpleUploadedFile("目录.xlsx", workbook("目录", heads, [line]))


WANTED_POST = {
    "employer": "清江食品有限公司", "post": "食品检验员", "people": "2", "demands": "大专以上", "contact": "周经理",
    "phone": "0731-5551111", "until": "2026-12-31",
}  # fmt: skip
