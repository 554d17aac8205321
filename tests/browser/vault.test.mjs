// Confidential documents: locked with a Chinese passphrase, gone from everything the browser keeps, locked after a reload,
// read again with the passphrase, and not in a bundle unless asked for.
import { assert, run, test } from './harness.mjs'

const title = '降水施工方案', marker = '观测井 W1 至 W4', passphrase = '龙门吊装 七月'

// Everything in the browser's two stores that holds these words.
const keeping = (app) => app.page.evaluate(async (words) => {
  const wanted = new TextEncoder().encode(words)
  const holds = (bytes) => {
    for (let at = bytes.indexOf(wanted[0]); at >= 0; at = bytes.indexOf(wanted[0], at + 1))
      if (wanted.every((byte, index) => bytes[at + index] === byte)) return true
    return false
  }
  const places = []
  const database = await new Promise((done) => {
    const opening = indexedDB.open('pmo-desk')
    opening.onsuccess = () => done(opening.result)
  })
  for (const store of ['blocks', 'images', 'snapshotImages', 'quarantine'])
    for (const value of await new Promise((done) => {
      const asked = database.transaction(store).objectStore(store).getAll()
      asked.onsuccess = () => done(asked.result)
    }))
      if (value instanceof Uint8Array && holds(value)) places.push(store)
  database.close()
  const cache = await caches.open('pmo-desk-second-copy')
  for (const request of await cache.keys())
    if (holds(new Uint8Array(await (await cache.match(request)).arrayBuffer()))) places.push('second copy')
  return places
}, marker)

const saved = (app) => app.page.waitForFunction(() => window.pmo.state().storage === 'saved')

// The form of the version that holds the words, by its change note.
async function openVersion(app) {
  await app.press('Control+k')
  await app.waitFor('palette.query')
  await app.page.keyboard.insertText('增加第二台泵')
  await app.idle()
  await app.press('Enter')
}

async function exportBundle(app, choose = async () => {}) {
  await app.click('project.menu')
  await app.click('project.export_with')
  await app.waitFor('dialog.export')
  await choose()
  return app.download(() => app.click('export.go'))
}

const documents = (bundle) => (JSON.parse(bundle.text).data.document ?? []).map((document) => document.fields.title)

test('documents locked with a passphrase', async ({ start }) => {
  const app = await start({ language: 'zh-CN' })
  await app.click('start.sample')
  await app.waitFor('project.menu')
  await saved(app)
  assert.ok((await keeping(app)).length > 0)
  await app.openPage('documents', 'documents')
  await app.click('documents.vault.set')
  await app.waitFor('dialog.vault_make')
  await app.click('vault.from.internal')
  await app.click('vault.readable')
  for (const field of ['vault.new', 'vault.again']) {
    await app.click(field)
    await app.compose(passphrase)
  }
  await app.screenshot('vault-make')
  await app.click('vault.set', { role: 'button' })
  await saved(app)
  for (let tries = 0; (await keeping(app)).length > 0 && tries < 50; tries++) await app.page.waitForTimeout(100)
  assert.deepEqual(await keeping(app), [], 'nothing that is kept says what the locked documents say')

  await app.reload()
  await app.waitFor('project.menu')
  await openVersion(app)
  await app.waitFor('unlock.content')
  await app.screenshot('vault-locked')
  await app.click('unlock.content')
  await app.waitFor('dialog.vault_unlock')
  await app.type('龙门吊装 八月')
  await app.press('Enter')
  await app.page.waitForFunction(() => window.pmo.items().some((item) => item.visible && item.name?.includes('口令不正确')))
  await app.click('vault.word')
  await app.type(passphrase)
  await app.press('Enter')
  const content = await app.waitFor('content')
  assert.ok(content.value.includes(marker))
  await app.screenshot('vault-unlocked')
  await saved(app)
  assert.deepEqual(await keeping(app), [])

  const without = await exportBundle(app)
  assert.ok(!documents(without).includes(title) && !without.text.includes(marker))
  const openWork = async () => {
    await app.openPage('reports')
    await app.reach('save.open_work', [800, 500])
    return app.download(() => app.click('save.open_work'))
  }
  const line = `>${title}<` // a work item has the title in its own
  assert.ok(!(await openWork()).text.includes(line))
  await app.reach('report.with_locked', [800, 500])
  await app.click('report.with_locked')
  assert.ok((await openWork()).text.includes(line))
  await app.openPage('document_access', 'documents')
  assert.ok((await app.items()).some((item) => item.value === '导出'), 'it is noted what a report has taken along')
  const bundle = await exportBundle(app, async () => {
    await app.click('export.locked')
    await app.screenshot('vault-export')
  })
  assert.ok(documents(bundle).includes(title) && !bundle.text.includes(marker))
  const events = JSON.parse((await exportBundle(app, () => app.click('export.locked'))).text).data.document_access.map((entry) => entry.fields.event ?? 'opened')
  for (const event of ['passphrase_set', 'unlock_failed', 'unlocked', 'opened', 'exported']) assert.ok(events.includes(event), event)
  await openVersion(app)
  await app.press('Control+Shift+l')
  await app.waitFor('unlock.content')
})

await run()
