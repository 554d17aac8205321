// Draws frames when somebody asks, and sleeps otherwise: no loop runs while nothing happens.

export class FrameLoop {
  drawn = 0
  private pending = 0
  private timer = 0
  private drawing = false
  private wokenMeanwhile = false // by something that the frame being drawn has started
  private stopped = false
  private idleWaiters: (() => void)[] = []

  // draw returns the seconds until the next frame: 0 for at once, Infinity for never.
  constructor(private readonly draw: (seconds: number) => number) {}

  wake(): void {
    if (this.drawing) this.wokenMeanwhile = true
    if (this.stopped || this.drawing || this.pending) return
    clearTimeout(this.timer)
    this.timer = 0
    this.pending = requestAnimationFrame(() => this.run())
  }

  // Draws at once, inside the event that is being handled: for the clipboard and for keys that move the focus.
  runNow(): void {
    if (this.stopped || this.drawing) return
    cancelAnimationFrame(this.pending)
    this.run()
  }

  stop(): void {
    this.stopped = true
    cancelAnimationFrame(this.pending)
    clearTimeout(this.timer)
    this.pending = this.timer = 0
  }

  resume(): void {
    this.stopped = false
    this.wake()
  }

  get idle(): boolean {
    return !this.pending && !this.drawing
  }

  whenIdle(): Promise<void> {
    return this.idle ? Promise.resolve() : new Promise((resolve) => this.idleWaiters.push(resolve))
  }

  private run(): void {
    this.pending = 0
    clearTimeout(this.timer)
    this.timer = 0
    this.drawing = true
    this.wokenMeanwhile = false
    let sleep = Infinity
    try {
      sleep = this.draw(performance.now() / 1000)
      this.drawn++
    } finally {
      this.drawing = false
    }
    if (sleep === 0 || this.wokenMeanwhile) this.wake()
    else if (sleep < 2_000_000) this.timer = window.setTimeout(() => this.wake(), sleep * 1000)
    if (this.idle) for (const resolve of this.idleWaiters.splice(0)) resolve()
  }
}
