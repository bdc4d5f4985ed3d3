"""The default storage: provisioned for every organization in the application's own bucket, with blank keys."""

from datetime import datetime

from dwtui.server.ids import new_id
from dwtui.server.names import name_key
from dwtui.server.storage_backends.places import location_key
from dwtui.server.storage_backends.rows import StorageBackendRow

NAME = "Default Storage"


def default_storage_row(
    organization_id: str, application_bucket: str, application_prefix: str, moment: datetime
) -> StorageBackendRow:
    """The row of an organization's default storage: `<application prefix>/<organization id>/` of the bucket."""
    prefix = "/".join(part for part in (application_prefix.strip("/"), organization_id) if part)
    return StorageBackendRow(
        id=new_id("SB"),
        organization_id=organization_id,
        name=NAME,
        name_key=name_key(NAME),
        bucket=application_bucket,
        prefix=prefix,
        endpoint_url=None,
        location_key=location_key(None, application_bucket),
        path_style=None,
        given_region=None,
        for_documents=True,
        for_data=True,
        is_default=True,
        sealed_keys=None,
        blank_keys=True,
        access_key_ending=None,
        keys_changed_at=None,
        healthy=None,
        verified_at=None,
        report=None,
        created_at=moment,
        created_by_id=None,
        revision=1,
    )
