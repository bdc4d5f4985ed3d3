from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import FileType, OrganizationRole, StorageUse


class CreateFileInput(BaseModel):
    """A version that becomes a document: the second step after `createVersion`."""

    version: str
    "The version, uploaded without a document."
    name: Optional[str] = None
    "The document's name: 1 to 255 characters, no slash, unique in the study. Left out: the name of the uploaded file."
    description: Optional[str] = None
    "What it is, in words: up to 2,000 characters."
    file_type: Optional[FileType] = Field(alias="fileType", default=FileType.OTH)
    "What it is about."
    tags: Optional[list[str]] = None
    "Words to find it by: up to 20, of up to 50 characters each."


class UpdateFileInput(BaseModel):
    """Changes to a document. What is left out stays as it is."""

    name: Optional[str] = None
    "A new name: 1 to 255 characters, no slash, unique in the study."
    description: Optional[str] = None
    "What it is, in words: up to 2,000 characters."
    file_type: Optional[FileType] = Field(alias="fileType", default=None)
    "What it is about."
    tags: Optional[list[str]] = None
    "Words to find it by: up to 20, of up to 50 characters each."
    expected_revision: Optional[int] = Field(alias="expectedRevision", default=None)
    "The revision the change is based on. When the document has changed since, nothing is changed and the answer is CONFLICT."


class RelocationPreviewInput(BaseModel):
    """A change of one study's document storage that is being thought about."""

    study: str
    "The study."
    document_bucket: str = Field(alias="documentBucket")
    "The document storage it would have."


class CreateOrganizationInput(BaseModel):
    """A new organization."""

    name: str
    "Its name: 1 to 100 characters, unique in the application."


class UpdateOrganizationInput(BaseModel):
    """Changes to an organization. What is left out stays as it is."""

    name: Optional[str] = None
    "A new name: 1 to 100 characters, unique in the application. Needs MANAGE_ORGANIZATION."
    default_document_storage: Optional[str] = Field(
        alias="defaultDocumentStorage", default=None
    )
    "Where new studies keep their documents; null: the default storage. It must be verified for document use. Needs MANAGE_STORAGES."
    default_data_storage: Optional[str] = Field(
        alias="defaultDataStorage", default=None
    )
    "Where new studies' data files are looked for; null: the default storage. Needs MANAGE_STORAGES."
    expected_revision: Optional[int] = Field(alias="expectedRevision", default=None)
    "The revision the change is based on. When the organization has changed since, nothing is changed and the answer is CONFLICT."


class AddMemberInput(BaseModel):
    """A user who becomes a member of an organization, or a member whose role changes."""

    organization: str
    "The organization."
    email: str
    "The e-mail address of an existing user."
    role: OrganizationRole
    "The role given."


class SuggestedPolicyInput(BaseModel):
    """The place and use that a policy should be suggested for."""

    bucket: str
    "The bucket."
    prefix: Optional[str] = None
    "The prefix."
    uses: Optional[list[StorageUse]] = None
    "What the storage will be used for (default: both)."
    user_name: Optional[str] = Field(alias="userName", default=None)
    "The name of the IAM user to make (default: `dwtui-` and the bucket's name)."
    kms_key_arn: Optional[str] = Field(alias="kmsKeyArn", default=None)
    "The customer KMS key the bucket is encrypted with, as its ARN; left out: none."
    region: Optional[str] = None
    "The bucket's region, for the condition on the KMS key."
    introspection: Optional[bool] = None
    "Whether to add the statements that let the age and use of the keys be seen (default: yes)."


class CreateStorageBackendInput(BaseModel):
    """A new storage. It is saved only if the required probes pass."""

    name: str
    "A name: 1 to 100 characters, unique in the organization."
    bucket: str
    "The bucket's name, by AWS's rules: 3 to 63 lower-case letters, digits, dots and hyphens."
    prefix: Optional[str] = None
    "The prefix to use as the root; slashes at its ends are dropped. Up to 512 bytes, without control characters, empty parts, `.` and `..`."
    organization: str
    "The organization it will belong to."
    access_key: Optional[str] = Field(alias="accessKey", default=None, repr=False)
    "The access key id of an IAM user (`AKIA…`). Left out together with `secretKey`: blank keys, where the operator allows them."
    secret_key: Optional[str] = Field(alias="secretKey", default=None, repr=False)
    "The secret access key. It is encrypted at once and never given out."
    uses: Optional[list[StorageUse]] = None
    "What it is meant to be used for (default: both)."
    endpoint_url: Optional[str] = Field(alias="endpointUrl", default=None)
    "The S3-compatible endpoint; left out: AWS."
    region: Optional[str] = None
    "The bucket's region, where it can not be discovered (S3-compatible endpoints)."
    path_style: Optional[bool] = Field(alias="pathStyle", default=None)
    "Whether to name the bucket in the path (default: yes with an endpoint, no for AWS)."
    wait_for_keys: Optional[int] = Field(alias="waitForKeys", default=None)
    "How long to wait for keys that AWS does not know yet, in seconds: 0 to 60 (default 60)."
    healthy: Optional[bool] = None
    "Ignored."


class UpdateStorageBackendInput(BaseModel):
    """Changes to a storage. What is left out stays as it is. Bucket and prefix can not be changed: attach another storage."""

    name: Optional[str] = None
    "A new name: 1 to 100 characters, unique in the organization."
    access_key: Optional[str] = Field(alias="accessKey", default=None, repr=False)
    "The access key id of the new pair; null together with `secretKey`: blank keys. A new pair is verified before it replaces the old one."
    secret_key: Optional[str] = Field(alias="secretKey", default=None, repr=False)
    "The secret access key of the new pair."
    uses: Optional[list[StorageUse]] = None
    "What it is meant to be used for. Verified before it is saved."
    wait_for_keys: Optional[int] = Field(alias="waitForKeys", default=None)
    "How long to wait for keys that AWS does not know yet, in seconds: 0 to 60 (default 60)."
    expected_revision: Optional[int] = Field(alias="expectedRevision", default=None)
    "The revision the change is based on. When the storage has changed since, nothing is changed and the answer is CONFLICT."


class CheckStorageBackendInput(BaseModel):
    """Settings of a storage that is being thought about; any of them may still be unfinished."""

    organization: str
    "The organization it would belong to."
    name: Optional[str] = None
    "The name."
    bucket: Optional[str] = None
    "The bucket."
    prefix: Optional[str] = None
    "The prefix."
    endpoint_url: Optional[str] = Field(alias="endpointUrl", default=None)
    "The S3-compatible endpoint; left out: AWS."
    uses: Optional[list[StorageUse]] = None
    "What it would be used for."


class CreateStudyInput(BaseModel):
    """A new study. It begins with the organization's two default storages; no bucket is created."""

    organization: str
    "The organization it belongs to."
    name: str
    "Its full name: 1 to 200 characters, unique in the organization."
    short_code: Optional[str] = Field(alias="shortCode", default=None)
    "A short code: up to 32 characters, unique in the organization."
    external_id: Optional[str] = Field(alias="externalId", default=None)
    "Its id elsewhere, such as dbGaP's `phs…`: up to 64 characters."


class UpdateStoragesInput(BaseModel):
    """The storages a study uses. What is left out stays as it is."""

    document_bucket: Optional[str] = Field(alias="documentBucket", default=None)
    "The storage for documents. It must belong to the study's organization; null is refused: a study always has one."
    data_buckets: Optional[list[str]] = Field(alias="dataBuckets", default=None)
    "The storages for data files. An empty list means none."
    expected_revision: Optional[int] = Field(alias="expectedRevision", default=None)
    "The revision the change is based on. When the study has changed since, nothing is changed and the answer is CONFLICT."


class VerifyStorageBackendInput(BaseModel):
    """Settings to verify before they are saved."""

    organization: str
    "The organization it would belong to."
    bucket: str
    "The bucket."
    prefix: Optional[str] = None
    "The prefix."
    access_key: Optional[str] = Field(alias="accessKey", default=None, repr=False)
    "The access key id; left out together with `secretKey`: blank keys."
    secret_key: Optional[str] = Field(alias="secretKey", default=None, repr=False)
    "The secret access key. It is not kept."
    uses: Optional[list[StorageUse]] = None
    "What it would be used for (default: both)."
    endpoint_url: Optional[str] = Field(alias="endpointUrl", default=None)
    "The S3-compatible endpoint; left out: AWS."
    region: Optional[str] = None
    "The bucket's region, where it can not be discovered."
    path_style: Optional[bool] = Field(alias="pathStyle", default=None)
    "Whether to name the bucket in the path."
    wait_for_keys: Optional[int] = Field(alias="waitForKeys", default=None)
    "How long to wait for keys that AWS does not know yet, in seconds: 0 to 60 (default 60)."


class VerifySavedStorageBackendInput(BaseModel):
    """Other keys or uses to try on a saved storage. What is left out is taken from the storage."""

    access_key: Optional[str] = Field(alias="accessKey", default=None, repr=False)
    "The access key id of another pair."
    secret_key: Optional[str] = Field(alias="secretKey", default=None, repr=False)
    "The secret access key of another pair. It is not kept."
    uses: Optional[list[StorageUse]] = None
    "Other uses."
    wait_for_keys: Optional[int] = Field(alias="waitForKeys", default=None)
    "How long to wait for keys that AWS does not know yet, in seconds: 0 to 60 (default 0)."
