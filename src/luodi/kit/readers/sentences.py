"""The sentences of the readers, one per code, and the refusal that carries one."""

from __future__ import annotations

from typing import Any

from luodi.kit.problems import Problem, Severity, Span

KEPT = "系统没有存入任何内容，您的原文件没有改动。"

REFUSED = {
    "source.empty": "这个文件是空的，里面没有文字。"
    "请核对是否选错了文件，或打开原件重新保存后再导入。",
    "source.binary": "这个文件不是文本，里面是程序或其他数据。"
    "请导入 Word（.docx）、PDF、OFD、Excel（.xlsx）、网页或纯文本文件。",
    "source.too_large": "文件太大：{found}，上限是 {limit}。"
    "请拆成几个文件，或压缩其中的图片后再导入。",
    "source.encrypted": "文件设有密码，无法读取。请用密码打开后另存为不带密码的文件，再导入。",
    "source.bomb": "文件解压后异常巨大（{reason}），为保护系统没有打开。"
    "请用 Word、Excel 或 WPS 打开原件另存一份再导入；若仍被拒绝，请联系发件单位核实。",
    "source.damaged": "文件已损坏或不完整，无法读取。请重新下载或向发件单位重新索取；"
    "若本机能够打开，请另存一份再导入。",
    "source.unknown_encoding": "无法确定这个文本文件的文字编码（{reason}）。"
    "请用记事本打开，确认文字显示正常后另存为 UTF-8 编码，再导入。",
    "source.unknown_form": "不认识这种文件（{form}）。"
    "请在原来的软件里另存为 .docx 或 PDF，再导入。",
    "source.old_word": "这是旧版 Word 或 WPS 文字格式（.doc、.wps）。"
    "请用 Word 或 WPS 打开，另存为 .docx 或 PDF 再导入。",
    "source.rtf": "这是 RTF 格式。请用 Word 或 WPS 打开，另存为 .docx 再导入。",
    "source.ofd_no_text": "这份 OFD 里没有可读的文字，只有图像或签章。"
    "请向发件单位索取带文字的 OFD、PDF 或 .docx，或录入文字后再导入。",
    "source.spreadsheet": "这是旧版或二进制的电子表格（.xls、.et、.xlsb）。"
    "请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。",
    "source.slides": "这是演示文稿。请导出为 PDF，或把文字复制到 .docx 里再导入。",
    "source.image": "这是一张图片，要先识别其中的文字，本机没有安装识别组件。"
    "请管理员安装（pip install luodi[ocr]）后再导入，或向发件单位索取 .docx 或带文字的 PDF。",
    "source.image_kind": "这种图片（GIF、BMP、WebP）不能识别。请另存为 PNG、JPG 或 TIFF 再导入。",
    "source.image_without_text": "这张图片里没有识别出文字。请换一张更清楚的（300 dpi、不歪斜），"
    "或向发件单位索取 .docx 或带文字的 PDF。",
    "source.archive": "这是压缩包。请先解压，再逐个导入里面的文件。",
    "source.classified": "{where}标有“{mark}”密级，本系统只处理公开和内部文件，已拒绝接收。"
    "请按保密规定在涉密设备上处理；若确属误标或已解密，请由定密责任人办理解密并去掉标志后再导入。",
}

TOLD: dict[str, tuple[Severity, str]] = {
    "source.scanned": (
        "warning",
        "这份文件共 {count} 页，都没有可读的文字，应是扫描件，本机没有安装识别组件。"
        "请管理员安装（pip install luodi[ocr]）后再导入，或向发件单位索取 .docx 或带文字的 PDF。",
    ),
    "source.pages_without_text": (
        "warning",
        "第 {pages} 页只有图像、没有文字，可能是扫描页，这些页没有读入。请核对原件，必要时补录；"
        "安装识别组件（pip install luodi[ocr]）后可以识别 PDF 的扫描页。",
    ),
    "source.unrecognised": (
        "warning",
        "第 {pages} 页只有图像，没有识别出文字，这些页没有读入。请核对原件，必要时补录。",
    ),
    "source.recognised": (
        "info",
        "第 {pages} 页是扫描页，文字由机器识别得来，共 {count} 行。"
        "识别会出错，其中的每个数字都要由人对照原件核对。",
    ),
    "source.ocr_doubtful": (
        "warning",
        "识别把握不大的有 {count} 行，请先核对这些：{lines}。",
    ),
    "source.form_differs": (
        "info",
        "文件名的后缀是 {suffix}，内容其实是 {form}，已按内容读取。",
    ),
    "source.encoding_judged": ("info", "文件没有注明文字编码，按 {encoding} 读取：{reason}。"),
    "source.hidden_text": ("info", "文件里有 {count} 个隐藏的字，页面上看不见，没有读入。"),
    "source.pictures": ("info", "文件里有 {count} 处图像，图像里的文字没有读入。"),
    "source.annotations": (
        "info",
        "文件带有批注或签注，其中 {count} 个字没有读入；签章也没有核验。",
    ),
    "source.hidden_sheets": ("info", "有 {count} 张隐藏的工作表没有读入：{names}。"),
    "source.hidden_cells": (
        "warning",
        "隐藏（包括被筛选掉）的行和列里有 {count} 格文字没有读入。"
        "如需读入，请在 Excel 里取消筛选和隐藏后再导入。",
    ),
    "source.formulas_unknown": (
        "warning",
        "有 {count} 个公式没有存下计算结果，按空格处理。请在 Excel 里打开、重算并保存后再导入。",
    ),
    "source.revisions": (
        "info",
        "文件带有未处理的修订：已标为删除的 {count} 个字没有读入，插入的文字已读入。"
        "如需定稿，请在 Word 里接受或拒绝全部修订后再导入。",
    ),
    "source.part_unread": (
        "warning",
        "文件的{part}部分已损坏，没有读入，正文不受影响。请核对原件。",
    ),
}


class Refusal(Exception):
    """A reader will not go on; `problem` says why. Never leaves `readers.read`."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        message = REFUSED[code].format(**params) + KEPT
        self.problem = Problem(code=code, severity="error", message=message, params=params)


def tell(code: str, spans: tuple[Span, ...] = (), /, **params: Any) -> Problem:
    """The problem for a code that does not stop the reading."""
    severity, sentence = TOLD[code]
    return Problem(
        code=code, severity=severity, message=sentence.format(**params), spans=spans, params=params
    )


def check_chars(count: int, limit: int) -> None:
    """Refuse a text of more than `limit` characters."""
    if count > limit:
        raise Refusal("source.too_large", found=f"超过 {limit} 字", limit=f"{limit} 字")
