"""Words of the room. Pure data."""

VISITS: dict[str, str] = {"visit": "实地走访", "talk": "座谈", "interview": "访谈", "survey": "问卷"}
# 立行立改 vs 持续推进 (中办 2023 调研方案, as secondary text tells it; DOMAIN 4).
PACES: dict[str, str] = {"now": "立行立改", "long": "持续推进"}
KLASSES: dict[str, str] = {"claim": "要解决的问题", "suggestion": "建议", "inquiry": "要问清的事"}
