// The command line in Node: the same module that pipelines run.

import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const program = join(dirname(fileURLToPath(import.meta.url)), '../../build/wasm/pmo_cli.cjs')
let folder, sample

const run = (...words) => execFileSync(process.execPath, [program, ...words], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] })
const json = (...words) => JSON.parse(run(...words, '--json'))
function ends(status, pattern, words) {
  assert.throws(() => run(...words), (error) => {
    assert.equal(error.status, status, error.stderr)
    assert.match(error.stderr, pattern)
    return true
  })
}
const fails = (pattern, ...words) => ends(1, pattern, words)
const refuses = (pattern, ...words) => ends(2, pattern, words) // it was not called rightly
const write = (name, text) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
// What is told beside the output: notes and diagnostics.
const told = (...words) => spawned(words, (child) => child.stdout.resume())
function spawned(words, begin) {
  const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
  begin(child)
  let text = ''
  child.stderr.setEncoding('utf8').on('data', (part) => (text += part))
  return new Promise((done) => child.on('close', (status) => done({ status, text })))
}
const near = (value, expected, what) => assert.ok(Math.abs(value - expected) < 1e-6, `${what}: ${value} instead of ${expected}`)

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'pmo-cli-'))
  sample = join(folder, 'sample.pmo.json')
  run('sample', sample)
})
after(() => rmSync(folder, { recursive: true }))

test('a wrong value of a file is told as JSON, too, wherever it is cut', () => {
  const path = write('wide.ics', `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:${'1'.repeat(79)}月月\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`)
  assert.throws(() => json('validate', path), (error) => {
    assert.equal(error.status, 1, error.stderr)
    const said = JSON.parse(error.stdout)
    assert.equal(said.valid, false)
    assert.equal(said.error.id, 'error.ics.date')
    return true
  })
})

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
  refuses(/not a date/, 'earned-value', sample, '--date', 'May')
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

test('earned-value of a table: separators and decimal marks as spreadsheets write them', () => {
  const figures = (text, ...words) => json('earned-value', '--table', write('marks.csv', text), ...words)
  const plain = figures('AT,PV,EV,AC\n1,1000.5,800,1000\n')
  assert.deepEqual(figures('AT;PV;EV;AC\n1;1000,5;800;1000\n'), plain)
  assert.deepEqual(figures('AT;PV;EV;AC\n1;1.000,5;800;1.000\n'), plain)
  assert.deepEqual(figures('AT;PV;EV;AC\n1;1000.5;800;1000\n'), plain)
  assert.deepEqual(figures('AT,PV,EV,AC\r\n1,"1,000.5",800,"1,000"\r\n'), plain)
  assert.deepEqual(figures('AT,PV,EV,AC\n1,"1000,5",800,1000\n'), plain)
  assert.deepEqual(figures('sep=\t\nac\tev\tpv\tat\tnote\n1000\t800\t1000.5\t1\ta, b; c\n'), plain)
  fails(/line 2: 5 cells under 4 headings/, 'earned-value', '--table', write('wide.csv', 'AT,PV,EV,AC\n1,1,000,80,100\n'))
  fails(/line 3: "1,00"/, 'earned-value', '--table', write('group.csv', 'AT,PV,EV,AC\n1,100.5,80,100\n2,"1,00",80,100\n'))
  fails(/line 2: "0x10"/, 'earned-value', '--table', write('hex.csv', 'AT,PV,EV,AC\n1,0x10,80,100\n'))
})

test('earned-value of a table: a figure needs only what it is made of', () => {
  const table = write('gaps.csv', 'AT,PV,EV,AC\n1,100,80,90\n2,,150,190\n3,300,,280\n4,,260,\n5,,290,400\n')
  const [, second, third, fourth, fifth] = json('earned-value', '--table', table)
  assert.equal(second.SV, null) // nobody knows what was planned by then
  assert.equal(second.EAC_cpi_spi, null)
  near(second.CV, -40, 'CV')
  near(second.CPI, 150 / 190, 'CPI')
  near(second.EAC_cpi, 300 / (150 / 190), 'EAC_cpi')
  near(second.EAC_budget, 190 + 150, 'EAC_budget')
  near(second.TCPI, 150 / 110, 'TCPI')
  assert.deepEqual([third.SV, third.CV, third.CPI, third.ES, third.TCPI], [null, null, null, null, null])
  near(fourth.SV, -40, 'SV') // the plan is done: PV is the budget
  assert.equal(fourth.CV, null)
  near(fifth.SPI, 290 / 300, 'SPI')
  near(fifth.EAC_cpi_spi, 400 + 10 / ((290 / 400) * (290 / 300)), 'EAC_cpi_spi')
})

test('earned-value before the start, or without a budget, has no earned schedule', () => {
  const early = json('earned-value', sample, '--date', '1990-01-01')
  for (const name of ['ES', 'SV_t', 'SPI_t', 'EAC_t_1', 'EAC_t_spi', 'forecast_finish']) assert.equal(early[name], null, name)
  const [row] = json('earned-value', '--table', write('none.csv', 'AT,PV,EV,AC\n3,0,0,0\n'), '--planned-duration', '8')
  for (const name of ['SPI', 'CPI', 'ES', 'SV_t', 'SPI_t', 'EAC_t_1']) assert.equal(row[name], null, name)
})

test('earned-value against the baseline that is named', () => {
  const dates = (start) => `<Start>${start}T08:00:00</Start><Finish>${start}T17:00:00</Finish><Duration>PT8H0M0S</Duration>`
  const plan = write('baselines.xml', `<Project xmlns="http://schemas.microsoft.com/project"><StartDate>2026-01-05T08:00:00</StartDate><Tasks><Task>
    <UID>1</UID><ID>1</ID><Name>Dig</Name><OutlineLevel>1</OutlineLevel><Duration>PT8H0M0S</Duration>
    <Baseline><Number>0</Number>${dates('2026-01-05')}<Cost>10000</Cost></Baseline>
    <Baseline><Number>3</Number>${dates('2026-01-12')}<Cost>90000</Cost></Baseline></Task></Tasks></Project>`)
  const names = /"(nothing)".*There are: (Baseline), (Baseline ?3)/
  fails(names, 'earned-value', plan, '--baseline', 'nothing')
  const value = json('earned-value', plan, '--baseline', 'Baseline', '--date', '2026-01-06')
  assert.deepEqual([value.baseline, value.BAC, value.PV], ['Baseline', 100, 100])
  fails(/the project has none/, 'earned-value', write('bare.csv', 'Name,Duration\nA,3d\n'), '--baseline', 'Approved')
})

test('what is wrong with a plan is told by every command that schedules it', async () => {
  const plan = write('circle.csv', 'Name,Duration,Predecessors\nA,2d,2\nB,3d,1\n')
  for (const command of ['schedule', 'simulate', 'earned-value']) {
    const { diagnostics } = json(command, plan)
    assert.match(diagnostics[0].text, /A/, command)
    assert.ok((await told(command, plan)).text.includes(diagnostics[0].text), command)
  }
})

test('simulate: tasks without estimates vary when asked to; that nothing varies is told', async () => {
  const plan = write('plain.csv', 'Name,Duration,Start\nA,10d,2026-01-05\nB,5d,2026-01-05\n')
  const still = json('simulate', plan)
  assert.equal(still.varies, false)
  assert.equal(still.finish.p5, still.finish.p95)
  assert.match((await told('simulate', plan)).text, /every iteration gives the same/)
  const moving = json('simulate', plan, '--spread', '10,20', '--iterations', '1000')
  assert.equal(moving.varies, true)
  assert.equal(moving.estimated_tasks, 2)
  assert.ok(moving.finish.p5 < still.finish.base && still.finish.base < moving.finish.p95)
  assert.ok(json('simulate', sample, '--iterations', '500').risks.length > 0)
  assert.deepEqual(json('simulate', sample, '--iterations', '500', '--no-risks').risks, [])
  const spread = (...options) => {
    const { finish } = json('simulate', sample, '--iterations', '2000', '--no-risks', ...options)
    return new Date(finish.p95) - new Date(finish.p5)
  }
  assert.ok(spread('--resource-correlation', '90') > spread()) // what rises together does not even out
  refuses(/between 0 and 100/, 'simulate', sample, '--resource-correlation', '101')
  for (const wrong of ['10', '10,x', '-5,20', '101,20', '10,20,30']) refuses(/two percentages/, 'simulate', plan, '--spread', wrong)
})

test('simulate: a plan without tasks finishes where its schedule does', () => {
  const empty = write('empty.xml', '<Project xmlns="http://schemas.microsoft.com/project"><StartDate>2026-01-05T08:00:00</StartDate><Tasks/></Project>')
  const { finish } = json('simulate', empty)
  assert.deepEqual([finish.p5, finish.p95], [finish.base, finish.base])
})

test('level: one bad instance is named and the others are measured', () => {
  const instance = (demand) => `jobs (incl. supersource/sink ):  3
  - renewable                 :  1   R
  - nonrenewable              :  0   N
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1 1 1 2
   2 1 1 3
   3 1 0
REQUESTS/DURATIONS:
jobnr. mode duration  R 1
---
  1 1 0 0
  2 1 8 ${demand}
  3 1 0 0
RESOURCEAVAILABILITIES:
  R 1
   3
`
  for (const set of ['psplib/small', 'psplib/odd']) mkdirSync(join(folder, set), { recursive: true })
  write('psplib/best_known.csv', 'instance,critical_path,lower_bound,best_known\ngood,8,8,8\n')
  write('psplib/small/good.sm', instance(2))
  const good = json('level', '--psplib', join(folder, 'psplib/small'), '--schedules', '10') // best_known.csv from the parent
  assert.equal(good.sets[0].mean_deviation_best, 0)
  write('psplib/small/greedy.sm', instance(4))
  write('psplib/odd/broken.sm', 'no instance')
  assert.throws(() => run('level', '--psplib', join(folder, 'psplib'), '--schedules', '10', '--json'), (error) => {
    assert.equal(error.status, 1)
    assert.deepEqual(JSON.parse(error.stdout).sets.map((set) => [set.name, set.instances]), [['small', 1]])
    assert.match(error.stderr, /broken\.sm/)
    assert.match(error.stderr, /Activity 2 needs 4 of resource 1.*small\/greedy/)
    return true
  })
})

test('convert: the end of a name tells the form, and an unknown one is refused', () => {
  for (const name of ['plan.foo', 'plan.xlsx']) {
    refuses(/\.pmo\.json, \.xml, \.csv, \.ics/, 'convert', sample, join(folder, name))
    assert.ok(!existsSync(join(folder, name)))
  }
  refuses(/\.pmo\.json$/m, 'sample', join(folder, 'sample.xml'))
  run('convert', sample, join(folder, 'PLAN.XML'))
  assert.match(readFileSync(join(folder, 'PLAN.XML'), 'utf8'), /^<\?xml/)
  run('convert', sample, join(folder, 'copy.json'))
  assert.equal(json('validate', join(folder, 'copy.json')).valid, true)
})

test('a file is replaced, and those beside it stay what they are', () => {
  const target = write('replaced.csv', 'old'), beside = write('replaced.csv.new', 'of somebody')
  run('convert', sample, target)
  assert.match(readFileSync(target, 'utf8'), /Duration/)
  assert.equal(readFileSync(beside, 'utf8'), 'of somebody')
  assert.ok(!existsSync(join(folder, 'replaced.csv.new2')))
})

test('a reader that leaves early ends the run without a word', async () => {
  for (const words of [['help'], ['registers', '--json']]) {
    const end = await spawned(words, (child) => child.stdout.destroy())
    assert.deepEqual(end, { status: 0, text: '' })
  }
})

test('the language comes from PMO_LANGUAGE or --language, and must be one', () => {
  const help = (environment, ...words) => execFileSync(process.execPath, [program, ...words], { encoding: 'utf8', env: { ...process.env, ...environment } })
  assert.match(help({ PMO_LANGUAGE: 'zh-CN' }, 'help'), /命令行/)
  assert.match(help({ PMO_LANGUAGE: 'zh-CN' }, 'help', '--language', 'en'), /command line/)
  assert.match(help({}, '--language', 'zh-CN', 'simulate', '--help'), /^ {2}simulate 文件/)
  refuses(/--language needs a value/, 'validate', sample, '--language')
  refuses(/"xx" is not a language/, 'help', '--language', 'xx')
})

test('a wrong call is told apart from a failure', () => {
  refuses(/--schedules needs a value/, 'level', '--psplib', folder, '--schedules', '--json')
  for (const wrong of ['0', '-5']) refuses(/between 1 and/, 'level', '--psplib', folder, '--schedules', wrong)
  refuses(/between 1 and 1000000/, 'simulate', sample, '--iterations', '0')
  refuses(/no command "fly"/, 'fly')
  refuses(/no option --fast/, 'schedule', sample, '--fast')
  refuses(/at least 2/, 'convert', sample)
  refuses(/does not take the file "more"/, 'validate', sample, 'more')
  fails(/nobody called "Nobody"/, 'part', sample, '--person', 'Nobody', '-o', join(folder, 'part.pmo.json'))
})

test('schedule --level resolves the overloads and names what each task waits for', () => {
  const plain = json('schedule', sample), levelled = json('schedule', sample, '--level')
  assert.equal(plain.levelling, undefined)
  assert.ok(levelled.levelling.moves.length > 0)
  assert.ok(levelled.levelling.moves.some((move) => move.resource && move.waits_for))
  assert.ok(levelled.project.finish >= plain.project.finish)
  assert.equal(levelled.project.finish, levelled.levelling.new_finish)
  const tried = json('schedule', sample, '--level', '--trials', '6', '--seed', '3')
  assert.ok(tried.project.finish <= levelled.project.finish)
  assert.deepEqual(json('schedule', sample, '--level', '--trials', '6', '--seed', '3').levelling, tried.levelling)
  assert.equal(json('schedule', sample, '--level', '--within-float').project.finish, plain.project.finish)
  refuses(/--trials.*between 1 and 10000/, 'schedule', sample, '--level', '--trials', '0')
})

test('files that are missing or broken are told', () => {
  fails(/cannot be read/, 'simulate', join(folder, 'nothing.json'))
  writeFileSync(join(folder, 'broken.json'), readFileSync(sample, 'utf8').slice(0, 2000))
  fails(/./, 'schedule', join(folder, 'broken.json'), '--level')
  refuses(/not a number/, 'simulate', sample, '--iterations', 'many')
})
