// The user guide (web/guide.mjs): kept for use without a network, in the user's language, once everything else is there.

import type { Language } from './fonts'
import type { Settings } from './settings'

declare const __GUIDE__: { pages: string[]; mark: string } // vite.config.ts

const cacheName = 'pmo-desk-guide' // what the service worker answers from (vite.config.ts)
const patience = 5_000 // milliseconds after the start: first comes what the user sees

export class Guide {
  private timer = 0

  constructor(private readonly settings: Settings) {}

  // Soon, and once a version of the guide and language.
  keep(language: Language): void {
    clearTimeout(this.timer)
    this.timer = window.setTimeout(() => void this.fetchPages(language).catch(() => {}), patience) // the next visit tries again
  }

  private async fetchPages(language: Language): Promise<void> {
    const folder = language === 'en' ? 'en' : 'zh'
    const addresses = ['guide/guide.css', ...__GUIDE__.pages.map((page) => `guide/${folder}/${page}.html`)]
    if (!('caches' in window) || !navigator.onLine) return
    const cache = await caches.open(cacheName)
    if (this.settings.get(`guide.${folder}`) === __GUIDE__.mark && (await cache.match(addresses[0]!))) return
    await cache.addAll(addresses)
    this.settings.set(`guide.${folder}`, __GUIDE__.mark)
  }
}
