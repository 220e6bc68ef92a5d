import pytest

from zhuoluo.kit.svgchart import Bar, month_bars, scale


@pytest.mark.parametrize(
    ("largest", "expected"),
    [
        (0, (1, 1)),
        (1, (1, 1)),
        (5, (5, 1)),
        (6, (6, 2)),
        (21, (25, 5)),
        (201, (250, 50)),
        (1000, (1000, 200)),
    ],
)
def test_the_scale_ends_at_a_round_number_with_five_lines_at_most(largest, expected):
    assert scale(largest) == expected


def test_no_bar_is_taller_than_the_scale():
    for largest in range(3000):
        top, step = scale(largest)
        assert top >= largest
        assert top % step == 0
        assert top // step <= 5


def test_a_bar_stands_on_the_ground_and_its_part_inside_it():
    column = month_bars([Bar("1月", 50, 20), Bar("2月", 100, 100)]).columns[0]
    assert (column.y, column.height) == ("50%", "50%")
    assert (column.part_y, column.part_height) == ("80%", "20%")


def test_twenty_four_months_carry_twelve_labels_and_six_on_a_phone():
    columns = month_bars([Bar(f"{at}月", at) for at in range(24)]).columns
    assert len([column for column in columns if column.bar.label]) == 12
    assert len([column for column in columns if column.bar.label and not column.minor]) == 6


def test_no_months_is_an_empty_chart_and_not_a_fault():
    assert month_bars([]).columns == ()


def test_a_part_above_its_whole_is_refused():
    with pytest.raises(ValueError, match="part <= whole"):
        month_bars([Bar("3月", 3, 4)])
