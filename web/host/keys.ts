// Which keys belong to whom.
//
// The browser keeps its own (new tab, reload, developer tools, full screen, zoom) and the clipboard chords, whose
// events tell us when to act. The application gets the rest. While a text is edited, the field gets everything a text
// field uses; only a few chords of the application go through.

export const apple = /Mac|iPhone|iPad/.test(navigator.platform)

// Bits of the modifiers as sent to the module.
const shiftBit = 1
const controlBit = 2
const altBit = 4
const metaBit = 8

export function modifiersOf(event: KeyboardEvent | MouseEvent): number {
  return (
    (event.shiftKey ? shiftBit : 0) |
    (event.ctrlKey ? controlBit : 0) |
    (event.altKey ? altBit : 0) |
    (event.metaKey ? metaBit : 0)
  )
}

// The name of a key as the module knows it: letters and digits by what is printed on them in the user's layout, the
// rest by place ("KeyK", "ArrowLeft", "F2").
export function keyName(event: KeyboardEvent): string {
  if (/^[a-z]$/i.test(event.key)) return `Key${event.key.toUpperCase()}`
  if (/^[0-9]$/.test(event.key) && !event.code.startsWith('Numpad')) return `Digit${event.key}`
  return event.code || event.key
}

export function isCommand(event: KeyboardEvent): boolean {
  return apple ? event.metaKey : event.ctrlKey
}

const clipboardKeys = new Set(['KeyC', 'KeyX', 'KeyV'])

export function isClipboardChord(event: KeyboardEvent): boolean {
  if (keyName(event) === 'Insert') return !event.altKey && event.ctrlKey !== event.shiftKey // the older copy and paste
  return isCommand(event) && !event.altKey && clipboardKeys.has(keyName(event))
}

// F6 leads out of the page to the browser's own bars: the way out for people without a mouse.
const browserKeys = new Set(['F5', 'F6', 'F11', 'F12'])
const browserCommandKeys = new Set(['KeyN', 'KeyT', 'KeyW', 'KeyR', 'KeyL', 'KeyH', 'KeyJ', 'KeyU', 'Minus', 'Equal', 'Digit0', 'NumpadAdd', 'NumpadSubtract', 'Numpad0', 'Tab'])
const browserShiftCommandKeys = new Set(['KeyI', 'KeyJ', 'KeyC', 'KeyN', 'KeyT', 'KeyR', 'Delete'])

// The browser's own keys are neither taken from it nor shown to the application.
export function belongsToBrowser(event: KeyboardEvent): boolean {
  const name = keyName(event)
  if (browserKeys.has(name)) return true
  if (event.altKey && !event.shiftKey && (name === 'ArrowLeft' || name === 'ArrowRight')) return !apple
  if (event.altKey && name === 'F4') return true
  if (!isCommand(event)) return false
  if (event.shiftKey) return browserShiftCommandKeys.has(name)
  return browserCommandKeys.has(name)
}

// Prints a character, so in a field it is text. (On a Mac, Option makes characters too.)
export function isPrintable(event: KeyboardEvent): boolean {
  if (event.ctrlKey && event.altKey) return [...event.key].length === 1 // AltGr
  return [...event.key].length === 1 && !event.ctrlKey && !event.metaKey && (apple || !event.altKey)
}

const commandsInFields = new Set(['KeyS', 'KeyO', 'KeyP', 'KeyK', 'KeyF', 'KeyG', 'Comma', 'Slash'])
const keysInFields = new Set(['F1', 'F2', 'F3', 'F4', 'F7', 'F8', 'F9', 'F10'])

// Chords of the application that work even while a text is edited.
export function passesField(event: KeyboardEvent): boolean {
  if (keysInFields.has(keyName(event))) return true
  return isCommand(event) && !event.altKey && commandsInFields.has(keyName(event))
}

// An input method is at work: its Enter, Backspace and arrows are nobody else's. 229 is what browsers report for keys
// that the input method has taken before a composition exists.
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229
}
