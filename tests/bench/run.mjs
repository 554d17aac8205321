// Runs the benchmarks that ./pmo bench has built, each natively and as WebAssembly, and prints what they measure.
//   run.mjs [--json] [--only NAME] [ARGUMENTS of the benchmarks ...]
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const given = process.argv.slice(2)
const only = given.includes('--only') ? given.splice(given.indexOf('--only'), 2)[1] : null
const json = given.includes('--json')

const names = readdirSync(join(root, 'tests/bench'))
  .filter((file) => file.endsWith('.cpp'))
  .map((file) => file.slice(0, -4))
  .filter((name) => !only || name === only)
if (names.length === 0) {
  console.error(only ? `There is no benchmark ${only}.` : 'There are no benchmarks.')
  process.exit(1)
}

const programs = (name) => ({
  native: [join(root, `build/native-release/bench_${name}`)],
  wasm: [process.execPath, join(root, `build/wasm/bench_${name}.cjs`)],
})

const measured = {}
let failed = false
for (const name of names) {
  measured[name] = {}
  for (const [kind, [command, ...before]] of Object.entries(programs(name))) {
    if (!existsSync(before.at(-1) ?? command)) continue
    if (!json) console.log(`\n${name}, ${kind}`)
    const run = spawnSync(command, [...before, ...given], { cwd: root, encoding: 'utf8', stdio: ['ignore', json ? 'pipe' : 'inherit', 'inherit'] })
    if (run.status !== 0) failed = true
    else if (json) measured[name][kind] = JSON.parse(run.stdout)
  }
}
if (json) console.log(JSON.stringify(measured, null, 2))
process.exitCode = failed ? 1 : 0
