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
//
//   S1  whatever is there, what can be put together is exactly one committed state
//   S2  when a write was answered in time, that state is the one it made or a later one
//   S3  nothing is removed before what takes its place is there
//   S4  what was given up does no harm when it goes on after all: it puts nothing under an address that is used again, and
//       removes nothing that is newer than what it has put
//   S5  the writes of one database come one after the other
//   S6  a turn (one window's writing) is here only when the first copy knows it, so that the next turn counts for more
//
// tests/browser/second_copy.test.mjs proves it with a simulated cache.

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
const bytesPerMillisecond = 5_000 // of a database or an attached file: so much longer it may take
const longReading = 40_000 // milliseconds for the content of one entry
const rest = 30_000 // milliseconds after a failure before the next attempt
const longestRest = 480_000

// Whether so many steps behind an image are enough for a new one: writing it costs as much as it is large.
const areMany = (steps: number, bytes: number, fileSize: number): boolean =>
  steps >= 256 + fileSize / (64 << 10) || bytes > Math.max(16 << 20, 2 * fileSize)

// A piece of work that may be given up (S4).
interface Effort {
  over: boolean
}

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
// Whether a head is part of what leads to this state: of the same turn, and not later.
const leadsTo = ({ commit, epoch, writer }: Head, tip: string): boolean =>
  tip.slice(tip.indexOf('.')) === `.${epoch}.${writer}` && Number.parseInt(tip) >= commit
// The browser has the entry and not its file, or not all of it: no later attempt would find more.
const isBroken = (error: unknown): boolean => ['TypeError', 'SyntaxError'].includes((error as { name?: string } | null)?.name ?? '')
const newest = <T>(all: T[], key: (one: T) => string): T | undefined =>
  all.reduce<T | undefined>((best, one) => (best && !isNewer(key(one), key(best)) ? best : one), undefined)

export class SecondCopy {
  onChange: (() => void) | undefined // what complete says
  private opening: Promise<Cache | null> | undefined
  private readonly behindFirst = new Set<string>() // names of databases whose last write did not get here
  private readonly tips = new Map<string, string>() // name -> the newest state that can be put together
  private readonly behind = new Map<string, { steps: number; bytes: number }>() // what lies behind the whole image
  private readonly lanes = new Map<string, Promise<unknown>>() // name -> its last write or removal (S5)
  private readonly mending = new Set<string>() // names of databases that will be tried again by themselves
  private resting = 0 // until then nothing is tried

  constructor(private readonly place: () => CacheStorage | undefined = () => ('caches' in window ? caches : undefined)) {}

  // Whether every write of this window got here.
  get complete(): boolean {
    return this.behindFirst.size === 0
  }

  // What was known of what is here may be wrong, and the way to it lead nowhere: the browser has removed it, or may have.
  openAnew(): void {
    this.opening = undefined
    this.tips.clear()
    this.behind.clear()
    this.resting = 0
  }

  private cache(): Promise<Cache | null> {
    const open = async (): Promise<Cache | null> => (await this.place()?.open(cacheName)) ?? null
    this.opening ??= within(open(), patience).catch((error: unknown) => {
      this.opening = undefined
      throw error
    })
    return this.opening
  }

  // Whether the last write of a database got here, as far as there is a here.
  has(name: string): boolean {
    return !this.behindFirst.has(name) || !this.place()
  }

  // ---- Databases ----

  // What is being written to IndexedDB, too: `first` tells whether it got there. Both go on at the same time when nobody
  // else can write (`alone`) and a write of this turn got there before (S6). `whole` reads the image from there, with the
  // head it has then. A new image of a large database may take longer than its writer waits (S2 speaks of answers in time).
  write(name: string, base: Head, next: Head, blocks: Block[], alone: boolean, first: Promise<boolean>, whole: () => Promise<Image | undefined>): Promise<void> {
    const atOnce = alone && base.epoch === next.epoch && base.writer === next.writer
    const lane = this.inLane(name, async () => {
      if (!atOnce && !(await first)) return
      const isHere = await this.append(name, base, next, blocks, first, whole)
      this.tell(name, isHere || !(await first))
      if (!this.complete) this.mendLater(name, next.fileSize, whole, rest)
    })
    return first.then(() => within(lane, patience)).catch(() => {})
  }

  private inLane<T>(name: string, work: () => Promise<T>): Promise<T> {
    const lane = (this.lanes.get(name) ?? Promise.resolve()).then(work)
    this.lanes.set(name, lane.catch(() => {}))
    return lane
  }

  private tell(name: string, isHere: boolean): void {
    const before = this.complete
    if (isHere) this.behindFirst.delete(name)
    else this.behindFirst.add(name)
    if (this.complete !== before) this.onChange?.()
  }

  private append(name: string, base: Head, next: Head, blocks: Block[], first: Promise<boolean>, whole: () => Promise<Image | undefined>): Promise<boolean> {
    return this.attempt(async (cache, effort) => {
      const known = this.tips.get(name)
      const chain = known ? undefined : await this.chain(cache, name)
      const tip = known ?? chain?.tip
      // What carries every block needs nothing of what is there, and nothing of it is to stay.
      const everything = next.blockCount > 1 && blocks.length >= next.blockCount
      if (known && !everything && leadsTo(next, known)) return // a new image had it already
      this.tips.delete(name) // until this is done
      if (tip !== keyOf(base) || everything) {
        this.behind.delete(name)
        if (await first) await this.renew(cache, name, whole, true, effort)
        return
      }
      // Steps of earlier visits count too, or many short visits would never end in a new image.
      if (chain) this.behind.set(name, { steps: chain.steps.length, bytes: this.behind.get(name)?.bytes ?? 0 })
      const behind = this.behind.get(name) ?? { steps: 0, bytes: 0 }
      const bytes = blocks.reduce((sum, block) => sum + block.bytes.length, 0)
      await cache.put(addressOf('database', name, keyOf(base), keyOf(next)), packed(next, blocks))
      if (effort.over) return
      this.tips.set(name, keyOf(next))
      this.behind.set(name, { steps: behind.steps + 1, bytes: behind.bytes + bytes })
      if (areMany(behind.steps + 1, behind.bytes + bytes, next.fileSize)) void this.shorten(name, next.fileSize, whole)
    }, next.fileSize)
  }

  // A new whole image in the place of the old one and the steps that it contains. Nobody waits for it: until it is there,
  // the old ones make the same.
  private async shorten(name: string, fileSize: number, whole: () => Promise<Image | undefined>): Promise<void> {
    this.behind.delete(name)
    await this.attempt((cache, effort) => this.renew(cache, name, whole, false, effort), fileSize)
  }

  // Nothing may be written for a long time that would bring along what is missing: so it is tried again, ever more rarely.
  private mendLater(name: string, fileSize: number, whole: () => Promise<Image | undefined>, wait: number): void {
    if (this.mending.has(name) || !this.behindFirst.has(name)) return
    this.mending.add(name)
    window.setTimeout(() => void this.inLane(name, async () => {
      this.mending.delete(name)
      if (!this.behindFirst.has(name)) return // a later write, or it was removed
      this.tell(name, await this.attempt((cache, effort) => this.renew(cache, name, whole, false, effort), fileSize))
      this.mendLater(name, fileSize, whole, Math.min(2 * wait, longestRest))
    }), wait)
  }

  // Of all databases that have a whole image here.
  async names(): Promise<string[]> {
    const cache = await this.cache()
    const requests = cache ? await within(cache.keys(), patience) : []
    const images = requests.map(partsOf).filter((parts) => parts[0] === 'database' && parts.length === 3)
    return [...new Set(images.map((parts) => parts[1]!))]
  }

  // The newest state that can be put together; whether it is undamaged is for the reader to check by its head.
  async read(name: string): Promise<Image | undefined> {
    const cache = await this.cache()
    const chain = cache && (await within(this.chain(cache, name), patience))
    if (!chain) return undefined
    // What is not there after all, or was not written whole, ends the chain.
    const unpack = async (request: Request): Promise<{ head: Head; blocks: Block[] } | undefined> => {
      const response = await within(cache.match(request), patience)
      try {
        return response && unpacked(new Uint8Array(await within(response.arrayBuffer(), longReading)))
      } catch (error) {
        if (isBroken(error)) return undefined
        throw error
      }
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

  // Whether nothing is left of it. What is being written comes before, or it would stay.
  async remove(name: string): Promise<boolean> {
    let over = false
    const clear = async (): Promise<boolean> => {
      const cache = await this.cache()
      this.tips.delete(name)
      this.behind.delete(name)
      this.tell(name, true)
      for (const request of cache ? await this.entries(cache, name) : []) if (!over) await cache!.delete(request)
      return !over
    }
    return within(this.inLane(name, clear), 2 * patience).catch(() => !(over = true))
  }

  // What the new image contains may go whenever that happens; anything newer (of a way that was left) only in time.
  private async renew(cache: Cache, name: string, whole: () => Promise<Image | undefined>, newerToo: boolean, effort: Effort): Promise<void> {
    const image = await whole()
    if (!image || effort.over) return
    const key = keyOf(image.head)
    await cache.put(addressOf('database', name, key), packed(image.head, [{ number: 0, bytes: image.bytes }]))
    if (effort.over) return
    const tip = this.tips.get(name)
    if (!tip || isNewer(key, tip)) this.tips.set(name, key)
    for (const request of await this.entries(cache, name)) {
      const keys = partsOf(request).slice(2)
      const stays = keys.join() === key || (isNewer(keys.at(-1)!, key) && (effort.over || !newerToo))
      if (!stays) await cache.delete(request)
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

  // Streamed by the browser, like everything of attached files.
  async putFile(hash: string, content: Blob): Promise<void> {
    await this.attempt((cache) => cache.put(addressOf('attachment', hash), new Response(content)), content.size)
  }

  async getFile(hash: string): Promise<Blob | undefined> {
    const cache = await this.cache()
    const response = cache && (await within(cache.match(addressOf('attachment', hash)), patience))
    return response ? within(response.blob(), longReading) : undefined
  }

  async removeFile(hash: string): Promise<void> {
    await this.attempt((cache) => cache.delete(addressOf('attachment', hash)))
  }

  // Whether it was done, within the time that so many bytes may take.
  private async attempt(work: (cache: Cache, effort: Effort) => Promise<unknown>, bytes = 0): Promise<boolean> {
    if (Date.now() < this.resting) return false
    const effort: Effort = { over: false }
    try {
      const cache = await this.cache()
      if (!cache) return false
      await within(work(cache, effort), patience + bytes / bytesPerMillisecond)
      return true
    } catch {
      effort.over = true
      this.opening = undefined // the next one finds it anew
      this.tips.clear()
      this.resting = Date.now() + rest
      return false
    }
  }
}

// Length of the description, the description, the bytes of the blocks one behind the other.
function packed(head: Head, blocks: Block[]): Response {
  const description = new TextEncoder().encode(JSON.stringify({ head, blocks: blocks.map(({ number, bytes }) => [number, bytes.length]) }))
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, description.length, true)
  return new Response(joined([length, description, ...blocks.map((block) => block.bytes)]))
}

function unpacked(bytes: Bytes): { head: Head; blocks: Block[] } | undefined {
  if (bytes.length < 4) return undefined
  const length = new DataView(bytes.buffer).getUint32(0, true)
  let at = 4 + length
  if (bytes.length < at) return undefined
  const description = JSON.parse(new TextDecoder().decode(bytes.subarray(4, at))) as { head: Head; blocks: [number, number][] }
  const blocks = description.blocks.map(([number, size]) => ({ number, bytes: bytes.subarray(at, (at += size)) }))
  return at === bytes.length ? { head: description.head, blocks } : undefined
}
