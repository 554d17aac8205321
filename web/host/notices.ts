// The page without the application: loading, and what is said when it cannot run or has stopped.

import { downloadBlob } from './files'
import type { Language } from './fonts'
import { wordIn, type Word } from './words'

export interface Rescue {
  name: string
  data: Blob
}

export class Notices {
  // Hands out everything that is stored, when the application itself cannot any more. Set by whoever owns the store.
  rescue: (() => Promise<Rescue>) | null = null
  private readonly loading = document.querySelector<HTMLElement>('#loading')!
  private readonly bar = this.loading.querySelector('progress')!
  private readonly note = this.loading.querySelector('p')!
  private slowTimer = 0

  constructor(public language: Language) {
    document.documentElement.lang = language
    this.note.textContent = this.word('loading')
    this.slowTimer = window.setTimeout(() => (this.note.textContent = this.word('slow')), 5000)
  }

  progress(done: number): void {
    this.bar.value = done
  }

  ready(): void {
    clearTimeout(this.slowTimer)
    this.loading.remove()
  }

  // A passing state, over the application.
  banner(word: Word | null): void {
    document.querySelector('#banner')?.remove()
    if (!word) return
    const banner = element('div', this.word(word))
    banner.id = 'banner'
    banner.setAttribute('role', 'status')
    document.body.append(banner)
  }

  // The end of this page: what happened, why, and what to do.
  failure(title: Word, text: Word, error?: unknown, offerRescue = false): void {
    clearTimeout(this.slowTimer)
    if (document.querySelector('#failure')) return
    this.loading.remove()
    const page = element('main')
    page.id = 'failure'
    page.setAttribute('role', 'alert')
    page.append(element('h1', this.word(title)), element('p', this.word(text)), this.buttons(offerRescue))
    if (error !== undefined) page.append(this.details(error))
    document.body.append(page)
    page.querySelector('button')?.focus()
  }

  private buttons(offerRescue: boolean): HTMLElement {
    const row = element('div')
    row.className = 'buttons'
    if (offerRescue && this.rescue) row.append(button(this.word('rescue'), () => void this.download(row)))
    row.append(button(this.word('reload'), () => location.reload()))
    return row
  }

  private async download(row: HTMLElement): Promise<void> {
    try {
      const { name, data } = await this.rescue!()
      downloadBlob(name, data)
    } catch (error) {
      row.after(element('p', this.word('rescueFailed', String(error))))
    }
  }

  private details(error: unknown): HTMLElement {
    const details = element('details')
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    details.append(element('summary', this.word('details')), element('pre', `${text}\n${navigator.userAgent}`))
    return details
  }

  private word(word: Word, ...values: string[]): string {
    return wordIn(this.language, word, ...values)
  }
}

function element(tag: string, text = ''): HTMLElement {
  const made = document.createElement(tag)
  made.textContent = text
  return made
}

function button(text: string, action: () => void): HTMLElement {
  const made = element('button', text)
  made.addEventListener('click', action)
  return made
}
