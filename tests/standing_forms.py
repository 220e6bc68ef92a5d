"""Where every form of the product stands, what is typed into it, and by whom: for tests that send them all."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests import front_forms, lives, oversights, policies, programmes, receptions, talks
from tests.access import expected, table
from tests.addresses import addresses
from tests.county import MONDAY, PASSWORD, notice_2027
from tests.pressing import Form, forms_of
from tests.scene import BACKEND, Browser, Scene
from zhuoluo.exchange.sheets import actions as sheets
from zhuoluo.matters.actions import code_of
from zhuoluo.matters.tests.law import ask
from zhuoluo.matters.tests.path import Path
from zhuoluo.org.models import User

NOW = MONDAY + timedelta(days=3)  # an ordinary Thursday
ADDRESSES = addresses()
TABLE = table()
CODES: dict[str, str] = {}  # what only the person concerned holds: codes; filled by whoever builds the scene


def browser(made: Scene, who: str) -> Browser:
    """A signed-in browser of anybody in the county."""
    client = Browser()
    client.force_login(made.county.users[who], backend=BACKEND)
    client.get("/staff/password/")
    return client


def key_of(form: Form) -> str:
    return "/".join(word for word in form.target if word)


# --- every form that stands in a page ---

FILE = (
    "编号,来访人姓名,联系电话,住址,反映问题,登记时间\n1,钱多,13700001111,石桥镇柳塘村,桥栏杆断了,2026-03-02\n"
)
SAYS: dict[str, Callable[[Scene], dict[str, Any]]] = {
    **front_forms.FORMS,
    "matters:register": lambda made: {
        "text": "柳塘村的垃圾桶一周没人收", "title": "垃圾桶", "area": "柳塘村", "place": "村口", "name": "王秀英",
        "phone": "13900001111", "address": "柳塘村2组", "received": "2026-03-04", "save": "1",
    },
    "matters:register-similar": lambda made: {"text": "石桥村三组路灯坏了", "phone": "13812340000"},
    "matters:register-about": lambda made: {"about_words": "县交通"},
    "matters:bulk/forward": lambda made: {"unit": "县交通运输局"},
    "matters:bulk/assign": lambda made: {"unit": "县交通运输局"},
    "org:areas": lambda made: {"lines": "431281300 新泉乡"},
    "org:calendar": lambda made: {"table": notice_2027()},
    "org:code": lambda made: {"code": "recovery1"},
    "org:second-factor-off": lambda made: {"code": "recovery1"},
    "org:review-organs": lambda made: {"second_here": "yes", "superior": "某市人民政府信访事项复查复核办公室"},
    "org:password": lambda made: {"password": "river-lamp-bridge-42", "again": "river-lamp-bridge-42"},
    "org:reset": lambda made: {
        "username": "caller", "code": CODES["reset"], "password": "river-lamp-bridge-42", "again": "river-lamp-bridge-42",
    },
    "org:sign-in": lambda made: {"username": "road_head", "password": PASSWORD},
    "org:person-new": lambda made: {"name": "新来的", "username": "newcomer", "title": "科员"},
    "org:post-new": lambda made: {"title": "科员"},
    "org:unit-new": lambda made: {"name": "县水利局", "short_name": "水利局", "code": "SL", "kind": "department"},
    "org:substitute-new": lambda made: {
        "substitute": str(made.county.users["head"].pk), "from_date": "2026-03-06", "until_date": "2026-03-09",
    },
    "portal:follow": lambda made: {"number": CODES["number"], "code": CODES["code"]},
    "portal:review": lambda made: {"sure": "1"},
    "portal:step/kind": lambda made: {"klass": "inquiry"},
    "portal:step/what": lambda made: {"text": "另一件事"},
    "portal:step/about": lambda made: {"query": "县交通", "search": "1"},
    "portal:step/who": lambda made: {"name": "李四"},
    "oversight:list": lambda made: {"source": "2026年积案", "numbers": made.matters["own"].number},
    "oversight:take": lambda made: {"number": made.matters["own"].number, "plan": oversights.PLAN},
    "oversight:boxes": lambda made: oversights.BOXES,
    "oversight:visit": lambda made: {"met": "诉求人", "day": "2026-03-02"},
    "oversight:meeting-new": lambda made: {
        "topic": "路灯", "chair": "副县长", "day": "2026-03-02", "hour": "09:00",
        "units": [str(made.county.units[c].id) for c in ("JT", "ZJ")],
    },
    "oversight:meeting": lambda made: {
        "number": made.matters["own"].number, "units": str(made.county.units["JT"].id), "what": "核实线缆归谁管",
        "until": "2026-03-20",
    },
    "oversight:sample-new": lambda made: {"seed": "25 11 03", "since": "2026-02-01", "until": "2026-03-05", "size": "1",
        "unit": "", "klass": ""},
    "programmes:new": lambda made: {"title": "青年人才租房补贴", "who": "在本县租房", "needs": "租房合同", "budget": "500000",
        "opens": "2026-03-01", "closes": "2026-12-31"},
    "programmes:change": lambda made: {"title": "改了名称的草稿"},
    "programmes:item": lambda made: {"title": "租房补贴", "rule": "fixed", "amount": "3000"},
    "programmes:decide": lambda made: {"decision": "check"},
    "programmes:rule": lambda made: {"why": "查了社保记录，在本县", "ruling": "dismissed"},
    "programmes:identity": lambda made: {"why": "电话通知补材料"},
    "programmes:pay": lambda made: {"amount": "100", "voucher": "PRESSED-1"},
    "programmes:back": lambda made: {"kind": "returned", "amount": "100", "voucher": "PRESSED-2", "why": "账号写错被退回"},
    "programmes:payments-import": lambda made: {"file": programmes.payment_list(made), "control": "5000"},
    "programmes:wanted-import": lambda made: {"file": programmes.wanted_list(made)},
    "programmes:wanted-new": lambda made: programmes.WANTED_POST,
    "programmes:wanted-change": lambda made: {"people": "3"},
    "programmes:look": programmes.opened,
    "programmes:apply": lambda made: {"kind": "person", "name": "吴新来", "phone": "13900002222", "i1": "on", "words": "在本县工作两年"},
    "programmes:object": lambda made: {"text": "他不在本县工作", "name": "王秀英", "phone": "13900001111", "address": "柳塘村2组"},
    "programmes:complete": lambda made: {"words": "补交劳动合同"},
    "programmes:appeal": lambda made: {"text": "少给了，我干满了一年"},
    "policy:desk-new": lambda made: {"file": policies.paper(), "text": ""},
    "policy:desk-about": lambda made: {"title": "门诊报销办法（试行）"},
    "policy:desk-step": lambda made: {"act": "drop"},
    "policy:desk-add": lambda made: policies.CLAUSE,
    "policy:desk-proposed": lambda made: policies.CLAUSE,
    "policy:desk-amend": lambda made: {"from_day": "2027-01-01", "text": "新的条文从明年起。", "why": "清政发〔2026〕8号"},
    "policy:desk-plain": lambda made: {"plain": "在这里工作满一年就能申请。"},
    "policy:desk-end": lambda made: {"until_day": "2027-06-30", "reason": "到期失效"},
    "policy:desk-take-down": lambda made: {"reason": "发错了文件，要重新审核"},
    "live:desk": lambda made: {"hls": "https://live.example.org/a.m3u8"},
    "live:question": lambda made: {"text": "按条款答复，缴满十五年。", "act": "answer", "calculator": ""},
    "live:ask": lambda made: {"text": "返乡创业贷款要不要担保人？", "sure": "1"},
    "live:find": lives.opened,
    "talks:new": lambda made: {"title": "返乡座谈", "kind": "returning", "day": "2026-12-02", "starts": "19:00", "minutes": "60",
        "place": "石桥村祠堂"},
    "talks:move": lambda made: {"reason": "会场被占用", "place": "石桥村祠堂"},
    "talks:substitute": lambda made: {"away": str(made.talks["lecturer"]), "instead": f"={made.talks['second']}", "reason": "出差"},
    "talks:cancel": lambda made: {"reason": "全县防汛"},
    "talks:hold": lambda made: {"counting": "counted", "people": "31"},
    "talks:answer": lambda made: {"text": "门诊怎么报？", "answer": "拿社保卡直接结算。"},
    "talks:ask": lambda made: {"text": "外地住院怎么报？", "name": "岑大姐", "phone": "13755551111", "address": "石桥村3组"},
    "talks:suggest": lambda made: {"text": "卫生室周末开门", "name": "岑大姐", "phone": "13755551111", "address": "石桥村3组"},
    "talks:lesson-new": lambda made: {"title": "防诈骗一课", "summary": "常见的几种骗法", "audience": "老人",
        "kinds": ["bench"]},
    "talks:lesson-change": lambda made: {"title": "医保新政一课通（新）"},
    "talks:lecturers": lambda made: {"name": "周外请", "agreed_on": "2026-03-01", "team": "新小分队"},
    "talks:take": lambda made: talks.ORDER,
    "talks:public-order": lambda made: talks.ORDER,
    "talks:order": lambda made: {"reason": "这几天讲师都排满了"},
    "talks:identity": lambda made: {"why": "电话商量时间"},
    "talks:deliver": lambda made: {"kind": "pair", "group": "在外务工的党员"},
    "talks:import": lambda made: {"file": talks.register(made)},
    "talks:deliveries-import": lambda made: {"file": talks.delivered(made)},
    "talks:look": talks.opened,
    "talks:rate": lambda made: {"value": "3"},
    "reception:desk": lambda made: {
        "people": "2", "s0-name": "王秀英", "s0-phone": "13900001111", "s0-address": "柳塘村2组", "r0-area": "柳塘村", "save": "1",
    },
    "reception:book": lambda made: {"name": "王秀英", "phone": "13900001111"},
    "reception:book-for": lambda made: {"name": "王秀英", "phone": "13900001111"},
    "reception:look": receptions.opened,
    "reception:rule-new": lambda made: receptions.RULE,
    "reception:rule": lambda made: receptions.RULE,
    "reception:make": lambda made: {"place": "石桥村", "reason": "带案下访", "person_1": ""},
    "reception:change": lambda made: {"reason": "换个时间", "person_1": ""},
    "reception:cancel": lambda made: {"reason": "全县防汛"},
    "sealed:follow": lambda made: {"number": made.letter.case.number, "code": made.letter.code},
    "sealed:rules": lambda made: {"organ_department": "supervision", "organ_township": "supervision"},
    "sheets:upload": lambda made: {"file": SimpleUploadedFile("台账.csv", FILE.encode())},
}  # fmt: skip
# What changes no row whoever sends it: display wishes are cookies; a calculator keeps nothing; three look-ups while typing.
NOTHING = {
    "policy:calculator",
    "policy:desk-calculator",
    "kit:display",
    "matters:register-similar",
    "matters:register-about",
    "reception:desk-earlier",
}
Found = dict[str, list[tuple[Browser, Form, frozenset[str]]]]


def pages(made: Scene) -> Found:
    """Every form on the pages of the access table, by where it is sent: each kind of form from two readers."""
    found: Found = {}
    for address in ADDRESSES:
        for role, cell in expected(TABLE, address, "GET", address.kinds[0]).items():
            if cell == "200" and address.name != "matters:act":
                with made.untouched(role) as client:
                    collect(found, made.clients[role], address.url(made, role, address.kinds[0]), client)
    return found


def collect(
    found: Found,
    client: Browser,
    url: str,
    asking: Browser | None = None,
    sent: dict[str, str] | None = None,
    *,
    sure: bool = False,
) -> None:
    answer = (asking or client).get(url) if sent is None else client.post(url, sent)
    if "html" not in answer.headers.get("Content-Type", ""):
        return
    forms = forms_of(url, answer.words.decode())
    for form in forms:
        known = frozenset().union(*(other.names for other in forms if other.target == form.target))
        same = [one for one, other, _ in found.setdefault(key_of(form), []) if other.names == form.names]
        if (sure or len(same) < 2) and client not in same:
            found[key_of(form)].append((client, form, known))


def _bulk(verb: str) -> Callable[[Scene], tuple[Browser, str]]:
    def page(made: Scene) -> tuple[Browser, str]:
        matter = Path.register(made.county, at=NOW).matter
        return made.clients[
            "clerk"
        ], f"{reverse('matters:bulk', args=[verb])}?m={matter.number}:{matter.version}"

    return page


def _served(made: Scene) -> tuple[Browser, str]:
    matter = Path.register(made.county, at=NOW - timedelta(days=1)).served().matter
    client = Browser()
    client.post("/follow/", {"number": matter.number, "code": code_of(matter)})
    return client, reverse("portal:matter", args=[matter.number])


def _served_for_review(made: Scene) -> tuple[Browser, str]:
    client, page = _served(made)
    return client, f"{page}review/"


def _review_asked(made: Scene) -> tuple[Browser, str]:
    path = Path.register(made.county, at=NOW - timedelta(days=1)).served()
    ask(path)
    client = Browser()
    client.post("/follow/", {"number": path.matter.number, "code": code_of(path.matter)})
    return client, reverse("portal:withdraw-review", args=[path.matter.number])


def _drawable(made: Scene) -> tuple[Browser, str]:
    """Something served before today, so that a draw finds it."""
    Path.register(made.county, at=NOW - timedelta(days=2)).served()
    return browser(made, "supervisor"), reverse("oversight:sample-new")


def _stopped(made: Scene) -> tuple[Browser, str]:
    run = made.runs["clerk"]
    by = made.county.who("clerk", NOW)
    sheets.start(run_id=run, mode="good", by=by, at=NOW)
    sheets.cancel(run_id=run, by=by, at=NOW)
    return made.clients["clerk"], reverse("sheets:run", args=[run])


def _recovery(made: Scene, who: str) -> User:
    user = User.objects.get(username=who)
    TOTPDevice.objects.create(user=user, name="app", confirmed=True)
    StaticToken.objects.create(
        device=StaticDevice.objects.create(user=user, name="recovery"), token="recovery1"
    )
    return user


def _half_signed_in(made: Scene) -> tuple[Browser, str]:
    set_password(_recovery(made, "town_head"))
    client = Browser()
    client.post("/staff/sign-in/", {"username": "town_head", "password": PASSWORD})
    return client, reverse("org:code")


def set_password(user: User) -> None:
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])


def _two_factors(made: Scene) -> tuple[Browser, str]:
    _recovery(made, "road")
    return browser(made, "road"), reverse("org:second-factor")


def _written_after_filing(made: Scene) -> tuple[Browser, str]:
    return made.clients["resident"], made.walk.url("what")


# Forms that stand on no page of the table as the scene has it: key → who gets them, on which page.
ASKED: dict[str, Callable[[Scene], tuple[Browser, str]]] = {
    **front_forms.ASKED,
    "matters:bulk/accept": _bulk("accept"),
    "matters:bulk/forward": _bulk("forward"),
    "matters:bulk/assign": _bulk("assign"),
    "portal:rate": _served,
    "portal:review": _served_for_review,
    "portal:withdraw-review": _review_asked,
    "portal:new-facts": _served,
    "portal:add-filed": _written_after_filing,
    "sheets:resume": _stopped,
    "sheets:copy": _stopped,
    "oversight:sample-new": _drawable,
    "programmes:item": programmes.search,
    "programmes:drop": programmes.at_page("outreach", "page", "draft"),
    "programmes:approve": programmes.at_page("head", "application", "checked"),
    "programmes:complete": programmes.own("more", "complete"),
    "programmes:withdraw": programmes.own("more"),
    "programmes:appeal": programmes.own("noticed", "appeal"),
    "policy:desk-step": policies.at_draft,
    "live:ask": lives.phone("ask"),
    "live:support": lives.phone("room"),
    "talks:publish": talks.at_page("talk", "planned"),
    "talks:withdraw": talks.own,
    "reception:publish": receptions.unpublished,
    "reception:close": receptions.over,
    "reception:cancel-booking": receptions.booked,
    "org:code": _half_signed_in,
    "org:second-factor-off": _two_factors,
}
# Of these, the pages that only a POST shows.
AFTER_POSTING = {
    "portal:add-filed": {"text": "还有一件事，刚才忘了写"},
    "portal:review": {"text": "答复说修好了，其实没有修", "form_key": "a-press-of-its-own"},
}
# Posted by a script while the reader types, with the fields of the form around it.
BESIDE = {
    "matters:register-similar": "matters:register", "matters:register-about": "matters:register",
    "reception:desk-earlier": "reception:desk",
}  # fmt: skip
REFUSED = {"403", "404", "405", "410", "sign"}


def posted() -> set[str]:
    """Every address at which somebody's POST does more than meet a closed door."""
    return {
        address.key if address.parameters & {"step", "verb"} else address.name
        for address in ADDRESSES
        if address.name != "matters:act"
        for kind in address.kinds
        if set(expected(TABLE, address, "POST", kind).values()) - REFUSED
    } | {"org:code", "org:sign-out"}
