// The plan as its manager makes it: names written one below the other, cells edited, the outline changed by keys, bars
// dragged to move, to resize and to link, everything there after a reload without a network.

import { assert, run, test } from './harness.mjs'

// The task of this name: its cells by field, its widgets in the chart by kind.
async function task(app, name) {
  const cell = (await app.items()).find((item) => item.label?.endsWith('.name') && item.value === name)
  assert.ok(cell, `no task "${name}" on the screen`)
  const id = cell.label.slice(0, -'.name'.length)
  return { id, cell: (field) => `${id}.${field}`, widget: (kind) => `${kind}.${id}` }
}

async function value(app, name, field) {
  return app.value((await task(app, name)).cell(field))
}

async function write(app, name, field, text) {
  await app.click((await task(app, name)).cell(field), { count: 2 })
  await app.press('Control+a')
  await app.type(text)
  await app.press('Enter')
}

async function saved(app) {
  await app.page.waitForFunction(() => window.pmo.state().storage === 'saved')
}

async function widthOf(app, name) {
  return (await app.item(name)).visible[2]
}

async function dragBy(app, name, x, y = 0) {
  const from = await app.point(name)
  await app.drag(from, { x: from.x + x, y: from.y + y })
}

async function newPlan(app, ...names) {
  await app.click('start.new')
  await app.click('project.name')
  await app.compose('机房搬迁')
  await app.click('create')
  await app.waitFor('project.menu')
  await app.click('page.tasks')
  await app.click('add')
  for (const [index, name] of names.entries()) {
    if (index > 0) await app.press('Enter')
    await app.press('Control+a')
    await app.compose(name)
  }
  await app.press('Enter', 'Escape')
}

test('a plan made with mouse, keyboard and an input method is there after a reload without a network', async ({ start }) => {
  const app = await start({ language: 'zh-CN', worker: true })
  await newPlan(app, '准备', '勘察', '设计')
  for (const name of ['准备', '勘察', '设计']) await task(app, name)

  await write(app, '勘察', 'duration', '4天')
  await write(app, '设计', 'duration', '3天')
  assert.equal(await value(app, '勘察', 'duration'), '4天')

  // Both become parts of the first.
  await app.click((await task(app, '勘察')).widget('row'))
  await app.page.keyboard.down('Shift')
  await app.click((await task(app, '设计')).widget('row'))
  await app.page.keyboard.up('Shift')
  await app.press('Alt+Shift+ArrowRight')
  assert.equal(await value(app, '准备', 'duration'), '4天')

  // From bar to bar: the second waits for the first.
  const start1 = await value(app, '设计', 'start')
  await app.drag((await task(app, '勘察')).widget('bar'), (await task(app, '设计')).widget('bar'))
  assert.notEqual(await value(app, '设计', 'start'), start1)
  assert.equal(await value(app, '准备', 'duration'), '7天')

  // Its right edge: half as long again.
  const survey = await task(app, '勘察')
  const before = await value(app, '勘察', 'finish')
  await dragBy(app, survey.widget('finish'), (await widthOf(app, survey.widget('bar'))) / 2)
  assert.notEqual(await value(app, '勘察', 'finish'), before)
  const lengthened = await value(app, '勘察', 'duration')

  // Moved, undone by the keyboard, and done again.
  const moved = await value(app, '勘察', 'start')
  await dragBy(app, survey.widget('bar'), await widthOf(app, survey.widget('bar')))
  const later = await value(app, '勘察', 'start')
  assert.notEqual(later, moved)
  await app.press('Control+z')
  assert.equal(await value(app, '勘察', 'start'), moved)
  await app.press('Control+y')
  assert.equal(await value(app, '勘察', 'start'), later)

  await saved(app)
  await app.goOffline()
  await app.reload()
  await app.waitFor('project.menu')
  if (!(await app.find('page.tasks', { role: 'region' }))) await app.click('page.tasks')
  assert.equal(await value(app, '勘察', 'duration'), lengthened)
  assert.equal(await value(app, '勘察', 'start'), later)
  assert.equal(await value(app, '设计', 'duration'), '3天')
})

test('a cell that cannot be read says why, and keeps what was written', async ({ start }) => {
  const app = await start({ language: 'zh-CN' })
  await newPlan(app, '验收')
  await write(app, '验收', 'duration', '三只猫')
  assert.ok((await app.items()).some((item) => item.visible && `${item.name} ${item.value}`.includes('三只猫')), 'the message or the text is on the screen')
  await app.press('Escape')
  assert.equal(await value(app, '验收', 'duration'), '1天')
})

test('the load below the chart says where it is too much, selects the tasks that make it, and stays shown after a reload', async ({ start }) => {
  const app = await start({ language: 'zh-CN', size: { width: 1440, height: 900 } })
  await app.click('start.sample')
  await app.waitFor('project.menu')
  await app.click('page.tasks')
  assert.equal(await app.find('load.whose'), null)
  await app.click('gantt.load')
  await app.click('gantt.fit')
  const columns = async () => (await app.items()).filter((item) => /^load\.\d{4}-\d\d-\d\d$/.test(item.label ?? '') && item.visible)
  const all = await columns()
  assert.ok(all.length > 4, `${all.length} columns`)
  for (const column of all) assert.match(column.value, /^需求 [\d,.]+ 小时，可用 [\d,.]+ 小时/)
  const full = all.find((column) => column.value.includes('超出'))
  assert.ok(full, 'somebody has too much to do in the sample')

  // On the time axis of the chart: the columns lie side by side between its edges.
  const [left, , width] = (await app.item('gantt.scale')).visible
  for (const column of all) assert.ok(column.visible[0] >= left - 1 && column.visible[0] + column.visible[2] <= left + width + 1)

  await app.click(full.label)
  const selected = (await app.items()).filter((item) => item.label?.startsWith('###bar.') && item.selected)
  assert.ok(selected.length > 0, 'a bar is selected')
  await app.click('load.whose')
  await app.click('load.selected')
  assert.ok((await columns()).length > 0)

  await saved(app)
  await app.reload()
  await app.waitFor('project.menu')
  if (!(await app.find('page.tasks', { role: 'region' }))) await app.click('page.tasks')
  await app.waitFor('load.whose')
})

await run()
