from django.utils.translation import override

from zhuoluo.kit.sentences import Sentence
from zhuoluo.kit.spoken import spoken


def test_an_error_is_told_in_the_readers_language_with_the_values_in_it() -> None:
    error = Sentence("处理意见书缺少：%(parts)s（信访工作条例第32条）", parts=["处理意见", "事实和理由"])
    assert str(error) == "处理意见书缺少：处理意见、事实和理由（信访工作条例第32条）"
    with override("en"):
        told = spoken(error)
    assert told.startswith("The opinion lacks: ")
    assert "意见" not in told


def test_a_percent_sign_in_a_plain_sentence_is_only_a_percent_sign() -> None:
    assert str(Sentence("不足 5%，请补充")) == "不足 5%，请补充"


def test_an_error_without_values_is_translated_whole() -> None:
    with override("en"):
        assert spoken(Sentence("请选择事项类别")) != "请选择事项类别"
