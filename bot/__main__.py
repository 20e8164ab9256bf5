"""The `ayni` command."""

from __future__ import annotations

from bot.commands import app, doctor, exporting, inviting, running, understand

__all__ = ["app", "doctor", "exporting", "inviting", "running"]

app.command()(understand.understand)


def main() -> None:
    """Run the command that was typed."""
    app()


if __name__ == "__main__":
    main()
