// The office as a newcomer meets it: a project made and named in Chinese, kept through a reload without a network,
// handed to a colleague as a bundle, and files that are not what they should be.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assert, run, test } from './harness.mjs'

const commandLine = fileURLToPath(new URL('../../build/wasm/pmo_cli.cjs', import.meta.url))
const mspdi = `<?xml version="1.0" encoding="UTF-8"?>
<Project xmlns="http://schemas.microsoft.com/project">
  <Name>机房搬迁</Name><StartDate>2026-03-02T08:00:00</StartDate><ScheduleFromStart>1</ScheduleFromStart>
  <Tasks>
    <Task><UID>1</UID><ID>1</ID><Name>勘察</Name><OutlineLevel>1</OutlineLevel><Duration>PT16H0M0S</Duration></Task>
    <Task><UID>2</UID><ID>2</ID><Name>搬迁</Name><OutlineLevel>1</OutlineLevel><Duration>PT24H0M0S</Duration>
      <PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type></PredecessorLink></Task>
  </Tasks>
</Project>`

async function exportBundle(app) {
  await app.click('project.menu')
  const { name, text } = await app.download(() => app.click('project.export'))
  return { name, text, bundle: JSON.parse(text) }
}

async function saved(app) {
  await app.page.waitForFunction(() => window.pmo.state().storage === 'saved')
}

test('a project named in Chinese is there after a reload without a network', async ({ start }) => {
  const app = await start({ language: 'zh-CN', worker: true })
  await app.click('start.new')
  await app.click('project.name')
  await app.compose('项目管理')
  await app.click('create')
  await app.waitFor('project.menu')
  assert.equal((await app.item('project.menu')).name, '项目管理')
  await saved(app)
  await app.goOffline()
  await app.reload()
  await app.waitFor('项目管理')
  const { project } = await app.state()
  if (!project) await app.click('项目管理')
  assert.equal((await app.waitFor('project.menu')).name, '项目管理')
})

test('a colleague who opens the bundle has the same content', async ({ start }) => {
  const sender = await start()
  await sender.click('start.sample')
  await sender.waitFor('project.menu')
  const sent = await exportBundle(sender)
  assert.match(sent.name, /\.pmo\.json$/)
  const receiver = await start()
  await receiver.drop(sent.name, sent.text)
  await receiver.waitFor('dialog.import')
  await receiver.click('import', { role: 'button' })
  await receiver.waitFor('project.menu')
  const back = await exportBundle(receiver)
  assert.deepEqual(back.bundle.data, sent.bundle.data)
  assert.deepEqual(back.bundle.project, sent.bundle.project)
})

test('the database file of a project opens in another browser with the same content', async ({ start }) => {
  const sender = await start()
  await sender.click('start.sample')
  await sender.waitFor('project.menu')
  const sent = await exportBundle(sender)
  await sender.click('project.menu')
  await sender.click('project.storage')
  await sender.waitFor('dialog.storage')
  const file = await sender.download(() => sender.click('storage.file'))
  assert.match(file.name, /\.sqlite$/)
  const folder = mkdtempSync(join(tmpdir(), 'pmo-database-'))
  const path = join(folder, 'project.sqlite')
  writeFileSync(path, file.bytes)
  const told = JSON.parse(execFileSync(process.execPath, [commandLine, 'validate', path, '--json'], { encoding: 'utf8' }))
  assert.equal(told.valid, true)
  assert.deepEqual(told.counts, sent.bundle.counts)
  execFileSync(process.execPath, [commandLine, 'convert', path, join(folder, 'out.pmo.json')])
  assert.deepEqual(JSON.parse(readFileSync(join(folder, 'out.pmo.json'), 'utf8')).project, sent.bundle.project)
  rmSync(folder, { recursive: true })
  const receiver = await start()
  await receiver.drop(file.name, file.bytes)
  await receiver.waitFor('dialog.import')
  await receiver.click('import', { role: 'button' })
  await receiver.waitFor('project.menu')
  const back = await exportBundle(receiver)
  assert.deepEqual(back.bundle.data, sent.bundle.data)
  assert.equal(back.bundle.revision, sent.bundle.revision)
  // The same file once more is another copy of what is there: nothing new.
  await receiver.drop(file.name, file.bytes)
  await receiver.waitFor('dialog.import')
  assert.ok((await receiver.items()).every((item) => !item.label?.includes('import.item.')))
})

test('a file of MS Project becomes a project', async ({ start }) => {
  const app = await start({ language: 'zh-CN' })
  await app.drop('plan.xml', mspdi)
  await app.waitFor('dialog.import')
  await app.click('import', { role: 'button' })
  await app.waitFor('project.menu')
  const { bundle } = await exportBundle(app)
  assert.deepEqual(bundle.data.task.map((task) => task.fields.name).toSorted(), ['勘察', '搬迁'].toSorted())
  assert.equal(bundle.data.link.length, 1)
})

test('plans of Primavera, tables and calendar files become projects', async ({ start }) => {
  const app = await start()
  const xer = readFileSync(new URL('../fuzz/seeds/xer/bridge.xer', import.meta.url), 'utf8')
  const calendar = ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'SUMMARY:Topping out', 'DTSTART:20270301T100000', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n')
  for (const [name, text, kind, task] of [
    ['bridge.xer', xer, 'Primavera P6 file', null],
    ['House.csv', 'Task name,Duration\nWalls,5d\n', 'Table of tasks (CSV)', 'Walls'],
    ['site.ics', calendar, 'Calendar file (ICS)', 'Topping out'],
  ]) {
    await app.drop(name, text)
    await app.waitFor('dialog.import')
    assert.ok((await app.items()).some((item) => item.visible && item.name?.endsWith(kind)), `${name} is called a ${kind}`)
    await app.click('import', { role: 'button' })
    await app.openPage('tasks', 'manager')
    const rows = (await app.items()).filter((item) => item.role === 'treeitem' && item.visible)
    assert.ok(rows.length > 0 && (!task || rows.some((row) => row.name === task)), `${name}: ${rows.map((row) => row.name)}`)
  }
})

test('a table in GBK with headings of its own: the user says what the columns are', async ({ start }) => {
  // 编码,工作内容,需要几天,上级备注 / A1,打桩施工,3,先做 / A2,承台浇筑,2.5,
  const table = Buffer.from('seDC6yy5pNf3xNrI3SzQ6NKqvLjM7CzJz7y2sbjXogpBMSy08teuyqm5pCwzLM/I1/YKQTIss9DMqL291v4sMi41LAo=', 'base64')
  const app = await start({ language: 'zh-CN' })
  await app.drop('计划.csv', table)
  await app.waitFor('dialog.import')
  assert.match((await app.item('import.encoding')).name, /GB18030/)
  assert.equal((await app.item('import.task.2')).name, '承台浇筑')
  await app.click('column.3')
  await app.click('meaning.duration')
  await app.click('column.4')
  await app.click('leave_out')
  await app.click('import', { role: 'button' })
  await app.waitFor('project.menu')
  const { bundle } = await exportBundle(app)
  assert.deepEqual(bundle.data.task.map((task) => [task.fields.name, task.fields.duration]).toSorted(), [['打桩施工', 1440], ['承台浇筑', 1200]].toSorted())
  assert.deepEqual(bundle.data.custom_field.map((field) => field.fields.name), ['编码'])
  assert.equal(bundle.data.import_report.length, 1)
})

test('files that are not what they should be: a message each, and nothing changes', async ({ start }) => {
  const app = await start()
  await app.click('start.sample')
  await app.waitFor('project.menu')
  const before = await exportBundle(app)
  const expectMessage = async (name, text, pattern) => {
    await app.drop(name, text)
    await app.page.waitForFunction(
      ([name]) => window.pmo.items().some((item) => item.role === 'alert' && item.name.includes(name)), [name])
    const message = (await app.items()).find((item) => item.role === 'alert' && item.name.includes(name))
    assert.match(message.name, pattern)
  }
  await expectMessage('cut.pmo.json', before.text.slice(0, 5000), /ends too early/)
  await expectMessage('other.json', '{"a": 1}', /not a PMO Desk bundle/)
  await expectMessage('broken.xml', '<Project><Tasks>', /not correct XML/)
  await app.page.evaluate(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([new Blob(Array(200).fill(new Uint8Array(1 << 20)))], 'huge.json'))
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }))
  })
  await app.page.waitForFunction(() => window.pmo.items().some((item) => item.role === 'alert' && item.name.includes('huge.json')))
  const after = await exportBundle(app)
  assert.equal(after.bundle.revision, before.bundle.revision)
  assert.deepEqual(after.bundle.data, before.bundle.data)
})

test('the language changes everything at once, and lasts', async ({ start }) => {
  const app = await start()
  await app.click('start.sample')
  await app.waitFor('Project manager')
  await app.click('language')
  await app.click('简体中文')
  await app.waitFor('项目经理')
  await saved(app)
  await app.reload()
  assert.equal((await app.state()).language, 'zh-CN')
  await app.waitFor('项目经理')
})

await run()
