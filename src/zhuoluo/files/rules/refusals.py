"""Why a file is refused and how to mend it, in the words people read."""

from collections.abc import Callable


def _(msgid: str) -> str:
    """Mark a sentence for translation; the action that meets the refusal says it in the reader's language."""
    return msgid


SENTENCES: dict[str, tuple[str, str]] = {
    "empty": (
        _("这个文件是空的。"),
        _("请重新选择一次；如果还是空的，请换一个文件。"),
    ),
    "too-big": (
        _("文件有 %(size)s MB，这类文件最大 %(limit)s MB。"),
        _("请压缩、裁剪或分成几份再传。"),
    ),
    "unknown": (
        _("这种文件不能上传。"),
        _(
            "可以上传：照片（JPG、PNG、WebP、GIF）、文档（PDF、docx、xlsx）、录音（MP3、M4A、AMR、WAV）、视频（MP4）。"
        ),
    ),
    "heic": (
        _("这是 HEIC 格式的照片，许多电脑打不开。"),
        _("请在手机“设置 → 相机 → 格式”里选“兼容性最佳”后重拍，或把照片截屏后上传。"),
    ),
    "old-office": (
        _("这是旧格式的文档（doc、xls、ppt 或 wps、et）。"),
        _("请在 Word 或 WPS 里“另存为” docx 或 xlsx，再上传。"),
    ),
    "archive": (
        _("压缩包不能上传。"),
        _("请先解压，再逐个上传里面的文件。"),
    ),
    "web-page": (
        _("网页和矢量图（HTML、SVG）可能带有程序，不能上传。"),
        _("请截屏后上传图片，或打印成 PDF。"),
    ),
    "program": (
        _("程序不能上传。"),
        _("请上传照片、文档、录音或视频。"),
    ),
    "two-in-one": (
        _("这个文件里还藏着另一个文件。"),
        _("请用原来的软件重新保存或打印成 PDF，再上传。"),
    ),
    "broken-photo": (
        _("这张照片打不开，可能没有传完整。"),
        _("请重新拍一张，或截屏后上传。"),
    ),
    "photo-size": (
        _("这张照片有 %(points)s 万像素，太大了。"),
        _("请把照片缩小到 %(limit)s 万像素以内再传。"),
    ),
    "photo-passes": (
        _("这张照片的存储方式不正常，打开它会非常慢。"),
        _("请截屏后上传。"),
    ),
    "broken-pdf": (
        _("这份 PDF 不完整，打不开。"),
        _("请重新导出或打印成 PDF，再上传。"),
    ),
    "pdf-program": (
        _("这份 PDF 带有会自动运行的程序。"),
        _("请打开它，用“打印 → 另存为 PDF”存一份，再上传。"),
    ),
    "broken-office": (
        _("这份文档打不开，可能没有传完整。"),
        _("请在 Word、Excel 或 WPS 里打开并重新保存，再上传。"),
    ),
    "office-kind": (
        _("这种办公文档不能上传。"),
        _("请另存为 docx、xlsx 或 PDF，再上传。"),
    ),
    "macros": (
        _("这份文档带有宏（程序）。"),
        _("请另存为不带宏的 docx 或 xlsx，或存为 PDF，再上传。"),
    ),
    "remote": (
        _("这份文档打开时会去网上取别的文件。"),
        _("请把内容复制到一份新文档里，或存为 PDF，再上传。"),
    ),
    "bomb": (
        _("这份文档解开后大得不正常。"),
        _("请在 Word、Excel 或 WPS 里重新保存，或存为 PDF，再上传。"),
    ),
    "broken-audio": (
        _("这段录音不完整，放不出来。"),
        _("请重新录一段，或用手机转成 MP3，再上传。"),
    ),
    "broken-video": (
        _("这段视频不完整，放不出来。"),
        _("请重新录一段，或截几张图上传。"),
    ),
    "quicktime": (
        _("这是 MOV 格式的视频，许多电脑放不出来。"),
        _("请先在手机上转成 MP4，或截几张图上传。"),
    ),
    "hidden-track": (
        _("这段视频里夹带了位置等附加数据。"),
        _("请关掉相机的位置记录后重录，或截几张图上传。"),
    ),
}


class Refused(Exception):
    """The file is not kept. `code` is one of SENTENCES; `why` and `mend` are sentences, str() is both."""

    def __init__(self, code: str, translate: Callable[[str], str] = _, **params: object) -> None:
        why, mend = SENTENCES[code]
        self.code = code
        self.params = params
        self.why = translate(why) % params
        self.mend = translate(mend) % params
        blank = " " if self.why[-1:].isascii() else ""  # Chinese sentences need none between them
        super().__init__(f"{self.why}{blank}{self.mend}")

    def said_by(self, translate: Callable[[str], str]) -> "Refused":
        """Return the same refusal in another language."""
        return Refused(self.code, translate, **self.params)
