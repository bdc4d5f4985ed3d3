"""All tables, gathered so that the metadata is complete. Migrations are made from it and tested against it."""

from dwtui.server.accounts import rows as accounts
from dwtui.server.activity import rows as activity
from dwtui.server.database.base import Base
from dwtui.server.documents import rows as documents
from dwtui.server.organizations import rows as organizations
from dwtui.server.storage_backends import rows as storage_backends
from dwtui.server.studies import rows as studies

CONCEPTS = (accounts, activity, documents, organizations, storage_backends, studies)
metadata = Base.metadata
