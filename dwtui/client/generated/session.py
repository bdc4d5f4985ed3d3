from .base_model import BaseModel
from .fragments import ApplicationDetails, ViewerDetails


class Session(BaseModel):
    viewer: "SessionViewer"
    application: "SessionApplication"


SessionViewer = ViewerDetails
SessionApplication = ApplicationDetails
