from pydantic import Field

from .base_model import BaseModel
from .fragments import StudyDetails


class CreateStudy(BaseModel):
    create_study: "CreateStudyCreateStudy" = Field(alias="createStudy")


CreateStudyCreateStudy = StudyDetails
