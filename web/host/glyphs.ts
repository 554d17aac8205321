// Draws characters and icons with the browser's own text rendering, for ImGui's font atlas: any script, any emoji.

import icons from 'virtual:icons'
import { fontFamily, fontWeight, type Language } from './fonts'

// The order of GlyphInk::Form in app/ui/glyph_loader.h.
export const enum Form { missing, blank, shape, colours }

export interface Ink {
  form: Form
  advance: number
  left: number
  top: number
  width: number
  height: number
  pixels: Uint8Array | null // one byte a pixel for shapes, four for colours
}

const nobodysCharacter = 0x10fffd // the last of the private use planes: no font has it
const strokeOfIcon = 1.6 // in the 24 units of the icon's square; finer than the set's own 2, to sit well beside text

const blank = (advance: number): Ink => ({ form: Form.blank, advance, left: 0, top: 0, width: 0, height: 0, pixels: null })
const missing: Ink = { ...blank(0), form: Form.missing }

export class GlyphPainter {
  private readonly canvas = document.createElement('canvas')
  private readonly context: CanvasRenderingContext2D
  private language: Language = 'en'
  private ink = 0 // the grey that glyphs are drawn with: browsers thicken dark text and thin light text
  private font = ''
  private readonly missingPictures = new Map<string, string>() // font → what a character that is nowhere looks like
  private readonly paths = new Map<number, Path2D>()
  drawn = 0
  milliseconds = 0

  constructor() {
    this.canvas.hidden = true
    document.body.append(this.canvas) // in the document, so that its lang selects the forms of ideographs
    this.context = this.canvas.getContext('2d', { willReadFrequently: true })!
    this.resize(128)
  }

  setAppearance(language: Language, dark: boolean): void {
    this.language = language
    this.ink = dark ? 255 : 0
    this.canvas.lang = 'zh-CN'
    this.missingPictures.clear()
    this.prepare()
  }

  glyph(face: number, character: number, em: number, onlyAdvance: boolean): Ink {
    const began = performance.now()
    this.setFont(face, em)
    const text = String.fromCodePoint(character)
    const metrics = this.context.measureText(text)
    const ink = onlyAdvance ? blank(metrics.width) : this.paint(text, metrics, em)
    if (!onlyAdvance) this.drawn++
    this.milliseconds += performance.now() - began
    if (onlyAdvance || ink.form === Form.blank) return ink
    return this.isMissing(character, metrics.width, ink, em) ? missing : ink
  }

  icon(character: number, size: number): Ink {
    const shape = this.iconPath(character)
    if (!shape) return missing
    if (size > this.canvas.width) this.resize(size)
    const context = this.context
    context.clearRect(0, 0, size, size)
    context.save()
    context.scale(size / 24, size / 24)
    // Not thinner than a device pixel and a bit: icons must not fade at small sizes.
    context.lineWidth = Math.max(strokeOfIcon, 30 / size)
    context.lineCap = context.lineJoin = 'round'
    context.stroke(shape)
    context.restore()
    const pixels = context.getImageData(0, 0, size, size).data
    return { form: Form.shape, advance: size, left: 0, top: 0, width: size, height: size, pixels: alphaOf(pixels) }
  }

  private iconPath(character: number): Path2D | null {
    const known = this.paths.get(character)
    if (known) return known
    const drawing = icons[character - 0xe000]
    if (!drawing) return null
    const path = new Path2D(drawing)
    this.paths.set(character, path)
    return path
  }

  private resize(size: number): void {
    this.canvas.width = this.canvas.height = 2 ** Math.ceil(Math.log2(size))
    this.prepare()
  }

  // A canvas forgets its settings when it is resized.
  private prepare(): void {
    const context = this.context
    context.fillStyle = context.strokeStyle = this.ink ? '#fff' : '#000'
    context.textBaseline = 'alphabetic'
    context.fontKerning = 'none'
    this.font = ''
  }

  private setFont(face: number, em: number): void {
    const font = `${fontWeight(face)} ${em}px ${fontFamily(face, this.language)}`
    if (font === this.font) return
    this.context.font = font
    this.font = font
  }

  private paint(text: string, metrics: TextMetrics, em: number): Ink {
    // Some browsers give no box for emoji: then the em square with room around it.
    const boxless = metrics.actualBoundingBoxAscent + metrics.actualBoundingBoxDescent < 0.001 && metrics.width > 0
    const box = boxless
      ? { left: 0, right: metrics.width, ascent: em * 1.1, descent: em * 0.3 }
      : {
          left: metrics.actualBoundingBoxLeft,
          right: metrics.actualBoundingBoxRight,
          ascent: metrics.actualBoundingBoxAscent,
          descent: metrics.actualBoundingBoxDescent,
        }
    const left = Math.ceil(box.left) + 1
    const top = Math.ceil(box.ascent) + 1
    const width = left + Math.ceil(box.right) + 1
    const height = top + Math.ceil(box.descent) + 1
    if (width <= 2 || height <= 2) return blank(metrics.width)
    if (Math.max(width, height) > this.canvas.width) {
      const font = this.font
      this.resize(Math.max(width, height))
      this.context.font = this.font = font
    }
    this.context.clearRect(0, 0, width, height)
    this.context.fillText(text, left, top)
    const pixels = this.context.getImageData(0, 0, width, height).data
    const form = formOf(pixels, this.ink)
    if (form === Form.blank) return blank(metrics.width)
    return {
      form,
      advance: metrics.width,
      left: -left,
      top: -top,
      width,
      height,
      pixels: form === Form.colours ? new Uint8Array(pixels.buffer) : alphaOf(pixels),
    }
  }

  // A character that no font has is drawn as a box (tofu): recognised because another such character looks the same.
  private isMissing(character: number, advance: number, ink: Ink, em: number): boolean {
    if (character < 0x250 || (character >= 0x4e00 && character < 0x9fa6)) return false
    let picture = this.missingPictures.get(this.font)
    if (picture === undefined) {
      const text = String.fromCodePoint(nobodysCharacter)
      const metrics = this.context.measureText(text)
      picture = signature(this.paint(text, metrics, em), metrics.width)
      this.missingPictures.set(this.font, picture)
    }
    return signature(ink, advance) === picture
  }
}

function formOf(pixels: Uint8ClampedArray, ink: number): Form {
  let form = Form.blank
  for (let i = 0; i < pixels.length; i += 4) {
    if (pixels[i + 3] === 0) continue
    form = Form.shape
    if (pixels[i + 3]! > 64 && (pixels[i] !== ink || pixels[i + 1] !== ink || pixels[i + 2] !== ink)) return Form.colours
  }
  return form
}

function alphaOf(pixels: Uint8ClampedArray): Uint8Array {
  const alpha = new Uint8Array(pixels.length / 4)
  for (let i = 0; i < alpha.length; i++) alpha[i] = pixels[i * 4 + 3]!
  return alpha
}

function signature(ink: Ink, advance: number): string {
  let hash = 0
  for (const value of ink.pixels ?? []) hash = (hash * 31 + value) | 0
  return `${advance.toFixed(2)} ${ink.width} ${ink.height} ${hash}`
}
