"""The words of rules: which days, and what becomes of a day off."""

PATTERNS: dict[str, str] = {
    "workday": "每个工作日", "weekday": "每周的几天", "monthday": "每月的几号", "nth_workday": "每月第几个工作日",
}  # fmt: skip
ON_REST: dict[str, str] = {"next": "顺延到下一个工作日", "skip": "不安排"}
# Nights on duty know every day too, and go on over days off.
NIGHT_PATTERNS: dict[str, str] = {"daily": "每天"} | PATTERNS
NIGHT_ON_REST: dict[str, str] = {"stay": "照常值班"} | ON_REST
