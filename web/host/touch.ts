// Fingers. One finger: a tap is a click, holding still is the context menu, a drag scrolls with a little momentum or
// drags what is made for it (a bar, a splitter). Two fingers pan and zoom.

import type { FrameLoop } from './frames'
import type { Page } from './module'

const holdMilliseconds = 450
const slack = 8 // a finger is never quite still
const friction = 0.94 // of the speed, every frame
const stopSpeed = 0.3 // pixels a frame
const restMilliseconds = 60 // a finger that lay still before it was lifted throws nothing

interface Finger { x: number; y: number }

type State = 'none' | 'undecided' | 'scrolling' | 'dragging' | 'held' | 'pair'

export class TouchInput {
  private readonly fingers = new Map<number, Finger>()
  private state: State = 'none'
  private start: Finger = { x: 0, y: 0 }
  private holdTimer = 0
  private speed: Finger = { x: 0, y: 0 }
  private gliding = 0
  private lastMove = 0

  constructor(
    private readonly page: Page,
    private readonly frames: FrameLoop,
    private readonly leaveText: () => void,
  ) {
    window.addEventListener('pointermove', (event) => this.fingers.has(event.pointerId) && this.move(event))
    window.addEventListener('pointerup', (event) => this.fingers.has(event.pointerId) && this.up(event))
    window.addEventListener('pointercancel', (event) => this.fingers.has(event.pointerId) && this.cancel(event))
  }

  takes(event: PointerEvent): boolean {
    return event.pointerType === 'touch' && event.target instanceof HTMLCanvasElement
  }

  down(event: PointerEvent): void {
    cancelAnimationFrame(this.gliding)
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    if (this.fingers.size === 1) this.beginOne(event)
    else if (this.fingers.size === 2) this.beginPair()
  }

  private beginOne(event: PointerEvent): void {
    this.state = 'undecided'
    this.start = { x: event.clientX, y: event.clientY }
    this.speed = { x: 0, y: 0 }
    this.point(this.start)
    this.frames.runNow() // so that the module knows what lies under the finger
    this.holdTimer = window.setTimeout(() => this.hold(), holdMilliseconds)
  }

  private beginPair(): void {
    clearTimeout(this.holdTimer)
    this.giveUp()
    this.state = 'pair'
  }

  private hold(): void {
    if (this.state !== 'undecided') return
    this.state = 'held'
    this.button(1, true)
    this.button(1, false)
  }

  private move(event: PointerEvent): void {
    const before = { ...this.fingers.get(event.pointerId)! }
    const now = { x: event.clientX, y: event.clientY }
    if (this.state === 'pair') return this.movePair(event.pointerId, now)
    this.fingers.set(event.pointerId, now)
    this.lastMove = event.timeStamp
    if (this.state === 'undecided' && Math.hypot(now.x - this.start.x, now.y - this.start.y) > slack) this.decide()
    if (this.state === 'scrolling') {
      this.speed = { x: before.x - now.x, y: before.y - now.y }
      this.scroll(this.speed)
    } else if (this.state === 'dragging') {
      this.point(now)
    }
  }

  private decide(): void {
    clearTimeout(this.holdTimer)
    const drags = this.page.module._pmo_touch_drags(this.page.handle) !== 0
    this.state = drags ? 'dragging' : 'scrolling'
    if (drags) this.button(0, true)
  }

  private movePair(id: number, now: Finger): void {
    const [a, b] = [...this.fingers.values()] as [Finger, Finger]
    const before = { distance: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
    this.fingers.set(id, now)
    const [c, d] = [...this.fingers.values()] as [Finger, Finger]
    const middle = { x: (c.x + d.x) / 2, y: (c.y + d.y) / 2 }
    this.point(middle)
    this.scroll({ x: before.x - middle.x, y: before.y - middle.y })
    const ratio = Math.hypot(c.x - d.x, c.y - d.y) / Math.max(1, before.distance)
    if (Math.abs(ratio - 1) > 0.002) this.zoom(ratio)
  }

  private up(event: PointerEvent): void {
    clearTimeout(this.holdTimer)
    this.fingers.delete(event.pointerId)
    if (this.fingers.size === 1) this.state = 'none' // what is left of a pair means nothing
    if (this.fingers.size) return
    if (this.state === 'undecided') {
      this.button(0, true)
      this.button(0, false)
      this.frames.runNow() // a field must take the focus within the gesture, or no keyboard appears
    } else if (this.state === 'dragging') {
      this.button(0, false)
    } else if (this.state === 'scrolling' && event.timeStamp - this.lastMove < restMilliseconds) {
      this.glide()
    }
    this.state = 'none'
  }

  private cancel(event: PointerEvent): void {
    clearTimeout(this.holdTimer)
    this.fingers.delete(event.pointerId)
    this.giveUp()
    this.state = 'none'
  }

  // A drag that was not let go by the finger ends where no pointer is: nothing is dropped.
  private giveUp(): void {
    if (this.state !== 'dragging') return
    this.page.module._pmo_pointer_left(this.page.handle)
    this.button(0, false)
  }

  private glide(): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
    const step = (): void => {
      this.speed = { x: this.speed.x * friction, y: this.speed.y * friction }
      if (Math.hypot(this.speed.x, this.speed.y) < stopSpeed) return
      this.scroll(this.speed)
      this.gliding = requestAnimationFrame(step)
    }
    this.gliding = requestAnimationFrame(step)
  }

  private point(at: Finger): void {
    this.page.module._pmo_pointer(this.page.handle, at.x, at.y, 1)
    this.frames.wake()
  }

  private button(button: number, down: boolean): void {
    if (down) this.leaveText()
    this.page.module._pmo_button(this.page.handle, button, down ? 1 : 0, 1)
    this.frames.wake()
  }

  private scroll(by: Finger): void {
    this.page.module._pmo_wheel(this.page.handle, by.x, by.y)
    this.frames.wake()
  }

  private zoom(ratio: number): void {
    const { module, handle } = this.page
    module._pmo_modifiers(handle, 2)
    module._pmo_wheel(handle, 0, -Math.log(ratio) * 100)
    module._pmo_modifiers(handle, 0)
    this.frames.wake()
  }
}
