from pydantic import Field

from .base_model import BaseModel
from .fragments import StudyDetails


class SetStudyMember(BaseModel):
    set_study_member: "SetStudyMemberSetStudyMember" = Field(alias="setStudyMember")


SetStudyMemberSetStudyMember = StudyDetails
