# What people do with a checkout. The steps themselves are scripts: end2end/setup/ and .ci/.
SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help run site test prove sheet speed bench count bench-project study bench-inference fmt clean

help: ## Says what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 22

run: ## Builds all, fills ./data with a demo project, and serves it at http://127.0.0.1:3000
	@end2end/setup/run.sh $(ARGS)

site: ## Builds what browsers download into target/site, which the server embeds
	@end2end/setup/node.sh --optional
	@lines=$$(end2end/setup/rust.sh) && eval "$$lines" && cargo run --locked --quiet --package site

test: ## Everything that continuous integration checks; stops at the first failure
	@.ci/test.sh

prove: ## Kills, traces, starves and besieges the server, and compares every acknowledged vote with the database (KILLS=300)
	@end2end/prove.sh

sheet: ## Pictures of every screen in every state, with a page that shows them: sheet/index.html
	@end2end/sheet.sh $(ARGS)

bench: ## Measures the vote path beside raw SQLite, pgbench and others (25 minutes): docs/benchmark.md
	@server/bench.sh

count: ## Counts the instructions of a vote without its database, under callgrind, beside the kept figure
	@server/count.sh $(ARGS)

bench-project: ## Measures the project page with the 5,247 synsets of the paper
	@lines=$$(end2end/setup/rust.sh) && eval "$$lines" && wordnet=$$(end2end/setup/wordnet.sh) \
	  && cargo run --locked --quiet --profile quick --package server --example project_page -- "$$wordnet"

study: ## Measures the engine beside other methods on simulated votes, and those in STUDY_VOTES: study/REPORT.md
	@study/run.sh

bench-inference: ## Measures inference over a million votes beside Dawid-Skene of crowd-kit
	@study/run.sh inference

speed: ## Measures the labeling page on a throttled phone, beside the same page without script
	@end2end/speed.sh

fmt: ## Formats the Rust code
	@lines=$$(end2end/setup/rust.sh) && eval "$$lines" && cargo fmt --all

clean: ## Removes what was built in this checkout; ./data and the shared cache stay
	@rm -rf target sheet speed end2end/node_modules end2end/speed/node_modules end2end/test-results end2end/playwright-report
