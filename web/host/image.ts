// What is kept of a database: its image in blocks, and the head that says which state the blocks make together.

export interface Head {
  format: number
  commit: number
  fileSize: number
  blockCount: number
  epoch: number // grows with every window that writes
  writer: string
  digest: number
}

export type Bytes = Uint8Array<ArrayBuffer>

export interface Block {
  number: number
  bytes: Bytes
}

export interface Image {
  head: Head
  bytes: Bytes
}

export const blockSize = 16 * 1024

// The image at `head`: the one before with some blocks changed, longer or shorter.
export function changed(before: Bytes, head: Head, blocks: Iterable<Block>): Image {
  const bytes = new Uint8Array(head.fileSize)
  bytes.set(before.subarray(0, head.fileSize))
  for (const block of blocks) {
    const start = block.number * blockSize
    bytes.set(block.bytes.subarray(0, head.fileSize - start), start)
  }
  return { head, bytes }
}

export function joined(pieces: Bytes[]): Bytes {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
