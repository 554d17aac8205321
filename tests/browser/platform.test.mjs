// The platform under the application, on the screen that ?check shows: loading, typing through an input method, keys,
// clipboard, files, sleeping when idle, and life without a network.

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '../../web/serve.mjs'
import { assert, dist, run, test } from './harness.mjs'

const check = '?check'

test('types Chinese through a composition', async ({ start }) => {
  const app = await start({ language: 'zh-CN', query: check })
  await app.click('项目名称')
  await app.compose('项目管理')
  assert.equal(await app.value('项目名称'), '项目管理')
  await app.press('Enter')
  assert.equal(await app.value('last'), 'name committed')
})

test('keys of a composition belong to the input method', async ({ start }) => {
  const app = await start({ query: check })
  await app.click('name')
  const devtools = await app.devtools()
  await devtools.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 })
  // An input method takes Enter and Escape as key code 229.
  for (const key of ['Enter', 'Escape', 'Tab'])
    await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, windowsVirtualKeyCode: 229 })
  await app.idle()
  assert.equal(await app.value('last'), '-')
  await devtools.send('Input.insertText', { text: '你' })
  await app.press('Enter')
  assert.equal(await app.value('name'), '你')
})

test('Escape brings the old text back, Enter and leaving keep the new one', async ({ start }) => {
  const app = await start({ query: check })
  await app.click('name')
  await app.type('first')
  await app.press('Enter')
  await app.click('name')
  await app.type(' second')
  assert.equal(await app.value('name'), 'first second')
  await app.press('Escape')
  assert.equal(await app.value('name'), 'first')
  await app.click('name')
  await app.type('!')
  await app.click('check.fonts')
  assert.equal(await app.value('name'), 'first!')
  assert.equal(await app.value('last'), 'name committed')
})

test('Tab goes from field to field without losing a key', async ({ start }) => {
  const app = await start({ query: check })
  await app.click('name')
  await app.page.keyboard.type('one')
  await app.page.keyboard.press('Tab')
  await app.page.keyboard.type('2')
  await app.page.keyboard.press('Tab')
  await app.page.keyboard.type('three')
  await app.page.keyboard.press('Shift+Tab')
  await app.page.keyboard.type('22')
  await app.press('Enter')
  assert.deepEqual([await app.value('name'), await app.value('amount'), await app.value('search')], ['one', '22', 'three'])
})

test('several lines: Enter makes a line, Ctrl+Enter commits', async ({ start }) => {
  const app = await start({ query: check })
  await app.click('notes')
  await app.type('a')
  await app.press('Enter')
  await app.type('b')
  await app.press('Control+Enter')
  assert.equal(await app.value('notes'), 'a\nb')
  assert.equal(await app.value('last'), 'notes committed')
})

test('a click sets the caret where it lands', async ({ start }) => {
  const app = await start({ query: check })
  await app.click('name')
  await app.type('abcdefghijklmnopqrstuvwxyz')
  await app.press('Enter')
  await app.click('name', { at: { x: 0.001, y: 0.5 } })
  await app.type('>')
  await app.press('Enter')
  assert.equal(await app.value('name'), '>abcdefghijklmnopqrstuvwxyz')
})

// First and last row of device pixels that are darker than paper.
async function rowsOfInk(app, clip) {
  const picture = (await app.page.screenshot({ clip, caret: 'hide' })).toString('base64')
  return app.page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes]))
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
    context.drawImage(bitmap, 0, 0)
    const pixels = context.getImageData(0, 0, bitmap.width, bitmap.height).data
    const rows = []
    for (let i = 0; i < pixels.length; i += 4) if (pixels[i] < 110) rows.push(Math.floor(i / 4 / bitmap.width))
    return [rows[0], rows.at(-1)]
  }, picture)
}

for (const density of [1, 1.25, 1.5]) {
  test(`the text does not move when editing begins, at a density of ${density}`, async ({ start }) => {
    const app = await start({ query: check, density, draws: true })
    for (const field of ['name', 'notes']) {
      await app.click(field)
      await app.type('Hxpg 项目管理')
      await app.press('Control+Enter', 'Enter')
      await app.hover('check.fonts')
      const [x, y] = (await app.item(field)).box
      const clip = { x: x + 6, y: y + 4, width: 130, height: 24 }
      const rest = await rowsOfInk(app, clip)
      await app.click(field)
      await app.hover('check.fonts')
      const edited = await rowsOfInk(app, clip)
      assert.ok(Math.abs(rest[0] - edited[0]) <= 1 && Math.abs(rest[1] - edited[1]) <= 1, `${field}: ${rest} and ${edited}`)
      await app.press('Escape')
    }
  })
}

test('typing over a selected cell edits it, in Chinese too', async ({ start }) => {
  const app = await start({ query: check })
  await app.click('Cell 1')
  await app.type('x1')
  await app.press('Enter')
  assert.equal(await app.value('Cell 1'), 'x1')
  await app.click('Cell 2')
  await app.compose('质量')
  await app.press('Enter')
  assert.equal(await app.value('Cell 2'), '质量')
  await app.click('Cell 3')
  await app.type('no')
  await app.press('Escape')
  assert.equal(await app.value('Cell 3'), 'C1')
})

test('a composition that is given up leaves the cell as it was', async ({ start }) => {
  const app = await start({ query: check })
  await app.click('Cell 3')
  const devtools = await app.devtools()
  await devtools.send('Input.imeSetComposition', { text: 'zh', selectionStart: 2, selectionEnd: 2 })
  await app.idle()
  await devtools.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 })
  await app.idle()
  assert.equal(await app.value('last'), 'cell2 cancelled')
  assert.equal(await app.value('Cell 3'), 'C1')
  await app.click('Cell 3')
  await app.compose('质量')
  await app.press('Enter')
  assert.equal(await app.value('Cell 3'), '质量')
})

test('arrows move between cells while typing waits', async ({ start }) => {
  const app = await start({ query: check })
  await app.click('Cell 1')
  await app.press('ArrowRight')
  await app.type('moved')
  await app.press('Enter')
  assert.equal(await app.value('Cell 2'), 'moved')
})

test('copies both forms inside the copy event', async ({ start }) => {
  const app = await start({ query: check })
  await app.page.evaluate(() => {
    document.addEventListener('copy', (event) => setTimeout(() => {
      window.copied = [event.defaultPrevented]
    }))
  })
  await app.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await app.press('Control+c')
  assert.deepEqual(await app.page.evaluate(() => window.copied), [true])
  assert.equal(await app.page.evaluate(() => navigator.clipboard.readText()), 'A\tB\n1\t2\n')
  await app.press('Control+v')
  assert.equal(await app.value('last'), 'pasted A\tB\n1\t2\n')
})

test('the clipboard inside a field is the field’s own', async ({ start }) => {
  const app = await start({ query: check })
  await app.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await app.page.evaluate(() => navigator.clipboard.writeText('from outside'))
  await app.click('name')
  await app.press('Control+v')
  assert.equal(await app.value('name'), 'from outside')
})

test('files: dropped, chosen, too large, downloaded', async ({ start }) => {
  const app = await start({ query: check })
  await app.page.evaluate(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['hello'], '计划.xml'))
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }))
  })
  await app.page.waitForFunction(() => window.pmo.items().some((item) => item.value === '计划.xml 5'))
  const choose = async (file) => {
    const chooser = app.page.waitForEvent('filechooser')
    await app.idle() // Chromium knows by now that dialogs are ours to answer
    await app.click('open')
    await (await chooser).setFiles(file)
  }
  await choose({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('{}') })
  await app.page.waitForFunction(() => window.pmo.items().some((item) => item.value === 'a.json 2'))
  await choose({ name: 'big.json', mimeType: 'application/json', buffer: Buffer.alloc((1 << 20) + 1) })
  await app.page.waitForFunction(() => window.pmo.items().some((item) => item.value === 'big.json too large'))
  const [download] = await Promise.all([app.page.waitForEvent('download'), app.click('download')])
  assert.equal(download.suggestedFilename(), 'check.txt')
})

test('nothing happening: no frame', async ({ start }) => {
  const app = await start({ query: check, worker: true })
  await app.page.waitForFunction(() => window.pmo.state().platform.offlineReady) // which is told in a frame
  await app.hover('name')
  await app.page.waitForTimeout(800) // longer than any tooltip waits
  const before = (await app.state()).platform.frames
  await app.page.waitForTimeout(1000)
  assert.equal((await app.state()).platform.frames, before)
  await app.click('name') // a caret of the browser needs no frame of ours
  await app.page.waitForTimeout(800)
  const editing = (await app.state()).platform.frames
  await app.page.waitForTimeout(1000)
  assert.equal((await app.state()).platform.frames, editing)
})

test('works offline after the first visit, with everything from the store', async ({ start }) => {
  const app = await start({ language: 'zh-CN', query: check, worker: true })
  await app.goOffline()
  await app.reload()
  await app.click('项目名称')
  await app.compose('离线')
  assert.equal(await app.value('项目名称'), '离线')
})

test('language and scheme can be changed and last', async ({ start }) => {
  const app = await start({ query: check })
  await app.click('language')
  assert.equal((await app.state()).language, 'zh-CN')
  await app.click('scheme')
  await app.reload()
  const state = await app.state()
  assert.deepEqual([state.language, state.dark], ['zh-CN', true])
})

test('a lost graphics context comes back', async ({ start }) => {
  const app = await start({ query: check, draws: true })
  await app.page.evaluate(async () => {
    const context = document.querySelector('#screen').getContext('webgl2')
    const extension = context.getExtension('WEBGL_lose_context')
    const event = (name) => new Promise((resolve) => document.querySelector('#screen').addEventListener(name, resolve, { once: true }))
    const lost = event('webglcontextlost')
    extension.loseContext()
    await lost
    await new Promise((resolve) => setTimeout(resolve, 50))
    const restored = event('webglcontextrestored')
    extension.restoreContext()
    await restored
  })
  await app.page.waitForTimeout(100)
  await app.click('name')
  await app.type('back')
  assert.equal(await app.value('name'), 'back')
  const picture = await app.page.screenshot({ clip: { x: 32, y: 40, width: 300, height: 30 } })
  assert.ok(picture.length > 1500, 'the heading is drawn again')
})

test('stopping on purpose shows what to do, and hands out the data', async ({ start }) => {
  const app = await start({ query: check })
  await app.hover('crash')
  const { x, y } = await app.point('crash')
  await app.page.mouse.click(x, y)
  await app.page.waitForSelector('#failure')
  assert.match(await app.page.locator('#failure h1').innerText(), /has stopped/)
  const [download] = await Promise.all([app.page.waitForEvent('download'), app.page.getByText('Download my data').click()])
  assert.match(download.suggestedFilename(), /^PMO Desk .*\.zip$/)
  assert.equal(readFileSync(await download.path()).subarray(-22).readUInt32LE(), 0x06054b50, 'a complete zip file')
  app.errors.length = 0 // the fault itself is meant
})

test('without WebGL 2 the page says what to do, in the language of the browser', async ({ start }) => {
  const before = () => {
    const original = HTMLCanvasElement.prototype.getContext
    HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
      return kind === 'webgl2' ? null : original.call(this, kind, ...rest)
    }
  }
  const app = await start({ query: check, language: 'zh-CN', before, fails: true })
  await app.page.waitForSelector('#failure')
  assert.match(await app.page.locator('#failure').innerText(), /硬件加速/)
})

test('without WebAssembly the page says what to do', async ({ start }) => {
  const app = await start({ query: check, before: () => delete globalThis.WebAssembly, fails: true })
  await app.page.waitForSelector('#failure')
  assert.match(await app.page.locator('#failure').innerText(), /too old/)
})

test('a download that breaks off says so', async ({ start }) => {
  const before = () => {
    const original = window.fetch
    window.fetch = (address, ...rest) =>
      String(address).endsWith('.wasm') ? Promise.resolve(new Response('gone', { status: 503 })) : original(address, ...rest)
  }
  const app = await start({ query: check, before, fails: true })
  await app.page.waitForSelector('#failure')
  assert.match(await app.page.locator('#failure').innerText(), /could not be loaded/)
})

test('a new version waits until it is started', async ({ start }) => {
  const folder = mkdtempSync(join(tmpdir(), 'pmo-dist-'))
  try {
    cpSync(dist, folder, { recursive: true })
    for (const name of readdirSync(folder)) if (name.endsWith('.br')) unlinkSync(join(folder, name))
    const app = await start({ query: check, worker: true, server: await serve(folder) })
    await app.page.waitForFunction(() => window.pmo.state().platform.offlineReady)
    await app.reload() // from now on under the worker's control, as on every later visit
    // The next version: another page, so another revision in the list of the service worker.
    const edit = (name, change) => writeFileSync(join(folder, name), change(readFileSync(join(folder, name), 'utf8')))
    edit('index.html', (html) => html.replace('</head>', '<meta name="version" content="next"></head>'))
    edit('sw.js', (script) => script.replace(/(url:"index.html",revision:")[^"]+/, '$1next'))
    await app.page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update())
    await app.page.waitForFunction(() => window.pmo.state().platform.updateWaiting)
    assert.equal(await app.page.locator('meta[name=version]').count(), 0, 'the running page is left alone')
    await app.waitFor('update')
    await Promise.all([app.page.waitForEvent('load'), app.click('update').catch(() => {})])
    await app.ready()
    assert.equal(await app.page.locator('meta[name=version]').count(), 1)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('prints a document of its own', async ({ start }) => {
  const app = await start({ query: check })
  await app.click('print')
  const frame = app.page.frameLocator('iframe.print')
  assert.equal(await frame.locator('p').innerText(), 'PMO')
  const colour = await frame.locator('p').evaluate((element) => getComputedStyle(element).color)
  assert.equal(colour, 'rgb(255, 0, 0)', 'its own style holds')
})

test('fingers: a tap clicks, a drag scrolls, holding still is the context menu', async ({ start }) => {
  const app = await start({ query: check, touch: true, size: { width: 800, height: 600 } })
  const devtools = await app.devtools()
  const touch = (type, ...points) => devtools.send('Input.dispatchTouchEvent', { type, touchPoints: points })
  const heading = async () => (await app.items()).find((item) => item.label === 'check.cells').box[1]
  const before = await heading()
  await touch('touchStart', { x: 700, y: 500 })
  for (let y = 480; y >= 400; y -= 10) await touch('touchMove', { x: 700, y })
  await app.page.waitForTimeout(200) // the finger rests, so nothing is thrown
  await touch('touchEnd')
  const moved = before - (await heading())
  assert.ok(moved >= 90 && moved <= 110, `scrolled by the finger’s way: ${moved}`)
  const { x, y } = await app.point('Cell 1')
  await app.page.touchscreen.tap(x, y)
  await app.idle()
  assert.equal((await app.item('Cell 1')).selected, true)
})

test('two fingers zoom; when one of them is lifted first, the other goes on without effect', async ({ start }) => {
  const app = await start({ query: check, touch: true, size: { width: 800, height: 600 } })
  // DevTools lift all fingers or none, so the page gets the events as a browser sends them.
  const finger = (type, pointerId, clientX, clientY) =>
    app.page.evaluate(([type, init]) => document.querySelector('#screen').dispatchEvent(new PointerEvent(type, init)),
      [type, { pointerId, clientX, clientY, pointerType: 'touch', bubbles: true, cancelable: true }])
  await finger('pointerdown', 11, 300, 400)
  await finger('pointerdown', 12, 500, 400)
  await finger('pointermove', 11, 280, 400)
  await finger('pointerup', 12, 500, 400)
  await finger('pointermove', 11, 260, 380)
  await finger('pointerup', 11, 260, 380)
  await app.idle()
  assert.equal(await app.page.locator('#failure').count(), 0, 'the page goes on')
  const { x, y } = await app.point('scheme')
  await app.page.touchscreen.tap(x, y)
  await app.idle()
  assert.equal((await app.state()).dark, true)
})

test('screen readers: the mirror follows the screen and can be clicked', async ({ start }) => {
  const app = await start({ query: check })
  await app.page.keyboard.press('Shift+Tab')
  await app.page.locator('#screen-reader').focus()
  await app.page.keyboard.press('Enter')
  await app.idle()
  await app.page.getByRole('textbox', { name: 'Project name' }).first().waitFor({ state: 'attached' })
  const nested = '#mirror [role=region][aria-label=check] [role=region][aria-label=scroll] [role=textbox][aria-label="Project name"]'
  assert.equal(await app.page.locator(nested).count(), 1, 'what lies in a window lies in its element')
  const box = await app.page.locator(nested).boundingBox()
  assert.deepEqual([box.x, box.y], (await app.item('name')).box.slice(0, 2))
  await app.page.locator('#mirror [role=button][aria-label="Dark scheme"]').dispatchEvent('click')
  await app.idle()
  assert.equal((await app.state()).dark, true)

  // What is written in a field counts before the click does.
  await app.click('name')
  await app.type('Bridge')
  await app.page.locator('#mirror [role=button][aria-label="Light scheme"]').dispatchEvent('click')
  await app.idle()
  assert.equal(await app.value('last'), 'name committed')
  assert.equal((await app.state()).dark, false)
})

await run()
