"""Telegram for real: updates in, messages out. The home of python-telegram-bot, over our own transport."""
