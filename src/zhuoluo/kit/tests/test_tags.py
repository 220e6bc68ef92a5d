"""The components say what they should, safely."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template

from zhuoluo.kit.forms import SampleForm


def shown(source: str, **context: object) -> str:
    return Template("{% load kit %}" + source).render(Context(context))


def test_a_light_is_a_word_and_a_shape_beside_its_colour():
    html = shown("{% light it %}", it=SimpleNamespace(key="red", word="逾期"))
    assert "逾期" in html
    assert "#shape-diamond" in html
    assert "light--red" in html


def test_a_light_draws_the_shape_it_is_given():
    assert "#shape-bars" in shown(
        "{% light it %}", it=SimpleNamespace(key="green", word="暂停", shape="bars")
    )


def test_a_date_opens_its_reason_line_by_line():
    html = shown(
        "{% due on reason=why words='还剩 2 天' %}", on=date(2026, 3, 4), why=["第一行", "", "第二行"]
    )
    assert html.count("<li>") == 2
    assert '<time datetime="2026-03-04">' in html
    assert "还剩 2 天" in html


def test_a_date_on_a_long_list_fetches_its_reason_and_links_to_it_without_javascript():
    html = shown("{% due on why_url='/why/1' %}", on=date(2026, 3, 4))
    assert 'hx-get="/why/1"' in html
    assert '<a href="/why/1">' in html


def test_a_provisional_date_says_so():
    assert "暂定" in shown("{% due on reason='x' provisional=True %}", on=date(2027, 1, 8))


def test_times_are_shown_in_shanghai_though_kept_in_utc():
    html = shown("{% moment at %}", at=datetime(2026, 12, 31, 16, 30, tzinfo=UTC))
    assert "2027年1月1日 00:30" in html


def test_words_of_people_never_become_markup():
    entry = SimpleNamespace(
        at=datetime(2026, 1, 5, tzinfo=UTC), actor="<b>", post="", sentence="<script>", body="<i>"
    )
    html = shown("{% timeline items %}", items=[entry])
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "<i>" not in html
    assert "&lt;b&gt;" in shown("{% notice 'info' %}{{ x }}{% endnotice %}", x="<b>")
    assert "&lt;b&gt;" in shown("{% due on reason=why %}", on=date(2026, 1, 5), why=["<b>"])


def test_a_field_ties_its_hint_and_its_error_to_the_control():
    form = SampleForm({"phone": ""})
    html = shown("{% field form.phone %}", form=form)
    assert 'aria-describedby="id_phone_hint id_phone_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_phone_error"' in html


def test_a_bare_required_error_names_its_field():
    html = shown("{% error_summary form %}", form=SampleForm({}))
    assert '<a href="#id_phone">请填写：联系电话</a>' in html
    assert '<a href="#id_way_0">请选择：怎么把结果告诉您？</a>' in html
    assert '<a href="#id_agree">请勾选：我确认以上内容属实</a>' in html
    assert '<a href="#id_what">请写下您要反映的事</a>' in html


def test_no_errors_no_summary():
    class Free(forms.Form):
        word = forms.CharField(required=False)

    assert shown("{% error_summary form %}", form=Free({})).strip() == ""


def test_a_choice_is_a_fieldset_with_a_legend():
    html = shown("{% field form.way %}", form=SampleForm())
    assert "<fieldset" in html
    assert "<legend" in html


def test_a_button_with_an_address_is_a_link_and_without_one_a_button():
    assert shown("{% button '看' href='/a' key='a' %}").startswith("<a ")
    assert shown("{% button '存' name='do' value='save' %}").startswith("<button ")


def test_a_fact_that_is_not_so_is_not_ticked():
    items = [SimpleNamespace(word="答复", at=date(2026, 3, 4)), SimpleNamespace(word="化解", at=None)]
    html = shown("{% facts items %}", items=items)
    assert html.count("#shape-tick") == 1
    assert html.count("#shape-ring") == 1


@pytest.mark.parametrize(("done", "of", "share"), [(0, 0, "0%"), (5, 10, "50%"), (10, 10, "100%")])
def test_progress_is_its_share(done, of, share):
    assert f'width="{share}"' in shown("{% progress done of %}", done=done, of=of)
