"""Handing out a packet: who may, and the look recorded."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhuoluo.matters.actions.papers import readable_matter
from zhuoluo.matters.reads.packets import Packet, packet, stripped
from zhuoluo.matters.reads.page import page
from zhuoluo.matters.reads.visible import NotFound, by_id
from zhuoluo.org.rules import Actor, Forbidden, Permission
from zhuoluo.residents.actions import record_view

WHOLE = frozenset({Permission.HANDLE, Permission.TRIAGE, Permission.REVIEW, Permission.ISSUE})
STRIPPED = WHOLE | {Permission.SUPERVISE, Permission.RULE}


@transaction.atomic
def take_packet(
    *, matter_id: UUID, whole: bool, files: Collection[UUID] = (), by: Actor, at: datetime
) -> Packet:
    """Return a packet and record that it left the house; without that record it is not handed out.

    `whole` is for who handles the matter, with every photo and PDF. Otherwise identity is taken out, and only those
    `files` go with it that the officer marked as showing nobody. Raises Forbidden.
    """
    if not any(by.can(permission) for permission in (WHOLE if whole else STRIPPED)):
        raise Forbidden("您的岗位不能取出案卷")
    if whole:
        matter = readable_matter(matter_id, by)
    else:
        try:
            matter = by_id(by, matter_id)
        except NotFound as error:
            raise Forbidden(str(error)) from error
    found = page(matter, now=at)
    attached = [a.file_id for a in found.attachments]
    record_view(
        subject_id=matter.id, kind="packet", by=by, at=at, reason="完整案卷" if whole else "去身份案卷"
    )
    if whole:
        return packet(found, files=tuple(attached))
    return stripped(found, files=tuple(one for one in attached if one in files))
