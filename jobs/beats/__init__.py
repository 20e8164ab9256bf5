"""Every periodic duty. One more: its file, and its name here."""

from __future__ import annotations

from jobs.beats import alarms, arrivals, chain, erasure, expiry, leases, outbox

BEATS = (outbox, leases, arrivals, alarms, chain, erasure, expiry)
