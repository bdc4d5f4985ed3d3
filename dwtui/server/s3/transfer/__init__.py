"""Moving bytes: streamed to S3 while they arrive, streamed out of it, and removed again."""
