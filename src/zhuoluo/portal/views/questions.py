"""The questions, one function each: parse, keep, go on."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zhuoluo.portal import actions
from zhuoluo.portal.forms import AboutForm, KindForm, SortForm, VillageForm, WhatForm, WhereForm
from zhuoluo.portal.reads import accused, places
from zhuoluo.portal.reads.drafts import class_words
from zhuoluo.portal.rules.limits import DRAFTS
from zhuoluo.portal.rules.steps import MAX_ABOUT, Answers, chosen_class
from zhuoluo.portal.views.screen import Screen


def kind(page: Screen) -> HttpResponse:
    """Which kind of matter it is. The first answer opens the form."""
    form = KindForm(page.request.POST if page.posted else None)
    if not page.posted or not form.is_valid():
        return page.show(form, classes=_classes(page.answers))
    if form.cleaned_data["klass"] == "accusation":
        return redirect("sealed:write")  # never a draft, never a matter: another form, kept by another room
    if page.draft is None:
        actions.count_try(kind="draft", value=page.address, most=DRAFTS, at=page.now)
        page.draft = actions.open_draft(token=page.token, holder=page.holder, at=page.now)
    klass = form.cleaned_data["klass"]
    page.save(lambda answers: chosen_class(answers, klass))
    return page.go_on()


def _classes(answers: Answers) -> list[tuple[str, str, str, bool]]:
    """Return the classes in plain words: value, what it is, an example, whether it is the answer now."""
    words = [(klass, *said) for klass, said in class_words().items()]
    words.append(("unsure", _("我不确定"), _("再问您一个问题，帮您选")))
    now = "unsure" if answers.unsure and not answers.klass else answers.klass
    return [(value, title, example, value == now) for value, title, example in words]


def sort(page: Screen) -> HttpResponse:
    """The follow-up question for those who are unsure."""
    form = SortForm(page.request.POST if page.posted else None)
    if not page.posted or not form.is_valid():
        return page.show(form)
    klass = form.cleaned_data["klass"]
    page.save(lambda answers: replace(answers, klass=klass))
    return page.go_on()


def notice(page: Screen) -> HttpResponse:
    """The word about a court case's own way."""
    return page.go_on() if page.posted else page.show()


def what(page: Screen) -> HttpResponse:
    """What happened."""
    now = page.answers
    form = WhatForm(
        page.request.POST if page.posted else None, initial={"text": now.text, "title": now.title}
    )
    if not page.posted or not form.is_valid():
        return page.show(form)
    given = form.cleaned_data
    page.save(lambda answers: replace(answers, text=given["text"], title=given["title"]))
    return page.go_on()


# --- whom it is about ---


def about(page: Screen) -> HttpResponse:
    """Whom it is about, so that it never reaches them. Looked up by name; the name never stands in an address."""
    if page.posted:
        return _about_pressed(page)
    query = page.answers.query
    form = AboutForm(initial={"query": query})
    chosen = accused.chosen(page.answers, page.now)
    taken = {named.ref for named in chosen}
    found = [named for named in accused.search(query, page.now) if named.ref not in taken]
    return page.show(form, chosen=chosen, found=found, searched=bool(query))


def _about_pressed(page: Screen) -> HttpResponse:
    data = page.request.POST
    form = AboutForm(data)
    query = form.cleaned_data["query"].strip() if form.is_valid() else ""
    if "add" in data or "remove" in data:
        page.save(lambda answers: _named(answers, data.get("add", ""), data.get("remove", ""), page))
        return page.again()
    if "search" in data or (query and query != page.answers.query):
        page.save(lambda answers: replace(answers, query=query))
        return page.again()
    page.save(lambda answers: replace(answers, query=""))
    return page.go_on()


def _named(answers: Answers, add: str, remove: str, page: Screen) -> Answers:
    listed = {"unit": list(answers.about_units), "person": list(answers.about_people)}
    known = accused.valid(add, page.now)
    if known is not None and len(answers.about_units) + len(answers.about_people) < MAX_ABOUT:
        listed[known[0]] = list(dict.fromkeys([*listed[known[0]], known[1]]))
    gone = remove.partition(":")[2]
    units, people = ([value for value in listed[name] if value != gone] for name in ("unit", "person"))
    return replace(
        answers, about_units=tuple(units), about_people=tuple(people), query="" if add else answers.query
    )


# --- where ---


def where(page: Screen) -> HttpResponse:
    """Which township, from a list or by a click on the map; a city lists its counties first."""
    within = page.answers.within or places.root()
    if not page.posted:
        above = places.named(within) if page.answers.within else None
        return page.show(
            WhereForm(initial={"place": page.answers.place}), parts=places.parts(within), above=above,
            map_code=within if places.has_map(within) else "",
        )  # fmt: skip
    if page.clicked is not None:
        return _map_clicked(page, within)
    if "out" in page.request.POST:
        page.save(lambda answers: replace(answers, within=""))
        return page.again()
    form = WhereForm(page.request.POST)
    form.is_valid()
    code = form.cleaned_data.get("area", "")
    if code and places.named(code) is None:
        return page.again()
    if code and places.deep(code):
        page.save(lambda answers: replace(answers, within=code))
        return page.again()
    # The place in words is asked for here only where there is no list to choose from.
    place = "" if places.parts(within) else form.cleaned_data.get("place", "")
    page.save(lambda answers: _in_town(answers, code, place))
    return page.go_on()


def _in_town(answers: Answers, town: str, place: str) -> Answers:
    if not town:  # nothing chosen: no area, and words only where there is no list at all
        cleared = replace(answers, town="", area="", longitude="", latitude="", within="")
        return replace(cleared, place=place)
    if town == answers.town:
        return answers
    moved = replace(answers, town=town, area=town)
    return moved if places.point_fits(town, moved) else replace(moved, longitude="", latitude="")


def _map_clicked(page: Screen, code: str) -> HttpResponse:
    assert page.clicked is not None  # noqa: S101  # the caller looked
    found = places.hit(code, *page.clicked)
    if found is None:
        return page.missed()
    town = page.answers.town if page.step == "village" else next(c for c in found.chain if not places.deep(c))
    area = found.chain[-1]
    page.save(lambda a: replace(a, town=town, area=area, longitude=found.longitude, latitude=found.latitude))
    return page.go_on() if page.step == "where" else page.again()


def village(page: Screen) -> HttpResponse:
    """Which village of the township, and the place in words."""
    now = page.answers
    town = places.named(now.town)
    if town is None:
        return redirect(page.url("where"))
    if page.clicked is not None:
        return _map_clicked(page, town.code)
    choices = [(town.code, _("说不清哪个村"))] if places.parts(town.code) else []
    choices = [(part.code, part.name) for part in places.parts(town.code)] + choices
    form = VillageForm(
        page.request.POST if page.posted else None,
        choices=choices,
        initial={"area": now.area or town.code, "place": now.place},
    )
    if not page.posted or not form.is_valid():
        return page.show(form, town=town, map_code=town.code if places.has_map(town.code) else "")
    given = form.cleaned_data
    page.save(lambda answers: _at_village(answers, given["area"] or town.code, given["place"]))
    return page.go_on()


def _at_village(answers: Answers, area: str, place: str) -> Answers:
    moved = replace(answers, area=area, place=place)
    return moved if places.point_fits(area, moved) else replace(moved, longitude="", latitude="")
