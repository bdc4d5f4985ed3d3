"""The suggested policy, in the forms people work with."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from dwtui.server.s3.location import Location
from dwtui.server.s3.policies import as_json, policy_document
from dwtui.server.s3.policy_forms.aws_cli import aws_cli_script
from dwtui.server.s3.policy_forms.cloudformation import cloudformation_template
from dwtui.server.s3.policy_forms.console import console_steps
from dwtui.server.s3.policy_forms.terraform import terraform_configuration
from dwtui.server.s3.results import StorageUse

USER_NAME_LENGTH = 64
_USER_NAME = re.compile(r"[A-Za-z0-9_+=,.@-]{1,64}")


@dataclass(frozen=True)
class SuggestedPolicy:
    """A least-privilege policy, and the ways to make an IAM user who has it. It holds no secret."""

    user_name: str
    document: str
    console_steps: list[str]
    aws_cli: str
    cloud_formation: str
    terraform: str


def suggest_policy(
    location: Location,
    uses: Collection[StorageUse],
    *,
    user_name: str | None = None,
    kms_key_arn: str | None = None,
    introspection: bool = True,
) -> SuggestedPolicy:
    """The least-privilege policy for those uses of a location, for an IAM user of that name.

    Raises ValueError when the user's name or the key's ARN break the rules.
    """
    user = user_name or default_user_name(location.bucket)
    if problems := user_name_problems(user):
        raise ValueError(problems[0])
    policy = policy_document(location, uses, kms_key_arn=kms_key_arn, introspection=introspection)
    return SuggestedPolicy(
        user_name=user,
        document=as_json(policy),
        console_steps=console_steps(user, policy),
        aws_cli=aws_cli_script(user, policy),
        cloud_formation=cloudformation_template(user, policy),
        terraform=terraform_configuration(user, policy),
    )


def default_user_name(bucket: str) -> str:
    """The IAM user's name when none is given."""
    return f"dwtui-{bucket}"[:USER_NAME_LENGTH]


def user_name_problems(name: str) -> list[str]:
    """What is wrong with an IAM user's name, in words."""
    if _USER_NAME.fullmatch(name):
        return []
    return ["An IAM user's name has 1 to 64 letters, digits and characters of _+=,.@-"]
