"""Every periodic duty. One more: its file, and its name here."""

from __future__ import annotations

from jobs.beats import alarms, arrivals, chain, erasure, expiry, leases, matching, outbox, payouts

BEATS = (outbox, matching, leases, arrivals, payouts, alarms, chain, erasure, expiry)
