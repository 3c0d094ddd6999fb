"""What every table shares."""

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy import Connection, ForeignKey, Identity, MetaData, Table, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, declared_attr, mapped_column


class Base(DeclarativeBase):
    """The one registry; every constraint has a name, so that migrations can speak of it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Record(Base):
    """A table people edit: journalled, versioned, able to travel to another file, undone with its batch."""

    __abstract__ = True
    searched: ClassVar[tuple[str, ...]] = ()
    """Columns whose text the search finds."""

    id: Mapped[int] = mapped_column(Identity(), primary_key=True, sort_order=-3)
    uid: Mapped[str] = mapped_column(unique=True, default=lambda: str(uuid.uuid4()), sort_order=-2)
    version: Mapped[int] = mapped_column(nullable=False, sort_order=-1)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True, sort_order=100)

    def __init_subclass__(cls, **options: object) -> None:
        """Keys are never given twice: the journal speaks of rows by table and key."""
        super().__init_subclass__(**options)
        cls.table().dialect_options["sqlite"]["autoincrement"] = True

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version if "__table__" in cls.__dict__ else cls.version}

    @classmethod
    def table(cls) -> Table:
        """The table, for the store's own statements."""
        table = cls.__table__
        if not isinstance(table, Table):
            raise TypeError(cls.__name__)
        return table

    @classmethod
    def derived(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """The columns computed from others, for every way of writing."""
        del values
        return {}


def _derive(_mapper: Mapper[Any], _connection: Connection, target: Record) -> None:
    columns = {name: getattr(target, name) for name in target.table().c.keys()}  # noqa: SIM118  not a dict
    for name, value in target.derived(columns).items():
        setattr(target, name, value)


event.listen(Record, "before_insert", _derive, propagate=True)
event.listen(Record, "before_update", _derive, propagate=True)


def record_classes() -> dict[str, type[Record]]:
    """Every journalled class by the name of its table."""
    found = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    return {name: kind for name, kind in sorted(found.items()) if issubclass(kind, Record)}
