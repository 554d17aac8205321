// Everything the module may ask of the browser: the other side of web/host_calls.cpp, same names, same order.

import type { Clipboard } from './clipboard'
import type { Contents } from './contents'
import type { Files } from './files'
import type { FrameLoop } from './frames'
import type { GlyphPainter, Ink } from './glyphs'
import type { Language } from './fonts'
import type { Page } from './module'
import type { Mirror } from './mirror'
import type { Settings } from './settings'
import type { Head } from './image'
import type { BlockStore, SnapshotInfo } from './store'
import type { TextEntries } from './text_entry'
import type { Updates } from './updates'

export interface Parts {
  page: Page
  frames: FrameLoop
  glyphs: GlyphPainter
  entries: TextEntries
  clipboard: Clipboard
  contents: Contents
  files: Files
  settings: Settings
  updates: Updates
  mirror: Mirror
  store: BlockStore
  canvas: HTMLCanvasElement
  appearance(language: Language, dark: boolean, background: string): void
}

const cursors = [
  'default', 'text', 'move', 'ns-resize', 'ew-resize', 'nesw-resize', 'nwse-resize', 'pointer', 'wait', 'progress',
  'not-allowed',
]

// The module is created before its parts: they arrive through connect().
export class HostCalls {
  private parts!: Parts
  private cursor = ''

  connect(parts: Parts): void {
    this.parts = parts
  }

  wake(): void {
    this.parts.frames.wake()
  }

  glyph(face: number, character: number, em: number, onlyAdvance: number, out: number, pixels: number, room: number) {
    this.write(this.parts.glyphs.glyph(face, character, em, onlyAdvance !== 0), out, pixels, room)
  }

  icon(character: number, size: number, out: number, pixels: number, room: number): void {
    this.write(this.parts.glyphs.icon(character, size), out, pixels, room)
  }

  // GlyphInk in app/ui/glyph_loader.h, six four-byte values; a picture too large for the room is left out.
  private write(ink: Ink, out: number, pixels: number, room: number): void {
    const heap = this.parts.page.module.HEAPU8
    const fits = ink.pixels !== null && ink.pixels.length <= room
    const view = new DataView(heap.buffer, out)
    view.setInt32(0, ink.pixels && !fits ? 1 : ink.form, true)
    view.setFloat32(4, ink.advance, true)
    view.setInt32(8, ink.left, true)
    view.setInt32(12, ink.top, true)
    view.setInt32(16, ink.width, true)
    view.setInt32(20, ink.height, true)
    if (ink.pixels && fits) heap.set(ink.pixels, pixels)
  }

  set_appearance(chinese: number, dark: number, background: number): void {
    const hex = (background >>> 0).toString(16).padStart(8, '0') // ImGui keeps a colour as ABGR
    this.parts.appearance(chinese ? 'zh-CN' : 'en', dark !== 0, `#${hex.slice(6)}${hex.slice(4, 6)}${hex.slice(2, 4)}`)
  }

  set_title(text: number, length: number): void {
    document.title = this.parts.page.text(text, length)
  }

  set_cursor(shape: number): void {
    const cursor = shape < 0 ? 'none' : (cursors[shape] ?? 'default')
    if (cursor === this.cursor) return
    this.cursor = cursor
    this.parts.canvas.style.cursor = cursor
  }

  announce(text: number, length: number, urgent: number): void {
    this.parts.mirror.announce(this.parts.page.text(text, length), urgent !== 0)
  }

  text_entry(request: number): void {
    this.parts.entries.ask(request)
  }

  copy(text: number, textLength: number, html: number, htmlLength: number): void {
    const { page, clipboard } = this.parts
    clipboard.put({ text: page.text(text, textLength), html: page.text(html, htmlLength) })
  }

  request_paste(): void {
    void this.parts.clipboard.requestPaste()
  }

  open_files(request: number, extensions: number, length: number, several: number, maxBytes: number): void {
    const list = this.parts.page.text(extensions, length).split(' ').filter(Boolean)
    this.parts.files.open(request, list, several !== 0, maxBytes)
  }

  download(name: number, nameLength: number, type: number, typeLength: number, content: number): void {
    const { page, files } = this.parts
    files.download(page.text(name, nameLength), page.text(type, typeLength), content)
  }

  download_painted(name: number, nameLength: number, svg: number, svgLength: number): void {
    const { page, files } = this.parts
    void files.downloadPainted(page.text(name, nameLength), page.text(svg, svgLength))
  }

  save_as(request: number, name: number, nameLength: number, type: number, typeLength: number, content: number): void {
    const { page, files } = this.parts
    void files.saveAs(request, page.text(name, nameLength), page.text(type, typeLength), content)
  }

  share(name: number, nameLength: number, type: number, typeLength: number, bytes: number, size: number): number {
    const { page, files } = this.parts
    return files.share(page.text(name, nameLength), page.text(type, typeLength), page.bytes(bytes, size)) ? 1 : 0
  }

  print(html: number, length: number): void {
    this.parts.files.print(this.parts.page.text(html, length))
  }

  show_document(html: number, length: number): void {
    this.parts.files.show(this.parts.page.text(html, length))
  }

  open_link(address: number, length: number): void {
    this.parts.files.openLink(this.parts.page.text(address, length))
  }

  apply_update(): void {
    void this.parts.updates.apply()
  }

  install(): void {
    void this.parts.updates.install()
  }

  set_full_screen(on: number): void {
    if (on) void document.documentElement.requestFullscreen?.().catch(() => {})
    else if (document.fullscreenElement) void document.exitFullscreen()
  }

  setting(name: number, length: number): number {
    return this.parts.page.send1(this.parts.settings.get(this.parts.page.text(name, length)))
  }

  set_setting(name: number, nameLength: number, value: number, valueLength: number): void {
    const { page, settings } = this.parts
    settings.set(page.text(name, nameLength), page.text(value, valueLength))
  }

  // Minutes since 1970 on the clock on the wall.
  local_minutes(): number {
    const now = new Date()
    return Math.floor(now.getTime() / 60_000) - now.getTimezoneOffset()
  }

  store_load(request: number, name: number, length: number): void {
    void this.parts.store.load(request, this.parts.page.text(name, length))
  }

  store_load_second(request: number, name: number, length: number): void {
    void this.parts.store.loadSecond(request, this.parts.page.text(name, length))
  }

  store_write(
    request: number, name: number, length: number, heads: number, headsLength: number, changed: number,
    numbers: number, sizes: number, bytes: number,
  ): void {
    const { page, store } = this.parts
    const heap = new DataView(page.module.HEAPU8.buffer)
    const blocks: { number: number; bytes: Uint8Array<ArrayBuffer> }[] = []
    let at = bytes
    for (let index = 0; index < changed; index++) {
      const size = heap.getUint32(sizes + 4 * index, true)
      blocks.push({ number: heap.getUint32(numbers + 4 * index, true), bytes: page.bytes(at, size) })
      at += size
    }
    const { base, next } = JSON.parse(page.text(heads, headsLength)) as { base: Head; next: Head }
    void store.write(request, page.text(name, length), { base, next, blocks })
  }

  store_reconnect(): void {
    this.parts.store.reconnect()
  }

  store_put_snapshot(
    request: number, name: number, length: number, info: number, infoLength: number, bytes: number, size: number, keep: number,
  ): void {
    const { page, store } = this.parts
    const parsed = JSON.parse(page.text(info, infoLength)) as SnapshotInfo
    void store.putSnapshot(request, page.text(name, length), parsed, page.bytes(bytes, size), keep)
  }

  store_list_names(request: number): void {
    void this.parts.store.listNames(request)
  }
  store_list_snapshots(request: number, name: number, length: number): void {
    void this.parts.store.listSnapshots(request, this.parts.page.text(name, length))
  }

  store_get_snapshot(request: number, name: number, length: number, id: number): void {
    void this.parts.store.getSnapshot(request, this.parts.page.text(name, length), id)
  }

  store_quarantine(request: number, name: number, length: number): void {
    void this.parts.store.quarantine(request, this.parts.page.text(name, length))
  }

  store_take(request: number, name: number, length: number): void {
    void this.parts.store.take(request, this.parts.page.text(name, length))
  }

  store_release(name: number, length: number): void {
    this.parts.store.release(this.parts.page.text(name, length))
  }

  store_remove(name: number, length: number, damaged: number): void {
    void this.parts.store.remove(this.parts.page.text(name, length), damaged !== 0)
  }

  store_put_blob(request: number, hash: number, length: number, content: number): void {
    void this.parts.store.putBlob(request, this.parts.page.text(hash, length), content)
  }

  store_get_blob(request: number, hash: number, length: number, second: number): void {
    void this.parts.store.getBlob(request, this.parts.page.text(hash, length), second !== 0)
  }

  store_room(request: number): void {
    void this.parts.store.room(request)
  }

  store_refer(project: number, length: number, contents: number, contentsLength: number): void {
    const { page, store } = this.parts
    void store.files.refer(page.text(project, length), page.text(contents, contentsLength).split(' ').filter(Boolean))
  }

  store_discard(hash: number, length: number): void {
    void this.parts.store.files.discard(this.parts.page.text(hash, length))
  }

  store_find_unused(request: number, grace: number): void {
    void this.parts.store.findUnused(request, grace)
  }

  store_collect(grace: number): void {
    void this.parts.store.files.collect(grace)
  }

  content_read(request: number, content: number, from: number, size: number): void {
    void this.parts.store.readContent(request, content, from, size)
  }

  content_make(pieces: number, count: number): number {
    return this.parts.contents.make(pieces, count)
  }

  content_release(content: number): void {
    this.parts.contents.release(content)
  }

  after(request: number, milliseconds: number): void {
    this.parts.store.after(request, milliseconds)
  }
}
