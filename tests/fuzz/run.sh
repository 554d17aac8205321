#!/usr/bin/env bash
# Runs the fuzzers one after the other (started by ./pmo fuzz):  run.sh [SECONDS each] [NAME ...]
# What they find lies in build/fuzz/NAME/; the corpus is kept there too and grows from run to run.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}
[ $# -eq 0 ] || shift
names=("$@")
if [ ${#names[@]} -eq 0 ]; then
  for source in tests/fuzz/*.cpp; do names+=("$(basename "$source" .cpp)"); done
fi

# Seeds: a small plan of tests/fuzz/seeds, and what the product makes of it in the other forms.
made=build/fuzz/seeds
mkdir -p "$made"/{bundle,mspdi,csv,ics,open_file}
for form in bundle/bridge.pmo.json mspdi/bridge.xml csv/bridge.csv ics/bridge.ics; do
  build/fuzz/pmo_cli convert tests/fuzz/seeds/xer/bridge.xer "$made/$form" 2>/dev/null
  cp "$made/$form" "$made/open_file"
done

for name in "${names[@]}"; do
  corpus=build/fuzz/$name/corpus
  mkdir -p "$corpus"
  seeds=()
  for folder in "tests/fuzz/seeds/$name" "$made/$name"; do
    if [ -d "$folder" ]; then seeds+=("$folder"); fi
  done
  printf '%s: %s seconds\n' "$name" "$seconds"
  "build/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 \
    -artifact_prefix="build/fuzz/$name/" "$corpus" "${seeds[@]}" 2>&1 | grep -vE '^INFO:|^$' ||
    { printf '%s: failed; the input lies in build/fuzz/%s/\n' "$name" "$name" >&2; exit 1; }
done
