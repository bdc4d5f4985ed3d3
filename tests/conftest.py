"""What all tests share."""

from hypothesis import HealthCheck, settings

# Machines that run tests are busy: a slow example is no failure.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

pytest_plugins = ["tests.support.fixtures"]
