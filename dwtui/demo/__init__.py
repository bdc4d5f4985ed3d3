"""The embedded world: a local S3, IAM, STS and KMS, an API process, and a sample organization in both."""
