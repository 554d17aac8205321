// Native text entry: whichever field is edited, the browser's own element lies exactly over it, so that input methods,
// candidate windows, clipboard, spelling, dictation, touch keyboards and undo are the browser's.
//
// The module asks for an element in every frame (app/ui/platform.h, TextEntryRequest); one that is not asked for any
// more is removed. Modes: `hovered` is invisible and waits for a click, `waiting` is invisible, has the keyboard and
// waits for the first character, `editing` is seen and has the keyboard.

import { fontFamily, fontWeight, type Language } from './fonts'
import type { FrameLoop } from './frames'
import type { Input } from './input'
import { belongsToBrowser, isCommand, isComposing, isPrintable, keyName, passesField } from './keys'
import type { Page } from './module'

const enum Mode { hovered, waiting, editing }
const enum End { none, enter, tab, backTab, escape, left }
const enum Selection { end, all, kept }

const beganBit = 1
const changedBit = 2
const composingBit = 4

const alignments = ['left', 'center', 'right']
const inputModes = ['text', 'numeric', 'decimal', 'email', 'url', 'search']
const listKeys = new Set(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown'])

type Sides = [left: number, top: number, right: number, bottom: number]

interface Request {
  id: number
  mode: Mode
  multiline: boolean
  listKeys: boolean
  password: boolean
  spellCheck: boolean
  align: number
  kind: number
  selection: Selection
  maxLength: number
  x: number
  y: number
  width: number
  height: number
  margin: Sides
  clip: Sides
  face: number
  em: number
  line: number
  baseline: number
  textWidth: number
  ink: string
  paper: string
  placeholderInk: string
  text: string
  label: string
  placeholder: string
}

// Reads the values of TextWire in web/platform.cpp, in its order.
class WireReader {
  private readonly view: DataView
  private at: number

  constructor(private readonly page: Page, start: number) {
    this.view = new DataView(page.module.HEAPU8.buffer)
    this.at = start
  }

  whole(): number {
    this.at += 4
    return this.view.getUint32(this.at - 4, true)
  }

  real(): number {
    this.at += 4
    return this.view.getFloat32(this.at - 4, true)
  }

  sides(): Sides {
    return [this.real(), this.real(), this.real(), this.real()]
  }

  colour(): string {
    const value = this.whole()
    const channel = (shift: number): number => (value >>> shift) & 255
    return `rgba(${channel(0)}, ${channel(8)}, ${channel(16)}, ${channel(24) / 255})`
  }

  text(): string {
    const start = this.whole()
    return this.page.text(start, this.whole())
  }
}

function read(page: Page, start: number): Request {
  const wire = new WireReader(page, start)
  const id = wire.whole()
  const mode = wire.whole() as Mode
  const flags = wire.whole()
  return {
    id,
    mode,
    multiline: (flags & 1) !== 0,
    listKeys: (flags & 2) !== 0,
    password: (flags & 4) !== 0,
    spellCheck: (flags & 8) !== 0,
    align: wire.whole(),
    kind: wire.whole(),
    selection: wire.whole() as Selection,
    maxLength: wire.whole(),
    x: wire.real(),
    y: wire.real(),
    width: wire.real(),
    height: wire.real(),
    margin: wire.sides(),
    clip: wire.sides(),
    face: wire.whole(),
    em: wire.real(),
    line: wire.real(),
    baseline: wire.real(),
    textWidth: wire.real(),
    ink: wire.colour(),
    paper: wire.colour(),
    placeholderInk: wire.colour(),
    text: wire.text(),
    label: wire.text(),
    placeholder: wire.text(),
  }
}

interface Box {
  x: number
  y: number
  width: number
  height: number
}

function clipPath(box: Box, [left, top, right, bottom]: Sides): string {
  const inset = [top - box.y, box.x + box.width - right, box.y + box.height - bottom, left - box.x]
  return `inset(${inset.map((value) => `${Math.max(0, value)}px`).join(' ')})`
}

type Editable = HTMLInputElement | HTMLTextAreaElement

interface Field {
  element: Editable
  request: Request
  known: string // what the module believes the text is
  composing: boolean
  overCell: boolean // the composition has begun over a cell that waited
  entered: boolean // has had the keyboard in this round of editing
  ended: boolean
  asked: boolean // in the current frame
  look: string
  spacing: number // between letters, in CSS pixels
}

export class TextEntries {
  private readonly fields = new Map<number, Field>()
  private readonly baselines = new Map<string, number>()
  private readonly measuring = document.createElement('canvas').getContext('2d')!
  private language: Language = 'en'
  touch = false

  constructor(
    private readonly page: Page,
    private readonly frames: FrameLoop,
    private readonly input: () => Input,
    private readonly canvas: HTMLCanvasElement,
    private readonly layer: HTMLElement,
  ) {}

  setLanguage(language: Language): void {
    this.language = language
    this.baselines.clear()
    for (const field of this.fields.values()) field.look = ''
  }

  // A field that is being edited, or one whose composition runs: clipboard and keys are its own.
  get editing(): boolean {
    const active = document.activeElement
    for (const field of this.fields.values())
      if (field.element === active) return field.request.mode === Mode.editing || field.composing
    return false
  }

  // Something else is pressed, or a command's chord: what was written is taken first, in a frame of its own, so that
  // whatever follows finds it done and nothing edited.
  leave(towards: EventTarget | null = null): void {
    for (const field of this.fields.values())
      if (field.element === document.activeElement && field.element !== towards) this.end(field, End.left, true)
  }

  ask(start: number): void {
    const request = read(this.page, start)
    let field = this.fields.get(request.id)
    if (field && field.request.multiline !== request.multiline) {
      this.remove(field)
      field = undefined
    }
    field ??= this.create(request)
    if (field.request.mode !== request.mode) field.ended = field.entered = false
    field.request = request
    field.asked = true
    this.place(field)
    this.setText(field)
    this.setFocus(field)
  }

  // After every frame: elements that were not asked for go away.
  sweep(): void {
    for (const field of [...this.fields.values()]) {
      if (field.asked) field.asked = false
      else this.remove(field)
    }
  }

  private create(request: Request): Field {
    const element = document.createElement(request.multiline ? 'textarea' : 'input')
    element.autocomplete = 'off'
    element.setAttribute('autocapitalize', 'off')
    element.setAttribute('autocorrect', 'off')
    const field: Field = {
      element, request, known: request.text, composing: false, overCell: false, entered: false, ended: false, asked: true,
      look: '', spacing: this.spacingOf(request),
    }
    element.value = request.mode === Mode.waiting ? '' : request.text
    this.listen(field)
    this.layer.append(element)
    this.fields.set(request.id, field)
    return field
  }

  private remove(field: Field): void {
    const hadFocus = document.activeElement === field.element
    field.ended = true // its blur is not news
    this.fields.delete(field.request.id)
    field.element.remove()
    if (hadFocus) this.canvas.focus({ preventScroll: true })
  }

  // ---- Looks ---------------------------------------------------------------------------------------------------------

  private place(field: Field): void {
    const { element, request, composing } = field
    const seen = request.mode === Mode.editing || composing
    const look = JSON.stringify([{ ...request, text: '', textWidth: 0, id: 0 }, seen])
    if (look === field.look) return
    field.look = look
    const { style } = element
    const [left, top, right, bottom] = request.margin
    // A line as high as the element where there is only one: browsers centre a lower one, and differently when another
    // font joins in.
    const line = request.multiline ? request.line : request.height + top + bottom
    const font = `${fontWeight(request.face)} ${request.em}px/${line}px ${fontFamily(request.face, this.language)}`
    const box = {
      x: request.x - left,
      y: request.y + request.baseline - this.baselineOf(font) - (request.multiline ? top : 0),
      width: request.width + left + right,
      height: request.height + top + bottom,
    }
    style.left = `${box.x}px`
    style.top = `${box.y}px`
    style.width = `${box.width}px`
    style.height = `${box.height}px`
    style.padding = request.multiline ? `${top}px ${right}px ${bottom}px ${left}px` : `0 ${right}px 0 ${left}px`
    style.font = font
    style.letterSpacing = `${field.spacing}px`
    style.color = request.ink
    style.caretColor = request.ink
    style.backgroundColor = request.mode === Mode.waiting ? request.paper : 'transparent'
    style.textAlign = alignments[request.align] ?? 'left'
    style.opacity = seen ? '1' : '0'
    style.pointerEvents = request.mode === Mode.waiting ? 'none' : 'auto'
    style.setProperty('--placeholder', request.placeholderInk)
    style.clipPath = clipPath(box, request.clip)
    element.placeholder = request.placeholder
    element.setAttribute('aria-label', request.label)
    element.inputMode = inputModes[request.kind] ?? 'text'
    element.spellcheck = request.spellCheck
    element.maxLength = request.maxLength || 524288
    if (element instanceof HTMLInputElement) element.type = request.password ? 'password' : 'text'
  }

  // From the top of a line to the baseline, as the browser sets this font: measured, since every system differs.
  private baselineOf(font: string): number {
    const key = `${font} ${window.devicePixelRatio}`
    const known = this.baselines.get(key)
    if (known !== undefined) return known
    const probe = document.createElement('div')
    const mark = document.createElement('span')
    probe.style.cssText = 'position:absolute;left:0;top:0;visibility:hidden;white-space:pre'
    probe.style.font = font
    mark.style.cssText = 'display:inline-block;width:0;height:0'
    probe.append('x', mark)
    document.body.append(probe)
    const baseline = mark.getBoundingClientRect().bottom - probe.getBoundingClientRect().top
    probe.remove()
    this.baselines.set(key, baseline)
    return baseline
  }

  // At rest every letter stands on whole device pixels, in the element it does not: spread the difference evenly, so
  // that the text does not move when editing begins. Ideographs need nothing of it.
  private spacingOf(request: Request): number {
    const letters = [...request.text].length
    if (letters < 4 || request.textWidth <= 0 || request.multiline) return 0
    this.measuring.font = `${fontWeight(request.face)} ${request.em}px ${fontFamily(request.face, this.language)}`
    this.measuring.fontKerning = 'none'
    const spacing = (request.textWidth - this.measuring.measureText(request.text).width) / letters
    return Math.abs(spacing) < 0.6 ? spacing : 0
  }

  private setText(field: Field): void {
    const { element, request } = field
    if (field.composing || request.text === field.known) return
    field.known = request.text
    if (request.mode === Mode.waiting || element.value === request.text) return
    element.value = request.text
    element.setSelectionRange(request.text.length, request.text.length)
  }

  private setFocus(field: Field): void {
    const { element, request } = field
    if (request.mode === Mode.hovered || field.entered || field.ended) return
    if (request.mode === Mode.waiting && (this.touch || this.editing)) return
    field.entered = true
    const isHere = document.activeElement === element // a click has brought the caret along, or the edit before was here
    if (!isHere) element.focus({ preventScroll: true })
    if (request.mode === Mode.waiting && !field.composing) element.value = field.known = '' // nothing is left of that edit
    if (isHere || request.mode === Mode.waiting) return
    if (request.selection === Selection.all) element.select()
    else if (request.selection === Selection.end) element.setSelectionRange(element.value.length, element.value.length)
  }

  // ---- Events --------------------------------------------------------------------------------------------------------

  private listen(field: Field): void {
    const { element } = field
    element.addEventListener('focus', () => {
      if (field.request.mode === Mode.hovered) this.tell(field, beganBit)
    })
    element.addEventListener('blur', () => {
      if (document.hasFocus()) this.end(field, End.left) // else the whole window lost it, and will bring it back
    })
    element.addEventListener('compositionstart', () => {
      field.composing = true
      field.overCell = field.request.mode === Mode.waiting
      this.place(field) // seen from the first stroke on
      this.tell(field, this.beginning(field) | composingBit)
    })
    element.addEventListener('compositionend', () => {
      field.composing = false
      this.tell(field, this.beginning(field) | changedBit)
      if (field.overCell && !element.value) this.end(field, End.escape) // given up: the cell keeps what it had
    })
    element.addEventListener('input', (event) => {
      const composing = field.composing || (event as InputEvent).isComposing
      this.tell(field, this.beginning(field) | changedBit | (composing ? composingBit : 0))
    })
    element.addEventListener('keydown', (event) => this.key(field, event as KeyboardEvent))
  }

  private beginning(field: Field): number {
    return field.request.mode === Mode.editing ? 0 : beganBit
  }

  private tell(field: Field, flags: number, end = End.none): void {
    field.known = field.element.value
    const length = this.page.send1(field.known)
    this.page.module._pmo_text(this.page.handle, field.request.id, flags, end, length)
    this.frames.wake()
  }

  private end(field: Field, end: End, atOnce = end !== End.left): void {
    if (field.ended || field.request.mode !== Mode.editing) return
    field.ended = true
    this.tell(field, changedBit, end)
    // At once, so that the next field has the keyboard before the next key comes: leaving, moving on, entering.
    for (let frame = 0; atOnce && frame < 3; frame++) this.frames.runNow()
  }

  private key(field: Field, event: KeyboardEvent): void {
    if (isComposing(event)) return
    if (field.request.mode === Mode.editing) this.keyWhileEditing(field, event)
    else if (!isPrintable(event)) this.input().handleKey(event)
  }

  private keyWhileEditing(field: Field, event: KeyboardEvent): void {
    const end = this.endingOf(field, event)
    if (end !== End.none) {
      event.preventDefault()
      this.end(field, end)
    } else if (field.request.listKeys && listKeys.has(keyName(event))) {
      event.preventDefault()
      this.input().press(event)
    } else if (!belongsToBrowser(event) && passesField(event)) {
      if (isCommand(event)) this.leave()
      this.input().handleKey(event)
    }
  }

  private endingOf(field: Field, event: KeyboardEvent): End {
    if (event.key === 'Escape') return End.escape
    if (event.altKey) return End.none
    if (event.key === 'Tab' && !event.ctrlKey) return event.shiftKey ? End.backTab : End.tab
    if (event.key !== 'Enter') return End.none
    return !field.request.multiline || isCommand(event) ? End.enter : End.none
  }
}
