"""What the law ends or hands on by itself is among the worker's tasks."""

from zhuoluo.config.commands.worker import tasks


def test_finality_and_successors_are_looked_after_every_few_minutes() -> None:
    every = {task.name: task.every for task in tasks()}
    assert every["finality"] <= 600
    assert every["successors"] <= 600
