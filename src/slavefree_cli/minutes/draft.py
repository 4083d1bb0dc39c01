"""Minutes drafted from a meeting's records, with room to write."""

import re
from datetime import date
from typing import Any

from slavefree_cli.errors import InvalidError
from slavefree_cli.minutes.markdown import escaped
from slavefree_cli.model import action as actions
from slavefree_cli.model import decision as decisions
from slavefree_cli.model.agenda import Agenda, running_order
from slavefree_cli.model.attendance import Attendance, chair_first, quorum, with_outcome
from slavefree_cli.model.dates import clock, short, spoken
from slavefree_cli.model.meeting import Meeting, following
from slavefree_cli.model.records import Records


def draft(meeting: Meeting, records: Records, template: str, today: date) -> str:
    """Return the minutes of a meeting, drafted.

    Args:
        meeting: The meeting.
        records: The open records; nothing restricted can be among them.
        template: Jinja2 text; every value in it is escaped for Markdown.
        today: The date where the partnership is.

    Raises:
        InvalidError: The template is wrong; the message names its line.
    """
    from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: escaped(value) if isinstance(value, str) else value,
        autoescape=False,
    )
    try:
        text = environment.from_string(template).render(_variables(meeting, records, today))
    except TemplateSyntaxError as error:
        raise InvalidError(f"The minutes template is wrong in line {error.lineno}: {error.message}.") from None
    except TemplateError as error:
        raise InvalidError(f"The minutes template is wrong: {error.message}.") from None
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"


def _variables(meeting: Meeting, records: Records, today: date) -> dict[str, Any]:
    attendance = records.attendances.get(meeting.id) or Attendance(id=meeting.id)
    agenda = records.agendas.get(meeting.id) or Agenda(id=meeting.id)
    group = records.groups.get(meeting.group or "")
    rule = group.quorum if group else records.partnership.quorum
    raised = [each for each in actions.in_order(records.actions.values()) if each.meeting == meeting.id]
    taken = [each for each in decisions.in_order(records.decisions.values()) if each.meeting == meeting.id]
    earlier = [
        each
        for each in actions.in_order(records.actions.values())
        if each.status == "open" and each.raised <= meeting.date and each not in raised
    ]
    after = following(meeting, records.meetings.values())
    return {
        "partnership": records.partnership.name,
        "meeting": {
            "title": meeting.title,
            "date": spoken(meeting.date),
            "time": _time(meeting),
            "venue": meeting.venue or "to be confirmed",
        },
        "people": _people(meeting, records, attendance),
        "quorum": quorum(rule, attendance, records.members) if attendance.people else None,
        "items": [
            {
                "number": numbered.number,
                "title": numbered.item.public_title,
                "restricted": numbered.item.restricted,
                "lead": records.name(numbered.item.lead) if numbered.item.lead else "",
                "purpose": numbered.item.purpose or "",
                "decisions": [_decision(each.id, each.text) for each in taken if each.item == numbered.slug],
                "actions": [_action(each, records, today) for each in raised if each.item == numbered.slug],
            }
            for numbered in running_order(agenda.items, meeting.start)
        ],
        "decisions": [_decision(each.id, each.text) for each in taken if each.item is None],
        "actions": [_action(each, records, today) for each in raised if each.item is None],
        "open_actions": [_action(each, records, today) for each in earlier],
        "next_meeting": f"{spoken(after.date)}, {_time(after)}" if after else "to be confirmed",
        "signposting": records.partnership.signposting.text or "",
        "signposting_url": records.partnership.signposting.url or "",
    }


def _time(meeting: Meeting) -> str:
    if meeting.start is None:
        return "time to be confirmed"
    return clock(meeting.start) + (f" to {clock(meeting.end)}" if meeting.end else "")


def _people(meeting: Meeting, records: Records, attendance: Attendance) -> dict[str, list[str]]:
    names = {id: person.name for id, person in records.people.items()}
    deputies = {each.deputy_for: id for id, each in attendance.people.items() if each.deputy_for}

    def line(id: str) -> str:
        each = attendance.people[id]
        said = names.get(id, id) + (" (chair)" if id == meeting.chair else "")
        if each.representing:
            said += f", {records.name(each.representing)}"
        if each.deputy_for:
            said += f", deputy for {names.get(each.deputy_for, each.deputy_for)}"
        if id in deputies:
            said += f" ({names.get(deputies[id], deputies[id])} came instead)"
        return said + (" (by video)" if each.by_video else "")

    def lines(outcome: Any) -> list[str]:
        return [line(id) for id in chair_first(with_outcome(attendance, outcome), meeting.chair, names)]

    return {
        "present": lines("present"),
        "in_attendance": lines("in-attendance"),
        "apologies": lines("apologies"),
        "absent": lines("absent"),
    }


def _action(action: actions.Action, records: Records, today: date) -> dict[str, object]:
    owners = [records.name(each) for each in (action.owner, *action.with_)]
    return {
        "reference": action.id.upper(),
        "title": action.title,
        "owner": ", ".join(owners),
        "due": short(action.due) if action.due else "no date",
        "overdue": action.overdue(today),
    }


def _decision(id: str, text: str) -> dict[str, str]:
    return {"reference": id.upper(), "text": text}
