from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Optional, Union

from dwtui.client.outgoing import OutgoingFile

from .base_api import BaseApi
from .base_model import UNSET
from .operations import (
    ACTIVITY_GQL,
    ADD_MEMBER_GQL,
    CHECK_STORAGE_BACKEND_GQL,
    CREATE_FILE_GQL,
    CREATE_ORGANIZATION_GQL,
    CREATE_STORAGE_BACKEND_GQL,
    CREATE_STUDY_GQL,
    CREATE_TOKEN_GQL,
    CREATE_VERSION_GQL,
    DELETE_FILE_GQL,
    DELETE_STORAGE_BACKEND_GQL,
    DELETE_VERSION_GQL,
    DOCUMENT_FILES_GQL,
    DOCUMENT_GQL,
    DOCUMENT_VERSIONS_GQL,
    LARGEST_DOCUMENT_GQL,
    MEMBERS_GQL,
    ORGANIZATION_GQL,
    RELOCATION_PREVIEW_GQL,
    RELOCATION_PREVIEWS_GQL,
    REMOVE_MEMBER_GQL,
    REMOVE_STUDY_MEMBER_GQL,
    REVOKE_TOKEN_GQL,
    SESSION_GQL,
    SET_STUDY_MEMBER_GQL,
    SIGNED_URL_GQL,
    STORAGE_BACKEND_DELETION_IMPACT_GQL,
    STORAGE_BACKEND_GQL,
    STORAGE_BACKENDS_GQL,
    STORAGE_STUDIES_GQL,
    STUDIES_GQL,
    STUDY_DOCUMENTS_GQL,
    STUDY_FOLDER_GQL,
    STUDY_GQL,
    SUGGESTED_POLICY_GQL,
    TOKENS_GQL,
    UPDATE_FILE_GQL,
    UPDATE_MEMBER_GQL,
    UPDATE_ORGANIZATION_GQL,
    UPDATE_STORAGE_BACKEND_GQL,
    UPDATE_STORAGES_GQL,
    VERIFY_STORAGE_BACKEND_GQL,
    VERSION_FILE_GQL,
    VERSION_GQL,
    VERSION_MOVES_GQL,
    VIEWER_GQL,
    WATCH_VERIFICATION_GQL,
)

if TYPE_CHECKING:
    from .activity import ActivityActivity
    from .add_member import AddMemberAddMember
    from .base_model import UnsetType
    from .check_storage_backend import CheckStorageBackendCheckStorageBackend
    from .create_file import CreateFileCreateFile
    from .create_organization import CreateOrganizationCreateOrganization
    from .create_storage_backend import CreateStorageBackendCreateStorageBackend
    from .create_study import CreateStudyCreateStudy
    from .create_token import CreateTokenCreateToken
    from .create_version import CreateVersionCreateVersion
    from .delete_file import DeleteFileDeleteFile
    from .delete_storage_backend import DeleteStorageBackendDeleteStorageBackend
    from .delete_version import DeleteVersionDeleteVersion
    from .document import DocumentDocument
    from .document_files import DocumentFilesStudy
    from .document_versions import DocumentVersionsDocument
    from .enums import (
        DocumentOrder,
        OrganizationRole,
        Outcome,
        StorageBackendOrder,
        StudyProblem,
        StudyRole,
        VersionFate,
    )
    from .input_types import (
        AddMemberInput,
        CheckStorageBackendInput,
        CreateFileInput,
        CreateOrganizationInput,
        CreateStorageBackendInput,
        CreateStudyInput,
        RelocationPreviewInput,
        SuggestedPolicyInput,
        UpdateFileInput,
        UpdateOrganizationInput,
        UpdateStorageBackendInput,
        UpdateStoragesInput,
        VerifySavedStorageBackendInput,
        VerifyStorageBackendInput,
    )
    from .largest_document import LargestDocumentApplication
    from .members import MembersOrganization
    from .organization import OrganizationOrganization
    from .relocation_preview import RelocationPreviewRelocationPreview
    from .relocation_previews import RelocationPreviewsRelocationPreviews
    from .remove_member import RemoveMemberRemoveMember
    from .remove_study_member import RemoveStudyMemberRemoveStudyMember
    from .revoke_token import RevokeTokenRevokeToken
    from .session import Session
    from .set_study_member import SetStudyMemberSetStudyMember
    from .signed_url import SignedUrlSignedUrl
    from .storage_backend import StorageBackendStorageBackend
    from .storage_backend_deletion_impact import (
        StorageBackendDeletionImpactStorageBackendDeletionImpact,
    )
    from .storage_backends import StorageBackendsAllStorageBackends
    from .storage_studies import StorageStudiesStorageBackend
    from .studies import StudiesAllStudies
    from .study import StudyStudy
    from .study_documents import StudyDocumentsStudy
    from .study_folder import StudyFolderStudy
    from .suggested_policy import SuggestedPolicySuggestedPolicy
    from .tokens import TokensViewer
    from .update_file import UpdateFileUpdateFile
    from .update_member import UpdateMemberUpdateMember
    from .update_organization import UpdateOrganizationUpdateOrganization
    from .update_storage_backend import UpdateStorageBackendUpdateStorageBackend
    from .update_storages import UpdateStoragesUpdateStorages
    from .verify_storage_backend import VerifyStorageBackendVerifyStorageBackend
    from .version import VersionVersion
    from .version_file import VersionFileVersion
    from .version_moves import VersionMovesRelocationPreview
    from .viewer import ViewerViewer
    from .watch_verification import WatchVerificationVerifyStorageBackend


def gql(q: str) -> str:
    return q


class Api(BaseApi):
    async def activity(
        self,
        organization: str,
        first: Union[Optional[int], "UnsetType"] = UNSET,
        after: Union[Optional[str], "UnsetType"] = UNSET,
        subject: Union[Optional[str], "UnsetType"] = UNSET,
        actor: Union[Optional[str], "UnsetType"] = UNSET,
        action: Union[Optional[str], "UnsetType"] = UNSET,
        outcome: Union[Optional["Outcome"], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "ActivityActivity":
        from .activity import Activity

        variables: dict[str, object] = {
            "organization": organization,
            "first": first,
            "after": after,
            "subject": subject,
            "actor": actor,
            "action": action,
            "outcome": outcome,
        }
        response = await self.execute(
            query=ACTIVITY_GQL, operation_name="Activity", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Activity, data).activity

    async def study_documents(
        self,
        study: str,
        first: Union[Optional[int], "UnsetType"] = UNSET,
        after: Union[Optional[str], "UnsetType"] = UNSET,
        search: Union[Optional[str], "UnsetType"] = UNSET,
        stranded: Union[Optional[bool], "UnsetType"] = UNSET,
        order_by: Union[Optional["DocumentOrder"], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "StudyDocumentsStudy":
        from .study_documents import StudyDocuments

        variables: dict[str, object] = {
            "study": study,
            "first": first,
            "after": after,
            "search": search,
            "stranded": stranded,
            "orderBy": order_by,
        }
        response = await self.execute(
            query=STUDY_DOCUMENTS_GQL,
            operation_name="StudyDocuments",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(StudyDocuments, data).study

    async def document(self, id: str, **kwargs: Any) -> "DocumentDocument":
        from .document import Document

        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=DOCUMENT_GQL, operation_name="Document", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Document, data).document

    async def document_versions(
        self,
        id: str,
        first: Union[Optional[int], "UnsetType"] = UNSET,
        after: Union[Optional[str], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "DocumentVersionsDocument":
        from .document_versions import DocumentVersions

        variables: dict[str, object] = {"id": id, "first": first, "after": after}
        response = await self.execute(
            query=DOCUMENT_VERSIONS_GQL,
            operation_name="DocumentVersions",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(DocumentVersions, data).document

    async def version(self, id: str, **kwargs: Any) -> "VersionVersion":
        from .version import Version

        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=VERSION_GQL, operation_name="Version", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Version, data).version

    async def relocation_preview(
        self,
        study: str,
        document_bucket: str,
        verify: Union[Optional[bool], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "RelocationPreviewRelocationPreview":
        from .relocation_preview import RelocationPreview

        variables: dict[str, object] = {
            "study": study,
            "documentBucket": document_bucket,
            "verify": verify,
        }
        response = await self.execute(
            query=RELOCATION_PREVIEW_GQL,
            operation_name="RelocationPreview",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(RelocationPreview, data).relocation_preview

    async def relocation_previews(
        self, changes: list["RelocationPreviewInput"], **kwargs: Any
    ) -> list["RelocationPreviewsRelocationPreviews"]:
        from .relocation_previews import RelocationPreviews

        variables: dict[str, object] = {"changes": changes}
        response = await self.execute(
            query=RELOCATION_PREVIEWS_GQL,
            operation_name="RelocationPreviews",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(RelocationPreviews, data).relocation_previews

    async def version_moves(
        self,
        study: str,
        document_bucket: str,
        first: Union[Optional[int], "UnsetType"] = UNSET,
        after: Union[Optional[str], "UnsetType"] = UNSET,
        fate: Union[Optional["VersionFate"], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "VersionMovesRelocationPreview":
        from .version_moves import VersionMoves

        variables: dict[str, object] = {
            "study": study,
            "documentBucket": document_bucket,
            "first": first,
            "after": after,
            "fate": fate,
        }
        response = await self.execute(
            query=VERSION_MOVES_GQL,
            operation_name="VersionMoves",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(VersionMoves, data).relocation_preview

    async def largest_document(self, **kwargs: Any) -> "LargestDocumentApplication":
        from .largest_document import LargestDocument

        variables: dict[str, object] = {}
        response = await self.execute(
            query=LARGEST_DOCUMENT_GQL,
            operation_name="LargestDocument",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(LargestDocument, data).application

    async def create_file(
        self, input: "CreateFileInput", **kwargs: Any
    ) -> "CreateFileCreateFile":
        from .create_file import CreateFile

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=CREATE_FILE_GQL,
            operation_name="CreateFile",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(CreateFile, data).create_file

    async def update_file(
        self, id: str, input: "UpdateFileInput", **kwargs: Any
    ) -> "UpdateFileUpdateFile":
        from .update_file import UpdateFile

        variables: dict[str, object] = {"id": id, "input": input}
        response = await self.execute(
            query=UPDATE_FILE_GQL,
            operation_name="UpdateFile",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(UpdateFile, data).update_file

    async def delete_file(self, id: str, **kwargs: Any) -> "DeleteFileDeleteFile":
        from .delete_file import DeleteFile

        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=DELETE_FILE_GQL,
            operation_name="DeleteFile",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(DeleteFile, data).delete_file

    async def delete_version(
        self, id: str, **kwargs: Any
    ) -> "DeleteVersionDeleteVersion":
        from .delete_version import DeleteVersion

        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=DELETE_VERSION_GQL,
            operation_name="DeleteVersion",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(DeleteVersion, data).delete_version

    async def signed_url(
        self,
        file_id: str,
        version: Union[Optional[str], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "SignedUrlSignedUrl":
        from .signed_url import SignedUrl

        variables: dict[str, object] = {"fileId": file_id, "version": version}
        response = await self.execute(
            query=SIGNED_URL_GQL,
            operation_name="SignedUrl",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(SignedUrl, data).signed_url

    async def document_files(
        self,
        study: str,
        first: Union[Optional[int], "UnsetType"] = UNSET,
        after: Union[Optional[str], "UnsetType"] = UNSET,
        name: Union[Optional[str], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "DocumentFilesStudy":
        from .document_files import DocumentFiles

        variables: dict[str, object] = {
            "study": study,
            "first": first,
            "after": after,
            "name": name,
        }
        response = await self.execute(
            query=DOCUMENT_FILES_GQL,
            operation_name="DocumentFiles",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(DocumentFiles, data).study

    async def study_folder(self, study: str, **kwargs: Any) -> "StudyFolderStudy":
        from .study_folder import StudyFolder

        variables: dict[str, object] = {"study": study}
        response = await self.execute(
            query=STUDY_FOLDER_GQL,
            operation_name="StudyFolder",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(StudyFolder, data).study

    async def version_file(self, id: str, **kwargs: Any) -> "VersionFileVersion":
        from .version_file import VersionFile

        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=VERSION_FILE_GQL,
            operation_name="VersionFile",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(VersionFile, data).version

    async def organization(self, id: str, **kwargs: Any) -> "OrganizationOrganization":
        from .organization import Organization

        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=ORGANIZATION_GQL,
            operation_name="Organization",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(Organization, data).organization

    async def members(
        self,
        organization: str,
        first: Union[Optional[int], "UnsetType"] = UNSET,
        after: Union[Optional[str], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "MembersOrganization":
        from .members import Members

        variables: dict[str, object] = {
            "organization": organization,
            "first": first,
            "after": after,
        }
        response = await self.execute(
            query=MEMBERS_GQL, operation_name="Members", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Members, data).organization

    async def create_organization(
        self, input: "CreateOrganizationInput", **kwargs: Any
    ) -> "CreateOrganizationCreateOrganization":
        from .create_organization import CreateOrganization

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=CREATE_ORGANIZATION_GQL,
            operation_name="CreateOrganization",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(CreateOrganization, data).create_organization

    async def update_organization(
        self, id: str, input: "UpdateOrganizationInput", **kwargs: Any
    ) -> "UpdateOrganizationUpdateOrganization":
        from .update_organization import UpdateOrganization

        variables: dict[str, object] = {"id": id, "input": input}
        response = await self.execute(
            query=UPDATE_ORGANIZATION_GQL,
            operation_name="UpdateOrganization",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(UpdateOrganization, data).update_organization

    async def add_member(
        self, input: "AddMemberInput", **kwargs: Any
    ) -> "AddMemberAddMember":
        from .add_member import AddMember

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=ADD_MEMBER_GQL,
            operation_name="AddMember",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(AddMember, data).add_member

    async def update_member(
        self, organization: str, user: str, role: "OrganizationRole", **kwargs: Any
    ) -> "UpdateMemberUpdateMember":
        from .update_member import UpdateMember

        variables: dict[str, object] = {
            "organization": organization,
            "user": user,
            "role": role,
        }
        response = await self.execute(
            query=UPDATE_MEMBER_GQL,
            operation_name="UpdateMember",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(UpdateMember, data).update_member

    async def remove_member(
        self, organization: str, user: str, **kwargs: Any
    ) -> "RemoveMemberRemoveMember":
        from .remove_member import RemoveMember

        variables: dict[str, object] = {"organization": organization, "user": user}
        response = await self.execute(
            query=REMOVE_MEMBER_GQL,
            operation_name="RemoveMember",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(RemoveMember, data).remove_member

    async def suggested_policy(
        self, input: "SuggestedPolicyInput", **kwargs: Any
    ) -> "SuggestedPolicySuggestedPolicy":
        from .suggested_policy import SuggestedPolicy

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=SUGGESTED_POLICY_GQL,
            operation_name="SuggestedPolicy",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(SuggestedPolicy, data).suggested_policy

    async def storage_backend(
        self, id: str, **kwargs: Any
    ) -> "StorageBackendStorageBackend":
        from .storage_backend import StorageBackend

        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=STORAGE_BACKEND_GQL,
            operation_name="StorageBackend",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(StorageBackend, data).storage_backend

    async def storage_backends(
        self,
        organization: str,
        first: Union[Optional[int], "UnsetType"] = UNSET,
        after: Union[Optional[str], "UnsetType"] = UNSET,
        search: Union[Optional[str], "UnsetType"] = UNSET,
        healthy: Union[Optional[bool], "UnsetType"] = UNSET,
        order_by: Union[Optional["StorageBackendOrder"], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "StorageBackendsAllStorageBackends":
        from .storage_backends import StorageBackends

        variables: dict[str, object] = {
            "organization": organization,
            "first": first,
            "after": after,
            "search": search,
            "healthy": healthy,
            "orderBy": order_by,
        }
        response = await self.execute(
            query=STORAGE_BACKENDS_GQL,
            operation_name="StorageBackends",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(StorageBackends, data).all_storage_backends

    async def storage_studies(
        self,
        id: str,
        first: Union[Optional[int], "UnsetType"] = UNSET,
        after: Union[Optional[str], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "StorageStudiesStorageBackend":
        from .storage_studies import StorageStudies

        variables: dict[str, object] = {"id": id, "first": first, "after": after}
        response = await self.execute(
            query=STORAGE_STUDIES_GQL,
            operation_name="StorageStudies",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(StorageStudies, data).storage_backend

    async def check_storage_backend(
        self, input: "CheckStorageBackendInput", **kwargs: Any
    ) -> "CheckStorageBackendCheckStorageBackend":
        from .check_storage_backend import CheckStorageBackend

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=CHECK_STORAGE_BACKEND_GQL,
            operation_name="CheckStorageBackend",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(CheckStorageBackend, data).check_storage_backend

    async def storage_backend_deletion_impact(
        self, id: str, **kwargs: Any
    ) -> "StorageBackendDeletionImpactStorageBackendDeletionImpact":
        from .storage_backend_deletion_impact import StorageBackendDeletionImpact

        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=STORAGE_BACKEND_DELETION_IMPACT_GQL,
            operation_name="StorageBackendDeletionImpact",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return StorageBackendDeletionImpact.model_validate(
            data
        ).storage_backend_deletion_impact

    async def create_storage_backend(
        self, input: "CreateStorageBackendInput", **kwargs: Any
    ) -> "CreateStorageBackendCreateStorageBackend":
        from .create_storage_backend import CreateStorageBackend

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=CREATE_STORAGE_BACKEND_GQL,
            operation_name="CreateStorageBackend",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(CreateStorageBackend, data).create_storage_backend

    async def update_storage_backend(
        self, id: str, input: "UpdateStorageBackendInput", **kwargs: Any
    ) -> "UpdateStorageBackendUpdateStorageBackend":
        from .update_storage_backend import UpdateStorageBackend

        variables: dict[str, object] = {"id": id, "input": input}
        response = await self.execute(
            query=UPDATE_STORAGE_BACKEND_GQL,
            operation_name="UpdateStorageBackend",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(UpdateStorageBackend, data).update_storage_backend

    async def delete_storage_backend(
        self, id: str, **kwargs: Any
    ) -> "DeleteStorageBackendDeleteStorageBackend":
        from .delete_storage_backend import DeleteStorageBackend

        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=DELETE_STORAGE_BACKEND_GQL,
            operation_name="DeleteStorageBackend",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(DeleteStorageBackend, data).delete_storage_backend

    async def study(self, id: str, **kwargs: Any) -> "StudyStudy":
        from .study import Study

        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=STUDY_GQL, operation_name="Study", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Study, data).study

    async def studies(
        self,
        organization: str,
        first: Union[Optional[int], "UnsetType"] = UNSET,
        after: Union[Optional[str], "UnsetType"] = UNSET,
        search: Union[Optional[str], "UnsetType"] = UNSET,
        storage: Union[Optional[str], "UnsetType"] = UNSET,
        problem: Union[Optional["StudyProblem"], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "StudiesAllStudies":
        from .studies import Studies

        variables: dict[str, object] = {
            "organization": organization,
            "first": first,
            "after": after,
            "search": search,
            "storage": storage,
            "problem": problem,
        }
        response = await self.execute(
            query=STUDIES_GQL, operation_name="Studies", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Studies, data).all_studies

    async def create_study(
        self, input: "CreateStudyInput", **kwargs: Any
    ) -> "CreateStudyCreateStudy":
        from .create_study import CreateStudy

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=CREATE_STUDY_GQL,
            operation_name="CreateStudy",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(CreateStudy, data).create_study

    async def update_storages(
        self, id: str, input: "UpdateStoragesInput", **kwargs: Any
    ) -> "UpdateStoragesUpdateStorages":
        from .update_storages import UpdateStorages

        variables: dict[str, object] = {"id": id, "input": input}
        response = await self.execute(
            query=UPDATE_STORAGES_GQL,
            operation_name="UpdateStorages",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(UpdateStorages, data).update_storages

    async def set_study_member(
        self, study: str, user: str, role: "StudyRole", **kwargs: Any
    ) -> "SetStudyMemberSetStudyMember":
        from .set_study_member import SetStudyMember

        variables: dict[str, object] = {"study": study, "user": user, "role": role}
        response = await self.execute(
            query=SET_STUDY_MEMBER_GQL,
            operation_name="SetStudyMember",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(SetStudyMember, data).set_study_member

    async def remove_study_member(
        self, study: str, user: str, **kwargs: Any
    ) -> "RemoveStudyMemberRemoveStudyMember":
        from .remove_study_member import RemoveStudyMember

        variables: dict[str, object] = {"study": study, "user": user}
        response = await self.execute(
            query=REMOVE_STUDY_MEMBER_GQL,
            operation_name="RemoveStudyMember",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(RemoveStudyMember, data).remove_study_member

    async def create_version(
        self,
        file: OutgoingFile,
        study: Union[Optional[str], "UnsetType"] = UNSET,
        file_id: Union[Optional[str], "UnsetType"] = UNSET,
        description: Union[Optional[str], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "CreateVersionCreateVersion":
        from .create_version import CreateVersion

        variables: dict[str, object] = {
            "file": file,
            "study": study,
            "fileId": file_id,
            "description": description,
        }
        response = await self.execute(
            query=CREATE_VERSION_GQL,
            operation_name="CreateVersion",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(CreateVersion, data).create_version

    async def verify_storage_backend(
        self,
        id: Union[Optional[str], "UnsetType"] = UNSET,
        saved: Union[Optional["VerifySavedStorageBackendInput"], "UnsetType"] = UNSET,
        input: Union[Optional["VerifyStorageBackendInput"], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> "VerifyStorageBackendVerifyStorageBackend":
        from .verify_storage_backend import VerifyStorageBackend

        variables: dict[str, object] = {"id": id, "saved": saved, "input": input}
        response = await self.execute(
            query=VERIFY_STORAGE_BACKEND_GQL,
            operation_name="VerifyStorageBackend",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(VerifyStorageBackend, data).verify_storage_backend

    async def watch_verification(
        self,
        id: Union[Optional[str], "UnsetType"] = UNSET,
        saved: Union[Optional["VerifySavedStorageBackendInput"], "UnsetType"] = UNSET,
        input: Union[Optional["VerifyStorageBackendInput"], "UnsetType"] = UNSET,
        **kwargs: Any,
    ) -> AsyncIterator["WatchVerificationVerifyStorageBackend"]:
        from .watch_verification import WatchVerification

        variables: dict[str, object] = {"id": id, "saved": saved, "input": input}
        async for data in self.execute_ws(
            query=WATCH_VERIFICATION_GQL,
            operation_name="WatchVerification",
            variables=variables,
            **kwargs,
        ):
            yield self.read(WatchVerification, data).verify_storage_backend

    async def viewer(self, **kwargs: Any) -> "ViewerViewer":
        from .viewer import Viewer

        variables: dict[str, object] = {}
        response = await self.execute(
            query=VIEWER_GQL, operation_name="Viewer", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Viewer, data).viewer

    async def session(self, **kwargs: Any) -> "Session":
        from .session import Session

        variables: dict[str, object] = {}
        response = await self.execute(
            query=SESSION_GQL, operation_name="Session", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Session, data)

    async def tokens(self, **kwargs: Any) -> "TokensViewer":
        from .tokens import Tokens

        variables: dict[str, object] = {}
        response = await self.execute(
            query=TOKENS_GQL, operation_name="Tokens", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return self.read(Tokens, data).viewer

    async def create_token(
        self, name: str, days: Union[Optional[int], "UnsetType"] = UNSET, **kwargs: Any
    ) -> "CreateTokenCreateToken":
        from .create_token import CreateToken

        variables: dict[str, object] = {"name": name, "days": days}
        response = await self.execute(
            query=CREATE_TOKEN_GQL,
            operation_name="CreateToken",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(CreateToken, data).create_token

    async def revoke_token(self, id: str, **kwargs: Any) -> "RevokeTokenRevokeToken":
        from .revoke_token import RevokeToken

        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=REVOKE_TOKEN_GQL,
            operation_name="RevokeToken",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return self.read(RevokeToken, data).revoke_token
