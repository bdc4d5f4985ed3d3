__all__ = [
    "ACTIVITY_GQL",
    "ADD_MEMBER_GQL",
    "CHECK_STORAGE_BACKEND_GQL",
    "CREATE_FILE_GQL",
    "CREATE_ORGANIZATION_GQL",
    "CREATE_STORAGE_BACKEND_GQL",
    "CREATE_STUDY_GQL",
    "CREATE_TOKEN_GQL",
    "CREATE_VERSION_GQL",
    "DELETE_FILE_GQL",
    "DELETE_STORAGE_BACKEND_GQL",
    "DELETE_VERSION_GQL",
    "DOCUMENT_FILES_GQL",
    "DOCUMENT_GQL",
    "DOCUMENT_VERSIONS_GQL",
    "LARGEST_DOCUMENT_GQL",
    "MEMBERS_GQL",
    "ORGANIZATION_GQL",
    "RELOCATION_PREVIEWS_GQL",
    "RELOCATION_PREVIEW_GQL",
    "REMOVE_MEMBER_GQL",
    "REMOVE_STUDY_MEMBER_GQL",
    "REVOKE_TOKEN_GQL",
    "SESSION_GQL",
    "SET_STUDY_MEMBER_GQL",
    "SIGNED_URL_GQL",
    "STORAGE_BACKENDS_GQL",
    "STORAGE_BACKEND_DELETION_IMPACT_GQL",
    "STORAGE_BACKEND_GQL",
    "STORAGE_STUDIES_GQL",
    "STUDIES_GQL",
    "STUDY_DOCUMENTS_GQL",
    "STUDY_FOLDER_GQL",
    "STUDY_GQL",
    "SUGGESTED_POLICY_GQL",
    "TOKENS_GQL",
    "UPDATE_FILE_GQL",
    "UPDATE_MEMBER_GQL",
    "UPDATE_ORGANIZATION_GQL",
    "UPDATE_STORAGES_GQL",
    "UPDATE_STORAGE_BACKEND_GQL",
    "VERIFY_STORAGE_BACKEND_GQL",
    "VERSION_FILE_GQL",
    "VERSION_GQL",
    "VERSION_MOVES_GQL",
    "VIEWER_GQL",
    "WATCH_VERIFICATION_GQL",
]

ACTIVITY_GQL = """
query Activity($organization: ID!, $first: Int = 50, $after: String, $subject: ID, $actor: ID, $action: String, $outcome: Outcome) {
  activity(
    organization: $organization
    first: $first
    after: $after
    subject: $subject
    actor: $actor
    action: $action
    outcome: $outcome
  ) {
    edges {
      node {
        ...ActivityLine
      }
      cursor
    }
    pageInfo {
      ...PageMarks
    }
    totalCount
  }
}

fragment ActivityLine on ActivityEntry {
  id
  at
  actor {
    ...UserSummary
  }
  actorName
  action
  subjectId
  subjectName
  outcome
  summary
  requestId
}

fragment PageMarks on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}

fragment UserSummary on User {
  id
  name
  email
}
"""

STUDY_DOCUMENTS_GQL = """
query StudyDocuments($study: ID!, $first: Int = 50, $after: String, $search: String, $stranded: Boolean, $orderBy: DocumentOrder = NAME) {
  study(id: $study) {
    documents(
      first: $first
      after: $after
      search: $search
      stranded: $stranded
      orderBy: $orderBy
    ) {
      edges {
        node {
          ...DocumentSummary
        }
        cursor
      }
      pageInfo {
        ...PageMarks
      }
      totalCount
    }
  }
}

fragment DocumentSummary on Document {
  id
  name
  description
  fileType
  tags
  createdAt
  createdBy {
    ...UserSummary
  }
  revision
  latest {
    ...VersionDetails
  }
  versionCount
  bytes
  strandedCount
  viewerMay
}

fragment PageMarks on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}

fragment StorageName on StorageBackend {
  id
  name
}

fragment UserSummary on User {
  id
  name
  email
}

fragment VersionDetails on Version {
  id
  fileName
  description
  size
  sha256
  contentType
  createdAt
  createdBy {
    ...UserSummary
  }
  place
  storage {
    ...StorageName
  }
  storageName
  key
  s3Uri
  obstacle
  downloadPath
}
"""

DOCUMENT_GQL = """
query Document($id: ID!) {
  document(id: $id) {
    ...DocumentDetails
  }
}

fragment DocumentDetails on Document {
  ...DocumentSummary
  study {
    ...StudyName
    organization {
      id
      name
    }
    documentStorage {
      ...StorageName
    }
    viewerMay
  }
}

fragment DocumentSummary on Document {
  id
  name
  description
  fileType
  tags
  createdAt
  createdBy {
    ...UserSummary
  }
  revision
  latest {
    ...VersionDetails
  }
  versionCount
  bytes
  strandedCount
  viewerMay
}

fragment StorageName on StorageBackend {
  id
  name
}

fragment StudyName on Study {
  id
  name
  shortCode
}

fragment UserSummary on User {
  id
  name
  email
}

fragment VersionDetails on Version {
  id
  fileName
  description
  size
  sha256
  contentType
  createdAt
  createdBy {
    ...UserSummary
  }
  place
  storage {
    ...StorageName
  }
  storageName
  key
  s3Uri
  obstacle
  downloadPath
}
"""

DOCUMENT_VERSIONS_GQL = """
query DocumentVersions($id: ID!, $first: Int = 50, $after: String) {
  document(id: $id) {
    versions(first: $first, after: $after) {
      edges {
        node {
          ...VersionDetails
        }
        cursor
      }
      pageInfo {
        ...PageMarks
      }
      totalCount
    }
  }
}

fragment PageMarks on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}

fragment StorageName on StorageBackend {
  id
  name
}

fragment UserSummary on User {
  id
  name
  email
}

fragment VersionDetails on Version {
  id
  fileName
  description
  size
  sha256
  contentType
  createdAt
  createdBy {
    ...UserSummary
  }
  place
  storage {
    ...StorageName
  }
  storageName
  key
  s3Uri
  obstacle
  downloadPath
}
"""

VERSION_GQL = """
query Version($id: ID!) {
  version(id: $id) {
    ...VersionDetails
    document {
      id
      name
    }
    study {
      ...StudyName
    }
  }
}

fragment StorageName on StorageBackend {
  id
  name
}

fragment StudyName on Study {
  id
  name
  shortCode
}

fragment UserSummary on User {
  id
  name
  email
}

fragment VersionDetails on Version {
  id
  fileName
  description
  size
  sha256
  contentType
  createdAt
  createdBy {
    ...UserSummary
  }
  place
  storage {
    ...StorageName
  }
  storageName
  key
  s3Uri
  obstacle
  downloadPath
}
"""

RELOCATION_PREVIEW_GQL = """
query RelocationPreview($study: ID!, $documentBucket: ID!, $verify: Boolean = false) {
  relocationPreview(
    study: $study
    documentBucket: $documentBucket
    verify: $verify
  ) {
    ...RelocationSummary
  }
}

fragment Counted on DocumentCount {
  documents
  versions
  bytes
}

fragment RelocationSummary on RelocationPreview {
  study {
    id
  }
  present {
    ...StorageName
  }
  proposed {
    ...StorageName
  }
  stranded {
    ...Counted
  }
  comingBack {
    ...Counted
  }
  stillStranded {
    ...Counted
  }
  overlaps {
    relation
    storageBackend {
      ...StorageName
    }
    message
  }
  ready
  obstacle
  verifiedAt
  summary
}

fragment StorageName on StorageBackend {
  id
  name
}
"""

RELOCATION_PREVIEWS_GQL = """
query RelocationPreviews($changes: [RelocationPreviewInput!]!) {
  relocationPreviews(changes: $changes) {
    ...RelocationSummary
  }
}

fragment Counted on DocumentCount {
  documents
  versions
  bytes
}

fragment RelocationSummary on RelocationPreview {
  study {
    id
  }
  present {
    ...StorageName
  }
  proposed {
    ...StorageName
  }
  stranded {
    ...Counted
  }
  comingBack {
    ...Counted
  }
  stillStranded {
    ...Counted
  }
  overlaps {
    relation
    storageBackend {
      ...StorageName
    }
    message
  }
  ready
  obstacle
  verifiedAt
  summary
}

fragment StorageName on StorageBackend {
  id
  name
}
"""

VERSION_MOVES_GQL = """
query VersionMoves($study: ID!, $documentBucket: ID!, $first: Int = 50, $after: String, $fate: VersionFate) {
  relocationPreview(study: $study, documentBucket: $documentBucket) {
    versions(first: $first, after: $after, fate: $fate) {
      edges {
        node {
          ...VersionMoveDetails
        }
        cursor
      }
      pageInfo {
        ...PageMarks
      }
      totalCount
    }
  }
}

fragment PageMarks on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}

fragment VersionMoveDetails on VersionMove {
  version {
    id
    fileName
    size
    document {
      id
      name
    }
  }
  fate
  oldKey
  newKey
}
"""

LARGEST_DOCUMENT_GQL = """
query LargestDocument {
  application {
    largestDocument
  }
}
"""

CREATE_FILE_GQL = """
mutation CreateFile($input: CreateFileInput!) {
  createFile(input: $input) {
    ...DocumentSummary
  }
}

fragment DocumentSummary on Document {
  id
  name
  description
  fileType
  tags
  createdAt
  createdBy {
    ...UserSummary
  }
  revision
  latest {
    ...VersionDetails
  }
  versionCount
  bytes
  strandedCount
  viewerMay
}

fragment StorageName on StorageBackend {
  id
  name
}

fragment UserSummary on User {
  id
  name
  email
}

fragment VersionDetails on Version {
  id
  fileName
  description
  size
  sha256
  contentType
  createdAt
  createdBy {
    ...UserSummary
  }
  place
  storage {
    ...StorageName
  }
  storageName
  key
  s3Uri
  obstacle
  downloadPath
}
"""

UPDATE_FILE_GQL = """
mutation UpdateFile($id: ID!, $input: UpdateFileInput!) {
  updateFile(id: $id, input: $input) {
    ...DocumentSummary
  }
}

fragment DocumentSummary on Document {
  id
  name
  description
  fileType
  tags
  createdAt
  createdBy {
    ...UserSummary
  }
  revision
  latest {
    ...VersionDetails
  }
  versionCount
  bytes
  strandedCount
  viewerMay
}

fragment StorageName on StorageBackend {
  id
  name
}

fragment UserSummary on User {
  id
  name
  email
}

fragment VersionDetails on Version {
  id
  fileName
  description
  size
  sha256
  contentType
  createdAt
  createdBy {
    ...UserSummary
  }
  place
  storage {
    ...StorageName
  }
  storageName
  key
  s3Uri
  obstacle
  downloadPath
}
"""

DELETE_FILE_GQL = """
mutation DeleteFile($id: ID!) {
  deleteFile(id: $id) {
    ...DeletionDetails
  }
}

fragment DeletionDetails on Deletion {
  id
  name
  objectsDeleted
  objectsLeft {
    uri
    reason
  }
}
"""

DELETE_VERSION_GQL = """
mutation DeleteVersion($id: ID!) {
  deleteVersion(id: $id) {
    ...DeletionDetails
  }
}

fragment DeletionDetails on Deletion {
  id
  name
  objectsDeleted
  objectsLeft {
    uri
    reason
  }
}
"""

SIGNED_URL_GQL = """
mutation SignedUrl($fileId: ID!, $version: ID) {
  signedUrl(fileId: $fileId, version: $version) {
    url
    expiresAt
  }
}
"""

DOCUMENT_FILES_GQL = """
query DocumentFiles($study: ID!, $first: Int = 200, $after: String, $name: String) {
  study(id: $study) {
    id
    name
    viewerMay
    documents(first: $first, after: $after, name: $name) {
      edges {
        node {
          ...DocumentFacts
        }
      }
      pageInfo {
        ...PageMarks
      }
    }
  }
}

fragment DocumentFacts on Document {
  id
  name
  createdAt
  latest {
    ...VersionFacts
  }
}

fragment PageMarks on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}

fragment VersionFacts on Version {
  id
  size
  sha256
  contentType
  createdAt
  place
  storageName
  obstacle
  downloadPath
}
"""

STUDY_FOLDER_GQL = """
query StudyFolder($study: ID!) {
  study(id: $study) {
    id
    name
    createdAt
    viewerMay
    documentCount {
      documents
    }
  }
}
"""

VERSION_FILE_GQL = """
query VersionFile($id: ID!) {
  version(id: $id) {
    ...VersionFacts
    document {
      id
    }
  }
}

fragment VersionFacts on Version {
  id
  size
  sha256
  contentType
  createdAt
  place
  storageName
  obstacle
  downloadPath
}
"""

ORGANIZATION_GQL = """
query Organization($id: ID!) {
  organization(id: $id) {
    ...OrganizationDetails
  }
}

fragment OrganizationDetails on Organization {
  id
  name
  createdAt
  revision
  role
  viewerMay
  defaultStorage {
    ...StorageName
  }
  defaultDocumentStorage {
    ...StorageName
  }
  defaultDataStorage {
    ...StorageName
  }
  blankKeyLocations {
    bucket
    prefix
  }
}

fragment StorageName on StorageBackend {
  id
  name
}
"""

MEMBERS_GQL = """
query Members($organization: ID!, $first: Int = 50, $after: String) {
  organization(id: $organization) {
    members(first: $first, after: $after) {
      edges {
        node {
          ...MemberDetails
        }
        cursor
      }
      pageInfo {
        ...PageMarks
      }
      totalCount
    }
  }
}

fragment MemberDetails on Member {
  user {
    ...UserSummary
  }
  organizationRole
  role
  since
}

fragment PageMarks on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}

fragment UserSummary on User {
  id
  name
  email
}
"""

CREATE_ORGANIZATION_GQL = """
mutation CreateOrganization($input: CreateOrganizationInput!) {
  createOrganization(input: $input) {
    ...OrganizationDetails
  }
}

fragment OrganizationDetails on Organization {
  id
  name
  createdAt
  revision
  role
  viewerMay
  defaultStorage {
    ...StorageName
  }
  defaultDocumentStorage {
    ...StorageName
  }
  defaultDataStorage {
    ...StorageName
  }
  blankKeyLocations {
    bucket
    prefix
  }
}

fragment StorageName on StorageBackend {
  id
  name
}
"""

UPDATE_ORGANIZATION_GQL = """
mutation UpdateOrganization($id: ID!, $input: UpdateOrganizationInput!) {
  updateOrganization(id: $id, input: $input) {
    ...OrganizationDetails
  }
}

fragment OrganizationDetails on Organization {
  id
  name
  createdAt
  revision
  role
  viewerMay
  defaultStorage {
    ...StorageName
  }
  defaultDocumentStorage {
    ...StorageName
  }
  defaultDataStorage {
    ...StorageName
  }
  blankKeyLocations {
    bucket
    prefix
  }
}

fragment StorageName on StorageBackend {
  id
  name
}
"""

ADD_MEMBER_GQL = """
mutation AddMember($input: AddMemberInput!) {
  addMember(input: $input) {
    ...MemberDetails
  }
}

fragment MemberDetails on Member {
  user {
    ...UserSummary
  }
  organizationRole
  role
  since
}

fragment UserSummary on User {
  id
  name
  email
}
"""

UPDATE_MEMBER_GQL = """
mutation UpdateMember($organization: ID!, $user: ID!, $role: OrganizationRole!) {
  updateMember(organization: $organization, user: $user, role: $role) {
    ...MemberDetails
  }
}

fragment MemberDetails on Member {
  user {
    ...UserSummary
  }
  organizationRole
  role
  since
}

fragment UserSummary on User {
  id
  name
  email
}
"""

REMOVE_MEMBER_GQL = """
mutation RemoveMember($organization: ID!, $user: ID!) {
  removeMember(organization: $organization, user: $user) {
    ...MemberDetails
  }
}

fragment MemberDetails on Member {
  user {
    ...UserSummary
  }
  organizationRole
  role
  since
}

fragment UserSummary on User {
  id
  name
  email
}
"""

SUGGESTED_POLICY_GQL = """
query SuggestedPolicy($input: SuggestedPolicyInput!) {
  suggestedPolicy(input: $input) {
    ...PolicyForms
  }
}

fragment PolicyForms on SuggestedPolicy {
  userName
  document
  consoleSteps
  awsCli
  cloudFormation
  terraform
}
"""

STORAGE_BACKEND_GQL = """
query StorageBackend($id: ID!) {
  storageBackend(id: $id) {
    ...StorageDetails
  }
}

fragment ProbeDetails on ProbeResult {
  probe
  status
  required
  title
  message
  errorCode
  requestId
  whoMustAct
  remedy
  statement
  milliseconds
}

fragment StorageDetails on StorageBackend {
  id
  name
  bucket
  prefix
  organization {
    id
    name
  }
  accessKey
  arn
  accountId
  accountAlias
  user
  healthy
  uses
  identity
  isDefault
  endpointUrl
  region
  pathStyle
  keysChangedAt
  keyCreatedAt
  createdAt
  createdBy {
    ...UserSummary
  }
  revision
  documentStudyCount
  dataStudyCount
  isDefaultForDocuments
  isDefaultForData
  viewerMay
  verifiedAt
  obstacle {
    probe
    status
    errorCode
  }
  verification {
    ...VerificationDetails
  }
}

fragment UserSummary on User {
  id
  name
  email
}

fragment VerificationDetails on Verification {
  verdict
  uses
  startedAt
  finishedAt
  probes {
    ...ProbeDetails
  }
  arn
  accountId
  accountAlias
  user
  region
  keyCreatedAt
}
"""

STORAGE_BACKENDS_GQL = """
query StorageBackends($organization: ID!, $first: Int = 50, $after: String, $search: String, $healthy: Boolean, $orderBy: StorageBackendOrder = NAME) {
  allStorageBackends(
    organization: $organization
    first: $first
    after: $after
    search: $search
    healthy: $healthy
    orderBy: $orderBy
  ) {
    edges {
      node {
        ...StorageSummary
      }
      cursor
    }
    pageInfo {
      ...PageMarks
    }
    totalCount
  }
}

fragment PageMarks on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}

fragment StorageSummary on StorageBackend {
  id
  name
  bucket
  prefix
  endpointUrl
  accountId
  accountAlias
  identity
  uses
  healthy
  isDefault
  isDefaultForDocuments
  isDefaultForData
  documentStudyCount
  dataStudyCount
  keysChangedAt
  keyCreatedAt
  revision
  viewerMay
  verifiedAt
  obstacle {
    probe
    status
    errorCode
  }
}
"""

STORAGE_STUDIES_GQL = """
query StorageStudies($id: ID!, $first: Int = 50, $after: String) {
  storageBackend(id: $id) {
    studies(first: $first, after: $after) {
      edges {
        node {
          ...StudySummary
        }
        cursor
      }
      pageInfo {
        ...PageMarks
      }
      totalCount
    }
  }
}

fragment Counted on DocumentCount {
  documents
  versions
  bytes
}

fragment PageMarks on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}

fragment StorageInUse on StorageBackend {
  ...StorageName
  bucket
  healthy
  verifiedAt
  obstacle {
    probe
    status
    errorCode
  }
}

fragment StorageName on StorageBackend {
  id
  name
}

fragment StudyName on Study {
  id
  name
  shortCode
}

fragment StudySummary on Study {
  ...StudyName
  externalId
  documentStorage {
    ...StorageInUse
  }
  dataStorage {
    ...StorageInUse
  }
  documentCount {
    ...Counted
  }
  strandedCount {
    ...Counted
  }
  revision
  viewerMay
}
"""

CHECK_STORAGE_BACKEND_GQL = """
query CheckStorageBackend($input: CheckStorageBackendInput!) {
  checkStorageBackend(input: $input) {
    ...StorageCheck
  }
}

fragment StorageCheck on StorageBackendCheck {
  problems {
    field
    message
  }
  overlaps {
    relation
    storageBackend {
      ...StorageName
      bucket
      prefix
    }
    refused
    message
  }
  blankKeysAllowed
  s3Uri
}

fragment StorageName on StorageBackend {
  id
  name
}
"""

STORAGE_BACKEND_DELETION_IMPACT_GQL = """
query StorageBackendDeletionImpact($id: ID!) {
  storageBackendDeletionImpact(id: $id) {
    ...DeletionImpact
  }
}

fragment Counted on DocumentCount {
  documents
  versions
  bytes
}

fragment DeletionImpact on StorageBackendDeletionImpact {
  storageBackend {
    ...StorageName
    revision
  }
  documentStudies {
    id
    name
    shortCode
  }
  dataStudies {
    id
    name
    shortCode
  }
  isDefaultForDocuments
  isDefaultForData
  strandedDocuments {
    ...Counted
  }
  fallback {
    ...StorageName
  }
}

fragment StorageName on StorageBackend {
  id
  name
}
"""

CREATE_STORAGE_BACKEND_GQL = """
mutation CreateStorageBackend($input: CreateStorageBackendInput!) {
  createStorageBackend(input: $input) {
    ...StorageDetails
  }
}

fragment ProbeDetails on ProbeResult {
  probe
  status
  required
  title
  message
  errorCode
  requestId
  whoMustAct
  remedy
  statement
  milliseconds
}

fragment StorageDetails on StorageBackend {
  id
  name
  bucket
  prefix
  organization {
    id
    name
  }
  accessKey
  arn
  accountId
  accountAlias
  user
  healthy
  uses
  identity
  isDefault
  endpointUrl
  region
  pathStyle
  keysChangedAt
  keyCreatedAt
  createdAt
  createdBy {
    ...UserSummary
  }
  revision
  documentStudyCount
  dataStudyCount
  isDefaultForDocuments
  isDefaultForData
  viewerMay
  verifiedAt
  obstacle {
    probe
    status
    errorCode
  }
  verification {
    ...VerificationDetails
  }
}

fragment UserSummary on User {
  id
  name
  email
}

fragment VerificationDetails on Verification {
  verdict
  uses
  startedAt
  finishedAt
  probes {
    ...ProbeDetails
  }
  arn
  accountId
  accountAlias
  user
  region
  keyCreatedAt
}
"""

UPDATE_STORAGE_BACKEND_GQL = """
mutation UpdateStorageBackend($id: ID!, $input: UpdateStorageBackendInput!) {
  updateStorageBackend(id: $id, input: $input) {
    ...StorageDetails
  }
}

fragment ProbeDetails on ProbeResult {
  probe
  status
  required
  title
  message
  errorCode
  requestId
  whoMustAct
  remedy
  statement
  milliseconds
}

fragment StorageDetails on StorageBackend {
  id
  name
  bucket
  prefix
  organization {
    id
    name
  }
  accessKey
  arn
  accountId
  accountAlias
  user
  healthy
  uses
  identity
  isDefault
  endpointUrl
  region
  pathStyle
  keysChangedAt
  keyCreatedAt
  createdAt
  createdBy {
    ...UserSummary
  }
  revision
  documentStudyCount
  dataStudyCount
  isDefaultForDocuments
  isDefaultForData
  viewerMay
  verifiedAt
  obstacle {
    probe
    status
    errorCode
  }
  verification {
    ...VerificationDetails
  }
}

fragment UserSummary on User {
  id
  name
  email
}

fragment VerificationDetails on Verification {
  verdict
  uses
  startedAt
  finishedAt
  probes {
    ...ProbeDetails
  }
  arn
  accountId
  accountAlias
  user
  region
  keyCreatedAt
}
"""

DELETE_STORAGE_BACKEND_GQL = """
mutation DeleteStorageBackend($id: ID!) {
  deleteStorageBackend(id: $id) {
    ...StorageName
  }
}

fragment StorageName on StorageBackend {
  id
  name
}
"""

STUDY_GQL = """
query Study($id: ID!) {
  study(id: $id) {
    ...StudyDetails
  }
}

fragment Counted on DocumentCount {
  documents
  versions
  bytes
}

fragment StorageInUse on StorageBackend {
  ...StorageName
  bucket
  healthy
  verifiedAt
  obstacle {
    probe
    status
    errorCode
  }
}

fragment StorageName on StorageBackend {
  id
  name
}

fragment StudyDetails on Study {
  ...StudySummary
  organization {
    id
    name
  }
  createdAt
  members {
    user {
      ...UserSummary
    }
    role
  }
}

fragment StudyName on Study {
  id
  name
  shortCode
}

fragment StudySummary on Study {
  ...StudyName
  externalId
  documentStorage {
    ...StorageInUse
  }
  dataStorage {
    ...StorageInUse
  }
  documentCount {
    ...Counted
  }
  strandedCount {
    ...Counted
  }
  revision
  viewerMay
}

fragment UserSummary on User {
  id
  name
  email
}
"""

STUDIES_GQL = """
query Studies($organization: ID!, $first: Int = 50, $after: String, $search: String, $storage: ID, $problem: StudyProblem) {
  allStudies(
    organization: $organization
    first: $first
    after: $after
    search: $search
    storage: $storage
    problem: $problem
  ) {
    edges {
      node {
        ...StudySummary
      }
      cursor
    }
    pageInfo {
      ...PageMarks
    }
    totalCount
  }
}

fragment Counted on DocumentCount {
  documents
  versions
  bytes
}

fragment PageMarks on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}

fragment StorageInUse on StorageBackend {
  ...StorageName
  bucket
  healthy
  verifiedAt
  obstacle {
    probe
    status
    errorCode
  }
}

fragment StorageName on StorageBackend {
  id
  name
}

fragment StudyName on Study {
  id
  name
  shortCode
}

fragment StudySummary on Study {
  ...StudyName
  externalId
  documentStorage {
    ...StorageInUse
  }
  dataStorage {
    ...StorageInUse
  }
  documentCount {
    ...Counted
  }
  strandedCount {
    ...Counted
  }
  revision
  viewerMay
}
"""

CREATE_STUDY_GQL = """
mutation CreateStudy($input: CreateStudyInput!) {
  createStudy(input: $input) {
    ...StudyDetails
  }
}

fragment Counted on DocumentCount {
  documents
  versions
  bytes
}

fragment StorageInUse on StorageBackend {
  ...StorageName
  bucket
  healthy
  verifiedAt
  obstacle {
    probe
    status
    errorCode
  }
}

fragment StorageName on StorageBackend {
  id
  name
}

fragment StudyDetails on Study {
  ...StudySummary
  organization {
    id
    name
  }
  createdAt
  members {
    user {
      ...UserSummary
    }
    role
  }
}

fragment StudyName on Study {
  id
  name
  shortCode
}

fragment StudySummary on Study {
  ...StudyName
  externalId
  documentStorage {
    ...StorageInUse
  }
  dataStorage {
    ...StorageInUse
  }
  documentCount {
    ...Counted
  }
  strandedCount {
    ...Counted
  }
  revision
  viewerMay
}

fragment UserSummary on User {
  id
  name
  email
}
"""

UPDATE_STORAGES_GQL = """
mutation UpdateStorages($id: ID!, $input: UpdateStoragesInput!) {
  updateStorages(id: $id, input: $input) {
    ...StudyDetails
  }
}

fragment Counted on DocumentCount {
  documents
  versions
  bytes
}

fragment StorageInUse on StorageBackend {
  ...StorageName
  bucket
  healthy
  verifiedAt
  obstacle {
    probe
    status
    errorCode
  }
}

fragment StorageName on StorageBackend {
  id
  name
}

fragment StudyDetails on Study {
  ...StudySummary
  organization {
    id
    name
  }
  createdAt
  members {
    user {
      ...UserSummary
    }
    role
  }
}

fragment StudyName on Study {
  id
  name
  shortCode
}

fragment StudySummary on Study {
  ...StudyName
  externalId
  documentStorage {
    ...StorageInUse
  }
  dataStorage {
    ...StorageInUse
  }
  documentCount {
    ...Counted
  }
  strandedCount {
    ...Counted
  }
  revision
  viewerMay
}

fragment UserSummary on User {
  id
  name
  email
}
"""

SET_STUDY_MEMBER_GQL = """
mutation SetStudyMember($study: ID!, $user: ID!, $role: StudyRole!) {
  setStudyMember(study: $study, user: $user, role: $role) {
    ...StudyDetails
  }
}

fragment Counted on DocumentCount {
  documents
  versions
  bytes
}

fragment StorageInUse on StorageBackend {
  ...StorageName
  bucket
  healthy
  verifiedAt
  obstacle {
    probe
    status
    errorCode
  }
}

fragment StorageName on StorageBackend {
  id
  name
}

fragment StudyDetails on Study {
  ...StudySummary
  organization {
    id
    name
  }
  createdAt
  members {
    user {
      ...UserSummary
    }
    role
  }
}

fragment StudyName on Study {
  id
  name
  shortCode
}

fragment StudySummary on Study {
  ...StudyName
  externalId
  documentStorage {
    ...StorageInUse
  }
  dataStorage {
    ...StorageInUse
  }
  documentCount {
    ...Counted
  }
  strandedCount {
    ...Counted
  }
  revision
  viewerMay
}

fragment UserSummary on User {
  id
  name
  email
}
"""

REMOVE_STUDY_MEMBER_GQL = """
mutation RemoveStudyMember($study: ID!, $user: ID!) {
  removeStudyMember(study: $study, user: $user) {
    ...StudyDetails
  }
}

fragment Counted on DocumentCount {
  documents
  versions
  bytes
}

fragment StorageInUse on StorageBackend {
  ...StorageName
  bucket
  healthy
  verifiedAt
  obstacle {
    probe
    status
    errorCode
  }
}

fragment StorageName on StorageBackend {
  id
  name
}

fragment StudyDetails on Study {
  ...StudySummary
  organization {
    id
    name
  }
  createdAt
  members {
    user {
      ...UserSummary
    }
    role
  }
}

fragment StudyName on Study {
  id
  name
  shortCode
}

fragment StudySummary on Study {
  ...StudyName
  externalId
  documentStorage {
    ...StorageInUse
  }
  dataStorage {
    ...StorageInUse
  }
  documentCount {
    ...Counted
  }
  strandedCount {
    ...Counted
  }
  revision
  viewerMay
}

fragment UserSummary on User {
  id
  name
  email
}
"""

CREATE_VERSION_GQL = """
mutation CreateVersion($file: Upload!, $study: ID, $fileId: ID, $description: String) {
  createVersion(
    file: $file
    study: $study
    fileId: $fileId
    description: $description
  ) {
    ...VersionDetails
    document {
      id
      name
      revision
    }
  }
}

fragment StorageName on StorageBackend {
  id
  name
}

fragment UserSummary on User {
  id
  name
  email
}

fragment VersionDetails on Version {
  id
  fileName
  description
  size
  sha256
  contentType
  createdAt
  createdBy {
    ...UserSummary
  }
  place
  storage {
    ...StorageName
  }
  storageName
  key
  s3Uri
  obstacle
  downloadPath
}
"""

VERIFY_STORAGE_BACKEND_GQL = """
mutation VerifyStorageBackend($id: ID, $saved: VerifySavedStorageBackendInput, $input: VerifyStorageBackendInput) {
  verifyStorageBackend(id: $id, saved: $saved, input: $input) {
    ...VerificationDetails
  }
}

fragment ProbeDetails on ProbeResult {
  probe
  status
  required
  title
  message
  errorCode
  requestId
  whoMustAct
  remedy
  statement
  milliseconds
}

fragment VerificationDetails on Verification {
  verdict
  uses
  startedAt
  finishedAt
  probes {
    ...ProbeDetails
  }
  arn
  accountId
  accountAlias
  user
  region
  keyCreatedAt
}
"""

WATCH_VERIFICATION_GQL = """
subscription WatchVerification($id: ID, $saved: VerifySavedStorageBackendInput, $input: VerifyStorageBackendInput) {
  verifyStorageBackend(id: $id, saved: $saved, input: $input) {
    planned {
      probe
      title
      required
    }
    probe {
      ...ProbeDetails
    }
    waitingSeconds
    verification {
      ...VerificationDetails
    }
  }
}

fragment ProbeDetails on ProbeResult {
  probe
  status
  required
  title
  message
  errorCode
  requestId
  whoMustAct
  remedy
  statement
  milliseconds
}

fragment VerificationDetails on Verification {
  verdict
  uses
  startedAt
  finishedAt
  probes {
    ...ProbeDetails
  }
  arn
  accountId
  accountAlias
  user
  region
  keyCreatedAt
}
"""

VIEWER_GQL = """
query Viewer {
  viewer {
    ...ViewerDetails
  }
}

fragment OrganizationSummary on Organization {
  id
  name
  role
  viewerMay
}

fragment TokenDetails on Token {
  id
  name
  ending
  createdAt
  expiresAt
  lastUsedAt
}

fragment UserSummary on User {
  id
  name
  email
}

fragment ViewerDetails on Viewer {
  user {
    ...UserSummary
  }
  operator
  token {
    ...TokenDetails
  }
  organizations {
    ...OrganizationSummary
  }
}
"""

SESSION_GQL = """
query Session {
  viewer {
    ...ViewerDetails
  }
  application {
    ...ApplicationDetails
  }
}

fragment ApplicationDetails on Application {
  version
  privateEndpointsAllowed
}

fragment OrganizationSummary on Organization {
  id
  name
  role
  viewerMay
}

fragment TokenDetails on Token {
  id
  name
  ending
  createdAt
  expiresAt
  lastUsedAt
}

fragment UserSummary on User {
  id
  name
  email
}

fragment ViewerDetails on Viewer {
  user {
    ...UserSummary
  }
  operator
  token {
    ...TokenDetails
  }
  organizations {
    ...OrganizationSummary
  }
}
"""

TOKENS_GQL = """
query Tokens {
  viewer {
    token {
      id
    }
    tokens {
      ...TokenDetails
    }
  }
}

fragment TokenDetails on Token {
  id
  name
  ending
  createdAt
  expiresAt
  lastUsedAt
}
"""

CREATE_TOKEN_GQL = """
mutation CreateToken($name: String!, $days: Int) {
  createToken(name: $name, days: $days) {
    token {
      ...TokenDetails
    }
    secret
  }
}

fragment TokenDetails on Token {
  id
  name
  ending
  createdAt
  expiresAt
  lastUsedAt
}
"""

REVOKE_TOKEN_GQL = """
mutation RevokeToken($id: ID!) {
  revokeToken(id: $id) {
    ...TokenDetails
  }
}

fragment TokenDetails on Token {
  id
  name
  ending
  createdAt
  expiresAt
  lastUsedAt
}
"""
