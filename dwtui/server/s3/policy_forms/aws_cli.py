"""The suggested policy as a shell script of `aws iam` commands."""

import json
import shlex
from typing import Any


def aws_cli_script(user_name: str, policy: dict[str, Any]) -> str:
    """A POSIX shell script that makes the IAM user with the policy, and prints a key pair."""
    user = shlex.quote(user_name)
    # Single quotes, not a here-document: those inside of $(…) are read differently by old shells.
    document = shlex.quote(json.dumps(policy, indent=2))
    return f"""\
#!/bin/sh
# Makes an IAM user who may do what the storage needs, and no more.
set -eu

user={user}
policy={document}

aws iam create-user --user-name "$user"

policy_arn=$(aws iam create-policy --policy-name "$user" --policy-document "$policy" \\
  --query Policy.Arn --output text)

aws iam attach-user-policy --user-name "$user" --policy-arn "$policy_arn"

# Prints the access key and the secret access key. AWS shows the secret this once.
aws iam create-access-key --user-name "$user" \\
  --query 'AccessKey.[AccessKeyId,SecretAccessKey]' --output text
"""
