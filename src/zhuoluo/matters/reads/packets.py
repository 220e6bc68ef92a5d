"""The two packets of a matter (案卷): whole for who handles it, without identity for whoever is downstream."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from zhuoluo.files.reads import describe
from zhuoluo.matters.models import Matter
from zhuoluo.matters.reads.page import Page, Told
from zhuoluo.matters.reads.papers import ALL_OUTCOMES, day, moment, name_of
from zhuoluo.matters.reads.wording import sentence
from zhuoluo.matters.rules import CHANNELS, KLASSES, REVIEW_OUTCOMES, SATISFACTION
from zhuoluo.matters.rules.stripping import Identity, cleaner
from zhuoluo.matters.states import STAGE_WORDS
from zhuoluo.org.reads import areas
from zhuoluo.papers import reads as kept
from zhuoluo.papers.rules import KINDS, STATES, written_day
from zhuoluo.residents.reads import full

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Section:
    """One part of a packet: rows of label and value, then paragraphs."""

    title: str
    rows: Rows = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Packet:
    """A matter on paper. `files`: the attachments that go with it, in order."""

    number: str
    title: str
    stripped: bool
    sections: tuple[Section, ...]
    files: tuple[UUID, ...] = ()

    @property
    def words(self) -> str:
        """Return everything in it as one text."""
        parts = [self.title]
        for section in self.sections:
            parts += [section.title, *(word for row in section.rows for word in row), *section.texts]
        return "\n".join(parts)


def packet(page: Page, *, files: tuple[UUID, ...] = ()) -> Packet:
    """Return the whole packet: who raised it, what was done, every paper. For who handles it."""
    matter = page.matter
    raisers = _raisers(matter)
    return Packet(matter.number, matter.title, False, (*_sections(page), _people(raisers)), files)


def stripped(page: Page, *, files: tuple[UUID, ...] = ()) -> Packet:
    """Return the packet without identity: no name, phone, address, number, e-mail of the raiser or of those whose
    filings were merged, no house, and nothing that looks like any of it. Only the files named go with it."""
    matter = page.matter
    whole = Packet(matter.number, matter.title, True, tuple(_sections(page, named=False)), files)
    return without_identity(whole, _raisers(matter))


def without_identity(whole: Packet, known: Iterable[Identity]) -> Packet:
    """Return a packet with every word of it stripped; the matter's own number stays."""
    stripping = cleaner(known)

    def clean(text: str) -> str:
        return text if text == whole.number else stripping(text)

    sections = tuple(
        replace(
            section,
            rows=tuple((label, clean(value)) for label, value in section.rows),
            texts=tuple(clean(text) for text in section.texts),
        )
        for section in whole.sections
    )
    return replace(whole, title=clean(whole.title), sections=sections)


def _raisers(matter: Matter) -> list[Identity]:
    """Whoever raised it, and whoever raised what was merged into it: two queries."""
    merged = Matter.objects.filter(merged_into_id=matter.id).values_list("raiser_id", flat=True)
    rows = full([matter.raiser_id, *merged]).values()
    return [Identity(r.name, r.phone, r.email, r.id_number, r.address, r.more) for r in rows]


def _people(raisers: Iterable[Identity]) -> Section:
    rows = []
    for one in raisers:
        parts = (one.name or _("匿名"), one.phone, one.id_number, one.address, one.email)
        rows.append((_("诉求人"), "　".join(part for part in parts if part)))
    return Section(_("身份信息"), tuple(rows))


def _sections(page: Page, *, named: bool = True) -> Iterator[Section]:
    yield _head(page, named=named)
    yield Section(_("反映的内容"), texts=(page.matter.text,))
    yield from _answers(page)
    yield from _reviews(page)
    if page.settlements:
        rows = tuple((s.get_kind_display(), s.text) for s in page.settlements)
        yield Section(_("协议"), rows)
    words = tuple((SATISFACTION[w.satisfaction], w.note) for w in page.words)
    if words:
        yield Section(_("诉求人的评价"), words)
    yield Section(_("经过"), tuple(_told(told, named=named) for told in page.story))
    yield from _papers(page)
    shown = describe([a.file_id for a in page.attachments]).values() if named else ()
    if shown:
        yield Section(_("附件"), texts=tuple(f"{info.kind_word}：{info.name}" for info in shown))


def _head(page: Page, *, named: bool) -> Section:
    matter = page.matter
    area = areas().get(matter.area_id or "")
    place = (area.full_name if area else "", matter.place if named else "")
    dues = tuple((_("期限"), f"{p.word}　{p.unit}　{written_day(day(p.row.due))}") for p in page.open)
    return Section(
        _("基本情况"),
        (
            (_("编号"), matter.number),
            (_("类别"), KLASSES[matter.klass]),
            (_("来源"), CHANNELS[matter.channel]),
            (_("地点"), " ".join(part for part in place if part)),
            (_("登记时间"), moment(matter.registered_at)),
            (_("现状"), STAGE_WORDS[matter.stage]),
            (_("承办单位"), name_of(matter.lead_unit_id)),
            *dues,
        ),
    )


def _answers(page: Page) -> Iterator[Section]:
    for row in page.answers:
        if row.issued_at is not None:
            yield Section(
                _("答复意见"),
                (
                    (_("单位"), name_of(row.unit_id)),
                    (_("日期"), written_day(day(row.issued_at))),
                    (_("结果"), ALL_OUTCOMES.get(row.outcome, "")),
                ),
                tuple(part for part in (row.request, row.facts, row.opinion, row.basis) if part),
            )


def _reviews(page: Page) -> Iterator[Section]:
    for row in page.reviews:
        rows = (
            (_("单位"), row.outside or name_of(row.unit_id)),
            (_("申请日期"), written_day(day(row.requested_at))),
            (_("结果"), REVIEW_OUTCOMES.get(row.outcome, "")),
        )
        texts = tuple(part for part in (row.request, row.facts, row.opinion, row.basis) if part)
        yield Section(_("复查") if row.level == 1 else _("复核"), rows, texts)


def _told(told: Told, *, named: bool) -> tuple[str, str]:
    who = "　".join(
        part for part in (told.unit, told.actor if named or told.actor_kind == "system" else "") if part
    )
    # Without identity the line says what happened, not the words it was recorded with beside it.
    said = "\n".join([sentence(told), *(text.body for text in told.texts)])
    return moment(told.at), f"{who}　{said}" if who else said


def _papers(page: Page) -> Iterator[Section]:
    rows = tuple(
        (KINDS[p.kind].name, f"{p.number or '—'}　{STATES[p.state]}") for p in kept.of(page.matter.id)
    )
    if rows:
        yield Section(_("文书"), rows)
