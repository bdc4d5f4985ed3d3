"""The application: routes, middleware, and the one place where its parts are wired."""
