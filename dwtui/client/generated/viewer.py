from .base_model import BaseModel
from .fragments import ViewerDetails


class Viewer(BaseModel):
    viewer: "ViewerViewer"


ViewerViewer = ViewerDetails
