"""Slots between the lines of a table to its cells: slots without a line between them are one, cells are rectangles."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.readers.pdf.grid_lines import Owners


class Walls(NamedTuple):
    """Where lines part the slots of a table: `across[k][column]` above row k, `down[k][row]` left of column k."""

    across: list[bytearray]
    down: list[bytearray]

    @property
    def rows(self) -> int:
        """Rows of slots."""
        return len(self.across) - 1

    @property
    def columns(self) -> int:
        """Columns of slots."""
        return len(self.down) - 1


class Block(NamedTuple):
    """A rectangle of slots, last row and column included."""

    row: int
    column: int
    last_row: int
    last_column: int

    @property
    def slots(self) -> int:
        """How many slots it covers."""
        return (self.last_row - self.row + 1) * (self.last_column - self.column + 1)


def regions_of(walls: Walls) -> list[list[Block]]:
    """What the lines part, each region as the rectangles it consists of: one for a proper cell.

    Slots that run together in another shape, because a line is missing, are parted into the fewest rectangles; among
    equals along the rows, for rows are what tables are made of.
    """
    parts, links = _parted(walls, [bytearray(b"\1" * walls.columns) for _ in range(walls.rows)])
    if not links:
        return [[part] for part in parts]
    owners = Owners(len(parts))
    for one, other in links:
        owners.join(one, other)
    groups: dict[int, list[Block]] = {}
    for index, part in enumerate(parts):
        groups.setdefault(owners.of(index), []).append(part)
    return [_best(group, walls) for group in groups.values()]


def outside(regions: list[list[Block]], walls: Walls) -> list[Block]:
    """Blocks that are no cells of a table but open to the outside, on a side that others face on the opposite side.

    So are the places above and below a connector of two boxes. Where regions are open on one side only, they are cells:
    at a page's end rules are missing under some columns, and in a cross table around its empty corner.
    """
    opened = [(region, set().union(*(_open_sides(block, walls) for block in region))) for region in regions]
    sides: set[str] = set().union(*(own for _, own in opened))
    facing = {side for side in sides if _OPPOSITE[side] in sides}
    return [block for region, own in opened if own & facing for block in region]


_OPPOSITE = {"top": "bottom", "bottom": "top", "left": "right", "right": "left"}


def _open_sides(block: Block, walls: Walls) -> set[str]:
    """The outer sides of the table on which lines do not close the block all along."""
    row, column, last_row, last_column = block
    sides: set[str] = set()
    if row == 0 and 0 in walls.across[0][column : last_column + 1]:
        sides.add("top")
    if column == 0 and 0 in walls.down[0][row : last_row + 1]:
        sides.add("left")
    if last_row == walls.rows - 1 and 0 in walls.across[-1][column : last_column + 1]:
        sides.add("bottom")
    if last_column == walls.columns - 1 and 0 in walls.down[-1][row : last_row + 1]:
        sides.add("right")
    return sides


def _best(parts: list[Block], walls: Walls) -> list[Block]:
    """A region's parts along the rows, or those along the columns where they are fewer; one where it is a rectangle."""
    if len(parts) == 1:
        return parts
    rows, columns = [part.row for part in parts], [part.column for part in parts]
    whole = Block(min(rows), min(columns), max(p.last_row for p in parts), max(p.last_column for p in parts))
    if whole.slots == sum(part.slots for part in parts):
        return [whole]
    turned, _ = _parted(Walls(walls.down, walls.across), _turned_mask(parts, walls))
    by_columns = [Block(part.column, part.row, part.last_column, part.last_row) for part in turned]
    return by_columns if len(by_columns) < len(parts) else parts


def _turned_mask(parts: Sequence[Block], walls: Walls) -> list[bytearray]:
    mask = [bytearray(walls.rows) for _ in range(walls.columns)]
    for part in parts:
        for column in range(part.column, part.last_column + 1):
            mask[column][part.row : part.last_row + 1] = b"\1" * (part.last_row - part.row + 1)
    return mask


def _parted(walls: Walls, mask: Sequence[bytearray]) -> tuple[list[Block], list[tuple[int, int]]]:
    """Runs of slots along the rows, joined with an equal run above; and which of them no line parts from each other."""
    parts: list[Block] = []
    links: list[tuple[int, int]] = []
    above = [-1] * walls.columns
    for row in range(walls.rows):
        here = [-1] * walls.columns
        for first, last in _runs(walls, mask[row], row):
            index = above[first]
            if index >= 0 and _goes_on(parts[index], first, last, walls.across[row]):
                parts[index] = parts[index]._replace(last_row=row)
            else:
                index = len(parts)
                parts.append(Block(row, first, row, last))
                if row and 0 in walls.across[row][first : last + 1]:
                    links += _links(index, parts[index], above, walls.across[row])
            here[first : last + 1] = [index] * (last + 1 - first)
        above = here
    return parts, links


def _goes_on(part: Block, first: int, last: int, wall: bytearray) -> bool:
    return part.column == first and part.last_column == last and 1 not in wall[first : last + 1]


def _links(index: int, part: Block, above: Sequence[int], wall: bytearray) -> Iterator[tuple[int, int]]:
    for column in range(part.column, part.last_column + 1):
        if above[column] >= 0 and not wall[column]:
            yield above[column], index


def _runs(walls: Walls, wanted: bytearray, row: int) -> Iterator[tuple[int, int]]:
    """First and last column of slots in a row that no line parts."""
    first = -1
    for column, wall in enumerate(walls.down[:-1]):
        if first >= 0 and (wall[row] or not wanted[column]):
            yield first, column - 1
            first = -1
        if first < 0 and wanted[column]:
            first = column
    if first >= 0:
        yield first, walls.columns - 1
