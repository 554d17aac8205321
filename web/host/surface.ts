// The canvas in exact device pixels, and its WebGL context coming and going.

export class Surface {
  private mediaQuery: MediaQueryList | null = null

  // resized is called at once and whenever the size or the density changes, before the browser paints.
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly resized: (width: number, height: number, density: number) => void,
  ) {
    const observer = new ResizeObserver((entries) => this.measure(entries[entries.length - 1]!))
    try {
      observer.observe(canvas, { box: 'device-pixel-content-box' })
    } catch {
      observer.observe(canvas) // no exact size in this browser: rounded below
    }
    this.watchDensity()
  }

  watchContext(lost: () => void, restored: () => void): void {
    this.canvas.addEventListener('webglcontextlost', (event) => {
      event.preventDefault() // otherwise it would never be restored
      lost()
    })
    this.canvas.addEventListener('webglcontextrestored', restored)
  }

  private measure(entry: ResizeObserverEntry): void {
    const exact = entry.devicePixelContentBoxSize?.[0]
    const density = window.devicePixelRatio
    const width = deviceSize(entry.contentRect.width * density, exact?.inlineSize)
    const height = deviceSize(entry.contentRect.height * density, exact?.blockSize)
    this.apply(width, height, density)
  }

  private apply(width: number, height: number, density: number): void {
    if (width === 0 || height === 0) return
    this.canvas.width = width
    this.canvas.height = height
    this.resized(width, height, density)
  }

  // Moving to another monitor may change the density and nothing else. A query fires once: watch anew.
  private watchDensity(): void {
    this.mediaQuery = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
    this.mediaQuery.addEventListener(
      'change',
      () => {
        const box = this.canvas.getBoundingClientRect()
        const density = window.devicePixelRatio
        this.apply(Math.round(box.width * density), Math.round(box.height * density), density)
        this.watchDensity()
      },
      { once: true },
    )
  }
}

// The exact size differs from the computed one by rounding only. Anything else is a mistake of the browser: Chromium
// with an emulated density (its device toolbar) reports CSS pixels.
function deviceSize(computed: number, exact: number | undefined): number {
  return exact !== undefined && Math.abs(exact - computed) < 2 ? exact : Math.round(computed)
}
