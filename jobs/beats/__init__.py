"""Every periodic duty. One more: its file, and its name here."""

from __future__ import annotations

from jobs.beats import alarms, arrivals, chain, erasure, expiry, leases, matching, outbox

BEATS = (outbox, matching, leases, arrivals, alarms, chain, erasure, expiry)
