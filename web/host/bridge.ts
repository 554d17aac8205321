// window.pmo: what is on the screen and whether anything is still going on, for browser tests and problem reports.
// Read-only: tests find things here and then use the real mouse and keyboard.

import type { FrameLoop } from './frames'
import type { GlyphPainter } from './glyphs'
import type { Mirror, WidgetItem } from './mirror'
import type { Page } from './module'
import type { Updates } from './updates'

export interface Bridge {
  items(): WidgetItem[]
  idle(): Promise<void>
  state(): Record<string, unknown>
}

declare global {
  interface Window {
    pmo?: Bridge
  }
}

const pollMilliseconds = 10

export function installBridge(
  page: Page,
  frames: FrameLoop,
  mirror: Mirror,
  glyphs: GlyphPainter,
  updates: Updates,
  interactive: number,
): void {
  const { module, handle } = page
  const busy = (): boolean => module._pmo_busy(handle) !== 0
  window.pmo = {
    items: () => mirror.items(),
    async idle() {
      for (;;) {
        await frames.whenIdle()
        if (!busy()) return
        await new Promise((resolve) => setTimeout(resolve, pollMilliseconds))
      }
    },
    state: () => ({
      ...(JSON.parse(page.receive(module._pmo_summary(handle))) as Record<string, unknown>),
      platform: {
        frames: frames.drawn,
        interactive,
        glyphs: glyphs.drawn,
        glyphMilliseconds: glyphs.milliseconds,
        density: window.devicePixelRatio,
        offlineReady: updates.offlineReady,
        updateWaiting: updates.waiting,
      },
    }),
  }
}
