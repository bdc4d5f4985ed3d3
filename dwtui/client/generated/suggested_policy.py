from pydantic import Field

from .base_model import BaseModel
from .fragments import PolicyForms


class SuggestedPolicy(BaseModel):
    suggested_policy: "SuggestedPolicySuggestedPolicy" = Field(alias="suggestedPolicy")


SuggestedPolicySuggestedPolicy = PolicyForms
