"""Lines of a household ledger, and what an import remarked about them."""

from __future__ import annotations

from typing import Any

HEAD = "楼栋,单元,房号,户主,人口,联系电话,居住情况,人员类别,出生年,备注"
CHEN = "3幢,2单元,501,陈奶奶,1,000-0000-0001,自住,独居老人,1950,厕所灯坏了三天"
MA = "2幢,3,601,马师傅,3人,000-0000-0002,自住,,,"
VACANT = "5栋,1,202,,,,空置,,,"


def codes(plan: Any, level: str) -> list[tuple[str, int]]:
    return [(remark.code, remark.row) for remark in plan.report.remarks if remark.level == level]
