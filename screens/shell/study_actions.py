"""The actions on studies and their documents, part of the one table of actions."""

from screens.shell.action import Action

CHANGE_STUDY_STORAGES = "CHANGE_STUDY_STORAGES"
UPLOAD_DOCUMENTS = "UPLOAD_DOCUMENTS"
DELETE_DOCUMENTS = "DELETE_DOCUMENTS"
MANAGE_ORGANIZATION = "MANAGE_ORGANIZATION"
READ_OBJECTS = "READ_OBJECTS"

STUDIES, DOCUMENTS, TRANSFERS = "Studies", "Documents", "Uploads and downloads"

ADD_STUDY = Action(
    "add_study",
    "a",
    "add",
    "Add a study",
    "Create a study; it begins with the organization's default storages",
    STUDIES,
    command="dwtui studies create NAME",
    needs=MANAGE_ORGANIZATION,
    changes=True,
    place="add-study",
)
ASSIGN_STORAGES = Action(
    "assign_storages",
    "S",
    "storages",
    "Change the storages",
    "Choose where documents are kept and data files lie; of all marked studies at once where some are marked",
    STUDIES,
    command="dwtui studies storages {study}",
    needs=CHANGE_STUDY_STORAGES,
    changes=True,
    place="assign-storages",
)
MARK = Action(
    "mark",
    "space",
    "mark",
    "Mark the study",
    "Mark this study, or take its mark away, to change the storages of several at once",
    STUDIES,
    needs=CHANGE_STUDY_STORAGES,
)
MARK_ALL = Action(
    "mark_all",
    "A",
    "mark all",
    "Mark all studies in the list",
    "Mark all that match the filter and whose storages you may change; again: none",
    STUDIES,
    in_key_line=False,
)
FILTER_PROBLEM = Action(
    "filter_problem",
    "p",
    "problems",
    "Filter by problem",
    "All, with stranded documents, with an unhealthy storage, without a data storage",
    STUDIES,
    command="dwtui studies list --problem PROBLEM",
    needs="SEE_STORAGES",
)
FILTER_STORAGE = Action(
    "filter_storage",
    "b",
    "by storage",
    "Filter by storage…",
    "Keep the studies that use a storage, for documents or data; again: all",
    STUDIES,
    command="dwtui studies list --storage SB_…",
    needs="SEE_STORAGES",
)
UNDO_ASSIGNMENT = Action(
    "undo_assignment",
    "u",
    "undo",
    "Undo the change of storages",
    "Give the studies exactly the storages back that they had before the last change made here",
    STUDIES,
    command="dwtui studies storages {study}",
    changes=True,
)

UPLOAD = Action(
    "upload",
    "a",
    "upload",
    "Upload documents…",
    "Choose files on the machine dwtui runs on, and upload them",
    DOCUMENTS,
    command="dwtui documents upload {study} FILE",
    needs=UPLOAD_DOCUMENTS,
    changes=True,
    place="upload",
)
NEW_VERSION = Action(
    "new_version",
    "n",
    "new version",
    "Upload a new version…",
    "Choose a file that becomes the newest version of this document",
    DOCUMENTS,
    command="dwtui documents upload {study} FILE --as-version-of {document}",
    needs=UPLOAD_DOCUMENTS,
    changes=True,
    place="upload",
)
DOWNLOAD = Action(
    "download",
    "d",
    "download",
    "Download…",
    "Write it to a file on the machine dwtui runs on; nothing is replaced unasked",
    DOCUMENTS,
    command="dwtui documents download {document}",
    needs=READ_OBJECTS,
)
EDIT_DOCUMENT = Action(
    "edit_document",
    "e",
    "edit",
    "Edit what is said of it",
    "Change its name, description, type or tags",
    DOCUMENTS,
    command="dwtui documents edit {document}",
    needs=UPLOAD_DOCUMENTS,
    changes=True,
    place="edit-document",
)
DELETE_DOCUMENT = Action(
    "delete_document",
    "D,delete",
    "delete",
    "Delete the document…",
    "Delete it with all its versions, after its name was typed",
    DOCUMENTS,
    command="dwtui documents delete {document}",
    needs=DELETE_DOCUMENTS,
    changes=True,
)
DELETE_VERSION = Action(
    "delete_version",
    "D,delete",
    "delete",
    "Delete this version…",
    "Delete the version under the cursor; the last one is deleted with its document",
    DOCUMENTS,
    command="dwtui documents delete {version}",
    needs=DELETE_DOCUMENTS,
    changes=True,
)
FILTER_STRANDED = Action(
    "filter_stranded",
    "p",
    "problems",
    "Only what is stranded",
    "Keep the documents with versions that can not be opened; again: all",
    DOCUMENTS,
    command="dwtui documents list {study} --stranded",
)
OPEN_STUDY = Action(
    "open_study", "o", "study", "Go to its study", "The study this document belongs to", DOCUMENTS
)

SHOW_TRANSFERS = Action(
    "show_transfers",
    "P",
    "progress",
    "Uploads and downloads",
    "What is under way, what waits, what is done, what failed",
    TRANSFERS,
    in_key_line=False,
)
CANCEL_TRANSFER = Action(
    "cancel_transfer",
    "X",
    "cancel",
    "Cancel the upload or download",
    "Stop what is under way now; a list of all of them can try it again",
    TRANSFERS,
    in_key_line=False,
)
CANCEL_THIS = Action(
    "cancel_this",
    "x",
    "cancel",
    "Cancel this one",
    "Stop the one under the cursor, or take it out of the queue",
    TRANSFERS,
)
RETRY_THIS = Action(
    "retry_this",
    "r",
    "try again",
    "Try this one again",
    "Put the one under the cursor into the queue again",
    TRANSFERS,
)

TAKE_FILES = Action(
    "take_files",
    "ctrl+n",
    "go on",
    "Go on with these files",
    "Go on with the files that are marked, or with the one whose path is typed",
    TRANSFERS,
)
MARK_FILE = Action(
    "mark_file",
    "space",
    "mark",
    "Mark the file",
    "Mark this file, or take its mark away, to upload several at once",
    TRANSFERS,
)
FOLDER_UP = Action(
    "folder_up",
    "backspace,h",
    "folder above",
    "To the folder above",
    "Show what lies in the folder above this one",
    TRANSFERS,
    in_key_line=False,
)
START_UPLOAD = Action(
    "start_upload",
    "enter,ctrl+n",
    "upload",
    "Upload now",
    "To the next field, and after the last one upload; ctrl+n uploads from anywhere",
    TRANSFERS,
    command="dwtui documents upload {study} FILE",
    changes=True,
)

DOCUMENTS_HERE = Action(
    "documents_here",
    "d",
    "documents here",
    "Keep documents here",
    "Choose the storage under the cursor for documents",
    STUDIES,
)
DATA_HERE = Action(
    "data_here",
    "space",
    "data here",
    "Data files lie here",
    "Tick the storage under the cursor for data files, or take its tick away",
    STUDIES,
)
AS_BEFORE = Action(
    "as_before",
    "z",
    "as before",
    "Choose what is there now",
    "Forget what was chosen and not saved",
    STUDIES,
)
VERIFY_CHOSEN = Action(
    "verify_chosen",
    "v",
    "verify",
    "Verify the chosen storage",
    "Ask AWS now whether documents can be kept in the storage that was chosen",
    STUDIES,
)

ALL_DOCUMENTS_IN = Action(
    "all_documents_in",
    "d",
    "documents…",
    "Documents of all…",
    "Where all these studies keep documents: in one storage, each in its own by name, or as now",
    STUDIES,
)
ALL_DATA_IN = Action(
    "all_data_in",
    "a",
    "data…",
    "Data files of all…",
    "Where the data files of all these studies lie: in one storage, each in its own by name, or as now",
    STUDIES,
)
THIS_DOCUMENTS_IN = Action(
    "this_documents_in",
    "e",
    "only this…",
    "Documents of this study…",
    "Choose the document storage of the study under the cursor only",
    STUDIES,
)
LEAVE_OUT = Action(
    "leave_out",
    "space",
    "leave out",
    "Leave the study out",
    "Change nothing of the study under the cursor, or take it in again",
    STUDIES,
)
RETRY_FAILED = Action(
    "retry_failed",
    "r",
    "retry failed",
    "Try those that failed again",
    "Look again at the studies whose change failed, and try it once more",
    STUDIES,
)

STUDY_ACTIONS = tuple(it for it in globals().copy().values() if isinstance(it, Action))
