// Files and blobs that the module knows by number (web/host_content.h): what the user has chosen, what the stores hold,
// what was put together for a download. Their bytes stay with the browser until the module reads some.

import type { Page } from './module'

const pieceSize = 24 // WirePiece in web/host_content.cpp: number, start (four bytes each), from, size (eight each)

export class Contents {
  private readonly kept = new Map<number, Blob>()
  private last = 0

  constructor(private readonly page: Page) {}

  keep(content: Blob): number {
    this.kept.set(++this.last, content)
    return this.last
  }

  get(number: number): Blob {
    return this.kept.get(number) ?? new Blob()
  }

  release(number: number): void {
    this.kept.delete(number)
  }

  // One behind the other: pieces of others, and bytes of the module (number 0).
  make(pieces: number, count: number): number {
    const view = new DataView(this.page.module.HEAPU8.buffer)
    const parts = Array.from({ length: count }, (_, index): Blob | Uint8Array<ArrayBuffer> => {
      const at = pieces + pieceSize * index
      const [number, from, size] = [view.getUint32(at, true), view.getFloat64(at + 8, true), view.getFloat64(at + 16, true)]
      return number ? this.get(number).slice(from, from + size) : this.page.bytes(view.getUint32(at + 4, true), size)
    })
    return this.keep(new Blob(parts))
  }
}
