"""What a number is about: the words around it without time, verbs of state and comparison."""

from __future__ import annotations

import re

_TIMES = (
    r"(?:(?<![长加高升大降少低减展])[到至]|截至|截止|自|从|在|由)?(?:(?:19|20)\d\d年?[-—–~～至到]{1,2}20\d\d年|(?:19|20)\d\d年度?)(?:以来|年?底|末|初|起|开始)?"
    r"(?:[上下]半年|前?[一二三四1-4]季度|前三季度|\d{1,2}(?:[-—~至]\d{1,2})?月(?:份|底|末)?(?:\d{1,2}日)?)?(?:底|末)?(?:的|前)?"
    r"|(?:(?<![长加高升大降少低减展])[到至]|截至|自|从|由)?“?十[一二三四五六]五”?(?:末|期间|时期|以来|初)?的?"
    r"|(?:今年|去年|上年|本年|明年|当年|全年|年内|近年|今后|未来)(?:以来|年?底|末|的|内)?(?=[\u4e00-\u9fff]{2})"
    r"|[一二两三四五十\d]年(?:来|间|内)?(?=共|累计|合计|总|集聚)|(?:[上下]半年|(?:前三|第?[一二三四])季度)(?:末|的)?"
)
_TIME = re.compile(_TIMES)
_BASE = re.compile(
    r"(?:比|较|相比|相较于?|与)(?:(?:19|20)\d\d年|上年|去年|上月|“?十[一二三四五]五”?(?:末|期间|时期)?|同期|年初|往年|[上下]半年|前三季度|上季度|[一二三]季度|“?十[一二三四五]五”?(?:末|期间|时期)?)(?:同期|末|底|年底)?(?:相比|基础上)?(?:又|再|净)?"
    r"|在(?:19|20)\d\d年(?:的)?基础上"
)
_BRACKETED = re.compile(r"[（(]([^（()）]*)[）)]")
_KEEPS_BRACKET = re.compile(r"(?!下同|以下|见|附)[^\d，。；：]{1,8}\Z")
_LEAD_IN = re.compile(
    r"(?:[“”\s、，：）)》—\-·•]+|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．](?!\d)|[一二三四五六七八九十]是"
    r"|[和与及](?!谐|时|格)|以及|其中|预计|预期|力争|确保|分别|均(?!衡|等|价)|共计|共有|共(?!同|享|青|产|性|富|建|治)|累计|已经?(?!有)|目前|同时|另有|另"
    r"|截至|截止|年均(?=.{4})|每年|实现了?|完成了?(?=.{3})|达到了?|将|要(?!素|点|求|件|闻)|再(?!生|制造|就业|担保|贷款)|仅|也|又|还(?!款|原)|并(?!网|购|轨)|且"
    r"|使(?!用|命)|让|推动|推进(?=.{3})|扎实|深入|约(?![束定谈见会])|对(?![外接口标应比])|高质量|高标准|高水平|有序|争取|努力|不断|积极|大力|全力|加快|切实|着力|继续|持续|进一步|稳步|全面(?!积)|基本(?![医养公农单])|总计|合计|先后|主要(?![污农经指产])|到(?![位户账期岗])|至(?!少)|由(?=[^于])"
    r"|(?:增加|增长|提高|提升|上升|扩大|扩容|下降|降低|减少|压减|增|降)(?:到|至)|为|在(?![建校园线册岗编读产库])|以(?![上下内])|从(?!业)|把|按|向|全年|年底|年内|当年)"
)
_LEAD_OUT = re.compile(
    r"(?:达到了?|达(?!产|标|效|规|限)|均?为|是|(?<![共没拥保占所国私公民])有|超过|突破|不低于|不少于|不超过|不高于|不小于|不大于|不得低于|不得少于|不得高于|不得超过|预计|有望|控制在|稳定在|保持在|维持在|完成(?!\Z..)|实现了?|将近|(?<![节契制集条合签履违预失])大?约|接近"
    r"|(?<!附)近|只?仅|只用|仅用|只|(?<!自)由|从|到|(?:增加|增长|提高|提升|上升|下降|降低|减少|压减|压缩|缩短|扩大|增|降|发展|拓展|攀升|跃升|回升|扩|升|减|调整|优化|精简|整合|合并|核减)(?:到|至|为)|至少|至多"
    r"|分别|(?<![平人户亩月日年])均|总计|合计|共计|(?<!公)共|累计|已|第|前|更是|更|高达|多达|不到|不足|在(?=\\Z)|再|又|也|就|仍|力争|确保|每年|年均(?=\Z)|超|逾|(?<!通)过|大于|小于|低于(?!.)|多于|少于|≥|≤|＞|＜|<|>"
    r"|以上|以下|各|每|[跨站迈登跃]上|恢复到?|了|的|动态|[\d]年|[“（(：:、，\s=])+\Z"
)
_CHANGE = (
    r"(?:同比|环比|年均|累计|同口径|可比|按?可比价格?(?:计算)?|名义|实际|平均|净|均|分别|总体|约|再|又|每年|共|增速|增幅|降幅|涨幅|占比|比重)*"
    r"(?:(?:增长|下降|增加|减少|提高|提升|降低|回落|上升|扩大|收窄|加快|放缓|增收|减收|上涨|下跌|攀升|回升|递增|递减|增产|减产|净增|缩小|压降|上浮|下浮|压减|压缩|缩短|减|增|降|升|快|慢|前移|后移|前进|提前|高|低)(?:了|率|速度|幅度|额|量)?|增幅|增速|降幅|涨幅|增长率|增量)"
)
_GROWTH = re.compile(rf"{_CHANGE}\Z")
_DEPENDENT = re.compile(r"(?:总量|总数|数量|增速|增幅|规模|占比|比重|排名|均值)\Z")
_ALL_GROWTH = re.compile(rf"{_CHANGE}\Z")
_RELATION = re.compile(
    rf"(?:{_CHANGE}|占.{{0,14}}|占比|比重|比例|份额|(?:远)?(?:高于|低于|快于|慢于|好于|优于|高出|超出|超过|超额|领先|落后于).{{0,14}}"
    r"|比[^重例值].{1,13}|较[^大高强].{1,13}|(?:与.{2,14})?(?:相差|差距)|(?:是|相当于).{1,14}|新增|其中|(?:完成)?(?:全?年度?|年初|调整|当年)?(?:目标|任务|计划|预算)(?:任务|数)?"
    r"|惠及|带动|涉及|[^，。]{0,8}平均(?:水平|值|数)|平均每.{1,3}|每.{1,3})\Z"
)
"""About the last thing named: how it grew, what it is a part of, what it is measured against."""
_MEASURED = re.compile(
    r"(?:总量|总额|总数|数量|数|总?面积|建筑面积|总建筑面积|占地(?:面积)?|总?金额|总?里程|总长|全长|总?规模|资金|总?产值|(?:计划|规划|总规划)?总?投资额?"
    r"|(?:年度|当年|累计)?(?:计划|完成)?投资额?|合同额|协议资金|到位资金|个数|总计|平均|人均|户均|亩均|单价|均价|最高|最低|余额|年?产量|总产|年?产值)\Z"
)
"""A quantity of the last thing named: its area, its output, its investment."""
_DOING = re.compile(
    r"(?:使用|投产|开工|新开工|投用|竣工|达产|入库|到位|签约|落地|发放|通过|复工|续建|交付|在建|启用|已完工|完工|建成投产)\Z"
)
_VERBS = (
    "新增|新建|建成|建设|培育|引进|打造|实施|完成|谋划|储备|签约|开工|投产|拥有|达成|"
    "形成|创建|创成|获批|获评|获得|获|认定|引育|招引|推进|推介|举办|召开|开展|组织|发布|"
    "出台|制定|修订|选派|选聘|培训|改造|扩建|布局|建立|组建|设立|成立|引入|落地|服务|"
    "帮助|支持|资助|发放|争取|申报|入选|增加|减少|关闭|淘汰|拆除|整治|治理|排查|整改|"
    "办理|受理|解决|化解|盘活|出让|供应|提供|承接|梳理|明确|赋予|下放|取消|精简|覆盖|"
    "惠及|带动|吸引|接待|输送|转移|安置|救助|保障|筹集|配建|栽植|完善|拓展|开通|开行|"
    "加密|新开|运营|提升|攻克|转化|研发|推广|应用|创办|孵化|扶持|集聚|汇聚|聚集|包含|"
    "涵盖|涉及|包括|分为|设|建|修|种植|抓好|抓|办好|办|落实|募集|归集|压减|减免|减税|"
    "退税|实现|推出|遴选|评选|选树|命名|配备|配置|铺设|敷设|更新|投放|投用|启用|新改建|"
    "改建|新改扩建|存在|突破|策划|对接|聚焦|达到|发展|建强|做强|做优|选育|引导|推动|联合|"
    "复垦|修复|恢复|安排|下达|拨付|迈向|锚定|冲刺|瞄准|紧盯|围绕|突出|用好|管好|建好|"
    "抓实|投入|筹措|争引|流转|兑现|减排|消减|处置"
)
_LONGEST_FIRST = sorted(_VERBS.split("|"), key=len, reverse=True)
_VERB_END = re.compile(rf"(?:{'|'.join(_LONGEST_FIRST)})了?\Z")
_VERB = re.compile("|".join(word for word in _LONGEST_FIRST if len(word) > 1))
_AFTER = re.compile(
    r"[”」]?(?:(?:及?以上|以内|左右)?的)?(?P<noun>(?:(?:总?投资|年?产值|营业收入|年营收)?\d+(?:\.\d+)?[万亿]?(?:元|吨|千瓦|平方米|亩)及?以[上下]的?)?(?:县（市、区）)?[\u4e00-\u9fffA-Za-z“”&]{1,24}?(?:（[\u4e00-\u9fff]{2,6}）[\u4e00-\u9fff“”]{2,16}?)?|县（市、区）中?|\d+(?:\.\d+)?[万亿]?元以上)(?=[，。；、：！？,;\d（]|$)"
)
_AFTER_CUT = re.compile(
    r"(?:及?以上|以内|左右)?的?(?P<noun>[\u4e00-\u9fff“”]{4,16}?)(?=[和与及等的])"
)
_AFTER_ENDED = re.compile(
    r"(?P<noun>[\u4e00-\u9fff“”]{0,12}?(?:企业|项目|开发区|园区|机构|平台|中心|基地|产业链|集群|街区|车间|实验室|学校|医院|社区|乡镇|街道|村))"
)
_EXAMPLES = re.compile(r"、.{2,}|等\Z")
_FOCUS = re.compile(
    r"聚焦|围绕|紧盯|瞄准|依托|立足|突出|锁定|抓住|按照|坚持|通过|依靠|发挥|涉及|涵盖|包括|覆盖|把握"
)
_SUCH_AS = re.compile(
    r"、[^等]{1,40}等(?![级次量])(?=[\u4e00-\u9fff]{2,})(?:[一二三四五六七八九十\d]+[个大项类种])?"
)
_TAIL = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:作为|用于|来自)")
_PARTS = re.compile(r"[、和及与等]")
_GOES_ON = re.compile(
    r"(?:累计|完成|实现|作为|用于|从|仅|已|于|将|预计|落户|签约|开工|投产|竣工|建成|全[部面年]|均|共|已|规[模上]|[^，。]{2,}(?:增长|达|为|完成))"
)
_NOT_NOUN = re.compile(
    r"(?:[，、和及与或并且]|用于|以上|左右|以内|增长|同比|比上年|较上年|占(?!地)|其中|分别|不等|内(?!容|陆)|(?:发展)?目标(?!值)|任务|规模(?!以上)|水平|大关|台阶|的?增长|提高|下降|不等|减少|推动|推进|确保|用于|实现)"
)
_MEASURE = re.compile(
    r"(?:计划)?总?(?:投资|规模|建筑面积|占地面积|面积|产能|产值|装机|里程|库容|价值)(?:额|容量)?\Z"
)
_OF_THINGS = re.compile(
    r"(?:(?:主营)?(?:业务|营业)?(?:总?收入)|利润(?:总额)?|总?产值|税收|增加值|销售(?:额|收入)|年产值|年销售收入|装机(?:容量|规模)?|年?产能|床位|泊位|车位|学位|就业岗位|岗位)\Z"
)
_RUN_IN = re.compile(
    r"\s*[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s?([\u4e00-\u9fff]{2,10})[。：]"
)
_STATED = re.compile(
    r"([\u4e00-\u9fffA-Z“”]{4,16}?)(?:突破|达到|实现|保持|稳居|迈上|跨上|稳步|持续|快速|不断|显著|大幅|首次|明显|较快|再创|稳定|加快|逐年|扭转|由负)"
)
_THINGS = re.compile(
    r"(?:企业|园区|开发区|平台|基地|产业|集群|主体|民宿|医院|学校|机构|酒店|景区|中心|项目|电站|煤矿|工厂)\Z"
)
_LIST = re.compile(r"[、]|以及")
_ASPECTS = re.compile(r"\d+个(?:方面|层面|领域|维度|环节|阶段)的?")
_WHOLE = re.compile(
    r"(?:我|全)[国省市区县州镇域](?=[\u4e00-\u9fff“A-Z])(?!域)|(?!.{0,3}[全各该本我是在对向])(?!.{0,2}[中心大小建型范等各县]城?市)[\u4e00-\u9fff]{2,3}(?<![社园地小街景灌库山片校辖省])[市县区州](?![场民政域容长内外级属委群圈带化])(?=[\u4e00-\u9fff“]{3})"
)
_WHOLE_ALONE = re.compile(r"(?:我|全)[国省市区县州镇域]\Z")
_ZONE = re.compile(
    r"[\u4e00-\u9fff]{2,6}?(?:经济技术开发区|经济开发区|经开区|高新区|开发区|示范区|新区)(?=[\u4e00-\u9fff“]{3})"
)
_TITLED = re.compile(r"示范(?:区|县|市|基地|城市|企业)|试点|百强|先进|文明(?:城市|单位)|重点实验室")
_RANK_WORDS = re.compile(
    r"(?:均|都|已|稳|仍|继续|连续.{1,2}年|并列|首次|成功)*(?:排名|位次|位居|位列|名列|跃居|升至|进至|跃升至?|上升到|提升到|进入|跻身|保持|稳居|居|列|排)?(?:在|到|至)?(?P<where>(?:全[国省市区县](?:地级市|城区|县区|县域)?|中部六?省?|同类|地级市|全球)(?:的|同类城市|开发区|各市|各县)?)?\Z"
)
LONGEST = 28
"""A name longer than this is cut to its last part."""


def tidy(words: str) -> str:
    """The words in front of a number, without time, lead-in, and the verb of state at their end."""
    name = _BRACKETED.sub(lambda one: one.group() if _KEEPS_BRACKET.match(one[1]) else "", words)
    name = _TIME.sub("", _BASE.sub("", _ASPECTS.sub("", name))).replace(" ", "")
    name = _stripped(name)
    name = _LEAD_OUT.sub("", name).strip("、，（(）)：: ")
    if "、" in name and (listed := _SUCH_AS.search(name)):
        name = name[listed.end() :]
    return paired(name.strip("“”") if name[:1] != "“" or "”" not in name[1:-1] else name)


def paired(name: str) -> str:
    """Without quotation marks that lost their other half."""
    return name if name.count("“") == name.count("”") else name.replace("“", "").replace("”", "")


def _stripped(name: str) -> str:
    """Without what leads in; never emptied by taking the only word there is."""
    here = 0
    while match := _LEAD_IN.match(name, here):
        here = match.end()
    return name[here:]


def run_in(text: str) -> str:
    """The run-in title a paragraph opens with (（一）高速公路。), empty for none."""
    match = _RUN_IN.match(text)
    return match.group(1) if match else ""


def before_verb(clause: str) -> str:
    """What a clause without a figure is about: 出口总额 of 出口总额再创新高."""
    match = _STATED.match(tidy(clause))
    return match.group(1) if match else ""


def shorten(name: str) -> str:
    """A name cut to the part next to the number where it is very long."""
    if len(name) <= LONGEST:
        return name
    for cut in (_LIST, _VERB):
        ends = [match.end() for match in cut.finditer(name) if len(name) - match.end() >= 4]
        if ends:
            name = name[ends[-1] :]
        if len(name) <= LONGEST:
            return name
    return name[-LONGEST:]


def is_dependent(name: str) -> bool:
    """总量, 增速 and the like in a list: of the last thing named."""
    return bool(_DEPENDENT.match(name))


def is_growth(name: str) -> bool:
    """增长, 年均增长, 增速提升: nothing without what grew."""
    return bool(_ALL_GROWTH.match(name))


def is_relation(name: str) -> bool:
    """Growth, shares and comparisons are about the last figure, not about themselves."""
    return bool(_RELATION.match(name))


def is_measured(name: str) -> bool:
    """Quantities such as 总投资 are those of the last thing named."""
    return bool(_MEASURED.match(name))


def is_bare(name: str) -> bool:
    """About what was named before, not about itself."""
    return is_relation(name) or is_measured(name)


def is_doing(name: str) -> bool:
    """A lone verb (已使用, 开工): what it is done to was named before."""
    return bool(_DOING.match(name))


def is_verb(name: str) -> bool:
    """Nothing but a verb (建设, 新建): what it is done to was named before, if not behind."""
    return bool(_VERB_END.match(name))


def measure_of(name: str) -> str:
    """The measure that the words before a number end in (设立总规模: 总规模), empty for none."""
    match = _MEASURE.search(name)
    return match.group() if match else ""


def of_things(name: str) -> bool:
    """营业收入, 利润 and the like: those of the firms counted just before, if any were."""
    return bool(_OF_THINGS.match(name))


def is_whole(words: str) -> bool:
    """Nothing but 全市 or the like: what follows is counted, not built."""
    return not words or bool(_WHOLE_ALONE.match(words))


def counts_things(name: str) -> bool:
    """A name of firms, zones and the like, that have revenue and profits."""
    return bool(_THINGS.search(name))


def wants_object(name: str) -> bool:
    """The words end in a verb whose object stands behind the number."""
    return bool(_VERB_END.search(name))


def without_growth(name: str) -> str:
    """The level a growth is of: 产值 of 产值同比增长."""
    return _GROWTH.sub("", name)


def lists_examples(words: str) -> int:
    """How many things are listed in front of their count (甲、乙和丙3条产业链); 0: none."""
    return len([part for part in _PARTS.split(words) if part]) if _EXAMPLES.search(words) else 0


def only_counts(words: str, value: str) -> bool:
    """The number says no more than the list before it, which is looked at and not built."""
    return bool(_FOCUS.search(words)) and str(lists_examples(words)) == value


def noun_behind(text: str, place: int, limit: int, whole: bool = False) -> tuple[str, int]:
    """What stands behind the unit up to the next stop or number, and its end, or ("", place)."""
    match = (
        _AFTER.match(text, place, min(limit, place + 40))
        or _AFTER_ENDED.match(text, place, min(limit, place + 24))
        or _AFTER_CUT.match(text, place, min(limit, place + 24))
    )
    if not match or _NOT_NOUN.match(match["noun"]):
        return "", place
    noun = match["noun"]
    ended = _AFTER_ENDED.match(noun)
    whole = whole and not text[match.end() : match.end() + 1].isdigit()
    if ended and not whole and _GOES_ON.match(noun, ended.end()):
        noun = ended["noun"]
    noun = _TAIL.split(noun, maxsplit=1)[0] if len(noun) > 4 else noun
    end = match.start("noun") + len(noun)
    return noun.replace("“", "").replace("”", "").rstrip("和及与").removesuffix("中")[:16], end


def entity_of(name: str) -> tuple[str, str]:
    """(entity, name without it) where the words begin with 全市 or with a zone."""
    match = _WHOLE.match(name) or _ZONE.match(name)
    if match and len(name) - match.end() >= 2 and not _TITLED.search(name, match.end()):
        return match.group(), name[match.end() :].removeprefix("的")
    return "", name


def ranked_thing(name: str) -> str:
    """What is ranked, without the words of ranking."""
    return _RANK_WORDS.sub("", name, count=1)


def ranked(name: str) -> str:
    """The words before a rank without the verb of ranking: 综合实力位列全省 is 综合实力全省排名."""
    return _RANK_WORDS.sub(lambda match: (match["where"] or "") + "排名", name, count=1)
