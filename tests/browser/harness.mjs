// What the browser tests and look.mjs share: the production build in dist/ on a server of this machine, Chromium, and
// hands that find things by name (window.pmo.items()) and then use the real mouse and keyboard.
//
//   import { test, run } from './harness.mjs'
//   test('a name is kept', async ({ start }) => {
//     const app = await start({ language: 'zh-CN' })
//     await app.click('项目名称')
//     await app.compose('项目管理')
//     app.expect(app.value('项目名称'), '项目管理')
//   })
//   await run()
//
// A test fails by throwing, and also when the page has written an error to its console.

import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serve } from '../../web/serve.mjs'

const { chromium } = createRequire(new URL('../../web/package.json', import.meta.url))('playwright-core')

const root = fileURLToPath(new URL('../../', import.meta.url))
export const dist = process.env.PMO_DIST ?? join(root, 'dist')
export const pictures = process.env.PMO_PICTURES ?? join(root, 'build/pictures')

const chromiumArguments = [
  '--no-sandbox', '--disable-background-networking', '--disable-component-update', '--font-render-hinting=none',
]
const drawing = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist']
// A page lives for some seconds in a test: compiling what it never calls costs more.
const notDrawing = ['--disable-gpu', '--js-flags=--wasm-lazy-compilation']

function chromiumPath() {
  const candidates = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  const found = candidates.find((path) => path && existsSync(path))
  if (!found) throw new Error('No Chromium found: install the package chromium, or set CHROMIUM to its path.')
  return found
}

// One browser for all tests of a file (two when some of them look at the picture), and in it one context for each kind
// of visitor. What is stored belongs to an address, and every application has one of its own, so that a context can be
// used again: a new one takes a second.
const browsers = new Map() // by whether they draw
const waiting = new Map() // by kind: contexts with one page each

async function browserThat(draws) {
  if (!browsers.has(draws)) {
    const args = [...chromiumArguments, ...(draws ? drawing : notDrawing)]
    browsers.set(draws, await chromium.launch({ executablePath: chromiumPath(), args, headless: true }))
  }
  return browsers.get(draws)
}

export async function closeBrowser() {
  for (const browser of browsers.values()) await browser.close()
  browsers.clear()
  waiting.clear()
}

// Nearly all tests ask what happens, and not what it looks like. Drawing every frame in software would take most of
// their time: without it the page talks to a graphics context that does nothing, and frames follow each other at once.
function drawNothing() {
  const { LINK_STATUS, VERSION, SHADING_LANGUAGE_VERSION } = WebGL2RenderingContext
  const versions = { [VERSION]: 'WebGL 2.0', [SHADING_LANGUAGE_VERSION]: 'WebGL GLSL ES 3.00' }
  const answers = {
    isContextLost: () => false,
    getError: () => 0,
    getParameter: (name) => versions[name] ?? 0,
    getProgramParameter: (_, name) => (name === LINK_STATUS ? 1 : 0),
    getShaderParameter: () => 1,
    getExtension: () => null,
    getSupportedExtensions: () => [],
  }
  const nothing = new Proxy(answers, { get: (known, name) => known[name] ?? WebGL2RenderingContext[name] ?? (() => ({})) })
  const { getContext } = HTMLCanvasElement.prototype
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    return kind === 'webgl2' ? nothing : getContext.call(this, kind, ...rest)
  }
  const { port1, port2 } = new MessageChannel()
  const frames = new Map()
  let asked = 0
  port1.onmessage = ({ data }) => {
    const frame = frames.get(data)
    frames.delete(data)
    frame?.(performance.now())
  }
  window.requestAnimationFrame = (frame) => {
    frames.set(++asked, frame)
    port2.postMessage(asked)
    return asked
  }
  window.cancelAnimationFrame = (id) => frames.delete(id)
}

// Opens the application with a store of its own that lasts until close(): reloads and new pages find what was stored.
// Options: language, theme, size, density, touch, query; server (another one); draws (the picture counts); before (a
// script that runs in the page before its own); fails (the page is not expected to come up); worker (the service worker is
// wanted, which fetches everything once more: for offline use and updates).
export async function openApp(options = {}) {
  const server = options.server ?? (await serve(dist, 0))
  const draws = Boolean(options.draws || process.env.PMO_DRAWS)
  const settings = {
    locale: options.language ?? 'en',
    colorScheme: options.theme ?? 'light',
    viewport: options.size ?? { width: 1280, height: 720 },
    deviceScaleFactor: options.density ?? 1,
    hasTouch: options.touch ?? false,
    acceptDownloads: true,
  }
  const kind = options.before ? null : JSON.stringify({ settings, draws, worker: Boolean(options.worker) })
  let context = waiting.get(kind)?.pop()
  if (!context) {
    context = await (await browserThat(draws)).newContext(settings)
    // Nobody is there to answer a dialog of the system: files are downloaded instead, as in browsers without it.
    await context.addInitScript(() => delete window.showSaveFilePicker)
    if (!draws) await context.addInitScript(drawNothing)
    if (!options.worker) await context.addInitScript(() => delete Navigator.prototype.serviceWorker)
    if (options.before) await context.addInitScript(options.before)
    await context.newPage()
  }
  const app = new App(context.pages()[0], server, context, { ...options, kind })
  try {
    if (options.fails) await app.page.goto(app.server.url + (options.query ?? ''))
    else await app.goto(options.query ?? '')
  } catch (error) {
    await app.close()
    throw error
  }
  return app
}

const restPatience = 30_000, frame = 20 // milliseconds

export class App {
  errors = []
  #devtools = null
  #kind
  #offline = false

  // kind: of the context, when another application may use it afterwards.
  constructor(page, server, context, { density = 1, kind = null } = {}) {
    Object.assign(this, { page, server, context, density })
    this.#kind = kind
    // The user guide is fetched some seconds after everything else (web/host/guide.ts): the network may be gone by then.
    const guideCannotCome = (message) => this.#offline && message.location().url.includes('/guide/')
    page.on('console', (message) => message.type() === 'error' && !guideCannotCome(message) && this.errors.push(message.text()))
    page.on('pageerror', (error) => this.errors.push(String(error)))
  }

  // ---- Life ----

  async goto(query = '') {
    await this.page.goto(this.server.url + query)
    await this.ready()
  }

  async reload() {
    await this.page.reload()
    await this.ready()
  }

  async ready() {
    await this.page.waitForFunction(() => window.pmo !== undefined || document.querySelector('#failure'))
    if (await this.page.locator('#failure').count()) throw new Error(await this.page.locator('#failure').innerText())
    await this.idle()
  }

  // Until nothing is going on any more. A page that never comes to rest tells what it was at.
  async idle() {
    await this.#atRest()
  }

  // What window.pmo tells at rest: nothing, its items or its state. As text: the driver's own way takes 30 ms for items.
  async #atRest(what = null) {
    const answer = await this.page.evaluate(
      ([what, patience]) =>
        Promise.race([
          window.pmo.idle().then(() => JSON.stringify(what && window.pmo[what]())),
          new Promise((resolve) => setTimeout(() => resolve('!' + JSON.stringify(window.pmo.state())), patience)),
        ]),
      [what, restPatience],
    )
    if (answer.startsWith('!')) throw new Error(`The page does not come to rest: ${answer}`)
    return JSON.parse(answer)
  }

  // No network at all: the server is gone, and the browser believes to be offline.
  async goOffline() {
    await this.page.waitForFunction(() => window.pmo.state().platform.offlineReady, null, { timeout: 4 * restPatience }) // fetches all of it
    this.#kind = null
    this.#offline = true
    await this.context.setOffline(true)
    await this.server.close()
  }

  async close() {
    const leave = async () => {
      await this.#devtools?.detach()
      const [page, ...more] = this.context.pages()
      for (const other of more) await other.close()
      for (const event of ['console', 'pageerror']) page.removeAllListeners(event)
      await this.context.clearPermissions()
      await page.goto('about:blank')
      waiting.set(this.#kind, [...(waiting.get(this.#kind) ?? []), this.context])
    }
    if (this.#kind) await leave().catch(() => this.context.close())
    else await this.context.close()
    await this.server.close().catch(() => {})
  }

  // ---- What is on the screen ----

  async items() {
    return this.#atRest('items')
  }

  async state() {
    return this.#atRest('state')
  }

  // The visible item of this name (spoken name, label, or the stable part of the label after ###).
  async find(name, { role } = {}) {
    const answers = (item) =>
      (item.name === name || item.label === name || item.label?.split('###')[1] === name) && (!role || item.role === role)
    const found = (await this.items()).filter((item) => answers(item) && item.visible)
    return found.find((item) => !item.disabled) ?? found[0] ?? null
  }

  async item(name, options = {}) {
    const found = await this.find(name, options)
    if (found) return found
    const known = [...new Set((await this.items()).filter((item) => item.visible).map((item) => item.name).filter(Boolean))]
    throw new Error(`There is no "${name}" on the screen, only: ${known.join(', ')}`)
  }

  async value(name, options) {
    return (await this.item(name, options)).value ?? ''
  }

  async waitFor(name, options = {}) {
    const deadline = Date.now() + (options.timeout ?? 5000)
    while (Date.now() < deadline) {
      const found = await this.find(name, options)
      if (found) return found
      await this.page.waitForTimeout(20)
    }
    return this.item(name, options)
  }

  async point(name, options = {}) {
    const [x, y, width, height] = (await this.item(name, options)).visible
    return { x: x + width * (options.at?.x ?? 0.5), y: y + height * (options.at?.y ?? 0.5) }
  }

  // ---- Hands ----

  async hover(name, options = {}) {
    const { x, y } = await this.point(name, options)
    await this.page.mouse.move(x, y)
    await this.idle()
  }

  async click(name, options = {}) {
    const { x, y } = await this.point(name, options)
    await this.page.mouse.move(x, y)
    await this.page.waitForTimeout(frame)
    await this.page.mouse.click(x, y, { button: options.button ?? 'left', clickCount: options.count ?? 1 })
    await this.idle()
  }

  async drag(from, to, { steps = 8 } = {}) {
    const start = typeof from === 'string' ? await this.point(from) : from
    const end = typeof to === 'string' ? await this.point(to) : to
    await this.page.mouse.move(start.x, start.y)
    await this.idle()
    // A held button keeps frames coming, so there is no idle to wait for.
    await this.page.mouse.down()
    await this.page.waitForTimeout(50)
    await this.page.mouse.move(end.x, end.y, { steps })
    await this.page.waitForTimeout(50)
    await this.page.mouse.up()
    await this.idle()
  }

  // Pixels of the page; the driver means those of the device.
  async wheel(pixels) {
    await this.page.mouse.wheel(0, pixels * this.density)
    await this.idle()
  }

  // Scrolls what lies under a point until the thing is on the screen.
  async reach(name, [x, y]) {
    await this.page.mouse.move(x, y)
    for (const turn of [0, -3000, ...Array(12).fill(350)]) {
      if (turn) await this.wheel(turn)
      const found = await this.find(name)
      if (found && found.visible[3] > 16) return
    }
  }

  // A page of a desk, through the rail; a page of all desks without one.
  async openPage(page, desk = null) {
    for (const entry of [...(desk && !(await this.find(`page.desk.${desk}`)) ? [`desk.${desk}`] : []), `page.${page}`]) {
      await this.reach(entry, [100, 400])
      await this.click(entry)
    }
  }

  // Keys with key events, as a person types Latin text.
  async type(text) {
    await this.page.keyboard.type(text)
    await this.idle()
  }

  // "Enter", "Control+s", "Alt+Shift+ArrowRight"
  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key)
    await this.idle()
  }

  // Types through an input method: the strokes appear as a composition, then the text is committed.
  async compose(text, strokes = ['x', 'xi', 'xiang', 'xiangmu']) {
    const devtools = await this.devtools()
    for (const stroke of strokes) {
      await devtools.send('Input.imeSetComposition', { text: stroke, selectionStart: stroke.length, selectionEnd: stroke.length })
      await this.idle()
    }
    await devtools.send('Input.insertText', { text })
    await this.idle()
  }

  async devtools() {
    return (this.#devtools ??= await this.context.newCDPSession(this.page))
  }

  // ---- Files ----

  // A file dropped on the page: a text, or bytes.
  async drop(name, content) {
    const base64 = Buffer.from(content).toString('base64') // a list of numbers would take minutes
    await this.page.evaluate(({ name, base64 }) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))], name))
      window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
    }, { name, base64 })
    await this.page.waitForTimeout(50)
    await this.idle()
  }

  // The file that an action downloads: its name, its bytes and their text.
  async download(action) {
    const [download] = await Promise.all([this.page.waitForEvent('download'), action()])
    const bytes = readFileSync(await download.path())
    return { name: download.suggestedFilename(), bytes, text: bytes.toString('utf8') }
  }

  // ---- Pictures ----

  async screenshot(name, clip) {
    await this.idle()
    mkdirSync(pictures, { recursive: true })
    const path = join(pictures, `${name}.png`)
    await this.page.screenshot({ path, ...(clip ? { clip } : {}) })
    return path
  }
}

// ---- A small test runner: one file, one ctest entry -------------------------------------------------------------------

const tests = []

export function test(name, body) {
  tests.push({ name, body })
}

export { assert }

export async function run() {
  const only = process.argv[2]
  let failures = 0
  for (const { name, body } of tests) {
    if (only && !name.includes(only)) continue
    const opened = []
    const start = async (options) => {
      const app = await openApp(options)
      opened.push(app)
      return app
    }
    const began = Date.now()
    try {
      await body({ start })
      for (const app of opened) assert.deepEqual(app.errors, [], 'the page has written errors to its console')
      console.log(`ok      ${name} (${Date.now() - began} ms)`)
    } catch (error) {
      failures++
      console.log(`FAILED  ${name}\n${error.stack}`)
      for (const app of opened) {
        const path = await app.screenshot(`failed-${name.replace(/\W+/g, '-')}`).catch(() => null)
        if (path) console.log(`        picture: ${path}`)
      }
    } finally {
      for (const app of opened) await app.close().catch(() => {})
    }
  }
  await closeBrowser()
  process.exitCode = failures ? 1 : 0
}
