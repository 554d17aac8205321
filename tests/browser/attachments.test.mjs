// Files attached with the mouse: kept through a reload, downloaded byte for byte, carried to another profile in a bundle,
// plain and protected; and what nobody refers to is collected.
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assert, run, test } from './harness.mjs'

const content = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 31 + (index >> 8)) & 255))
const folder = mkdtempSync(join(tmpdir(), 'pmo-attached-'))
const path = join(folder, '施工图 A.bin')
writeFileSync(path, content)

const saved = (app) => app.page.waitForFunction(() => window.pmo.state().storage === 'saved')
const shows = (app, text) => app.page.waitForFunction((wanted) => window.pmo.items().some((item) => item.visible && item.name?.includes(wanted)), text)

// The first risk of the sample project, its form scrolled to where files are attached.
async function openRisk(app) {
  await app.waitFor('project.menu')
  await app.press('Control+k')
  await app.waitFor('palette.query')
  await app.page.keyboard.insertText('R-1')
  await app.idle()
  await app.press('Enter')
  await reveal(app)
}

async function reveal(app) {
  await app.page.mouse.move(1150, 500)
  for (let turns = 0; turns < 20; turns++) {
    const found = await app.find('attachment.add')
    if (found && found.visible[1] + found.visible[3] < 660) return
    await app.page.mouse.wheel(0, 1000)
    await app.page.waitForTimeout(30)
  }
  await app.item('attachment.add')
}

async function attach(app, name) {
  const [chooser] = await Promise.all([app.page.waitForEvent('filechooser'), app.click('attachment.add')])
  await chooser.setFiles(name)
  await app.idle()
}

const line = async (app) => (await app.items()).find((item) => item.visible && /###attachment\.[0-9a-f]{8}-/.test(item.label ?? ''))

async function bytesOf(app) {
  const { label } = await line(app)
  const [download] = await Promise.all([app.page.waitForEvent('download'), app.click(label.split('###')[1])])
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}

async function exportBundle(app, choose = async () => {}) {
  await app.click('project.menu')
  await app.click('project.export_with')
  await app.waitFor('dialog.export')
  await choose()
  return app.download(() => app.click('export.go'))
}

test('attached with the mouse, kept through a reload, carried to a colleague', async ({ start }) => {
  const app = await start({ language: 'zh-CN' })
  await app.click('start.sample')
  await openRisk(app)
  await attach(app, path)
  await shows(app, '施工图 A.bin')
  await saved(app)
  await app.screenshot('attachments')
  await app.reload()
  await openRisk(app)
  const back = await bytesOf(app)
  assert.equal(back.name, '施工图 A.bin')
  assert.ok(back.bytes.equals(content))

  const sent = await exportBundle(app)
  const bundle = JSON.parse(sent.text)
  assert.deepEqual(Object.keys(bundle.attachments), [createHash('sha256').update(content).digest('hex')])
  const receiver = await start({ language: 'en' })
  await receiver.drop(sent.name, sent.text)
  await receiver.waitFor('dialog.import')
  await receiver.click('import', { role: 'button' })
  await openRisk(receiver)
  assert.ok((await bytesOf(receiver)).bytes.equals(content))
})

test('a protected bundle opens with its password only', async ({ start }) => {
  const app = await start()
  await app.click('start.new')
  await app.click('project.name')
  await app.compose('Bridge')
  await app.click('create')
  await app.waitFor('project.menu')
  const sent = await exportBundle(app, async () => {
    await app.click('export.protect')
    await app.click('export.password')
    await app.type('五月 steel')
    await app.click('export.again')
    await app.type('五月 steel')
    await app.idle()
    await app.screenshot('export-protected')
  })
  assert.ok(!sent.text.includes('Bridge'))
  const receiver = await start({ language: 'zh-CN' })
  await receiver.drop(sent.name, sent.text)
  await receiver.waitFor('dialog.password')
  await receiver.type('五月 steal')
  await receiver.click('open', { role: 'button' })
  await shows(receiver, '密码不正确')
  await receiver.screenshot('password-wrong')
  await receiver.click('password')
  await receiver.press('Control+a')
  await receiver.type('五月 steel')
  await receiver.click('open', { role: 'button' })
  await receiver.waitFor('dialog.import')
  await receiver.click('import', { role: 'button' })
  assert.equal((await receiver.waitFor('project.menu')).name, 'Bridge')
})

test('contents that nobody refers to are collected when their grace is over', async ({ start }) => {
  const app = await start()
  await app.click('start.sample')
  await openRisk(app)
  await attach(app, path)
  await shows(app, '施工图 A.bin')
  await saved(app)
  const count = () => app.page.evaluate(() => new Promise((done) => {
    const opening = indexedDB.open('pmo-desk')
    opening.onsuccess = () => {
      const asked = opening.result.transaction('attachments').objectStore('attachments').getAllKeys()
      asked.onsuccess = () => { opening.result.close(); done(asked.result.length) }
    }
  }))
  const putLoose = () => app.page.evaluate(() => new Promise((done) => {
    const opening = indexedDB.open('pmo-desk')
    opening.onsuccess = () => {
      const transaction = opening.result.transaction(['attachments', 'attachmentAges'], 'readwrite')
      for (const [hash, age] of [['old', 0], ['young', Date.now()]]) {
        transaction.objectStore('attachments').put(new Blob(['x']), hash)
        transaction.objectStore('attachmentAges').put(age, hash)
      }
      transaction.oncomplete = () => { opening.result.close(); done() }
    }
  }))
  await putLoose()
  assert.equal(await count(), 3)
  await app.reload()
  await openRisk(app)
  for (let tries = 0; (await count()) !== 2 && tries < 100; tries++) await app.page.waitForTimeout(50)
  assert.equal(await count(), 2)
  assert.ok((await bytesOf(app)).bytes.equals(content))
})

await run()
