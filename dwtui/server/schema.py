"""The executable schema: the contract's SDL with the concepts' resolvers."""

import re
from pathlib import Path

from ariadne import load_schema_from_path, make_executable_schema
from graphql import GraphQLSchema

import dwtui.contract
from dwtui.server.accounts import resolvers as accounts
from dwtui.server.activity import resolvers as activity
from dwtui.server.documents import mutations as document_mutations
from dwtui.server.documents import relocation_resolvers as relocation
from dwtui.server.documents import resolvers as documents
from dwtui.server.documents import transfer_mutations as document_transfers
from dwtui.server.documents import version_resolvers as versions
from dwtui.server.organizations import mutations as organization_mutations
from dwtui.server.organizations import resolvers as organizations
from dwtui.server.scalars import byte_count, date_time, upload
from dwtui.server.storage_backends import mutations as storage_backend_mutations
from dwtui.server.storage_backends import policies
from dwtui.server.storage_backends import resolvers as storage_backends
from dwtui.server.studies import mutations as study_mutations
from dwtui.server.studies import resolvers as studies
from dwtui.server.verification import resolvers as verification

CONCEPTS = (
    accounts,
    activity,
    documents,
    document_mutations,
    organizations,
    organization_mutations,
    policies,
    relocation,
    storage_backends,
    storage_backend_mutations,
    studies,
    study_mutations,
    verification,
    document_transfers,
    versions,
)


def python_name(graphql_name: str, _schema: GraphQLSchema, _path: tuple[str, ...]) -> str:
    """The name of a field or argument in Python: `accountId` is `account_id`, and `s3Uri` is `s3_uri`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", graphql_name).lower()


def executable_schema() -> GraphQLSchema:
    """The schema that the API serves."""
    sdl = load_schema_from_path(Path(dwtui.contract.__file__).parent)
    bindables = [bindable for concept in CONCEPTS for bindable in concept.bindables]
    return make_executable_schema(
        sdl, date_time, byte_count, upload, *bindables, convert_names_case=python_name
    )
