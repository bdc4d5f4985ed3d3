from pydantic import Field

from .base_model import BaseModel
from .fragments import StudyDetails


class RemoveStudyMember(BaseModel):
    remove_study_member: "RemoveStudyMemberRemoveStudyMember" = Field(
        alias="removeStudyMember"
    )


RemoveStudyMemberRemoveStudyMember = StudyDetails
