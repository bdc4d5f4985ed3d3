"""The suggested policy as steps in the AWS console."""

from typing import Any


def console_steps(user_name: str, policy: dict[str, Any]) -> list[str]:
    """What to do in the AWS console, one step each."""
    statements = len(policy["Statement"])
    return [
        "Sign in to the AWS console of the account that the IAM user is to belong to, and open IAM.",
        "Open Policies, choose Create policy, then the JSON editor.",
        f"Replace what the editor holds by the suggested policy ({statements} statements), and choose Next.",
        f"Name the policy {user_name} and choose Create policy.",
        f"Open Users, choose Create user, and name the user {user_name}. Leave console access off.",
        f"Choose Attach policies directly, tick the policy {user_name}, and create the user.",
        "Open the new user, then Security credentials, and choose Create access key.",
        "Choose Application running outside AWS as the use case, and create the key.",
        "Bring access key and secret access key here. AWS shows the secret this once.",
    ]
