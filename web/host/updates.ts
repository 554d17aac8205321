// Offline use, updates and installation. A new version is downloaded in the background and waits: the application tells
// the user and decides when to change over, after everything is saved.

import { registerSW } from 'virtual:pwa-register'

interface InstallPrompt extends Event {
  prompt(): Promise<unknown>
}

const hourly = 3_600_000

export class Updates {
  waiting = false
  offlineReady = false
  private registration: ServiceWorkerRegistration | null = null
  private prompt: InstallPrompt | null = null
  private readonly update: (reload?: boolean) => Promise<void>

  constructor(private readonly changed: () => void) {
    this.update = registerSW({
      immediate: true,
      onNeedRefresh: () => {
        this.waiting = true
        this.changed()
      },
      onOfflineReady: () => {
        this.offlineReady = true
        this.changed()
      },
      onRegisteredSW: (_address, registration) => {
        if (!registration) return
        this.registration = registration
        this.offlineReady ||= registration.active !== null
        setInterval(() => navigator.onLine && registration.update().catch(() => {}), hourly)
      },
    })
    window.addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault()
      this.prompt = event as InstallPrompt
      this.changed()
    })
    window.addEventListener('appinstalled', () => {
      this.prompt = null
      this.changed()
    })
  }

  get canInstall(): boolean {
    return this.prompt !== null
  }

  async apply(): Promise<void> {
    // The page of a first visit is not under the worker's control: the new one has not waited for it, and tells it
    // nothing.
    const waiting = this.registration?.waiting
    if (!waiting) return location.reload()
    waiting.addEventListener('statechange', () => waiting.state === 'activated' && location.reload())
    await this.update(true)
  }

  async install(): Promise<void> {
    await this.prompt?.prompt()
    this.prompt = null
    this.changed()
  }
}
