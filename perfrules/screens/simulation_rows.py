"""What would be different under other rules, as tables in words; text and Markdown draw them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from perfrules.codes.code import Language, Text
from perfrules.exact import plain
from perfrules.model.cycle_result import Judged
from perfrules.model.simulation import Amount, Clause, Moved, Simulation
from perfrules.words.amounts import grouped

__all__ = ["TITLE", "Section", "SimulationWords"]

TITLE: Final = Text("规则变动测算", "What if")
_NONE: Final = "—"
_FEW: Final = 2
"""So many changes of one clause are named; of more the rest is counted."""


class Section(NamedTuple):
    """A table with its heading and its notes; which of its columns are figures."""

    title: str
    header: tuple[str, ...]
    is_figure: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


class SimulationWords:
    """Says in one language what would be different; at most `most` people are listed."""

    def __init__(self, found: Simulation, language: Language, most: int) -> None:
        self.found, self.language, self.most = found, language, most
        self.plans = {**found.before.pay_titles, **found.after.pay_titles}
        policies = (*found.before.policies, *found.after.policies)
        self.policies = {one.id: one.title for one in policies}
        self.several = len(found.clauses) > 1

    def say(self, text: Text) -> str:
        return text.into(self.language)

    def sections(self) -> Iterator[Section]:
        """All tables that have something to tell."""
        found = self.found
        yield self._clauses()
        if found.budget.change or found.repaid:
            yield self._amounts(_BY_PLAN, _PLAN, found.budget.by_plan, self.plan)
            yield self._amounts(
                _BY_DEPARTMENT, _DEPARTMENT, found.budget.by_department, self.department
            )
        if self.several and found.repaid:
            yield self._parts()
        if found.grade_moves:
            yield self._grades()
        if found.people:
            yield self._people()

    def summary(self) -> Iterator[str]:
        """What there is to know before all tables."""
        found = self.found
        lost = sum(one.before.complete and not one.after.complete for one in found.people)
        gained = sum(one.after.complete and not one.before.complete for one in found.people)
        without = sum(
            not one.complete and one.person in found.looked_at and one.kind != "segment"
            for one in found.after.judged
        )
        total = found.budget.total
        yield self.say(_BUDGET).format(
            before=_money(total.before), after=_money(total.after), change=_signed(total.change)
        )
        counts = [
            (_LOOKED_AT, len(found.looked_at)),
            (_REGRADED, len(found.regraded)),
            (_REPAID, len(found.repaid)),
        ]
        parts = [self.say(text).format(count=count) for text, count in counts]
        yield ("；" if self.language == "zh" else "; ").join(parts)
        if not found.people:
            yield self.say(_NOTHING)
        for text, count in ((_LOST, lost), (_GAINED, gained), (_WITHOUT, without)):
            if count:
                yield self.say(text).format(count=count)

    def plan(self, name: str) -> str:
        return self.say(self.plans[name]) if name in self.plans else name

    def department(self, name: str) -> str:
        return name or self.say(_NO_DEPARTMENT)

    def clause(self, clause: Clause) -> str:
        """What a clause changes: each change of one policy, one of several policies once."""
        named: dict[str, list[str]] = {}
        for one in clause.changes:
            named.setdefault(f"{one.path}: {one.before} → {one.after}", []).append(one.policy)
        parts = []
        for text, policies in named.items():
            few = len(policies) <= _FEW
            whose = ",".join(policies) if few else self.say(_POLICIES).format(count=len(policies))
            parts.append(f"{whose}.{text}" if few else f"{whose} {text}")
        shown = parts[:_FEW] if len(parts) > _FEW + 1 else parts
        more = [self.say(_MORE_KEYS).format(count=len(parts) - len(shown))]
        return "; ".join(shown + (more if len(shown) < len(parts) else []))

    def _clauses(self) -> Section:
        found = self.found
        rows = [
            (
                str(number), self.clause(one), ", ".join(one.arguments), str(len(one.regraded)),
                str(len(one.pay)), _signed(one.budget),
            )
            for number, one in enumerate(found.clauses, 1)
        ]  # fmt: skip
        if self.several:
            whole = (str(len(found.regraded)), str(len(found.repaid)))
            rows.append(("", self.say(_ALL), "", *whole, _signed(found.budget.change)))
        header = (_NUMBER, _CLAUSE, _ASKED_BY, _GRADES, _PAID, _CHANGE)
        notes = (self.say(_IN_ORDER),) if self.several else ()
        return self._section(_CLAUSES, header, rows, notes)

    def _amounts(
        self, title: Text, head: Text, amounts: Mapping[str, Amount], named: Callable[[str], str]
    ) -> Section:
        rows = [
            (named(name), _money(one.before), _money(one.after), _signed(one.change))
            for name, one in amounts.items()
        ]
        total = self.found.budget.total
        if len(rows) > 1:
            figures = (_money(total.before), _money(total.after), _signed(total.change))
            rows.append((self.say(_ALL), *figures))
        return self._section(title, (head, _BEFORE, _AFTER, _CHANGE), rows)

    def _parts(self) -> Section:
        """What each clause moves, by line of pay and by department."""
        rows = []
        for number, clause in enumerate(self.found.clauses, 1):
            for name, change in clause.by_plan.items():
                if change:
                    rows.append((str(number), self.say(_PLAN), self.plan(name), _signed(change)))
            for name, change in clause.by_department.items():
                if change:
                    shown = self.department(name)
                    rows.append((str(number), self.say(_DEPARTMENT), shown, _signed(change)))
        return self._section(_PARTS, (_NUMBER, _BY, _NAME_OF, _CHANGE), rows)

    def _grades(self) -> Section:
        rows = [
            (
                self.say(self.policies[one.policy]) if one.policy in self.policies else one.policy,
                self.department(one.department), self.grade(one.before), self.grade(one.after),
                str(one.people),
            )
            for one in self.found.grade_moves
        ]  # fmt: skip
        return self._section(_MOVES, (_ROLE, _DEPARTMENT, _FROM, _TO, _PEOPLE), rows)

    def grade(self, grade: str | None) -> str:
        return grade if grade is not None else self.say(_NO_GRADE)

    def _people(self) -> Section:
        """Who is moved most goes first, by pay and then by id."""
        people = sorted(self.found.people, key=lambda one: (-abs(one.pay_total.change), one.person))
        header = [_ID, _NAME, _ROLE, _TOTAL, _GRADE, _PAY_BEFORE, _PAY_AFTER, _CHANGE]
        rows = [self._person(one) for one in people[: self.most]]
        if any([*one.before.awards] != [*one.after.awards] for one in people[: self.most]):
            header.append(_AWARDS)
            won = (self._both(*map(self._won, (one.before, one.after))) for one in people)
            rows = [(*row, awards) for row, awards in zip(rows, won, strict=False)]
        rest = len(people) - len(rows)
        notes = (self.say(_MORE_PEOPLE).format(count=rest),) if rest else ()
        return self._section(_WHO, header, rows, notes)

    def _person(self, one: Moved) -> tuple[str, ...]:
        before, after, pay = one.before, one.after, one.pay_total
        return (
            one.person, after.name, self.say(after.title),
            self._both(_total(before), _total(after)),
            self._both(self._grade_of(before), self._grade_of(after)),
            _money(pay.before), _money(pay.after), _signed(pay.change),
        )  # fmt: skip

    def _grade_of(self, line: Judged) -> str:
        return (line.grade or _NONE) if line.complete else self.say(_NO_RESULT)

    def _won(self, line: Judged) -> str:
        return "、".join(map(self.say, line.awards.values())) or _NONE

    def _both(self, before: str, after: str) -> str:
        return before if before == after else f"{before} → {after}"

    def _section(
        self, title: Text, header: Sequence[Text], rows: Sequence[tuple[str, ...]],
        notes: tuple[str, ...] = (),
    ) -> Section:  # fmt: skip
        figures = tuple(name in _FIGURES for name in header)
        return Section(self.say(title), tuple(map(self.say, header)), figures, tuple(rows), notes)


def _total(line: Judged) -> str:
    return _NONE if line.total is None else plain(line.total)


def _money(amount: Decimal) -> str:
    return grouped(plain(amount))


def _signed(amount: Decimal) -> str:
    return f"+{_money(amount)}" if amount > 0 else _money(amount)


_BUDGET: Final = Text(
    "奖金总额 {before} → {after}，变化 {change}",
    "total pay {before} → {after}, a change of {change}",
)
_LOOKED_AT: Final = Text("考核对象 {count}", "subjects: {count}")
_REGRADED: Final = Text("等级有变化 {count}", "whose grade changes: {count}")
_REPAID: Final = Text("奖金有变化 {count}", "whose pay changes: {count}")
_NOTHING: Final = Text("没有任何人的结果因此改变", "nothing changes for anybody")
_LOST: Final = Text(
    "按新规则将有 {count} 个对象不再有结果，其奖金按 0 计入",
    "with no result any more: {count}, whose pay counts as 0 then",
)
_GAINED: Final = Text(
    "按新规则将有 {count} 个对象从没有结果变为有结果",
    "with a result that they have not had: {count}",
)
_WITHOUT: Final = Text(
    "按新规则未出结果的对象共 {count} 个，不计入奖金总额",
    "without a result under the changed rules: {count}, who count nothing in the total pay",
)
_CLAUSES: Final = Text("各项变动的影响", "What each change does")
_IN_ORDER: Final = Text(
    "各项按所列顺序依次叠加，每行是在前面各行基础上的变化，合计恰为总变化",
    "applied one after the other in this order: each line is what it adds to those before it, and "
    "they add up to the whole",
)
_BY_PLAN: Final = Text("奖金总额：按项目", "Total pay by plan")
_BY_DEPARTMENT: Final = Text("奖金总额：按部门", "Total pay by department")
_PARTS: Final = Text("各项变动：按奖金项目和部门", "Each change by plan and by department")
_MOVES: Final = Text("等级变化", "Changes of grade")
_WHO: Final = Text("结果有变化的对象", "Whose result changes")
_MORE_PEOPLE: Final = Text(
    "…… 另有 {count} 个（--people 可多列）", "… and {count} more (--people lists more)"
)
_MORE_KEYS: Final = Text("另有 {count} 处", "and {count} more")
_POLICIES: Final = Text("{count} 个方案", "{count} policies")
_NO_DEPARTMENT: Final = Text("（未填部门）", "(no department)")
_NO_GRADE: Final = Text("无", "none")
_NO_RESULT: Final = Text("未出结果", "no result")
_NUMBER: Final = Text("序号", "no.")
_CLAUSE: Final = Text("变动", "change of the rules")
_ASKED_BY: Final = Text("来自", "asked by")
_GRADES: Final = Text("等级变化", "grades")
_PAID: Final = Text("奖金变化", "paid otherwise")
_CHANGE: Final = Text("金额变化", "change")
_ALL: Final = Text("合计", "in all")
_PLAN: Final = Text("奖金项目", "plan")
_DEPARTMENT: Final = Text("部门", "department")
_BEFORE: Final = Text("现行规则", "now")
_AFTER: Final = Text("变动后", "then")
_BY: Final = Text("按", "by")
_NAME_OF: Final = Text("名称", "which")
_ROLE: Final = Text("岗位", "role")
_FROM: Final = Text("原等级", "from")
_TO: Final = Text("新等级", "to")
_PEOPLE: Final = Text("人数", "how many")
_ID: Final = Text("工号", "id")
_NAME: Final = Text("姓名", "name")
_TOTAL: Final = Text("总分", "total")
_GRADE: Final = Text("等级", "grade")
_AWARDS: Final = Text("奖项", "awards")
_PAY_BEFORE: Final = Text("现行奖金", "pay now")
_PAY_AFTER: Final = Text("变动后奖金", "pay then")

_FIGURES: Final = frozenset(
    (_NUMBER, _GRADES, _PAID, _CHANGE, _BEFORE, _AFTER, _PEOPLE, _PAY_BEFORE, _PAY_AFTER)
)
