// What assistive technology sees: the canvas is one picture to it, so on request the widget map (app/ui/annotate.h) is
// mirrored as elements with roles, names and states, lying invisibly where the widgets are. The keyboard focus stays on
// the canvas, which points to the focused element.
//
// Switched on by the first focus stop of the page, and remembered.

import type { FrameLoop } from './frames'
import type { Page } from './module'
import type { Settings } from './settings'

type Box = [left: number, top: number, width: number, height: number] // in CSS pixels

export interface WidgetItem {
  id: number
  window?: number
  role: string
  label?: string
  name?: string
  value?: string
  box: Box
  visible?: Box
  selected?: boolean
  expanded?: boolean
  checked?: boolean
  disabled?: boolean
  invalid?: boolean
  current?: boolean
  focused?: boolean
  level?: number
  position?: number
  count?: number
}

const settingName = 'screen_reader'
const announcementDelay = 100 // several results of one action are said together
const longestAnnouncement = 400

// Roles that other widgets lie in: assistive technology expects rows inside a grid, cells inside a row.
const containers = new Set([
  'region', 'dialog', 'menu', 'list', 'grid', 'treegrid', 'row', 'tablist', 'toolbar', 'tooltip', 'alert', 'status', 'listbox',
])

// Roles that say nothing by themselves, and boxes without a name, only make the tree longer.
function isSpoken(item: WidgetItem): boolean {
  if (item.visible === undefined || item.role === 'generic' || item.role === 'scrollbar') return false
  return !!item.name || item.role === 'row'
}

function contains([x, y, width, height]: Box, [left, top, innerWidth, innerHeight]: Box): boolean {
  const slack = 1 // of rounding
  return (
    left >= x - slack && top >= y - slack && left + innerWidth <= x + width + slack && top + innerHeight <= y + height + slack
  )
}

interface Branch {
  element: HTMLElement
  box: Box
  children: HTMLElement[]
}

export class Mirror {
  private enabled = false
  private readonly elements = new Map<number, HTMLElement>()
  private readonly polite: HTMLElement
  private readonly urgent: HTMLElement
  private pendingWords: string[] = []
  private timer = 0

  constructor(
    private readonly page: Page,
    private readonly frames: FrameLoop,
    private readonly settings: Settings,
    private readonly canvas: HTMLCanvasElement,
    private readonly container: HTMLElement,
    private readonly toggle: HTMLButtonElement,
    private readonly leaveText: () => void,
  ) {
    this.polite = this.liveRegion('polite')
    this.urgent = this.liveRegion('assertive')
    toggle.addEventListener('click', () => this.setEnabled(!this.enabled))
    this.setEnabled(settings.get(settingName) === 'on')
  }

  items(): WidgetItem[] {
    const { module, handle } = this.page
    return JSON.parse(this.page.receive(module._pmo_items(handle))) as WidgetItem[]
  }

  announce(text: string, urgent: boolean): void {
    if (urgent) {
      this.urgent.textContent = text.slice(0, longestAnnouncement)
      return
    }
    this.pendingWords.push(text)
    clearTimeout(this.timer)
    this.timer = window.setTimeout(() => {
      this.polite.textContent = this.pendingWords.splice(0).join(' ').slice(0, longestAnnouncement)
    }, announcementDelay)
  }

  // After every drawn frame. Widgets come in the order in which they were drawn, containers before what lies in them.
  update(): void {
    if (!this.enabled) return
    const seen = new Set<number>()
    const root: Branch = { element: this.container, box: [-1e6, -1e6, 2e6, 2e6], children: [] }
    const branches = [root]
    const open = [root]
    let focused = ''
    for (const item of this.items().filter(isSpoken)) {
      if (seen.has(item.id)) continue
      seen.add(item.id)
      while (!contains(open.at(-1)!.box, item.visible!)) open.pop()
      const parent = open.at(-1)!
      const element = this.elementOf(item)
      this.describe(element, item, parent.box === root.box ? [0, 0, 0, 0] : parent.box)
      parent.children.push(element)
      if (item.focused) focused = element.id
      if (!containers.has(item.role)) continue
      const branch = { element, box: item.visible!, children: [] }
      open.push(branch)
      branches.push(branch)
    }
    for (const branch of branches) arrange(branch)
    for (const id of this.elements.keys()) if (!seen.has(id)) this.elements.delete(id)
    if (focused) this.canvas.setAttribute('aria-activedescendant', focused)
    else this.canvas.removeAttribute('aria-activedescendant')
  }

  private setEnabled(enabled: boolean): void {
    this.enabled = enabled
    this.settings.set(settingName, enabled ? 'on' : '')
    this.toggle.setAttribute('aria-pressed', String(enabled))
    this.container.hidden = !enabled
    if (!enabled) {
      this.elements.clear()
      this.container.replaceChildren()
    }
    this.frames.wake()
    this.canvas.focus({ preventScroll: true })
  }

  private elementOf(item: WidgetItem): HTMLElement {
    const known = this.elements.get(item.id)
    if (known && known.dataset['role'] === item.role) return known
    const element = document.createElement('div')
    element.id = `w${item.id}`
    element.dataset['role'] = item.role
    if (item.role !== 'text') element.setAttribute('role', item.role) // plain text needs none
    element.addEventListener('click', (event) => {
      event.stopPropagation() // not the row's as well
      this.click(element)
    })
    this.elements.set(item.id, element)
    return element
  }

  private describe(element: HTMLElement, item: WidgetItem, [parentX, parentY]: Box): void {
    const [x, y, width, height] = item.visible!
    const { style } = element
    style.left = `${x - parentX}px`
    style.top = `${y - parentY}px`
    style.width = `${width}px`
    style.height = `${height}px`
    set(element, 'aria-label', item.role === 'text' ? undefined : item.name)
    set(element, 'aria-valuetext', item.value)
    set(element, 'aria-selected', item.selected)
    set(element, 'aria-expanded', item.expanded)
    set(element, 'aria-checked', item.checked)
    set(element, 'aria-disabled', item.disabled)
    set(element, 'aria-invalid', item.invalid)
    set(element, 'aria-current', item.current)
    set(element, 'aria-level', item.level)
    set(element, 'aria-posinset', item.position)
    set(element, 'aria-setsize', item.count)
    if (item.role === 'text' && element.textContent !== item.name) element.textContent = item.name ?? ''
  }

  // A screen reader's click: the real pointer goes there, so that what follows is what a mouse would do.
  private click(element: HTMLElement): void {
    const box = element.getBoundingClientRect()
    const { module, handle } = this.page
    this.leaveText()
    module._pmo_pointer(handle, box.left + box.width / 2, box.top + box.height / 2, 0)
    this.frames.runNow()
    module._pmo_button(handle, 0, 1, 0)
    this.frames.runNow()
    module._pmo_button(handle, 0, 0, 0)
    this.frames.wake()
  }

  private liveRegion(manner: 'polite' | 'assertive'): HTMLElement {
    const region = document.createElement('div')
    region.className = 'unseen'
    region.setAttribute('aria-live', manner)
    document.body.append(region)
    return region
  }
}

// Touches the document only where something differs: every change makes a screen reader look again.
function arrange({ element, children }: Branch): void {
  const present = element.children
  if (present.length === children.length && children.every((child, index) => present[index] === child)) return
  element.replaceChildren(...children)
}

function set(element: HTMLElement, name: string, value: string | number | boolean | undefined): void {
  if (value === undefined) element.removeAttribute(name)
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value))
}
