"""The kinds, states and audiences of policy documents, as kept and as the screen says them. Pure data."""

from collections.abc import Iterable

KINDS: dict[str, str] = {
    "law": "法律法规", "rule": "规章", "measure": "政策措施", "notice": "通知", "guide": "办事指南",
}  # fmt: skip
STATES: dict[str, str] = {
    "draft": "草稿", "reviewed": "已审核，待发布", "published": "已发布", "withdrawn": "已撤下",
}  # fmt: skip
AUDIENCES: dict[str, str] = {
    "everyone": "所有人", "farmers": "农民", "workers": "务工人员", "elderly": "老年人", "talents": "人才", "enterprises": "企业",
    "students": "学生和家长", "hardship": "困难群众", "party": "党员",
}  # fmt: skip


def tags(audiences: Iterable[str]) -> str:
    """Return audiences as they are kept, so that one can be looked for: ,elderly,hardship,"""
    known = [key for key in AUDIENCES if key in set(audiences)]
    return f",{','.join(known)}," if known else ""


def tagged(kept: str) -> list[str]:
    """Return the audiences that were kept."""
    return [key for key in kept.split(",") if key in AUDIENCES]


MOST_CLAUSES = 3_000
LONGEST_CLAUSE = 10_000
