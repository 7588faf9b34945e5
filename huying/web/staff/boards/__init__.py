"""The pages of leadership: a unit's month, the county's board, and the cases behind every number."""
