"""A Django project that keeps what is uploaded in a study."""
