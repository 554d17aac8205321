#!/usr/bin/env bash
# Runs the tests that draw random histories with many more of them (started by ./pmo soak):  soak.sh [HISTORIES]
# A failure names its seed; the same count finds it again.
#   soak.sh --kills N    kills the browser N times while it counts in a stored database
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "${1:-}" = --kills ]; then exec node tests/browser/kill.mjs "${2:-20}"; fi
histories=${1:-20000}
printf 'merging: %s histories\n' "$histories"
PMO_MERGE_HISTORIES=$histories build/native/test_model
printf 'storage: %s points of a crash\n' "$histories"
PMO_CRASH_POINTS=$histories build/native/test_vfs
