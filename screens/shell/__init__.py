"""What every screen stands on: the table of actions, the session, pages, requests, copying, help."""
