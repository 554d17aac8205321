#!/usr/bin/env bash
# Runs the tests that draw random histories with many more of them (started by ./pmo soak):  soak.sh [HISTORIES]
# A failure names its seed; the same count finds it again.
set -euo pipefail
cd "$(dirname "$0")/.."
histories=${1:-20000}
printf 'merging: %s histories\n' "$histories"
PMO_MERGE_HISTORIES=$histories build/native/test_model
printf 'storage: %s points of a crash\n' "$histories"
PMO_CRASH_POINTS=$histories build/native/test_vfs
