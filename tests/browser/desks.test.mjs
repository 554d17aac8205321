// Each desk as its people use it, in both languages: a record is added to its register, edited and found again; its main
// analysis shows something; its report is made. One application a language, one project.

import { assert, run, test } from './harness.mjs'

// register: its page; analysis: its page, and what is there once something was computed; report: of the desk's reports.
const desks = [
  { desk: 'manager', register: 'issues', analysis: 'tasks', shows: 'treeitem', report: 'status' },
  { desk: 'coordinator', register: 'escalation', analysis: 'meetings', shows: 'row', report: 'open_work' },
  { desk: 'controller', register: 'corrective_action', analysis: 'earned_value', shows: 'img', report: 'look_ahead' },
  { desk: 'risk', register: 'risk_review', analysis: 'risks', shows: 'row', report: 'risks' },
  { desk: 'quality', register: 'nonconformity', analysis: 'quality_analysis', shows: 'img', report: 'quality' },
  { desk: 'finance', register: 'funding', analysis: 'budget_overview', shows: 'button', report: 'budget_versions' },
  { desk: 'resources', register: 'resource_request', analysis: 'resource_load', shows: 'img', report: 'resources' },
  { desk: 'communications', register: 'distribution_list', analysis: 'stakeholder_map', shows: 'link', report: 'communication' },
  { desk: 'procurement', register: 'claim', analysis: 'supply_outlook', shows: 'link', report: 'procurement' },
  { desk: 'change', register: 'change_request', analysis: 'change_impact', shows: 'button', report: 'change_requests' },
  { desk: 'documents', register: 'required_document', analysis: 'documents', shows: 'row', report: 'register' },
  { desk: 'training', register: 'course', analysis: 'competency_gaps', shows: 'button', report: 'training' },
  { desk: 'administrator', register: 'organisation_unit', analysis: 'history', shows: 'listitem', report: 'changes' },
]
const words = {
  en: { title: 'Entered in the browser', changed: 'Edited in the browser', search: 'Search this register', page: /<html lang="en"/ },
  'zh-CN': { title: '在浏览器中录入', changed: '在浏览器中修改', search: '搜索本登记册', page: /<html lang="zh-CN"/ },
}

const rows = async (app) => (await app.items()).filter((item) => item.role === 'row' && item.visible)

async function work(app, { desk, register, analysis, shows, report }, { title, changed, search, page }) {
  await app.openPage(register, desk)
  await app.click('add')
  await app.type(title)
  await app.press('Enter')
  assert.equal((await rows(app)).at(-1)?.name, title, `${desk}: the new record is a row`)
  await app.press('F2')
  await app.press('Control+a')
  await app.type(changed)
  await app.press('Enter')
  const { visible: [, height] } = await app.item('columns')
  await app.click(search)
  await app.type(changed)
  assert.equal((await app.item('columns')).visible[1], height, `${desk}: the tools stay beside the search`)
  assert.deepEqual((await rows(app)).map((row) => row.name), [changed], `${desk}: the edited record is found`)
  await app.press('Control+a')
  await app.press('Backspace', 'Escape')

  await app.openPage(analysis, desk)
  const seen = (await app.items()).filter((item) => item.visible && item.visible[0] > 216 && item.visible[1] > 110)
  assert.ok(seen.some((item) => item.role === shows), `${desk}: ${analysis} shows something of the role ${shows}, not only ${[...new Set(seen.map((item) => item.role))]}`)

  await app.openPage(`reports.${desk}`, desk)
  await app.reach(`save.${report}`, [800, 500])
  const made = await app.download(() => app.click(`save.${report}`))
  assert.match(made.text, page, `${desk}: the report speaks the language`)
  assert.match(made.text, /<table/, `${desk}: the report has a table`)
}

for (const language of ['en', 'zh-CN'])
  test(`thirteen desks: a record, its analysis, its report (${language})`, async ({ start }) => {
    const app = await start({ language, density: 0.5 }) // a quarter of the pixels: what counts here is what happens
    await app.click('start.sample')
    await app.waitFor('project.menu')
    for (const desk of desks) await work(app, desk, words[language])
  })

test('prefixes and choices are written letter by letter, and the numbers follow', async ({ start }) => {
  const app = await start({ language: 'zh-CN' })
  await app.click('start.sample')
  await app.waitFor('project.menu')
  const write = async (page, field, text) => {
    await app.openPage(page, 'administrator')
    await app.click(field)
    await app.press('Control+a')
    await app.compose(text)
    await app.press('Enter')
    assert.equal(await app.value(field), text)
  }
  await write('numbering', 'prefix.issue', '问题')
  await app.click('digits.issue')
  await app.click('digits.3')
  assert.equal((await app.item('digits.issue')).name, '问题-007')
  await write('lists', 'name.problem', '难题')
})

test('what is written is taken before whatever is pressed next, and a refused text stays', async ({ start }) => {
  const app = await start({ size: { width: 1440, height: 900 } })
  await app.click('start.sample')
  await app.waitFor('project.menu')
  const names = async () => (await rows(app)).map((row) => row.name)
  const write = async (field, text) => {
    await app.click(field)
    await app.press('Control+a', ...text) // key by key
  }
  await app.openPage('issues', 'manager')
  await app.click('column.due', { button: 'right' })
  await app.click('filter')
  const all = (await names()).length
  await write('from', '2000-01-01')
  await app.click('to')
  assert.equal((await names()).length, all, 'a bound that lets everything through')
  await write('from', '2099-01-01')
  await app.press('Enter')
  assert.equal((await names()).length, 0)
  await app.press('Escape')

  await app.openPage('risks', 'risk')
  const [, second, third] = await names()
  await app.click(second)
  if (!(await app.find('inspector.close'))) await app.press('Control+i')
  await write('title', 'Renamed')
  await app.click(third) // above and before the form
  assert.equal((await names())[1], 'Renamed')
  assert.equal(await app.value('title'), third)
  await write('cost_effect', 'abc')
  await app.click('title')
  assert.equal(await app.value('cost_effect'), 'abc')
  assert.equal((await app.item('cost_effect')).invalid, true)
  await write('cost_effect', '70')
  await app.click('quick.open')
  assert.equal((await app.item('quick.open')).checked, true)
  assert.equal(await app.value('cost_effect'), '70.00')
  await write('title', 'Before the palette')
  await app.press('Control+k', 'Escape')
  assert.ok((await names()).includes('Before the palette'))
})

test('what is typed over a cell after an edit was given up begins anew', async ({ start }) => {
  const app = await start({ language: 'zh-CN' })
  await app.click('start.sample')
  await app.waitFor('project.menu')
  await app.openPage('issues', 'manager')
  const cell = (await rows(app))[0].label.split('row.')[1] + '.title'
  const before = await app.value(cell)
  await app.click(cell)
  await app.type('abc')
  await app.press('Escape')
  assert.equal(await app.value(cell), before)
  await app.type('xyz')
  await app.press('Enter')
  assert.equal(await app.value(cell), 'xyz')
  await app.press('ArrowUp')
  const devtools = await app.devtools()
  for (const text of ['zh', '']) {
    await devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
    await app.idle()
  }
  assert.equal(await app.value(cell), 'xyz')
  await app.compose('质量')
  await app.press('Enter')
  assert.equal(await app.value(cell), '质量')
})

test('a press that comes with its move in one breath meets the row all the same', async ({ start }) => {
  const app = await start()
  await app.click('start.sample')
  await app.waitFor('project.menu')
  await app.openPage('risks', 'risk')
  for (const place of [1, 2]) {
    const { label, visible: [x, y, , height] } = (await rows(app))[place]
    await app.page.evaluate(([x, y]) => {
      const canvas = document.querySelector('canvas')
      const options = { clientX: x, clientY: y, bubbles: true, pointerId: 1, pointerType: 'mouse', isPrimary: true }
      canvas.dispatchEvent(new PointerEvent('pointermove', options))
      canvas.dispatchEvent(new PointerEvent('pointerdown', { ...options, button: 0, buttons: 1 }))
      canvas.dispatchEvent(new PointerEvent('pointerup', { ...options, button: 0 }))
    }, [x + 100, y + height / 2])
    await app.idle()
    assert.deepEqual((await rows(app)).filter((row) => row.selected).map((row) => row.label), [label])
  }
})

test('a card of the board is dragged to the next status, one undo takes it back, and the board is there after a reload', async ({ start }) => {
  const app = await start({ size: { width: 1440, height: 900 } })
  await app.click('start.sample')
  await app.waitFor('project.menu')
  await app.openPage('issues', 'manager')
  await app.click('board')
  const cards = async () => (await app.items()).filter((item) => item.visible && item.label?.includes('###card.'))
  const column = (card) => card.name.slice(card.name.lastIndexOf(': ') + 2)
  const [first] = await cards()
  const other = (await cards()).find((card) => column(card) !== column(first))
  const name = first.label.split('###')[1]
  const now = async () => column(await app.item(name))
  await app.drag(await app.point(name), { ...(await app.point(other.label.split('###')[1])) })
  assert.equal(await now(), column(other))
  await app.press('Control+z')
  assert.equal(await now(), column(first))
  await app.click(name)
  await app.press('Control+ArrowRight')
  assert.notEqual(await now(), column(first))
  await app.press('Enter')
  await app.waitFor('inspector.close')
  await app.reload()
  if (!(await app.find('page.issues'))) await app.openPage('issues', 'manager')
  assert.ok((await cards()).length > 0, 'the board is remembered')
})

test('a table fills a register: known lines are updated, new ones added, one undo takes all back', async ({ start }) => {
  const app = await start({ size: { width: 1440, height: 900 } })
  await app.click('start.sample')
  await app.waitFor('project.menu')
  await app.openPage('claim', 'procurement')
  const [first] = (await rows(app)).map((row) => row.name)
  const [chooser] = await Promise.all([app.page.waitForEvent('filechooser'), app.click('register.import')])
  const table = `Title;Raised on\n${first};2020-01-01\nA claim of the table;some day\n`
  await chooser.setFiles({ name: 'claims.csv', mimeType: 'text/csv', buffer: Buffer.from(table) })
  await app.waitFor('import.line.2')
  assert.match((await app.item('import.line.2')).name, /: Changed$/)
  assert.match((await app.item('import.line.3')).name, /^A claim of the table: New$/)
  await app.click('import')
  await app.idle()
  const names = async () => (await rows(app)).map((row) => row.name)
  assert.ok((await names()).includes('A claim of the table'))
  await app.press('Control+z')
  assert.ok(!(await names()).includes('A claim of the table'))
  assert.ok((await names()).includes(first))
})

await run()
