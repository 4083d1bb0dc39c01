"""Meetings as iCalendar files (RFC 5545, RFC 5546): from records to bytes, with no disk and no clock."""
