// The command line in Node: the same module that pipelines run.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const program = join(dirname(fileURLToPath(import.meta.url)), '../../build/wasm/pmo_cli.cjs')
let folder, sample

const run = (...words) => execFileSync(process.execPath, [program, ...words], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] })
const json = (...words) => JSON.parse(run(...words, '--json'))
function fails(pattern, ...words) {
  assert.throws(() => run(...words), (error) => error.status === 1 && pattern.test(error.stderr))
}
const near = (value, expected, what) => assert.ok(Math.abs(value - expected) < 1e-6, `${what}: ${value} instead of ${expected}`)

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'pmo-cli-'))
  sample = join(folder, 'sample.pmo.json')
  run('sample', sample)
})
after(() => rmSync(folder, { recursive: true }))

test('simulate: one seed gives the same percentiles; they rise; criticality lies between 0 and 1', () => {
  const first = json('simulate', sample, '--iterations', '2000', '--seed', '7')
  const again = json('simulate', sample, '--iterations', '2000', '--seed', '7')
  assert.deepEqual({ ...again, seconds: 0 }, { ...first, seconds: 0 })
  assert.equal(first.iterations, 2000)
  const { p10, p50, p80, p90 } = first.finish
  assert.ok(p10 <= p50 && p50 <= p80 && p80 <= p90 && p10 < p90)
  assert.ok(first.cost.p10 < first.cost.p90)
  assert.ok(first.tasks.length > 100)
  for (const task of first.tasks) assert.ok(task.criticality >= 0 && task.criticality <= 1)
  assert.ok(first.tasks.some((task) => task.criticality > 0.5))
})

test('earned-value of a project adds up', () => {
  const value = json('earned-value', sample, '--date', '2026-05-11')
  assert.equal(value.date, '2026-05-11')
  const top = value.tasks.filter((task) => !task.wbs.includes('.'))
  near(top.reduce((sum, task) => sum + task.EV, 0), value.EV, 'EV')
  near(value.EV - value.AC, value.CV, 'CV')
  near(value.EV / value.PV, value.SPI, 'SPI')
  fails(/not a date/, 'earned-value', sample, '--date', 'May')
})

test('earned-value of a table: every figure of every row', () => {
  const table = join(folder, 'table.csv')
  writeFileSync(table, 'AT,PV,EV,AC\n1,100,90,110\n2,220,180,230\n3,400,310,380\n4,600,,\n')
  const rows = json('earned-value', '--table', table, '--bac', '1000', '--planned-duration', '8')
  assert.equal(rows.length, 4)
  const [, second, third, last] = rows
  near(second.SV, -40, 'SV')
  near(second.CV, -50, 'CV')
  near(second.SPI, 180 / 220, 'SPI')
  near(second.CPI, 180 / 230, 'CPI')
  near(second.ES, 1 + 80 / 120, 'ES')
  near(second.SV_t, 1 + 80 / 120 - 2, 'SV_t')
  near(third.ES, 2.5, 'ES')
  near(third.SPI_t, 2.5 / 3, 'SPI_t')
  near(third.EAC_cpi, 1000 / (310 / 380), 'EAC_cpi')
  near(third.EAC_budget, 380 + 690, 'EAC_budget')
  near(third.EAC_cpi_spi, 380 + 690 / ((310 / 380) * (310 / 400)), 'EAC_cpi_spi')
  near(third.TCPI, 690 / 620, 'TCPI')
  near(third.EAC_t_1, 3 + 5.5, 'EAC_t_1')
  near(third.EAC_t_spi, 3 + 5.5 / (2.5 / 3), 'EAC_t_spi')
  assert.equal(last.SV, null)
  writeFileSync(table, 'AT,PV,EV,AC\n1,a,90,110\n')
  fails(/line 2/, 'earned-value', '--table', table)
  writeFileSync(table, 'Time,Cost\n1,2\n')
  fails(/AT, PV, EV, AC/, 'earned-value', '--table', table)
})

test('schedule --level resolves the overloads and names what each task waits for', () => {
  const plain = json('schedule', sample), levelled = json('schedule', sample, '--level')
  assert.equal(plain.levelling, undefined)
  assert.ok(levelled.levelling.moves.length > 0)
  assert.ok(levelled.levelling.moves.some((move) => move.resource && move.waits_for))
  assert.ok(levelled.project.finish >= plain.project.finish)
  assert.equal(levelled.project.finish, levelled.levelling.new_finish)
})

test('files that are missing or broken are told', () => {
  fails(/cannot be read/, 'simulate', join(folder, 'nothing.json'))
  writeFileSync(join(folder, 'broken.json'), readFileSync(sample, 'utf8').slice(0, 2000))
  fails(/./, 'schedule', join(folder, 'broken.json'), '--level')
  fails(/not a number/, 'simulate', sample, '--iterations', 'many')
})
