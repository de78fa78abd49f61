"""What all records share: they cannot change once made, and an unknown field is an error."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen value. Changing one field means making a new value (`model_copy`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
