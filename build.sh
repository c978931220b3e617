#!/usr/bin/env bash
# The one entrance to everything a developer does. Needs Node 20 or newer, npm and git.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
usage: ./build.sh VERB [arguments]

  demo       compile some examples and run them: concurrency, a timeout, a cancellation, a shield
  test       run the whole suite (arguments: test files to run instead)
  web        serve the pages under web/
  bench      measure, print a table, write bench/results.json
  scenario   build the interpreter of random asyncio programs for this machine, with sanitizers; print its path
  oracle     run COUNT (1000) random programs, of seeds from FIRST (0) on, by CPython's asyncio and by bide, and compare
  fuzz       look for programs that break the core, for so many SECONDS (60); needs clang-19
  coverage   say which lines and branches of src/ the suite reaches on this machine; needs gcc and gcov
  amalgamation  make the core for this machine in one file: build/bide.c and build/bide.h
  anywhere   try the package with every tool that is there, and write the table in README.md
  docs       make the reference from include/bide.h: pages under build/docs, and docs/asyncio.md
  help       print this
TEXT
}

require_node() {
  if ! command -v node >/dev/null 2>&1; then
    echo "build.sh: Node is missing; bide needs Node 20 or newer" >&2
    exit 1
  fi
  local major
  major=$(node -p 'process.versions.node.split(".")[0]')
  if [ "$major" -lt 20 ]; then
    echo "build.sh: this is Node $(node --version); bide needs Node 20 or newer" >&2
    exit 1
  fi
}

# npm writes node_modules/.package-lock.json last, so its age is that of the installation.
install_packages() {
  [ node_modules/.package-lock.json -nt package-lock.json ] && return
  echo "installing npm packages (about 300 MB, once) ..." >&2
  npm ci --no-audit --no-fund --progress=true --ignore-scripts
  touch node_modules/.package-lock.json
}

# Names the tools that everything below is made with.
print_versions() {
  node -e '
    const version = (name) => JSON.parse(require("node:fs").readFileSync(`node_modules/${name}/package.json`, "utf8")).version;
    console.log(`bide: node ${process.version}, clang (wasm) ${version("@yowasp/clang")}, binaryen ${version("binaryen")}`);'
}

verb=${1:-help}
[ $# -gt 0 ] && shift
case "$verb" in
  demo | test | web | bench | scenario | oracle | fuzz | coverage | amalgamation | anywhere | docs) ;;
  help | -h | --help) usage; exit 0 ;;
  *) echo "build.sh: unknown verb $verb" >&2; usage >&2; exit 2 ;;
esac

require_node
install_packages
print_versions
node js/cli/prepare.js

case "$verb" in
  demo) exec node examples/demo.js "$@" ;;
  test) exec node tests/run.js "$@" ;;
  web) exec node web/serve.js "$@" ;;
  bench) exec node bench/run.js "$@" ;;
  scenario) exec node tests/support/build_scenario.js "$@" ;;
  oracle) exec node tests/oracle/run.js "$@" ;;
  fuzz) exec node tests/fuzz/run.js "$@" ;;
  coverage) exec node tests/coverage/run.js "$@" ;;
  amalgamation) exec node tools/amalgamation.js "$@" ;;
  anywhere) exec node tests/anywhere/run.js "$@" ;;
  docs) exec node docs/build.js "$@" ;;
esac
