// Where a page finds the stores of its site: IndexedDB and the Cache Storage.
//
// Chromium binds what a page finds them with to the stores that are there at first use. When it has removed them (a full
// disk), that answers "Internal error" until the page is reloaded, even when there is room again; but what is in memory would
// be lost with the page. A frame without content belongs to the same site and finds the stores anew.

type Stores = Window & typeof globalThis

// One for each kind of store, so that looking for one anew takes nothing from the other.
export class Site {
  private readonly frames: HTMLIFrameElement[] = []

  get stores(): Stores {
    return (this.frames.at(-1)?.contentWindow as Stores | null | undefined) ?? window
  }

  findAnew(): void {
    const frame = document.createElement('iframe')
    frame.hidden = true
    document.body.append(frame)
    adopt(frame.contentWindow as Stores | null)
    // What is under way in the last one comes to its end there.
    if (this.frames.push(frame) > 2) this.frames.shift()!.remove()
  }
}

// idb tells what it is given by the classes of the page: those of the frame become theirs.
function adopt(other: Stores | null): void {
  if (!other) return
  for (const name of ['IDBRequest', 'IDBDatabase', 'IDBObjectStore', 'IDBIndex', 'IDBCursor', 'IDBTransaction'] as const)
    Object.setPrototypeOf(other[name].prototype, window[name].prototype)
  for (const method of ['advance', 'continue', 'continuePrimaryKey'] as const)
    delete (other.IDBCursor.prototype as Partial<IDBCursor>)[method]
}
