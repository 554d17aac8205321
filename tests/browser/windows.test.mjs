// Two windows of one profile: reading along, taking over with the mouse, and going back to a state that was set aside.
import { App, assert, run, test } from './harness.mjs'

async function secondWindow(app) {
  const page = await app.context.newPage()
  const other = new App(page, app.server, app.context)
  await other.goto()
  return other
}

// A page that is not in front gets no frames.
async function look(app) {
  await app.page.bringToFront()
  await app.idle()
}

const until = (app, wanted) => app.page.waitForFunction((text) => JSON.stringify(window.pmo.state()).includes(text), wanted)

async function rename(app, name) {
  await app.click('project.menu')
  await app.click('project.rename')
  await app.waitFor('dialog.rename')
  await app.page.keyboard.press('Control+a')
  await app.compose(name)
  await app.click('rename', { role: 'button' })
  await until(app, '"storage":"saved"')
}

const title = async (app) => (await app.waitFor('project.menu')).name

async function newProject(app, name) {
  await app.click('start.new')
  await app.click('project.name')
  await app.compose(name)
  await app.click('create')
  await app.waitFor('project.menu')
  await until(app, '"storage":"saved"')
}

test('a second window reads along, and takes over with one click', async ({ start }) => {
  const first = await start({ language: 'zh-CN' })
  await newProject(first, '桥梁工程')
  const second = await secondWindow(first)
  await second.waitFor('other_window.take_over')
  assert.equal((await second.state()).readOnly, true)

  await look(first)
  await rename(first, '桥梁改造')
  await look(second)
  await second.page.waitForFunction(() => window.pmo.items().some((item) => item.name === '桥梁改造'))

  await second.click('other_window.take_over')
  await until(second, '"readOnly":false')
  assert.equal(await second.find('other_window.take_over'), null)
  await rename(second, '桥梁扩建')
  await look(first)
  await first.waitFor('other_window.take_over')
  await first.page.waitForFunction(() => window.pmo.items().some((item) => item.name === '桥梁扩建'))
  assert.deepEqual(second.errors, [])
})

test('a state that was set aside comes back, and the present one after it', async ({ start }) => {
  const app = await start()
  await newProject(app, 'Bridge')
  await app.click('project.menu')
  await app.click('project.restore')
  await app.click('restore.snapshot')
  await app.press('Escape')
  await rename(app, 'Tunnel')
  assert.equal(await title(app), 'Tunnel')
  const restoreNewest = async () => {
    await app.click('project.menu')
    await app.click('project.restore')
    await app.waitFor('dialog.restore')
    const newest = async () => (await app.items()).find((item) => item.visible && /###restore\.\d+/.test(item.label ?? ''))
    for (let tries = 0; !(await newest()) && tries < 100; tries++) await app.page.waitForTimeout(50)
    await app.click((await newest()).label.split('###')[1])
    await app.page.waitForFunction(() => window.pmo.items().some((item) => item.role === 'alert' || item.name?.includes('restored')))
    await app.idle()
  }
  await restoreNewest()
  assert.equal(await title(app), 'Bridge')
  await restoreNewest()
  assert.equal(await title(app), 'Tunnel')
  await until(app, '"storage":"saved"')
  await app.reload()
  assert.equal(await title(app), 'Tunnel')
})

const loseDatabase = (app) => app.page.evaluate(() => new Promise((done, failed) => {
  const deletion = indexedDB.deleteDatabase('pmo-desk')
  deletion.onsuccess = done
  deletion.onerror = failed
}))
const loseSecondCopy = (app) => app.page.evaluate(() => caches.delete('pmo-desk-second-copy'))

test('what the browser has lost is back, and what was removed stays away', async ({ start }) => {
  const app = await start()
  await newProject(app, 'Bridge')
  await rename(app, 'Tunnel')
  await loseDatabase(app)
  await app.reload()
  assert.equal(await title(app), 'Tunnel')
  await app.page.waitForFunction(() => window.pmo.items().some((item) => item.name?.includes('second copy')))
  await until(app, '"storage":"saved"')
  await app.click('project.menu')
  await app.click('project.close')
  await app.waitFor('start.new')
  const more = (await app.items()).find((item) => item.label?.includes('###more.')).label.split('###')[1]
  await app.click(more)
  await app.click('remove')
  await app.click('remove', { role: 'button' })
  await app.waitFor('start.new.first')
  await until(app, '"storage":"saved"')
  await loseDatabase(app)
  await app.reload()
  await app.waitFor('start.new.first')
})

test('a project that only the second copy has is in the list, too', async ({ start }) => {
  const app = await start()
  await newProject(app, 'Bridge')
  await app.page.evaluate(async () => {
    const cache = await caches.open('pmo-desk-second-copy')
    for (const request of await cache.keys()) if (request.url.includes('/database/workspace/')) await cache.delete(request)
  })
  await loseDatabase(app)
  await app.reload()
  await app.page.waitForFunction(() => window.pmo.items().some((item) => item.name === 'Bridge'))
})

test('a database that does not open is told on the start page, and can be tried again', async ({ start }) => {
  const before = () => {
    const { open } = IDBFactory.prototype
    IDBFactory.prototype.open = function (...given) {
      if (!sessionStorage.refuses) return open.apply(this, given)
      throw new DOMException('Internal error opening backing store for indexedDB.open.', 'UnknownError')
    }
  }
  const app = await start({ before })
  await newProject(app, 'Bridge')
  await loseSecondCopy(app)
  await app.page.evaluate(() => { sessionStorage.refuses = 'yes' })
  await app.reload()
  await app.waitFor('start.try_again')
  await app.page.evaluate(() => delete sessionStorage.refuses)
  await app.click('start.try_again')
  await app.page.waitForFunction(() => window.pmo.items().some((item) => item.name === 'Bridge'))
  assert.equal(await app.find('start.try_again'), null)
})

await run()
