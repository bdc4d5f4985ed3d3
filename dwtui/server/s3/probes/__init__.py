"""The probes, a module a concept. Each returns a finding on the subject, or raises botocore's errors."""
