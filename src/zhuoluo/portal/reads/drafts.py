"""A form as its holder may see it, what it would file, and its answers in words for checking."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from zhuoluo.matters.actions import Filing
from zhuoluo.matters.rules import KLASSES
from zhuoluo.portal.models import Draft
from zhuoluo.portal.reads import accused, places
from zhuoluo.portal.reads.front import english
from zhuoluo.portal.rules.steps import KEPT_FILED, KEPT_UNFILED, Answers
from zhuoluo.residents.actions import Contact


@dataclass(frozen=True)
class Row:
    """One answer as shown for checking; `step` is where it can be changed."""

    term: str
    value: str
    step: str


def holder_digest(cookie: str) -> str:
    """Return what a draft keeps of its holder's cookie."""
    return salted_hmac("portal.holder", cookie, algorithm="sha256").hexdigest()


def draft_of(token: str, holder: str, now: datetime) -> Draft | None:
    """Return the form behind a token if this holder opened it and it has not expired."""
    row = Draft.objects.filter(token=token, holder=holder).first()
    if row is None or (row.filed_at is None and row.touched_at < now - KEPT_UNFILED):
        return None
    return row


def taken(token: str) -> bool:
    """Say whether somebody holds a form under this token."""
    return Draft.objects.filter(token=token).exists()


def receipt_open(draft: Draft, now: datetime) -> bool:
    """Say whether the receipt of a filed form may still be shown to its holder (24 hours)."""
    return draft.filed_at is not None and draft.filed_at >= now - KEPT_FILED


def held(holder: str, now: datetime) -> tuple[list[Draft], list[Draft]]:
    """Return a holder's unfinished forms and those filed within a day, newest first."""
    rows = list(
        Draft.objects.filter(holder=holder, touched_at__gte=now - KEPT_UNFILED).order_by("-touched_at")[:10]
    )
    return [d for d in rows if d.filed_at is None], [d for d in rows if receipt_open(d, now)]


def answers_of(draft: Draft | None) -> Answers:
    """Return the answers a form keeps; none for a form that was not opened yet."""
    return Answers.from_json(draft.answers) if draft is not None else Answers()


def filing_of(answers: Answers) -> Filing:
    """Return what the form asks to be registered."""
    anonymous = answers.kind == "anonymous"
    contact = Contact(
        kind=answers.kind,
        name="" if anonymous else answers.name,
        phone="" if anonymous else answers.phone,
        address="" if anonymous else answers.address,
        others=answers.others(),
    )
    return Filing(
        klass=answers.klass,
        text=answers.text,
        contact=contact,
        channel="web",
        title=answers.title,
        area=answers.area or None,
        place=answers.place,
        longitude=answers.longitude or None,
        latitude=answers.latitude or None,
        about_units=tuple(UUID(u) for u in answers.about_units),
        about_people=tuple(UUID(p) for p in answers.about_people),
        files=tuple(UUID(f) for f in answers.photos),
        earlier=UUID(answers.earlier) if answers.earlier else None,
    )


def class_words() -> dict[str, tuple[str, str]]:
    """Return the classes as a resident would say them: the title and what belongs there."""
    return {
        "claim": (_("有事要解决"), _("生活困难、纠纷、欠薪、征地补偿、修路修灯，想让政府查清、办好、给说法")),
        "inquiry": (_("想问一问，求个帮助"), _("政策怎么规定、到哪里办、急需帮忙")),
        "suggestion": (_("提个建议"), _("有个想法，能让村里、镇里、县里变得更好")),
        "accusation": (_("举报干部违纪违法"), _("以权谋私、吃拿卡要、贪污、不作为、乱作为")),
        "litigation": (_("和官司、案子有关"), _("对法院、检察院、公安办的案子有意见")),
    }


def class_name(klass: str) -> str:
    """Return a class in plain words with its legal name."""
    if not klass:
        return ""
    title, name = class_words()[klass][0], _(KLASSES[klass])
    return f"{title} ({name})" if english() else f"{title}（{name}）"


def rows(answers: Answers, now: datetime) -> list[Row]:
    """Return the answers in words, each with the screen where it can be changed."""
    about = "、".join(named.name for named in accused.chosen(answers, now))
    photos = _("%(count)d 张") % {"count": len(answers.photos)} if answers.photos else _("没有")
    told = answers.text if not answers.title else f"{answers.title}\n{answers.text}"
    earlier = [Row(_("接着哪件事"), answers.earlier_number, "what")] if answers.earlier else []
    return [
        *earlier,
        Row(_("哪一类"), class_name(answers.klass), "kind"),
        Row(_("什么事"), told, "what"),
        Row(_("反映谁"), about or _("没有指明"), "about"),
        Row(_("在哪里"), place_words(answers) or _("没有填"), "village" if answers.town else "where"),
        Row(_("照片"), photos, "photos"),
        *_who(answers),
    ]


def place_words(answers: Answers) -> str:
    """Return the chosen place in words."""
    area = places.named(answers.area) if answers.area else None
    words = [
        area.full_name if area else "",
        answers.place,
        _("（已在地图上标出）") if answers.longitude else "",
    ]
    return " ".join(word for word in words if word)


def _who(answers: Answers) -> list[Row]:
    if answers.kind == "anonymous":
        return [Row(_("您是谁"), _("不留名。结果只能凭编号和查询码自己查"), "who")]
    name = answers.name or _("没有填")
    if answers.kind == "group":
        name = _("%(names)s（代表 %(people)d 人）") % {"names": answers.name, "people": answers.people}
    found = [Row(_("名称") if answers.kind == "enterprise" else _("姓名"), name, "who")]
    if answers.address:
        found.append(Row(_("住址") if answers.kind != "enterprise" else _("地址"), answers.address, "who"))
    found.append(Row(_("电话"), answers.phone or _("没有填"), "who"))
    return found
