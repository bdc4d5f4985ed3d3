"""Documents: their versions, the journal of objects, what is left of deleted storages, signed URLs."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Go forwards; there is no way back."""
    op.create_table(
        "departed_storages",
        sa.Column("id", sa.String(length=11), nullable=False),
        sa.Column("organization_id", sa.String(length=11), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("bucket", sa.String(length=63), nullable=False),
        sa.Column("prefix", sa.String(length=512), nullable=False),
        sa.Column("endpoint_url", sa.String(length=512), nullable=True),
        sa.Column("location_key", sa.String(length=600), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_departed_storages_organization_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departed_storages")),
    )
    with op.batch_alter_table("departed_storages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_departed_storages_location_key"), ["location_key"], unique=False)

    op.create_table(
        "pending_objects",
        sa.Column("id", sa.String(length=11), nullable=False),
        sa.Column("storage_id", sa.String(length=11), nullable=False),
        sa.Column("key", sa.String(length=1024), nullable=False),
        sa.Column("upload_id", sa.Text(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("abandoned", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_objects")),
    )
    with op.batch_alter_table("pending_objects", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pending_objects_due_at"), ["due_at"], unique=False)

    op.create_table(
        "documents",
        sa.Column("id", sa.String(length=11), nullable=False),
        sa.Column("study_id", sa.String(length=11), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("name_key", sa.String(length=765), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column(
            "file_type",
            sa.Enum(
                "OTH", "DBG", "CLN", "SEQ", "FAM", "S3S", "GWO", name="filetype", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("found_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.String(length=11), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("latest_id", sa.String(length=11), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["users.id"], name=op.f("fk_documents_created_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["study_id"], ["studies.id"], name=op.f("fk_documents_study_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("latest_id", name=op.f("uq_documents_latest_id")),
        sa.UniqueConstraint("study_id", "name_key", name=op.f("uq_documents_study_id_name_key")),
    )
    op.create_table(
        "versions",
        sa.Column("id", sa.String(length=11), nullable=False),
        sa.Column("study_id", sa.String(length=11), nullable=False),
        sa.Column("document_id", sa.String(length=11), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("content_type", sa.String(length=255), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.String(length=11), nullable=True),
        sa.Column("storage_id", sa.String(length=11), nullable=False),
        sa.Column("key", sa.String(length=1024), nullable=False),
        sa.Column("etag", sa.String(length=128), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["users.id"], name=op.f("fk_versions_created_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_versions_document_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["study_id"], ["studies.id"], name=op.f("fk_versions_study_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_versions")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_versions_document_id_number")),
    )
    with op.batch_alter_table("versions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_versions_storage_id"), ["storage_id"], unique=False)
        batch_op.create_index("ix_versions_study_id_storage_id", ["study_id", "storage_id"], unique=False)

    op.create_table(
        "signed_urls",
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("version_id", sa.String(length=11), nullable=False),
        sa.Column("token_id", sa.String(length=11), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["token_id"], ["tokens.id"], name=op.f("fk_signed_urls_token_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["versions.id"], name=op.f("fk_signed_urls_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_signed_urls")),
    )
    with op.batch_alter_table("signed_urls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signed_urls_version_id"), ["version_id"], unique=False)

    # Documents and versions refer to each other, so this comes last.
    with op.batch_alter_table("documents") as batch_op:
        batch_op.create_foreign_key("fk_documents_latest_id", "versions", ["latest_id"], ["id"])
