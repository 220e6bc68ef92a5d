# 着落 Zhuoluo. Two commands matter:
#   make run    set everything up and run it with a demo county, on SQLite
#   make test   set everything up and run every check and test
# The others are parts of the second, or for those who change the code: make help lists them.
V := .venv
PY := $(V)/bin/python
PIP := $(PY) -m pip install -qq --disable-pip-version-check --require-hashes
SUITE := $(PY) tools/suite.py
export PYTHONPATH := src
.DEFAULT_GOAL := help
.PHONY: help run test system check lint format imports types unit unit-pg stories bench lock messages law clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

run: $(V)/.ok ## run with the demo county; ARGS="--port 8001" passes options on
	@$(PY) -m zhuoluo run --demo $(ARGS)

test: $(V)/.dev system ## every check and test, on SQLite and PostgreSQL, then in a browser
	@$(SUITE)

$(V)/.ok: requirements.lock
	@python3 tools/system.py python
	@echo "Setting up Python packages, about a minute the first time … / 正在安装依赖，第一次约一分钟……"
	@test -x $(PY) || python3 -m venv $(V)
	@$(PIP) -r requirements.lock
	@touch $@

$(V)/.dev: requirements-dev.lock $(V)/.ok
	@echo "Setting up test packages …"
	@$(PIP) -r requirements-dev.lock
	@touch $@

system: ## what the tests need beside Python: Chromium, a Chinese font, PostgreSQL
	@python3 tools/system.py chromium font postgresql

check: $(V)/.dev ## the quick checks: lint, format, imports, types
	@$(SUITE) lint format imports types

lint format imports types unit: $(V)/.dev
	@$(SUITE) $@

unit-pg stories: $(V)/.dev system
	@$(SUITE) $@

bench: $(V)/.dev system ## speed and scale; ARGS="--help" says what can be chosen
	@$(PY) -m bench $(ARGS)

$(V)/uv/bin/uv:
	@python3 -m venv $(V)/uv && $(V)/uv/bin/python -m pip install -q --disable-pip-version-check uv

COMPILE = $(V)/uv/bin/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml
lock: $(V)/uv/bin/uv ## take the newest packages that fit into the two lock files
	@$(COMPILE) -o requirements.lock
	@$(COMPILE) --extra dev -o requirements-dev.lock

messages: $(V)/.dev ## list what is on the screen and has no English yet
	@$(PY) -m zhuoluo.config.messages

clean: ## remove what was built; the site's data in var/ stays
	@rm -rf $(V) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis dist
	@find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +
	@find src -name '*.mo' -delete
