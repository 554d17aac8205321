// Start-up of the page: load the module, connect it with the browser, hand over to the application.

import createModule from 'pmo-module'
import wasmAddress from 'pmo-module-wasm'
import { installBridge } from './bridge'
import { Clipboard } from './clipboard'
import { Contents } from './contents'
import { Files } from './files'
import type { Language } from './fonts'
import { FrameLoop } from './frames'
import { GlyphPainter } from './glyphs'
import { Guide } from './guide'
import { HostCalls } from './host_calls'
import { Input } from './input'
import { apple } from './keys'
import { Mirror } from './mirror'
import { loadModule, Page } from './module'
import { Notices } from './notices'
import { rescue } from './rescue'
import { Settings } from './settings'
import { BlockStore } from './store'
import { Surface } from './surface'
import { TextEntries } from './text_entry'
import { Updates } from './updates'
import { preferredLanguage, wordIn } from './words'

declare const __WASM_BYTES__: number

const settings = new Settings()
const notices = new Notices(preferredLanguage(settings.get('language')))
const canvas = document.querySelector<HTMLCanvasElement>('#screen')!
const surface = document.querySelector<HTMLElement>('#surface')!

// The smallest module with a 128-bit value in it: i32.const 0, i8x16.splat, i8x16.popcnt.
const vectorModule = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
])

function hasWebAssembly(): boolean {
  return typeof WebAssembly === 'object' && !!WebAssembly.instantiateStreaming && WebAssembly.validate(vectorModule)
}

function hasWebGL2(): boolean {
  return document.createElement('canvas').getContext('webgl2') !== null
}

// The bits of Surroundings in app/ui/platform.h, as web/page.cpp takes them apart.
function surroundings(updates: Updates, touch: boolean): number {
  const matches = (query: string): boolean => window.matchMedia(query).matches
  const facts = [
    matches('(prefers-color-scheme: dark)'),
    matches('(prefers-reduced-motion: reduce)'),
    matches('(prefers-contrast: more)') || matches('(forced-colors: active)'),
    touch,
    apple,
    navigator.onLine,
    matches('(display-mode: standalone)'),
    updates.canInstall,
    updates.waiting,
  ]
  return facts.reduce((bits, fact, index) => bits | (fact ? 1 << index : 0), 0)
}

async function start(): Promise<void> {
  if (!hasWebAssembly()) return notices.failure('noWasmTitle', 'noWasmText')
  if (!hasWebGL2()) return notices.failure('noGraphicsTitle', 'noGraphicsText')

  const host = new HostCalls()
  let page: Page
  try {
    const module = await loadModule(createModule, wasmAddress, __WASM_BYTES__, host, (done) => notices.progress(done))
    page = new Page(module)
  } catch (error) {
    return notices.failure('loadFailedTitle', 'loadFailedText', error)
  }
  if (!page.handle) return notices.failure('noGraphicsTitle', 'noGraphicsText')
  run(page, host)
}

function run(page: Page, host: HostCalls): void {
  const { module, handle } = page
  const frames = new FrameLoop((seconds) => {
    const sleep = module._pmo_frame(handle, seconds)
    entries.sweep()
    mirror.update()
    return sleep
  })

  const stopOnFailure = (error: unknown): void => {
    frames.stop()
    notices.failure('crashTitle', 'crashText', error, true)
  }
  window.addEventListener('error', (event) => {
    if (event.error) stopOnFailure(event.error) // notices of the browser itself carry no error
  })
  window.addEventListener('unhandledrejection', (event) => {
    if (event.reason instanceof WebAssembly.RuntimeError) stopOnFailure(event.reason)
  })

  const glyphs = new GlyphPainter()
  const entries = new TextEntries(page, frames, () => input, canvas, document.querySelector<HTMLElement>('#fields')!)
  const input = new Input(page, frames, canvas, surface, (towards) => entries.leave(towards))
  const contents = new Contents(page)
  const files = new Files(page, frames, contents)
  const clipboard = new Clipboard(page, frames, input, entries)
  const updates = new Updates(() => tellSurroundings())
  const guide = new Guide(settings)
  const toggle = document.querySelector<HTMLButtonElement>('#screen-reader')!
  const mirrored = document.querySelector<HTMLElement>('#mirror')!
  const mirror = new Mirror(page, frames, settings, canvas, mirrored, toggle, () => entries.leave())

  const tellSurroundings = (): void => {
    const chinese = preferredLanguage(settings.get('language')) === 'zh-CN'
    module._pmo_surroundings(handle, chinese ? 1 : 0, surroundings(updates, entries.touch))
    frames.wake()
  }
  for (const query of ['(prefers-color-scheme: dark)', '(prefers-reduced-motion: reduce)', '(prefers-contrast: more)'])
    window.matchMedia(query).addEventListener('change', tellSurroundings)
  for (const event of ['online', 'offline']) window.addEventListener(event, tellSurroundings)
  window.addEventListener('pointerdown', (event) => {
    const touch = event.pointerType === 'touch'
    if (touch === entries.touch) return
    entries.touch = touch
    tellSurroundings()
  }, { capture: true })

  const appearance = (language: Language, dark: boolean, background: string): void => {
    settings.set('language', language)
    settings.set('background', background)
    notices.language = language
    document.documentElement.lang = language
    document.documentElement.style.colorScheme = dark ? 'dark' : 'light'
    document.body.style.backgroundColor = background
    document.querySelector<HTMLMetaElement>('meta[name=theme-color]')!.content = background
    toggle.textContent = wordIn(language, 'screenReader')
    canvas.setAttribute('aria-label', wordIn(language, 'application'))
    glyphs.setAppearance(language, dark)
    entries.setLanguage(language)
    guide.keep(language)
  }
  const store = new BlockStore(page, frames, contents)
  store.onVersions = (word) => notices.banner(word)
  notices.rescue = () => rescue(store)
  host.connect({
    page, frames, glyphs, entries, clipboard, contents, files, settings, updates, mirror, store, canvas, appearance,
  })

  // Leaving: the application gets a last chance while the page still runs.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') module._pmo_leave(handle)
    else frames.wake()
  })
  window.addEventListener('pagehide', () => module._pmo_leave(handle))

  tellSurroundings()
  // ?check shows a screen that tries the browser itself, without any project: for support.
  const check = new URLSearchParams(location.search).has('check')
  module._pmo_start(handle, check ? 1 : 0)
  const drawSurface = new Surface(canvas, (width, height, density) => {
    module._pmo_resize(handle, width, height, density)
    frames.runNow()
  })
  drawSurface.watchContext(
    () => {
      frames.stop()
      notices.banner('contextLost')
    },
    () => {
      notices.banner(null)
      module._pmo_restore_context(handle)
      frames.resume()
    },
  )
  installBridge(page, frames, mirror, glyphs, updates, performance.now())
  notices.ready()
  canvas.focus({ preventScroll: true })
}

void start()
