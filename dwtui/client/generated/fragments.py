from datetime import datetime
from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import (
    Actor,
    FileType,
    OrganizationRole,
    Outcome,
    OverlapRelation,
    Permission,
    Probe,
    ProbeStatus,
    Role,
    StorageIdentity,
    StorageUse,
    StudyRole,
    Verdict,
    VersionFate,
    VersionPlace,
)


class UserSummary(BaseModel):
    id: str
    name: str
    email: Optional[str]


class ActivityLine(BaseModel):
    id: str
    at: datetime
    actor: Optional["ActivityLineActor"]
    actor_name: str = Field(alias="actorName")
    action: str
    subject_id: Optional[str] = Field(alias="subjectId")
    subject_name: str = Field(alias="subjectName")
    outcome: Outcome
    summary: str
    request_id: Optional[str] = Field(alias="requestId")


class ActivityLineActor(UserSummary):
    pass


class ApplicationDetails(BaseModel):
    version: str
    private_endpoints_allowed: bool = Field(alias="privateEndpointsAllowed")


class Counted(BaseModel):
    documents: int
    versions: int
    bytes_: int = Field(alias="bytes")


class DeletionDetails(BaseModel):
    id: str
    name: str
    objects_deleted: int = Field(alias="objectsDeleted")
    objects_left: list["DeletionDetailsObjectsLeft"] = Field(alias="objectsLeft")


class DeletionDetailsObjectsLeft(BaseModel):
    uri: str
    reason: str


class StorageName(BaseModel):
    id: str
    name: str


class DeletionImpact(BaseModel):
    storage_backend: "DeletionImpactStorageBackend" = Field(alias="storageBackend")
    document_studies: list["DeletionImpactDocumentStudies"] = Field(
        alias="documentStudies"
    )
    data_studies: list["DeletionImpactDataStudies"] = Field(alias="dataStudies")
    is_default_for_documents: bool = Field(alias="isDefaultForDocuments")
    is_default_for_data: bool = Field(alias="isDefaultForData")
    stranded_documents: "DeletionImpactStrandedDocuments" = Field(
        alias="strandedDocuments"
    )
    fallback: "DeletionImpactFallback"


class DeletionImpactStorageBackend(StorageName):
    revision: int


class DeletionImpactDocumentStudies(BaseModel):
    id: str
    name: str
    short_code: Optional[str] = Field(alias="shortCode")


class DeletionImpactDataStudies(BaseModel):
    id: str
    name: str
    short_code: Optional[str] = Field(alias="shortCode")


class DeletionImpactStrandedDocuments(Counted):
    pass


class DeletionImpactFallback(StorageName):
    pass


class VersionDetails(BaseModel):
    id: str
    file_name: str = Field(alias="fileName")
    description: str
    size: int
    sha_256: Optional[str] = Field(alias="sha256")
    content_type: str = Field(alias="contentType")
    created_at: datetime = Field(alias="createdAt")
    created_by: Optional["VersionDetailsCreatedBy"] = Field(alias="createdBy")
    place: VersionPlace
    storage: Optional["VersionDetailsStorage"]
    storage_name: str = Field(alias="storageName")
    key: Optional[str]
    s_3_uri: Optional[str] = Field(alias="s3Uri")
    obstacle: Optional[str]
    download_path: Optional[str] = Field(alias="downloadPath")


class VersionDetailsCreatedBy(UserSummary):
    pass


class VersionDetailsStorage(StorageName):
    pass


class DocumentSummary(BaseModel):
    id: str
    name: str
    description: str
    file_type: FileType = Field(alias="fileType")
    tags: list[str]
    created_at: datetime = Field(alias="createdAt")
    created_by: Optional["DocumentSummaryCreatedBy"] = Field(alias="createdBy")
    revision: int
    latest: "DocumentSummaryLatest"
    version_count: int = Field(alias="versionCount")
    bytes_: int = Field(alias="bytes")
    stranded_count: int = Field(alias="strandedCount")
    viewer_may: list[Permission] = Field(alias="viewerMay")


class DocumentSummaryCreatedBy(UserSummary):
    pass


class DocumentSummaryLatest(VersionDetails):
    pass


class StudyName(BaseModel):
    id: str
    name: str
    short_code: Optional[str] = Field(alias="shortCode")


class DocumentDetails(DocumentSummary):
    study: "DocumentDetailsStudy"


class DocumentDetailsStudy(StudyName):
    organization: "DocumentDetailsStudyOrganization"
    document_storage: "DocumentDetailsStudyDocumentStorage" = Field(
        alias="documentStorage"
    )
    viewer_may: list[Permission] = Field(alias="viewerMay")


class DocumentDetailsStudyOrganization(BaseModel):
    id: str
    name: str


class DocumentDetailsStudyDocumentStorage(StorageName):
    pass


class VersionFacts(BaseModel):
    id: str
    size: int
    sha_256: Optional[str] = Field(alias="sha256")
    content_type: str = Field(alias="contentType")
    created_at: datetime = Field(alias="createdAt")
    place: VersionPlace
    storage_name: str = Field(alias="storageName")
    obstacle: Optional[str]
    download_path: Optional[str] = Field(alias="downloadPath")


class DocumentFacts(BaseModel):
    id: str
    name: str
    created_at: datetime = Field(alias="createdAt")
    latest: "DocumentFactsLatest"


class DocumentFactsLatest(VersionFacts):
    pass


class MemberDetails(BaseModel):
    user: "MemberDetailsUser"
    organization_role: OrganizationRole = Field(alias="organizationRole")
    role: Role
    since: datetime


class MemberDetailsUser(UserSummary):
    pass


class OrganizationDetails(BaseModel):
    id: str
    name: str
    created_at: datetime = Field(alias="createdAt")
    revision: int
    role: Optional[Role]
    viewer_may: list[Permission] = Field(alias="viewerMay")
    default_storage: "OrganizationDetailsDefaultStorage" = Field(alias="defaultStorage")
    default_document_storage: "OrganizationDetailsDefaultDocumentStorage" = Field(
        alias="defaultDocumentStorage"
    )
    default_data_storage: "OrganizationDetailsDefaultDataStorage" = Field(
        alias="defaultDataStorage"
    )
    blank_key_locations: list["OrganizationDetailsBlankKeyLocations"] = Field(
        alias="blankKeyLocations"
    )


class OrganizationDetailsDefaultStorage(StorageName):
    pass


class OrganizationDetailsDefaultDocumentStorage(StorageName):
    pass


class OrganizationDetailsDefaultDataStorage(StorageName):
    pass


class OrganizationDetailsBlankKeyLocations(BaseModel):
    bucket: str
    prefix: str


class OrganizationSummary(BaseModel):
    id: str
    name: str
    role: Optional[Role]
    viewer_may: list[Permission] = Field(alias="viewerMay")


class PageMarks(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    has_previous_page: bool = Field(alias="hasPreviousPage")
    start_cursor: Optional[str] = Field(alias="startCursor")
    end_cursor: Optional[str] = Field(alias="endCursor")


class PolicyForms(BaseModel):
    user_name: str = Field(alias="userName")
    document: str
    console_steps: list[str] = Field(alias="consoleSteps")
    aws_cli: str = Field(alias="awsCli")
    cloud_formation: str = Field(alias="cloudFormation")
    terraform: str


class ProbeDetails(BaseModel):
    probe: Probe
    status: ProbeStatus
    required: bool
    title: str
    message: str
    error_code: Optional[str] = Field(alias="errorCode")
    request_id: Optional[str] = Field(alias="requestId")
    who_must_act: Optional[Actor] = Field(alias="whoMustAct")
    remedy: Optional[str]
    statement: Optional[str]
    milliseconds: int


class RelocationSummary(BaseModel):
    study: "RelocationSummaryStudy"
    present: "RelocationSummaryPresent"
    proposed: "RelocationSummaryProposed"
    stranded: "RelocationSummaryStranded"
    coming_back: "RelocationSummaryComingBack" = Field(alias="comingBack")
    still_stranded: "RelocationSummaryStillStranded" = Field(alias="stillStranded")
    overlaps: list["RelocationSummaryOverlaps"]
    ready: bool
    obstacle: Optional[str]
    verified_at: Optional[datetime] = Field(alias="verifiedAt")
    summary: str


class RelocationSummaryStudy(BaseModel):
    id: str


class RelocationSummaryPresent(StorageName):
    pass


class RelocationSummaryProposed(StorageName):
    pass


class RelocationSummaryStranded(Counted):
    pass


class RelocationSummaryComingBack(Counted):
    pass


class RelocationSummaryStillStranded(Counted):
    pass


class RelocationSummaryOverlaps(BaseModel):
    relation: OverlapRelation
    storage_backend: Optional["RelocationSummaryOverlapsStorageBackend"] = Field(
        alias="storageBackend"
    )
    message: str


class RelocationSummaryOverlapsStorageBackend(StorageName):
    pass


class StorageCheck(BaseModel):
    problems: list["StorageCheckProblems"]
    overlaps: list["StorageCheckOverlaps"]
    blank_keys_allowed: bool = Field(alias="blankKeysAllowed")
    s_3_uri: Optional[str] = Field(alias="s3Uri")


class StorageCheckProblems(BaseModel):
    field: str
    message: str


class StorageCheckOverlaps(BaseModel):
    relation: OverlapRelation
    storage_backend: Optional["StorageCheckOverlapsStorageBackend"] = Field(
        alias="storageBackend"
    )
    refused: bool
    message: str


class StorageCheckOverlapsStorageBackend(StorageName):
    bucket: Optional[str]
    prefix: Optional[str]


class VerificationDetails(BaseModel):
    verdict: Verdict
    uses: list[StorageUse]
    started_at: datetime = Field(alias="startedAt")
    finished_at: datetime = Field(alias="finishedAt")
    probes: list["VerificationDetailsProbes"]
    arn: Optional[str]
    account_id: Optional[str] = Field(alias="accountId")
    account_alias: Optional[str] = Field(alias="accountAlias")
    user: Optional[str]
    region: Optional[str]
    key_created_at: Optional[datetime] = Field(alias="keyCreatedAt")


class VerificationDetailsProbes(ProbeDetails):
    pass


class StorageDetails(BaseModel):
    id: str
    name: str
    bucket: Optional[str]
    prefix: Optional[str]
    organization: Optional["StorageDetailsOrganization"]
    access_key: Optional[str] = Field(alias="accessKey", repr=False)
    arn: Optional[str]
    account_id: Optional[str] = Field(alias="accountId")
    account_alias: Optional[str] = Field(alias="accountAlias")
    user: Optional[str]
    healthy: Optional[bool]
    uses: list[StorageUse]
    identity: Optional[StorageIdentity]
    is_default: bool = Field(alias="isDefault")
    endpoint_url: Optional[str] = Field(alias="endpointUrl")
    region: Optional[str]
    path_style: Optional[bool] = Field(alias="pathStyle")
    keys_changed_at: Optional[datetime] = Field(alias="keysChangedAt")
    key_created_at: Optional[datetime] = Field(alias="keyCreatedAt")
    created_at: Optional[datetime] = Field(alias="createdAt")
    created_by: Optional["StorageDetailsCreatedBy"] = Field(alias="createdBy")
    revision: int
    document_study_count: Optional[int] = Field(alias="documentStudyCount")
    data_study_count: Optional[int] = Field(alias="dataStudyCount")
    is_default_for_documents: Optional[bool] = Field(alias="isDefaultForDocuments")
    is_default_for_data: Optional[bool] = Field(alias="isDefaultForData")
    viewer_may: list[Permission] = Field(alias="viewerMay")
    verified_at: Optional[datetime] = Field(alias="verifiedAt")
    obstacle: Optional["StorageDetailsObstacle"]
    verification: Optional["StorageDetailsVerification"]


class StorageDetailsOrganization(BaseModel):
    id: str
    name: str


class StorageDetailsCreatedBy(UserSummary):
    pass


class StorageDetailsObstacle(BaseModel):
    probe: Probe
    status: ProbeStatus
    error_code: Optional[str] = Field(alias="errorCode")


class StorageDetailsVerification(VerificationDetails):
    pass


class StorageInUse(StorageName):
    bucket: Optional[str]
    healthy: Optional[bool]
    verified_at: Optional[datetime] = Field(alias="verifiedAt")
    obstacle: Optional["StorageInUseObstacle"]


class StorageInUseObstacle(BaseModel):
    probe: Probe
    status: ProbeStatus
    error_code: Optional[str] = Field(alias="errorCode")


class StorageSummary(BaseModel):
    id: str
    name: str
    bucket: Optional[str]
    prefix: Optional[str]
    endpoint_url: Optional[str] = Field(alias="endpointUrl")
    account_id: Optional[str] = Field(alias="accountId")
    account_alias: Optional[str] = Field(alias="accountAlias")
    identity: Optional[StorageIdentity]
    uses: list[StorageUse]
    healthy: Optional[bool]
    is_default: bool = Field(alias="isDefault")
    is_default_for_documents: Optional[bool] = Field(alias="isDefaultForDocuments")
    is_default_for_data: Optional[bool] = Field(alias="isDefaultForData")
    document_study_count: Optional[int] = Field(alias="documentStudyCount")
    data_study_count: Optional[int] = Field(alias="dataStudyCount")
    keys_changed_at: Optional[datetime] = Field(alias="keysChangedAt")
    key_created_at: Optional[datetime] = Field(alias="keyCreatedAt")
    revision: int
    viewer_may: list[Permission] = Field(alias="viewerMay")
    verified_at: Optional[datetime] = Field(alias="verifiedAt")
    obstacle: Optional["StorageSummaryObstacle"]


class StorageSummaryObstacle(BaseModel):
    probe: Probe
    status: ProbeStatus
    error_code: Optional[str] = Field(alias="errorCode")


class StudySummary(StudyName):
    external_id: Optional[str] = Field(alias="externalId")
    document_storage: "StudySummaryDocumentStorage" = Field(alias="documentStorage")
    data_storage: list["StudySummaryDataStorage"] = Field(alias="dataStorage")
    document_count: Optional["StudySummaryDocumentCount"] = Field(alias="documentCount")
    stranded_count: Optional["StudySummaryStrandedCount"] = Field(alias="strandedCount")
    revision: int
    viewer_may: list[Permission] = Field(alias="viewerMay")


class StudySummaryDocumentStorage(StorageInUse):
    pass


class StudySummaryDataStorage(StorageInUse):
    pass


class StudySummaryDocumentCount(Counted):
    pass


class StudySummaryStrandedCount(Counted):
    pass


class StudyDetails(StudySummary):
    organization: "StudyDetailsOrganization"
    created_at: datetime = Field(alias="createdAt")
    members: list["StudyDetailsMembers"]


class StudyDetailsOrganization(BaseModel):
    id: str
    name: str


class StudyDetailsMembers(BaseModel):
    user: "StudyDetailsMembersUser"
    role: StudyRole


class StudyDetailsMembersUser(UserSummary):
    pass


class TokenDetails(BaseModel):
    id: str
    name: str
    ending: str
    created_at: datetime = Field(alias="createdAt")
    expires_at: Optional[datetime] = Field(alias="expiresAt")
    last_used_at: Optional[datetime] = Field(alias="lastUsedAt")


class VersionMoveDetails(BaseModel):
    version: "VersionMoveDetailsVersion"
    fate: VersionFate
    old_key: str = Field(alias="oldKey")
    new_key: str = Field(alias="newKey")


class VersionMoveDetailsVersion(BaseModel):
    id: str
    file_name: str = Field(alias="fileName")
    size: int
    document: Optional["VersionMoveDetailsVersionDocument"]


class VersionMoveDetailsVersionDocument(BaseModel):
    id: str
    name: str


class ViewerDetails(BaseModel):
    user: "ViewerDetailsUser"
    operator: bool
    token: "ViewerDetailsToken"
    organizations: list["ViewerDetailsOrganizations"]


class ViewerDetailsUser(UserSummary):
    pass


class ViewerDetailsToken(TokenDetails):
    pass


class ViewerDetailsOrganizations(OrganizationSummary):
    pass
