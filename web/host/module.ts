// The WebAssembly module as TypeScript sees it, and how texts cross the border.
//
// Calls into the module (exports of web/page.cpp) take the page's handle first. Texts go in through the inbox, one
// buffer owned by the module; several texts of one call lie in it one behind the other. Texts come out as (start,
// length) in the module's memory and are copied at once: memory may move when it grows.

import type { HostCalls } from './host_calls'

export interface PmoModule {
  readonly HEAPU8: Uint8Array<ArrayBuffer>
  host: HostCalls

  _pmo_open(): number
  _pmo_start(page: number, check: number): void
  _pmo_frame(page: number, seconds: number): number
  _pmo_inbox(page: number, size: number): number
  _pmo_resize(page: number, width: number, height: number, density: number): void
  _pmo_surroundings(page: number, chinese: number, flags: number): void
  _pmo_restore_context(page: number): void

  _pmo_pointer(page: number, x: number, y: number, touch: number): void
  _pmo_pointer_left(page: number): void
  _pmo_button(page: number, button: number, down: number, touch: number): void
  _pmo_wheel(page: number, x: number, y: number): void
  _pmo_touch_drags(page: number): number
  _pmo_key(page: number, nameLength: number, down: number, modifiers: number): void
  _pmo_modifiers(page: number, modifiers: number): void
  _pmo_character(page: number, character: number): void
  _pmo_focus(page: number, on: number): void

  _pmo_text(page: number, field: number, flags: number, end: number, length: number): void
  _pmo_paste(page: number, textLength: number, htmlLength: number): void
  _pmo_paste_over(page: number): void

  _pmo_file(page: number, request: number, nameLength: number, typeLength: number, size: number, content: number): void
  _pmo_files_done(page: number, request: number): void
  _pmo_saved(page: number, request: number, outcome: number): void
  _pmo_leave(page: number): void

  _pmo_image(
    page: number, request: number, bytes: number, format: number, commit: number, fileSize: number, epoch: number,
    digest: number, writerLength: number, flags: number,
  ): number
  _pmo_image_done(page: number, request: number): void
  _pmo_image_failed(page: number, request: number, reasonLength: number): void
  _pmo_outcome(page: number, request: number, outcome: number): void
  _pmo_listed(page: number, request: number, length: number): void
  _pmo_other_window(page: number, wanted: number, nameLength: number): void
  _pmo_stores(page: number, removed: number): void
  _pmo_unsaved(page: number): number
  _pmo_after(page: number, request: number): void
  _pmo_storage(page: number, persistent: number, protectedFromEviction: number): void

  _pmo_items(page: number): number
  _pmo_summary(page: number): number
  _pmo_outbox(page: number): number
  _pmo_busy(page: number): number
}

type Factory = (options: object) => Promise<PmoModule>

// Downloads and compiles the module at the same time; progress is told in parts of one.
export async function loadModule(
  factory: Factory,
  address: string,
  byteCount: number,
  host: HostCalls,
  progress: (done: number) => void,
): Promise<PmoModule> {
  let failed: (reason: unknown) => void = () => {}
  const failure = new Promise<never>((_, reject) => (failed = reject))
  const created = factory({
    host,
    onAbort: (reason: unknown) => failed(new Error(String(reason))),
    instantiateWasm: (
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ) => {
      instantiate(address, byteCount, imports, progress).then(
        ({ instance, module }) => done(instance, module),
        failed,
      )
      return {}
    },
  })
  return Promise.race([created, failure])
}

async function instantiate(
  address: string,
  byteCount: number,
  imports: WebAssembly.Imports,
  progress: (done: number) => void,
): Promise<WebAssembly.WebAssemblyInstantiatedSource> {
  const response = await fetch(address, { credentials: 'same-origin' })
  if (!response.ok || !response.body) throw new Error(`${response.status} ${response.statusText}`)
  let received = 0
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      received += chunk.byteLength
      progress(Math.min(1, received / byteCount))
      controller.enqueue(chunk)
    },
  })
  const counted = new Response(response.body.pipeThrough(counter), {
    headers: { 'Content-Type': 'application/wasm' },
  })
  return WebAssembly.instantiateStreaming(counted, imports)
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

// The module together with its page: what every part of the host holds.
export class Page {
  readonly handle: number

  constructor(readonly module: PmoModule) {
    this.handle = module._pmo_open()
  }

  text(start: number, length: number): string {
    // A copy first: some browsers refuse to decode memory that can grow.
    return length ? decoder.decode(this.bytes(start, length)) : ''
  }

  bytes(start: number, length: number): Uint8Array<ArrayBuffer> {
    return this.module.HEAPU8.slice(start, start + length)
  }

  // Lays texts into the inbox and returns their lengths in bytes.
  send(...texts: string[]): number[] {
    const encoded = texts.map((text) => encoder.encode(text))
    const total = encoded.reduce((sum, bytes) => sum + bytes.length, 0)
    let at = this.module._pmo_inbox(this.handle, total)
    for (const bytes of encoded) {
      this.module.HEAPU8.set(bytes, at)
      at += bytes.length
    }
    return encoded.map((bytes) => bytes.length)
  }

  send1(text: string): number {
    return this.send(text)[0]!
  }

  // Runs a call that leaves a text in the outbox.
  receive(length: number): string {
    return this.text(this.module._pmo_outbox(this.handle), length)
  }
}
