#!/usr/bin/python3
"""Working days by workalendar (Debian: python3-workalendar). Reads one calendar with its cases per line (JSON), writes one line of answers for each.

A calendar: weekend (0 is Monday), holidays, worked (dates that are worked although they are one or the other).
A case: [start, unit, amount, pauses]: a date, how long, and pauses as dates [[from, to), ...]. The answer is the date on which it ends; with a negative amount
that on which a reminder so long before falls.
"""
import json
import sys
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from workalendar.core import Calendar


def calendar_of(document):
    """A calendar of workalendar's own kind: its rules decide what a working day is."""

    class Own(Calendar):
        # Not WEEKEND_DAYS: the module takes an empty one for a forgotten one.
        def get_weekend_days(self):
            return tuple(document["weekend"])

        def holidays(self, year=None):
            return [(date.fromisoformat(day), "holiday") for day in document["holidays"] if day.startswith(f"{year}-")]

    return Own()


def days(spans):
    for start, end in spans:
        day = date.fromisoformat(start)
        while day < date.fromisoformat(end):
            yield day
            day += timedelta(days=1)


def answer(calendar, worked, case):
    start, unit, amount, pauses = case
    start = date.fromisoformat(start)
    paused = set(days(pauses))
    extra = {"extra_working_days": [day for day in worked if day not in paused], "extra_holidays": sorted(paused)}
    if unit == "working_days":
        if amount < 0:
            return calendar.sub_working_days(start, -amount, **extra)
        return calendar.add_working_days(start, amount, **extra)
    length = {"calendar_days": timedelta(days=amount), "weeks": timedelta(weeks=amount), "months": relativedelta(months=amount)}[unit]
    last = start + length
    # The first working day on that date or after it; for a reminder, the last one on it or before it.
    if amount < 0:
        return calendar.sub_working_days(last + timedelta(days=1), 1, **extra)
    return calendar.add_working_days(last - timedelta(days=1), 1, **extra)


for line in sys.stdin:
    document = json.loads(line)
    calendar = calendar_of(document)
    worked = [date.fromisoformat(day) for day in document["worked"]]
    print(json.dumps([answer(calendar, worked, case).isoformat() for case in document["cases"]]), flush=True)
