// Controlling in the page: a simulation that runs to its end and one that is stopped, levelling accepted and undone, a
// baseline set and compared, earned value.

import { readFileSync } from 'node:fs'

import { assert, run, test } from './harness.mjs'

async function sample(start, options) {
  const app = await start({ size: { width: 1440, height: 900 }, ...options })
  await app.click('start.sample')
  await app.waitFor('project.menu')
  return app
}

const texts = async (app) => (await app.items()).filter((item) => item.visible).map((item) => item.name)
const rows = async (app) => (await app.items()).filter((item) => item.role === 'row' && item.visible)

test('a simulation runs to its end and tells when the project finishes', async ({ start }) => {
  const app = await sample(start)
  await app.openPage('simulation', 'risk')
  await app.click('run')
  await app.waitFor('distribution')
  const chart = await app.item('distribution')
  assert.match(chart.value, /P10 .* P50 .* P80 .* P90/)
  await app.click('of_cost')
  assert.match((await app.item('distribution')).value, /P80 ¥/)
  assert.ok((await rows(app)).length > 3)
})

test('a simulation is stopped and keeps what it has', async ({ start }) => {
  const app = await sample(start, { language: 'zh-CN' })
  await app.openPage('simulation', 'risk')
  await app.click('n3')
  // Start and stop stand at the same place: pressed again while it runs. On a fast machine it may take several attempts.
  const { x, y } = await app.point('run')
  let done = 100_000
  for (let attempt = 0; attempt < 10 && done === 100_000; ++attempt) {
    await app.page.mouse.click(x, y)
    await app.page.waitForFunction(() => window.pmo.items().some((item) => item.label?.endsWith('###stop')), null, { polling: 5, timeout: 2000 }).catch(() => {})
    await app.page.mouse.click(x, y)
    await app.waitFor('distribution')
    await app.waitFor('run')
    done = Number(/共 ([\d,]+) 次模拟/.exec((await texts(app)).join('\n'))[1].replaceAll(',', ''))
  }
  assert.ok(done > 0 && done < 100_000, `${done} iterations`)
})

test('levelling shows each move with its reason; accepted it is one step, and undone by one', async ({ start }) => {
  const app = await sample(start)
  await app.openPage('levelling', 'resources')
  await app.click('compute')
  await app.waitFor('accept')
  const moves = await rows(app)
  assert.ok(moves.some((row) => /waits for .*held by/.test(row.name)))
  await app.click('accept')
  await app.waitFor('clear')
  await app.page.waitForFunction(() => window.pmo.items().some((item) => item.label?.endsWith('###clear') && !item.disabled))
  assert.ok((await rows(app)).some((row) => /waits for .*held by/.test(row.name))) // the reasons stay
  await app.press('Control+z')
  await app.page.waitForFunction(() => window.pmo.items().some((item) => item.label?.endsWith('###clear') && item.disabled))
})

test('levelling tries as many orders as asked, and a simulation lets tasks of one resource vary together', async ({ start }) => {
  const app = await sample(start)
  await app.openPage('levelling', 'resources')
  await app.click('trials')
  await app.press('Control+a')
  await app.type('7')
  await app.press('Enter')
  await app.click('compute')
  await app.waitFor('accept')
  assert.ok((await rows(app)).length > 0)
  await app.openPage('simulation', 'risk')
  await app.click('resource_correlation')
  await app.click('resource_correlation2')
  assert.match((await app.item('resource_correlation')).name, /Same resource 60/)
  await app.click('shape')
  await app.click('shape3')
  assert.match((await app.item('shape')).name, /Normal/)
  await app.click('n1')
  await app.click('run')
  await app.waitFor('distribution')
})

test('a baseline is set by name and compared with', async ({ start }) => {
  const app = await sample(start)
  await app.openPage('baselines', 'controller')
  await app.click('set_baseline')
  await app.waitFor('baseline.name')
  await app.click('baseline.name')
  await app.press('Control+a')
  await app.type('Recovery plan')
  await app.click('set')
  await app.waitFor('choose')
  assert.match((await app.item('choose')).name, /Recovery plan/)
  await app.click('only_changed')
  assert.equal((await rows(app)).length, 0)
})

test('earned value says how the project stands', async ({ start }) => {
  const app = await sample(start)
  await app.openPage('earned_value', 'controller')
  const curve = await app.waitFor('s_curve')
  assert.match(curve.value, /Planned ¥.* earned ¥.* spent ¥/)
  await app.reach('by_account', [1200, 400]) // below the alerts
  await app.click('by_account')
  assert.ok((await rows(app)).some((row) => /Foundations and structure/.test(row.name)))
})

test('a chart is saved as a drawing and, twice as large, as a picture', async ({ start }) => {
  const app = await sample(start)
  await app.openPage('earned_value', 'controller')
  await app.waitFor('s_curve')
  await app.click('save_chart.s_curve')
  const drawing = await app.download(() => app.click('save_svg'))
  assert.match(drawing.name, /\.svg$/)
  const [, width, height] = drawing.text.match(/^<svg [^>]*width="(\d+)" height="(\d+)"/)
  await app.click('save_chart.s_curve')
  const [download] = await Promise.all([app.page.waitForEvent('download'), app.click('save_png')])
  assert.equal(download.suggestedFilename(), drawing.name.replace(/svg$/, 'png'))
  const picture = readFileSync(await download.path())
  assert.equal(picture.subarray(1, 4).toString(), 'PNG')
  assert.equal(picture.readUInt32BE(16), 2 * Number(width)) // IHDR: width, height
  assert.equal(picture.readUInt32BE(20), 2 * Number(height))
})

await run()
