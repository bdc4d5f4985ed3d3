"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Go forwards; there is no way back."""
    op.create_table(
        "organizations",
        sa.Column("id", sa.String(length=11), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_key", sa.String(length=100), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("default_document_storage_id", sa.String(length=11), nullable=True),
        sa.Column("default_data_storage_id", sa.String(length=11), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizations")),
        sa.UniqueConstraint("name_key", name=op.f("uq_organizations_name_key")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.String(length=11), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=254), nullable=False),
        sa.Column("operator", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email_key", name=op.f("uq_users_email_key")),
    )
    op.create_table(
        "activity",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.String(length=11), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.String(length=11), nullable=False),
        sa.Column("study_id", sa.String(length=11), nullable=True),
        sa.Column("actor_id", sa.String(length=11), nullable=True),
        sa.Column("actor_name", sa.String(length=100), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.String(length=11), nullable=True),
        sa.Column("subject_name", sa.String(length=200), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("SUCCEEDED", "REFUSED", "FAILED", name="outcome", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["users.id"], name=op.f("fk_activity_actor_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_activity_organization_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_activity")),
        sa.UniqueConstraint("id", name=op.f("uq_activity_id")),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index(
            "ix_activity_organization_id_number", ["organization_id", "number"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_activity_study_id"), ["study_id"], unique=False)
        batch_op.create_index("ix_activity_subject_id", ["subject_id"], unique=False)

    op.create_table(
        "blank_key_locations",
        sa.Column("organization_id", sa.String(length=11), nullable=False),
        sa.Column("bucket", sa.String(length=63), nullable=False),
        sa.Column("prefix", sa.String(length=512), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_blank_key_locations_organization_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", "bucket", "prefix", name=op.f("pk_blank_key_locations")),
    )
    op.create_table(
        "members",
        sa.Column("organization_id", sa.String(length=11), nullable=False),
        sa.Column("user_id", sa.String(length=11), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "ADMINISTRATOR", "SUPPORT", "MEMBER", name="organizationrole", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_members_organization_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_members_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organization_id", "user_id", name=op.f("pk_members")),
    )
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_members_user_id"), ["user_id"], unique=False)

    op.create_table(
        "storage_backends",
        sa.Column("id", sa.String(length=11), nullable=False),
        sa.Column("organization_id", sa.String(length=11), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_key", sa.String(length=100), nullable=False),
        sa.Column("bucket", sa.String(length=63), nullable=False),
        sa.Column("prefix", sa.String(length=512), nullable=False),
        sa.Column("endpoint_url", sa.String(length=512), nullable=True),
        sa.Column("location_key", sa.String(length=600), nullable=False),
        sa.Column("path_style", sa.Boolean(), nullable=True),
        sa.Column("given_region", sa.String(length=64), nullable=True),
        sa.Column("for_documents", sa.Boolean(), nullable=False),
        sa.Column("for_data", sa.Boolean(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("sealed_keys", sa.LargeBinary(), nullable=True),
        sa.Column("blank_keys", sa.Boolean(), nullable=False),
        sa.Column("access_key_ending", sa.String(length=4), nullable=True),
        sa.Column("keys_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("healthy", sa.Boolean(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("obstacle", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("report", sa.JSON(), nullable=True),
        sa.Column("arn", sa.Text(), nullable=True),
        sa.Column("account_id", sa.String(length=12), nullable=True),
        sa.Column("account_alias", sa.String(length=64), nullable=True),
        sa.Column("user_name", sa.String(length=128), nullable=True),
        sa.Column("region", sa.String(length=64), nullable=True),
        sa.Column("bucket_owner", sa.String(length=12), nullable=True),
        sa.Column("key_created_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.String(length=11), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["users.id"],
            name=op.f("fk_storage_backends_created_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_storage_backends_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_storage_backends")),
        sa.UniqueConstraint(
            "organization_id", "name_key", name=op.f("uq_storage_backends_organization_id_name_key")
        ),
    )
    with op.batch_alter_table("storage_backends", schema=None) as batch_op:
        batch_op.create_index("ix_storage_backends_location_key", ["location_key"], unique=False)

    op.create_table(
        "tokens",
        sa.Column("id", sa.String(length=11), nullable=False),
        sa.Column("user_id", sa.String(length=11), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("ending", sa.String(length=4), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_tokens_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("hash", name=op.f("uq_tokens_hash")),
    )
    with op.batch_alter_table("tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tokens_user_id"), ["user_id"], unique=False)

    op.create_table(
        "studies",
        sa.Column("id", sa.String(length=11), nullable=False),
        sa.Column("organization_id", sa.String(length=11), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("short_code", sa.String(length=32), nullable=True),
        sa.Column("short_code_key", sa.String(length=32), nullable=True),
        sa.Column("external_id", sa.String(length=64), nullable=True),
        sa.Column("document_storage_id", sa.String(length=11), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_storage_id"], ["storage_backends.id"], name=op.f("fk_studies_document_storage_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_studies_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_studies")),
        sa.UniqueConstraint("organization_id", "name_key", name=op.f("uq_studies_organization_id_name_key")),
        sa.UniqueConstraint(
            "organization_id", "short_code_key", name=op.f("uq_studies_organization_id_short_code_key")
        ),
    )
    with op.batch_alter_table("studies", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_studies_document_storage_id"), ["document_storage_id"], unique=False
        )

    op.create_table(
        "study_data_storages",
        sa.Column("study_id", sa.String(length=11), nullable=False),
        sa.Column("storage_id", sa.String(length=11), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["storage_id"], ["storage_backends.id"], name=op.f("fk_study_data_storages_storage_id")
        ),
        sa.ForeignKeyConstraint(
            ["study_id"], ["studies.id"], name=op.f("fk_study_data_storages_study_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("study_id", "storage_id", name=op.f("pk_study_data_storages")),
    )
    with op.batch_alter_table("study_data_storages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_study_data_storages_storage_id"), ["storage_id"], unique=False)

    op.create_table(
        "study_members",
        sa.Column("study_id", sa.String(length=11), nullable=False),
        sa.Column("user_id", sa.String(length=11), nullable=False),
        sa.Column(
            "role",
            sa.Enum("ADMINISTRATOR", "MEMBER", name="studyrole", native_enum=False, length=32),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["study_id"], ["studies.id"], name=op.f("fk_study_members_study_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_study_members_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("study_id", "user_id", name=op.f("pk_study_members")),
    )
    with op.batch_alter_table("study_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_study_members_user_id"), ["user_id"], unique=False)

    # Organizations and storages refer to each other, so these come last.
    with op.batch_alter_table("organizations") as batch_op:
        for column in ("default_document_storage_id", "default_data_storage_id"):
            batch_op.create_foreign_key(f"fk_organizations_{column}", "storage_backends", [column], ["id"])
