from .base_model import BaseModel
from .fragments import StudyDetails


class Study(BaseModel):
    study: "StudyStudy"


StudyStudy = StudyDetails
