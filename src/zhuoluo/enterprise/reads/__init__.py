"""Every read of the room. The register is the county's; what firms need shows to whoever may read the matter."""

from zhuoluo.enterprise.reads.firms import (
    Asked,
    FirmFile,
    chains,
    contact_of,
    firm,
    firm_file,
    firms,
    liaison_of,
    liaisons,
    whole_firms,
)
from zhuoluo.enterprise.reads.needs import (
    NeedLine,
    NeedPage,
    Sought,
    by_standing,
    needs,
    open_of_chain,
    whole_needs,
)
from zhuoluo.enterprise.reads.projects import (
    ProjectFile,
    ProjectLine,
    project,
    project_file,
    projects,
    whole_projects,
)
from zhuoluo.enterprise.rules.errors import NotFound

__all__ = [
    "Asked", "FirmFile", "NeedLine", "NeedPage", "NotFound", "ProjectFile", "ProjectLine", "Sought",
    "by_standing", "chains", "contact_of", "firm", "firm_file", "firms", "liaison_of", "liaisons", "needs", "open_of_chain", "project",
    "project_file", "projects", "whole_firms", "whole_needs", "whole_projects",
]  # fmt: skip
