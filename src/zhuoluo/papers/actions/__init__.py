"""Every write on papers, one function a verb. Rights are checked by the room whose paper it is, before it calls here:
only it knows who takes part in the subject. What every paper asks for is checked here: the kind's signers."""

from zhuoluo.papers.actions.drafting import change_draft, draft
from zhuoluo.papers.actions.issuing import issue, void
from zhuoluo.papers.actions.serving import serve
from zhuoluo.papers.actions.taking import TakenPaper, take_out

__all__ = ["TakenPaper", "change_draft", "draft", "issue", "serve", "take_out", "void"]
