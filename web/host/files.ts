// Files in and out, printing, links.

import type { FrameLoop } from './frames'
import type { Page } from './module'

// SaveOutcome in app/ui/platform.h
const enum Outcome { saved, cancelled, failed }

const tooLargeBit = 1
const unreadableBit = 2
const droppedLimit = 128 << 20

type SavePicker = (options: object) => Promise<FileSystemFileHandle>
interface LaunchParams { files: readonly FileSystemFileHandle[] }

export class Files {
  private readonly choosers = new Set<HTMLInputElement>() // whose dialogs are open: nothing else refers to them

  constructor(
    private readonly page: Page,
    private readonly frames: FrameLoop,
  ) {
    this.acceptDrops()
    document.addEventListener('pmo-files', (event) => void this.deliver(0, (event as CustomEvent<File[]>).detail, droppedLimit))
    const queue = (window as { launchQueue?: { setConsumer(take: (params: LaunchParams) => void): void } }).launchQueue
    queue?.setConsumer(async (params) => {
      const files = await Promise.all(params.files.map((handle) => handle.getFile()))
      if (files.length) await this.deliver(0, files, droppedLimit)
    })
  }

  open(request: number, extensions: string[], several: boolean, maxBytes: number): void {
    const chooser = document.createElement('input')
    const answer = (files: File[]): void => {
      this.choosers.delete(chooser)
      void this.deliver(request, files, maxBytes)
    }
    this.choosers.add(chooser)
    chooser.type = 'file'
    chooser.accept = extensions.join(',')
    chooser.multiple = several
    chooser.addEventListener('change', () => answer([...(chooser.files ?? [])]))
    chooser.addEventListener('cancel', () => answer([]))
    chooser.click()
  }

  download(name: string, type: string, bytes: Uint8Array<ArrayBuffer>): void {
    downloadBlob(name, new Blob([bytes], { type }))
  }

  async saveAs(request: number, name: string, type: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const outcome = await this.saveWithPicker(name, bytes)
    if (outcome === null) this.download(name, type, bytes)
    this.page.module._pmo_saved(this.page.handle, request, outcome ?? Outcome.saved)
    this.frames.wake()
  }

  share(name: string, type: string, bytes: Uint8Array<ArrayBuffer>): boolean {
    const data: ShareData = { files: [new File([bytes], name, { type })], title: name }
    if (!navigator.canShare?.(data)) return false
    navigator.share(data).catch(() => {}) // the user has changed their mind
    return true
  }

  print(html: string): void {
    const frame = document.createElement('iframe')
    frame.className = 'print'
    frame.srcdoc = html
    frame.addEventListener('load', () => {
      const inner = frame.contentWindow
      if (!inner) return
      inner.addEventListener('afterprint', () => frame.remove())
      inner.focus()
      inner.print()
    })
    document.querySelectorAll('iframe.print').forEach((old) => old.remove())
    document.body.append(frame)
  }

  show(html: string): void {
    const address = URL.createObjectURL(new Blob([html], { type: 'text/html;charset=utf-8' }))
    window.open(address, '_blank')
    setTimeout(() => URL.revokeObjectURL(address), 60_000)
  }

  openLink(address: string): void {
    let target: URL
    try {
      target = new URL(address, address.startsWith('guide/') ? location.href : undefined)
    } catch {
      return
    }
    if (['http:', 'https:', 'mailto:'].includes(target.protocol)) window.open(target, '_blank', 'noopener,noreferrer')
  }

  // null: this browser has no such dialog
  private async saveWithPicker(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Outcome | null> {
    const picker = (window as { showSaveFilePicker?: SavePicker }).showSaveFilePicker
    if (!picker) return null
    let handle: FileSystemFileHandle
    try {
      handle = await picker({ suggestedName: name })
    } catch (error) {
      return (error as DOMException).name === 'AbortError' ? Outcome.cancelled : null
    }
    try {
      const writable = await handle.createWritable()
      await writable.write(bytes)
      await writable.close()
      return Outcome.saved
    } catch {
      return Outcome.failed
    }
  }

  private acceptDrops(): void {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false
    window.addEventListener('dragover', (event) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      event.dataTransfer!.dropEffect = 'copy'
      document.documentElement.classList.add('dropping')
    })
    window.addEventListener('dragleave', (event) => {
      if (!event.relatedTarget) document.documentElement.classList.remove('dropping')
    })
    window.addEventListener('drop', (event) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      document.documentElement.classList.remove('dropping')
      // While something is dragged over the page the pointer says nothing: where it was let go tells what is meant.
      this.page.module._pmo_pointer(this.page.handle, event.clientX, event.clientY, 0)
      void this.deliver(0, [...event.dataTransfer!.files], droppedLimit)
    })
  }

  // A file over the limit is handed over by name only: it is never read.
  private async deliver(request: number, files: File[], maxBytes: number): Promise<void> {
    for (const file of files) {
      const bytes = file.size > maxBytes ? null : await file.arrayBuffer().catch(() => undefined)
      const flags = bytes === null ? tooLargeBit : bytes === undefined ? unreadableBit : 0
      const { module, handle } = this.page
      const [name, type] = this.page.send(file.name, file.type)
      const start = module._pmo_file(handle, request, name!, type!, file.size, flags)
      if (bytes && bytes.byteLength) module.HEAPU8.set(new Uint8Array(bytes), start)
    }
    this.page.module._pmo_files_done(this.page.handle, request)
    this.frames.wake()
  }
}

export function downloadBlob(name: string, blob: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
