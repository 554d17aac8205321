// Files in and out, printing, links.

import type { Contents } from './contents'
import type { FrameLoop } from './frames'
import type { Page } from './module'
import { painted } from './paint'

// SaveOutcome in app/ui/platform.h
const enum Outcome { saved, cancelled, failed }

type SavePicker = (options: object) => Promise<FileSystemFileHandle>
interface LaunchParams { files: readonly FileSystemFileHandle[] }

export class Files {
  private readonly choosers = new Set<HTMLInputElement>() // whose dialogs are open: nothing else refers to them

  constructor(
    private readonly page: Page,
    private readonly frames: FrameLoop,
    private readonly contents: Contents,
  ) {
    this.acceptDrops()
    document.addEventListener('pmo-files', (event) => this.deliver(0, (event as CustomEvent<File[]>).detail))
    const queue = (window as { launchQueue?: { setConsumer(take: (params: LaunchParams) => void): void } }).launchQueue
    queue?.setConsumer(async (params) => {
      const files = await Promise.all(params.files.map((handle) => handle.getFile()))
      if (files.length) this.deliver(0, files)
    })
  }

  open(request: number, extensions: string[], several: boolean, maxBytes: number): void {
    const chooser = document.createElement('input')
    const answer = (files: File[]): void => {
      this.choosers.delete(chooser)
      this.deliver(request, files, maxBytes)
    }
    this.choosers.add(chooser)
    chooser.type = 'file'
    chooser.accept = extensions.join(',')
    chooser.multiple = several
    chooser.addEventListener('change', () => answer([...(chooser.files ?? [])]))
    chooser.addEventListener('cancel', () => answer([]))
    chooser.click()
  }

  download(name: string, type: string, content: number): void {
    downloadBlob(name, new Blob([this.contents.get(content)], { type }))
  }

  async downloadPainted(name: string, svg: string): Promise<void> {
    const drawing = new Blob([svg], { type: 'image/svg+xml' })
    const picture = await painted(drawing)
    if (picture) downloadBlob(`${name}.png`, picture)
    else downloadBlob(`${name}.svg`, drawing)
  }

  async saveAs(request: number, name: string, type: string, content: number): Promise<void> {
    const blob = new Blob([this.contents.get(content)], { type })
    const outcome = await this.saveWithPicker(name, blob)
    if (outcome === null) downloadBlob(name, blob)
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
  private async saveWithPicker(name: string, content: Blob): Promise<Outcome | null> {
    const picker = (window as { showSaveFilePicker?: SavePicker }).showSaveFilePicker
    if (!picker) return null
    let handle: FileSystemFileHandle
    try {
      handle = await picker({ suggestedName: name })
    } catch (error) {
      return (error as DOMException).name === 'AbortError' ? Outcome.cancelled : null
    }
    try {
      await content.stream().pipeTo(await handle.createWritable())
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
      this.deliver(0, [...event.dataTransfer!.files])
    })
  }

  // By name and number: nothing is read. A file over the limit is handed over by name only.
  private deliver(request: number, files: File[], maxBytes = Infinity): void {
    for (const file of files) {
      const [name, type] = this.page.send(file.name, file.type)
      const content = file.size > maxBytes ? 0 : this.contents.keep(file)
      this.page.module._pmo_file(this.page.handle, request, name!, type!, file.size, content)
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
