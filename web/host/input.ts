// Mouse, wheel, keyboard, focus. Fingers are in touch.ts, texts in text_entry.ts.

import type { FrameLoop } from './frames'
import { belongsToBrowser, isClipboardChord, isComposing, isPrintable, apple, keyName, modifiersOf } from './keys'
import type { Page } from './module'
import { TouchInput } from './touch'

// ImGui's buttons: left, right, middle, back, forward.
const buttonOfEvent = [0, 2, 1, 3, 4]

export class Input {
  private readonly down = new Set<string>()
  private readonly buttonsDown = new Set<number>()
  private readonly touch: TouchInput

  constructor(
    private readonly page: Page,
    private readonly frames: FrameLoop,
    private readonly canvas: HTMLCanvasElement,
    private readonly surface: HTMLElement, // the canvas and the fields over it
    private readonly leaveText: (towards: EventTarget | null) => void,
  ) {
    this.touch = new TouchInput(page, frames, () => leaveText(null))
    this.listenPointer()
    this.listenKeys()
    this.listenFocus()
  }

  // A key that a field hands back. Down and up at once: the key itself may be let go elsewhere.
  press(event: KeyboardEvent): void {
    this.key(keyName(event), true, modifiersOf(event))
    this.key(keyName(event), false, modifiersOf(event))
  }

  // A chord that the browser has turned into a clipboard event.
  chord(name: string): void {
    const command = apple ? 8 : 2
    this.key(name, true, command)
    this.key(name, false, command)
    this.page.module._pmo_modifiers(this.page.handle, 0)
  }

  handleKey(event: KeyboardEvent): void {
    if (isComposing(event) || belongsToBrowser(event) || isClipboardChord(event)) return
    this.key(keyName(event), true, modifiersOf(event))
    if (isPrintable(event)) this.page.module._pmo_character(this.page.handle, event.key.codePointAt(0)!)
    event.preventDefault()
  }

  private key(name: string, down: boolean, modifiers: number): void {
    if (down) this.down.add(name)
    else this.down.delete(name)
    this.page.module._pmo_key(this.page.handle, this.page.send1(name), down ? 1 : 0, modifiers)
    this.frames.wake()
  }

  private releaseAll(): void {
    for (const name of [...this.down]) this.key(name, false, 0)
    this.page.module._pmo_modifiers(this.page.handle, 0)
  }

  private listenKeys(): void {
    this.canvas.addEventListener('keydown', (event) => this.handleKey(event))
    window.addEventListener('keyup', (event) => {
      const name = keyName(event)
      // A Mac never reports the release of a letter held with Command: let everything go with the modifier.
      if (name.startsWith('Meta') || name.startsWith('OS')) this.releaseAll()
      else if (this.down.has(name)) this.key(name, false, modifiersOf(event))
      else this.page.module._pmo_modifiers(this.page.handle, modifiersOf(event))
      this.frames.wake()
    })
    window.addEventListener('keydown', (event) => {
      this.page.module._pmo_modifiers(this.page.handle, modifiersOf(event))
    }, { capture: true })
  }

  private listenFocus(): void {
    window.addEventListener('blur', () => {
      this.releaseAll()
      this.page.module._pmo_focus(this.page.handle, 0)
      this.frames.wake()
    })
    window.addEventListener('focus', () => {
      this.page.module._pmo_focus(this.page.handle, 1)
      this.frames.wake()
    })
  }

  private listenPointer(): void {
    const surface = this.surface
    const { module, handle } = this.page
    const move = (event: PointerEvent): void => {
      if (event.pointerType === 'touch') return
      module._pmo_pointer(handle, event.clientX, event.clientY, 0)
      this.frames.wake()
    }
    surface.addEventListener('pointerdown', (event) => {
      if (this.touch.takes(event)) return this.touch.down(event)
      this.leaveText(event.target)
      if (event.target === this.canvas) this.canvas.setPointerCapture(event.pointerId)
      move(event)
      this.button(event, true)
    })
    // On the window: a drag that began in a field may end anywhere.
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', (event) => {
      if (!this.buttonsDown.has(event.button)) return
      move(event)
      this.button(event, false)
    })
    window.addEventListener('pointercancel', (event) => {
      if (event.pointerType !== 'touch' && this.buttonsDown.size) {
        module._pmo_pointer_left(handle) // a drag that is broken off drops nothing
        for (const button of this.buttonsDown) this.sendButton(button, false)
      }
      this.buttonsDown.clear()
    })
    surface.addEventListener('pointerleave', (event) => {
      if (event.pointerType === 'touch' || event.buttons) return
      module._pmo_pointer_left(handle)
      this.frames.wake()
    })
    this.canvas.addEventListener('contextmenu', (event) => event.preventDefault())
    // Middle click would start the browser's own scrolling, and extra buttons would leave the page.
    this.canvas.addEventListener('mousedown', (event) => {
      if (event.button === 1) event.preventDefault()
    })
    surface.addEventListener('wheel', (event) => this.wheel(event), { passive: false })
  }

  private button(event: PointerEvent, down: boolean): void {
    if (down) this.buttonsDown.add(event.button)
    else this.buttonsDown.delete(event.button)
    this.page.module._pmo_modifiers(this.page.handle, modifiersOf(event))
    this.sendButton(event.button, down)
  }

  private sendButton(button: number, down: boolean): void {
    const known = buttonOfEvent[button]
    if (known === undefined) return
    this.page.module._pmo_button(this.page.handle, known, down ? 1 : 0, 0)
    this.frames.wake()
  }

  private wheel(event: WheelEvent): void {
    const target = event.target
    const scrollsItself = target instanceof HTMLTextAreaElement && target.scrollHeight > target.clientHeight
    if (scrollsItself && !event.ctrlKey) return
    event.preventDefault()
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? 600 : 1
    let [x, y] = [event.deltaX * unit, event.deltaY * unit]
    // The browser has already turned Shift+wheel sideways, and ImGui would turn it back.
    if (event.shiftKey && !apple && y === 0) [x, y] = [y, x]
    const { module, handle } = this.page
    module._pmo_modifiers(handle, modifiersOf(event)) // a pinch on a touch pad arrives as Ctrl+wheel
    module._pmo_pointer(handle, event.clientX, event.clientY, 0)
    module._pmo_wheel(handle, x, y)
    this.frames.wake()
  }
}
