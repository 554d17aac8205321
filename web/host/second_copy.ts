// A second copy of every database and attached file, apart from IndexedDB: in the Cache Storage, whose entries are files of
// their own.
//
// Why: Chromium keeps IndexedDB in a LevelDB that goes on writing behind a record which a killed browser has left half
// written (google/leveldb issue 1287). The browser start after the next finds a wrong checksum there and removes the
// whole IndexedDB of the site. docs/storage.md has the figures.
//
//   address                                 content
//   second-copy/database/NAME/HEAD          the whole image at that head
//   second-copy/database/NAME/HEAD/HEAD     the blocks that lead from the first head to the second
//   second-copy/attachment/SHA-256          an attached file
//
// HEAD is COMMIT.EPOCH.WRITER, so the addresses alone tell which states can be put together. "Saved" means that both
// copies are written. Whatever goes wrong here is mended by a new whole image with the next write: a copy that cannot be
// kept takes nothing from the first one.

import { type Block, type Bytes, changed, type Head, type Image, joined } from './image'
import { within } from './patience'

interface Step {
  from: string
  to: string
  request: Request
}

interface Chain {
  image: Request
  steps: Step[]
  tip: string
}

const cacheName = 'pmo-desk-second-copy'
const patience = 5_000 // milliseconds for one write; longer than that counts as failed
const rest = 30_000 // milliseconds after a failure before the next attempt

// Whether so many steps behind an image are enough for a new one: writing it costs as much as it is large.
const areMany = (steps: number, bytes: number, fileSize: number): boolean =>
  steps >= 256 + fileSize / (64 << 10) || bytes > Math.max(16 << 20, 2 * fileSize)

const addressOf = (...parts: string[]): string =>
  new URL(['second-copy', ...parts.map(encodeURIComponent)].join('/'), location.href).href
const partsOf = (request: Request): string[] => {
  const parts = new URL(request.url).pathname.split('/')
  return parts.slice(parts.lastIndexOf('second-copy') + 1).map(decodeURIComponent)
}
const keyOf = ({ commit, epoch, writer }: Head): string => [commit, epoch, writer].join('.')
// A later turn outranks an earlier one, within a turn the later commit.
const isNewer = (one: string, other: string): boolean => {
  const [commit = 0, epoch = 0] = one.split('.').map(Number)
  const [otherCommit = 0, otherEpoch = 0] = other.split('.').map(Number)
  return epoch !== otherEpoch ? epoch > otherEpoch : commit > otherCommit
}
const newest = <T>(all: T[], key: (one: T) => string): T | undefined =>
  all.reduce<T | undefined>((best, one) => (best && !isNewer(key(one), key(best)) ? best : one), undefined)

export class SecondCopy {
  private readonly cache = 'caches' in window ? caches.open(cacheName).catch(() => null) : Promise.resolve(null)
  private readonly tips = new Map<string, string>() // name -> the newest state that can be put together
  private readonly behind = new Map<string, { steps: number; bytes: number }>() // what lies behind the whole image
  private resting = 0 // until then nothing is tried

  // ---- Databases ----

  // What has just been written to IndexedDB. `whole` reads the image from there, with the head it has then.
  async write(name: string, base: Head, next: Head, blocks: Block[], whole: () => Promise<Image | undefined>): Promise<void> {
    await this.attempt(async (cache) => {
      const known = this.tips.get(name)
      const chain = known ? undefined : await this.chain(cache, name)
      const tip = known ?? chain?.tip
      this.tips.delete(name) // until this is done
      // Steps of earlier visits count too, or many short visits would never end in a new image.
      if (chain) this.behind.set(name, { steps: chain.steps.length, bytes: this.behind.get(name)?.bytes ?? 0 })
      const behind = this.behind.get(name) ?? { steps: 0, bytes: 0 }
      const bytes = blocks.reduce((sum, block) => sum + block.bytes.length, 0)
      if (tip !== keyOf(base)) return this.renew(cache, name, whole, () => true)
      await cache.put(addressOf('database', name, keyOf(base), keyOf(next)), packed(next, blocks))
      this.tips.set(name, keyOf(next))
      this.behind.set(name, { steps: behind.steps + 1, bytes: behind.bytes + bytes })
      if (areMany(behind.steps + 1, behind.bytes + bytes, next.fileSize)) void this.shorten(name, whole)
    })
  }

  // A new whole image in the place of the old one and the steps that it contains. Nobody waits for it: until it is there,
  // the old ones make the same.
  private async shorten(name: string, whole: () => Promise<Image | undefined>): Promise<void> {
    this.behind.delete(name)
    await this.attempt((cache) => this.renew(cache, name, whole, (entry, image) => !isNewer(entry, image)))
  }

  // The newest state that can be put together; whether it is undamaged is for the reader to check by its head.
  async read(name: string): Promise<Image | undefined> {
    const cache = await this.cache
    const chain = cache && (await this.chain(cache, name))
    if (!chain) return undefined
    const unpack = async (request: Request): Promise<{ head: Head; blocks: Block[] } | undefined> => {
      const response = await cache.match(request)
      return response && unpacked(new Uint8Array(await response.arrayBuffer()))
    }
    const first = await unpack(chain.image)
    if (!first) return undefined
    let image: Image = { head: first.head, bytes: joined(first.blocks.map((block) => block.bytes)) }
    for (const step of chain.steps) {
      const change = await unpack(step.request)
      if (!change) return image
      image = changed(image.bytes, change.head, change.blocks)
    }
    return image
  }

  // Whether nothing is left of it.
  async remove(name: string): Promise<boolean> {
    this.tips.delete(name)
    this.behind.delete(name)
    const cache = await this.cache
    const clear = async (): Promise<boolean> => {
      for (const request of cache ? await this.entries(cache, name) : []) await cache!.delete(request)
      return true
    }
    return within(clear(), patience).catch(() => false)
  }

  private async renew(cache: Cache, name: string, whole: () => Promise<Image | undefined>,
                      replaces: (entry: string, image: string) => boolean): Promise<void> {
    const image = await whole()
    if (!image) return
    const key = keyOf(image.head)
    await cache.put(addressOf('database', name, key), packed(image.head, [{ number: 0, bytes: image.bytes }]))
    const tip = this.tips.get(name)
    if (!tip || isNewer(key, tip)) this.tips.set(name, key)
    for (const request of await this.entries(cache, name)) {
      const keys = partsOf(request).slice(2)
      if (keys.join() !== key && replaces(keys.at(-1)!, key)) await cache.delete(request)
    }
  }

  private async entries(cache: Cache, name: string): Promise<Request[]> {
    return (await cache.keys()).filter((request) => {
      const [kind, of] = partsOf(request)
      return kind === 'database' && of === name
    })
  }

  private async chain(cache: Cache, name: string): Promise<Chain | undefined> {
    const images: Request[] = []
    const steps: Step[] = []
    for (const request of await this.entries(cache, name)) {
      const [, , from, to] = partsOf(request)
      if (to) steps.push({ from: from!, to, request })
      else images.push(request)
    }
    const chains = images.map((image) => {
      const chain: Chain = { image, steps: [], tip: partsOf(image)[2]! }
      for (;;) {
        const next = newest(steps.filter((step) => step.from === chain.tip), (step) => step.to)
        if (!next || chain.steps.includes(next)) return chain
        chain.steps.push(next)
        chain.tip = next.to
      }
    })
    return newest(chains, (chain) => chain.tip)
  }

  // ---- Attached files ----

  async putFile(hash: string, bytes: Bytes): Promise<void> {
    await this.attempt((cache) => cache.put(addressOf('attachment', hash), new Response(bytes)))
  }

  async getFile(hash: string): Promise<Bytes | undefined> {
    const response = await (await this.cache)?.match(addressOf('attachment', hash))
    return response && new Uint8Array(await response.arrayBuffer())
  }

  async removeFile(hash: string): Promise<void> {
    await this.attempt((cache) => cache.delete(addressOf('attachment', hash)))
  }

  private async attempt(work: (cache: Cache) => Promise<unknown>): Promise<void> {
    const cache = await this.cache
    if (!cache || Date.now() < this.resting) return
    await within(work(cache), patience).catch(() => {
      this.tips.clear()
      this.resting = Date.now() + rest
    })
  }
}

// Length of the description, the description, the bytes of the blocks one behind the other.
function packed(head: Head, blocks: Block[]): Response {
  const description = new TextEncoder().encode(JSON.stringify({ head, blocks: blocks.map(({ number, bytes }) => [number, bytes.length]) }))
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, description.length, true)
  return new Response(joined([length, description, ...blocks.map((block) => block.bytes)]))
}

function unpacked(bytes: Bytes): { head: Head; blocks: Block[] } {
  const length = new DataView(bytes.buffer).getUint32(0, true)
  const description = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as { head: Head; blocks: [number, number][] }
  let at = 4 + length
  const blocks = description.blocks.map(([number, size]) => ({ number, bytes: bytes.subarray(at, (at += size)) }))
  return { head: description.head, blocks }
}
