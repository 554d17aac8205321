// Where a page finds the stores of its site: IndexedDB and the Cache Storage.
//
// Chromium binds what a page finds them with to the stores that are there at first use. When it has removed them (a full
// disk), that answers "Internal error" until the page is reloaded, even when there is room again; but what is in memory would
// be lost with the page. A frame without content belongs to the same site and finds the stores anew.

type Site = Window & typeof globalThis

let frame: HTMLIFrameElement | undefined

export const site = (): Site => (frame?.contentWindow as Site | null | undefined) ?? window

export function findSiteAnew(): void {
  frame?.remove()
  frame = document.createElement('iframe')
  frame.hidden = true
  document.body.append(frame)
  adopt(frame.contentWindow as Site | null)
}

// idb tells what it is given by the classes of the page: those of the frame become theirs.
function adopt(other: Site | null): void {
  if (!other) return
  for (const name of ['IDBRequest', 'IDBDatabase', 'IDBObjectStore', 'IDBIndex', 'IDBCursor', 'IDBTransaction'] as const)
    Object.setPrototypeOf(other[name].prototype, window[name].prototype)
  for (const method of ['advance', 'continue', 'continuePrimaryKey'] as const)
    delete (other.IDBCursor.prototype as Partial<IDBCursor>)[method]
}
