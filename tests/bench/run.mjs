// Runs the benchmarks that ./pmo bench has built, each natively and as WebAssembly, and prints what they measure side
// by side; and the storage in Chromium (page.mjs).
//   run.mjs [--json] [--only NAME] [ARGUMENTS of the benchmarks ...]
//
// A benchmark is a file tests/bench/NAME.cpp. Given --json it prints one object of lists of rows,
//   {"schedule": [{"tasks": 1000, "passes_ms": 0.9}, ...]}
// and that is all there is to do to add one. A column that ends in _ms, seconds or _per_second is a measurement and
// shown for both programs; a column ending in _ms also with its growth from row to row. Any other column says what
// the row is, or a result; the two programs must agree on it, as one seed gives the same numbers everywhere.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measurePage } from './page.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const given = process.argv.slice(2)
const only = given.includes('--only') ? given.splice(given.indexOf('--only'), 2)[1] : null
const json = given.includes('--json')
const arguments_ = given.filter((word) => word !== '--json')

const programs = {
  native: (name) => [join(root, `build/native-release/bench_${name}`)],
  wasm: (name) => [process.execPath, join(root, `build/wasm/bench_${name}.cjs`)],
}

const names = [...readdirSync(join(root, 'tests/bench')).filter((file) => file.endsWith('.cpp')).map((file) => file.slice(0, -4)), 'page']
  .filter((name) => !only || name === only)
if (names.length === 0) {
  console.error(only ? `There is no benchmark ${only}.` : 'There are no benchmarks.')
  process.exit(1)
}

/** What a benchmark measures with one program; null when that program is not built or fails. */
function measure(name, kind) {
  const [command, ...before] = programs[kind](name)
  if (!existsSync(before.at(-1) ?? command)) return null
  const run = spawnSync(command, [...before, ...arguments_, '--json'],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'inherit'] })
  if (run.status === 0) return JSON.parse(run.stdout)
  console.error(`${name}, ${kind}: failed`)
  process.exitCode = 1
  return null
}

const is_measurement = (column) => /(_ms|seconds|_per_second)$/.test(column)
const shown = (value) =>
  value === null || value === undefined ? '-'
    : typeof value !== 'number' || Number.isInteger(value) ? String(value)
      : Math.abs(value) >= 1000 ? value.toFixed(0) : value.toFixed(3)

/** The lines of a list of rows; `by_kind` holds the same rows as each program measured them. */
function table(by_kind) {
  const kinds = Object.keys(by_kind)
  const rows = by_kind[kinds[0]]
  const columns = [...new Set(rows.flatMap(Object.keys))].flatMap((column) => {
    if (!is_measurement(column)) return [{ title: column, of: (at) => shown(rows[at][column]) }]
    const measured = kinds.map((kind) => ({ title: `${column} ${kind}`, of: (at) => shown(by_kind[kind][at]?.[column]) }))
    if (!column.endsWith('_ms') || rows.length < 2) return measured
    const last = kinds.at(-1)
    const growth = (at) => (at === 0 ? '' : `x${(by_kind[last][at]?.[column] / by_kind[last][at - 1]?.[column]).toFixed(1)}`)
    return [...measured, { title: 'growth', of: growth }]
  })
  const cells = [columns.map((column) => column.title), ...rows.map((_, at) => columns.map((column) => column.of(at)))]
  const widths = columns.map((_, c) => Math.max(...cells.map((line) => line[c].length)))
  return cells.map((line) => line.map((cell, c) => cell.padStart(widths[c])).join('  '))
}

const all = {}
for (const name of names) {
  const measured = {}
  if (name === 'page') measured.chromium = await measurePage()
  else
    for (const kind of Object.keys(programs)) {
      const result = measure(name, kind)
      if (result) measured[kind] = result
    }
  all[name] = measured
  const kinds = Object.keys(measured)
  if (json || kinds.length === 0) continue
  for (const list of Object.keys(measured[kinds[0]])) {
    console.log(`\n${list}`)
    console.log(table(Object.fromEntries(kinds.map((kind) => [kind, [measured[kind][list]].flat()]))).join('\n'))
  }
}
if (json) console.log(JSON.stringify(all, null, 2))
