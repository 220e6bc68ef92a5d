"""A resident at the form, for tests: opens it, answers screen by screen, files."""

from dataclasses import dataclass, field
from typing import Any

from django.test import Client

WORDS = "石桥村三组路灯坏了两个月，晚上老人摔倒，请派人修。"


@dataclass
class Walk:
    """One form in one browser."""

    client: Client = field(default_factory=Client)
    token: str = ""

    @classmethod
    def opened(cls, client: Client | None = None) -> "Walk":
        walk = cls(client or Client())
        first = walk.client.get("/raise/")
        walk.token = first["Location"].split("/")[2]
        return walk

    def url(self, step: str) -> str:
        return f"/raise/{self.token}/{step}/"

    def get(self, step: str) -> Any:
        return self.client.get(self.url(step))

    def say(self, step: str, **data: Any) -> Any:
        return self.client.post(self.url(step), data)

    def next_of(self, answer: Any) -> str:
        """The step an answer leads to."""
        assert answer.status_code == 302, answer.content.decode()[:3000]
        return answer["Location"].partition("?")[0].rstrip("/").split("/")[-1]

    def to_check(self, klass: str = "claim", text: str = WORDS, **who: Any) -> "Walk":
        """Answer everything up to the check page, quickest way."""
        self.say("kind", klass=klass)
        self.say("what", text=text)
        self.say("about", go="1")
        self.say("where", skip="1")
        self.say("photos", go="1")
        given = who or {"name": "张三丰", "address": "石桥镇石桥村3组", "phone": "13812340000"}
        answer = self.say("who", **given)
        assert self.next_of(answer) == "check", answer.content.decode()
        return self

    def file(self) -> Any:
        return self.say("check")

    def receipt(self) -> tuple[str, str]:
        """Number and code as the done page shows them."""
        page = self.client.get(self.url("done"))
        assert page.status_code == 200, page
        return page.context["draft"].number, page.context["code"].replace(" ", "")

    def filed(self, **how: Any) -> tuple[str, str]:
        self.to_check(**how)
        answer = self.file()
        assert self.next_of(answer) == "done", answer.content.decode()
        return self.receipt()
