// The clipboard outside fields. The browser's copy, cut and paste events are the only moments when every browser lets
// a page at the clipboard, so the application runs its frame inside them.

import type { FrameLoop } from './frames'
import type { Input } from './input'
import type { Page } from './module'
import type { TextEntries } from './text_entry'

export interface Clip {
  text: string
  html: string
}

const framesForAnAnswer = 3 // events that are already queued are played first

export class Clipboard {
  private event: ClipboardEvent | null = null
  private taken = false

  constructor(
    private readonly page: Page,
    private readonly frames: FrameLoop,
    private readonly input: Input,
    private readonly entries: TextEntries,
  ) {
    document.addEventListener('copy', (event) => this.give(event, 'KeyC'))
    document.addEventListener('cut', (event) => this.give(event, 'KeyX'))
    document.addEventListener('paste', (event) => this.take(event))
  }

  put(clip: Clip): void {
    if (this.event?.clipboardData) {
      this.event.clipboardData.setData('text/plain', clip.text)
      if (clip.html) this.event.clipboardData.setData('text/html', clip.html)
      this.taken = true
      return
    }
    void this.write(clip)
  }

  // From a menu: the browser may ask the user. Without an answer nothing happens.
  async requestPaste(): Promise<void> {
    try {
      const clip: Clip = { text: '', html: '' }
      for (const item of await navigator.clipboard.read()) {
        if (item.types.includes('text/plain')) clip.text = await (await item.getType('text/plain')).text()
        if (item.types.includes('text/html')) clip.html = await (await item.getType('text/html')).text()
      }
      this.deliver(clip)
    } catch {
      // refused, or not offered by this browser: Ctrl+V still works
    }
  }

  private async write(clip: Clip): Promise<void> {
    const blob = (text: string, type: string): Blob => new Blob([text], { type })
    try {
      const forms: Record<string, Blob> = { 'text/plain': blob(clip.text, 'text/plain') }
      if (clip.html) forms['text/html'] = blob(clip.html, 'text/html')
      await navigator.clipboard.write([new ClipboardItem(forms)])
    } catch {
      await navigator.clipboard.writeText(clip.text).catch(() => {})
    }
  }

  private give(event: ClipboardEvent, key: string): void {
    if (this.entries.editing) return
    this.event = event
    this.taken = false
    this.input.chord(key)
    for (let i = 0; i < framesForAnAnswer && !this.taken; i++) this.frames.runNow()
    this.event = null
    if (this.taken) event.preventDefault()
  }

  private take(event: ClipboardEvent): void {
    if (this.entries.editing) return
    const data = event.clipboardData
    if (!data) return
    event.preventDefault()
    const files = [...data.files]
    if (files.length) return void document.dispatchEvent(new CustomEvent('pmo-files', { detail: files }))
    this.deliver({ text: data.getData('text/plain'), html: data.getData('text/html') })
  }

  private deliver(clip: Clip): void {
    const [text, html] = this.page.send(clip.text.replace(/\r\n?/g, '\n'), clip.html)
    this.page.module._pmo_paste(this.page.handle, text!, html!)
    this.input.chord('KeyV')
    for (let i = 0; i < framesForAnAnswer; i++) this.frames.runNow()
    this.page.module._pmo_paste_over(this.page.handle)
  }
}
