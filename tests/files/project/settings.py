"""Settings of the project; the tests name the study in `STORAGES`."""

SECRET_KEY = "tests"
USE_TZ = True
INSTALLED_APPS = ["tests.files.project.shelf"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
