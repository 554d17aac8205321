// Packs files into one, uncompressed (PKWARE APPNOTE 6.3, sections 4.3.7 to 4.3.16), so that a rescue is one download.

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

const piece = 1 << 20 // attached files need not fit into memory

async function crc32(data: Blob): Promise<number> {
  let crc = 0xffffffff
  for (let at = 0; at < data.size; at += piece)
    for (const byte of new Uint8Array(await data.slice(at, at + piece).arrayBuffer())) crc = table[(crc ^ byte) & 255]! ^ (crc >>> 8)
  return ~crc >>> 0
}

const utf8Names = 0x0800
const noDate = 0x21 // 1 January 1980

// Little-endian values: [size in bytes, value] pairs.
function record(...fields: [number, number][]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(fields.reduce((sum, [size]) => sum + size, 0))
  let at = 0
  for (const [size, value] of fields) for (let i = 0; i < size; i++) bytes[at++] = (value / 2 ** (8 * i)) & 255
  return bytes
}

export async function zip(files: { name: string; data: Blob }[]): Promise<Blob> {
  const parts: BlobPart[] = []
  const directory: BlobPart[] = []
  let offset = 0
  let directorySize = 0
  for (const { name, data } of files) {
    const path = new TextEncoder().encode(name)
    const common: [number, number][] = [
      [2, 20], [2, utf8Names], [2, 0], [2, 0], [2, noDate], [4, await crc32(data)], [4, data.size], [4, data.size], [2, path.length], [2, 0],
    ]
    const header = record([4, 0x04034b50], ...common)
    const entry = record([4, 0x02014b50], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset])
    parts.push(header, path, data)
    directory.push(entry, path)
    offset += header.length + path.length + data.size
    directorySize += entry.length + path.length
  }
  const count = files.length
  const end = record([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, directorySize], [4, offset], [2, 0])
  return new Blob([...parts, ...directory, end], { type: 'application/zip' })
}
