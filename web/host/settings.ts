// Small settings that must be known before any project is open: language, scheme, window layout.
// A private window may refuse storage: then they last as long as the page.

const prefix = 'pmo.'

export class Settings {
  private readonly kept = new Map<string, string>()

  get(name: string): string {
    const kept = this.kept.get(name)
    if (kept !== undefined) return kept
    try {
      return localStorage.getItem(prefix + name) ?? ''
    } catch {
      return ''
    }
  }

  set(name: string, value: string): void {
    this.kept.set(name, value)
    try {
      if (value) localStorage.setItem(prefix + name, value)
      else localStorage.removeItem(prefix + name)
    } catch {
      // kept for this page only
    }
  }
}
