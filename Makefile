# Every target is one line that also works by hand. Kept to what GNU make 3.81 (macOS) understands.
BIN := .venv/bin
ARGS :=

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run demo check format test lock image clean

help: ## Say what can be done here
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /|/' | awk -F '|' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: ## Make .venv from the hash-locked requirements, with the ayni command in it
	@scripts/setup run

setup-dev: setup ## The same, with what checking and testing need
	@scripts/setup dev

run: setup ## Start Ayni; with nothing set it opens a rehearsal in the browser
	@$(BIN)/ayni run $(ARGS)

demo: setup ## Start the rehearsal: phones in the browser, no account needed
	@$(BIN)/ayni demo $(ARGS)

check: setup-dev ## Lint, format, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup-dev ## Put the code in form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test: setup-dev ## Install the servers the tests need, where this may, and run every test (ARGS="-k words" for some)
	@$(BIN)/python -m tests.servers
	@$(BIN)/python -m pytest -n 2 --dist worksteal -m "thirdparty or not thirdparty" $(ARGS)

lock: setup-dev ## Choose versions anew and write requirements/*.txt with their hashes
	@scripts/lock

image: ## Build the container image
	docker build --tag ayni .

clean: ## Remove what the other targets made, except your data
	rm -rf .venv .rigs build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
