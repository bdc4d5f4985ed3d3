"""GraphQL over HTTP and server-sent events: limits, error masking, answers."""
