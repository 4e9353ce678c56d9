"""What an answer is about, by the words in it: the chapters of a monthly review. Source: the field's own categories."""

from __future__ import annotations

import re

TOPICS = (
    ("water", re.compile("停水|没水|水压|漏水|供水|暖气|供暖|不热|管道")),
    ("fire", re.compile("消防|着火|电动车|充电|飞线|通道|灭火|煤气|燃气")),
    ("safety", re.compile("治安|小偷|被盗|诈骗|骗|陌生人|门禁|监控|传销")),
    ("sanitation", re.compile("垃圾|卫生|臭|异味|杂物|堆放|蚊|老鼠|蟑螂|狗屎|粪")),
    ("property", re.compile("物业|电梯|路灯|楼道灯|灯坏|灯|井盖|停车|门锁|扶手")),
    ("quarrel", re.compile("吵|噪|矛盾|纠纷|打架|邻居")),
    ("floating", re.compile("租|房东|房客|流动|暂住|居住证")),
    ("care", re.compile("独居|老人|残疾|低保|看病|血压|吃药|医院|陪|轮椅|孩子")),
)
"""Each with the words that say so, the first that does. What says none of them is of another topic."""
OTHER = "other"
NAMES = (*(name for name, _ in TOPICS), OTHER)


def topic_of(text: str) -> str:
    """The chapter that an answer stands in."""
    return next((name for name, words in TOPICS if words.search(text)), OTHER)
