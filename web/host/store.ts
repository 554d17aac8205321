// The databases in IndexedDB. What is written when, how often it is tried again and what the user is told is decided in
// the module (storage/vfs/mirror_host.h); here is what only a page can do.
//
//   store           key               value
//   blocks          [name, number]    Uint8Array of 16 KiB, the last one of a database shorter
//   images          name              Uint8Array: a checkpoint; a block that is there too is newer
//   heads           name              Head: which commit image and blocks are together, and who wrote it
//   snapshots       [name, id]        SnapshotInfo
//   snapshotImages  [name, id]        Uint8Array: a whole image
//   quarantine      [name, number]    blocks of an image that was damaged; number -1: its head, -2: its checkpoint
//   attachments     SHA-256 (hex)     Blob: the content of an attached file
//   attachmentAges  SHA-256 (hex)     when it was put, or lost its last reference (milliseconds since 1970)
//   attachmentUses  project           all contents that the project refers to
//
// One write is one transaction of strict durability: read the head, compare (the rule of admission() in
// storage/vfs/page_mirror.h), put the changed blocks, delete those beyond the end, put the head. It counts when the
// transaction is complete. An abort may be all that tells of a full disk.
// A browser may remove everything while the page is open, above all when the disk is full. The module is told when that may
// have happened (it writes all that it holds again) and when it has.
// One window writes a database: it holds the exclusive Web Lock of its name. Without Web Locks the comparison alone
// keeps two windows from mixing their blocks.
// A browser may lose the whole IndexedDB: everything is written to second_copy.ts, too, before it counts as saved.

import { type DBSchema, type IDBPDatabase, type StoreNames, unwrap, wrap } from 'idb'
import { AttachedFiles } from './attached_files'
import type { Contents } from './contents'
import type { FrameLoop } from './frames'
import { type Block, type Bytes, changed, type Head, joined } from './image'
import type { Page } from './module'
import { pause, within } from './patience'
import { SecondCopy } from './second_copy'
import { Site } from './site'

export interface SnapshotInfo {
  id: number
  commit: number
  bytes: number
  digest: number
  reason: number
}

export interface Schema extends DBSchema {
  blocks: { key: [string, number]; value: Bytes }
  images: { key: string; value: Bytes }
  heads: { key: string; value: Head }
  snapshots: { key: [string, number]; value: SnapshotInfo }
  snapshotImages: { key: [string, number]; value: Bytes }
  quarantine: { key: [string, number]; value: Bytes | Head }
  attachments: { key: string; value: Blob }
  attachmentAges: { key: string; value: number }
  attachmentUses: { key: string; value: string[] }
}

export interface Write {
  base: Head // commit 0: nothing was stored
  next: Head
  blocks: Block[]
}

// FlushOutcome in storage/vfs/page_store.h.
const enum Outcome { done, quota, lost, fenced, overtaken, gone }

interface Message {
  kind: 'wanted' | 'changed' | 'removed'
  name: string // empty: all
}

const databaseName = 'pmo-desk'
const version = 4
const storeNames: StoreNames<Schema>[] = [
  'blocks', 'images', 'heads', 'snapshots', 'snapshotImages', 'quarantine', 'attachments',
  'attachmentAges', 'attachmentUses',
]
const patience = 5_000 // milliseconds until an opening database counts as silent
const takeOverPatience = 10_000
const lockPatience = 400
const bytesPerMillisecond = 5_000 // of a state that is set aside: so much longer it may take
const openings = 3
const openingPause = 150 // milliseconds before the second attempt; longer before the next
const chunk = 256 // blocks a request while loading
// One large record loads many times faster than its blocks: more blocks than this are folded into it, when a database
// has been loaded and nobody writes.
const checkpointBlocks = 128
const checkpointPause = 3_000

const allOf = (name: string, from = -2): IDBKeyRange => IDBKeyRange.bound([name, from], [name, Number.MAX_SAFE_INTEGER])
const lockName = (name: string): string => `${databaseName} ${name}`
const markName = (name: string): string => `${databaseName}.mark.${name}`
const isCalled = (error: unknown, name: string): boolean => (error as { name?: string } | null)?.name === name
const isQuota = (error: unknown): boolean => isCalled(error, 'QuotaExceededError')
// Chromium's word for it, in the text of an UnknownError.
const isFull = (error: unknown): boolean => isQuota(error) || /no.?space/i.test((error as Error | null)?.message ?? '')
// A newer version of the application has opened the database, and made of it what this one does not know.
const isNewer = (error: unknown): boolean => isCalled(error, 'VersionError')

// A place outside the database that remembers which databases held something, and which were removed though the second
// copy could not be. Browsers write it with some delay: it helps, but nothing rests on it alone.
const marks = {
  any: (): boolean => attempt(() => Object.keys(localStorage).some((key) => key.startsWith(markName('')))) ?? false,
  has: (name: string): boolean => attempt(() => localStorage.getItem(markName(name)) === 'had') ?? false,
  wasRemoved: (name: string): boolean => attempt(() => localStorage.getItem(markName(name)) === 'removed') ?? false,
  set: (name: string, mark: 'had' | 'removed'): void => void attempt(() => localStorage.setItem(markName(name), mark)),
  remove: (name: string): void => void attempt(() => localStorage.removeItem(markName(name))),
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch {
    return undefined // storage of this kind is switched off
  }
}

// Who began a transaction hears of its failure by what was asked of it; that it has failed as a whole is no news to anybody.
function muffle(database: IDBDatabase): void {
  const begin = database.transaction
  database.transaction = (...given) => {
    const transaction = begin.apply(database, given)
    wrap(transaction).done.catch(() => {})
    return transaction
  }
}

// The same rule as admission() in storage/vfs/page_mirror.cpp.
export function admission(stored: Head | undefined, base: Head, next: Head): Outcome {
  if (!stored) return base.commit === 0 ? Outcome.done : Outcome.gone
  const sameTurn = (head: Head): boolean => stored.epoch === head.epoch && stored.writer === head.writer
  if (stored.commit === base.commit && sameTurn(base)) return Outcome.done
  if (!sameTurn(next) || stored.commit < base.commit) return Outcome.fenced
  return stored.commit <= next.commit ? Outcome.done : Outcome.overtaken
}

// The image in pieces, one behind the other, and how many single blocks there were.
interface Stored {
  head: Head | undefined
  pieces: Bytes[]
  blocks: number
}

export class BlockStore {
  // What a user of several windows must know of their versions; null: that is over.
  onVersions: ((word: 'newerVersion' | 'olderWindow' | null) => void) | undefined
  private isProtected = false
  private connection: Promise<IDBPDatabase<Schema>> | null = null
  private readonly locks = new Map<string, () => void>() // name -> release
  private readonly asked = new Map<string, Promise<boolean>>() // locks that are being waited for
  private readonly removals = new Map<string, Promise<void>>()
  private readonly site = new Site()
  private readonly siteOfSecond = new Site()
  private readonly second = new SecondCopy(() => (this.siteOfSecond.stores as Partial<Window>).caches)
  private known = false // that something is stored: when it is not there any more, it was removed
  // What a page writes after such a removal, Chromium may hide from the next page (seen with IndexedDB, not with the caches).
  private removed = false
  private full = false // a full disk is told once; what fails after that, fails for it
  private readonly windows = attempt(() => new BroadcastChannel(databaseName))
  private readonly usable: Promise<boolean>
  readonly files: AttachedFiles

  constructor(private readonly page: Page, private readonly frames: FrameLoop, private readonly contents: Contents) {
    this.usable = this.tryOut()
    this.files = new AttachedFiles(this.usable, this, this.second)
    this.second.onChange = () => void this.tellState()
    void this.askForProtection()
    if (this.windows) this.windows.onmessage = ({ data }: MessageEvent<Message>) => this.hear(data)
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.probe()
    })
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) void this.probe()
    })
    window.addEventListener('beforeunload', (event) => {
      if (this.page.module._pmo_unsaved(this.page.handle)) event.preventDefault()
    })
  }

  // ---- Connection ----

  // Private windows and pages opened from a file may have no database at all: then everything stays in memory, and the
  // user is told so. A browser that has kept something here has one, even if it does not open just now: loading fails
  // then, for an empty project would look as if everything were lost.
  private async tryOut(): Promise<boolean> {
    if (typeof indexedDB === 'undefined') return false
    return this.open().then(() => true, (error: unknown) => marks.any() || isNewer(error) || (error as Error).message === 'no answer')
  }

  private async askForProtection(): Promise<void> {
    const storage = navigator.storage as StorageManager | undefined
    this.isProtected = (await storage?.persisted?.()) || (await storage?.persist?.().catch(() => false)) || false
    await this.tellState()
  }

  private async tellState(): Promise<void> {
    const usable = await this.usable
    this.page.module._pmo_storage(this.page.handle, usable ? 1 : 0, (this.isProtected ? 1 : 0) | (this.second.complete ? 2 : 0))
    this.frames.wake()
  }

  open(): Promise<IDBPDatabase<Schema>> {
    this.connection ??= this.openPatiently().catch((error: unknown) => {
      this.connection = null
      throw error
    })
    return this.connection
  }

  // Opening may hang (an older window holds the database, a browser's hiccup) or fail for a moment.
  private async openPatiently(attempts = 1): Promise<IDBPDatabase<Schema>> {
    try {
      return await within(this.openOnce(), patience)
    } catch (error) {
      if (isNewer(error)) this.onVersions?.('newerVersion')
      if (isCalled(error, 'UnknownError')) this.site.findAnew()
      if (attempts === openings || isNewer(error)) throw error
      await pause(openingPause * attempts)
      return this.openPatiently(attempts + 1)
    }
  }

  private async openOnce(): Promise<IDBPDatabase<Schema>> {
    let blocked = false
    let made = false
    const request = this.site.stores.indexedDB.open(databaseName, version)
    request.onupgradeneeded = ({ oldVersion }) => {
      made = oldVersion === 0
      for (const name of storeNames)
        if (!request.result.objectStoreNames.contains(name)) request.result.createObjectStore(name)
    }
    request.onblocked = () => {
      blocked = true
      this.onVersions?.('olderWindow')
    }
    const database = (await wrap(request)) as unknown as IDBPDatabase<Schema>
    database.onversionchange = ({ newVersion }) => void (newVersion ? this.giveWay() : this.terminated())
    database.onclose = () => void this.terminated()
    if (blocked) this.onVersions?.(null)
    muffle(unwrap(database))
    if (made) this.isEmpty()
    return database
  }

  // The browser has closed the connection: a fault of its own, or everything is being removed.
  private async terminated(): Promise<void> {
    this.reconnect()
    await pause(openingPause)
    this.tellOfStores(false)
    await this.open().catch(() => {})
  }

  // Nothing is stored, not even of the list of projects.
  private isEmpty(): void {
    if (!this.known) return
    this.known = false
    this.removed = true
    this.findSecondAnew()
    this.tellOfStores(true)
    this.say({ kind: 'removed', name: '' })
  }

  private tellOfStores(removed: boolean): void {
    this.page.module._pmo_stores(this.page.handle, removed ? 1 : 0)
    this.frames.wake()
  }

  // A newer version of the application wants to open: what is not written yet is written, and from then on this window
  // only reads.
  private async giveWay(): Promise<void> {
    const { module, handle } = this.page
    this.onVersions?.('newerVersion')
    for (const name of [...this.locks.keys()]) this.tellOfWindow('wanted', name)
    const end = Date.now() + patience
    while (module._pmo_unsaved(handle) && Date.now() < end) await pause(20)
    this.reconnect()
  }

  private findSecondAnew(): void {
    this.siteOfSecond.findAnew()
    this.second.openAnew()
  }

  // The next request opens anew: a connection that failed once tends to fail for ever.
  reconnect(): void {
    void this.connection?.then((database) => database.close(), () => {})
    this.connection = null
  }

  // After the background a connection may be dead without having said so.
  private async probe(): Promise<void> {
    if (!this.connection) return
    try {
      await within((await this.connection).count('heads'), patience)
    } catch {
      await this.terminated()
    }
  }

  // ---- Answers ----

  private answer(request: number, outcome: Outcome): void {
    this.page.module._pmo_outcome(this.page.handle, request, outcome)
    this.frames.wake()
  }

  private async report(request: number, work: Promise<Outcome>): Promise<void> {
    this.answer(request, await work.then((outcome) => this.reached(outcome), (error: unknown) => this.missed(error)))
  }

  private reached(outcome: Outcome): Outcome {
    if (outcome === Outcome.done) this.full = false
    return outcome
  }

  private missed(error: unknown): Outcome {
    this.full ||= isFull(error)
    if (!isQuota(error)) this.reconnect()
    return this.full ? Outcome.quota : Outcome.lost
  }

  private failed(request: number, error: unknown): void {
    const reason = isNewer(error) ? 'newer' : (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')
    this.page.module._pmo_image_failed(this.page.handle, request, this.page.send1(reason))
    this.frames.wake()
  }

  private listed(request: number, lines: string[]): void {
    this.page.module._pmo_listed(this.page.handle, request, this.page.send1(lines.join('\n')))
    this.frames.wake()
  }

  private hand(request: number, head: Head | undefined, pieces: Bytes[], flags: number): void {
    const { module, handle } = this.page
    const size = pieces.reduce((sum, piece) => sum + piece.length, 0)
    const writer = this.page.send1(head?.writer ?? '')
    let at = module._pmo_image(
      handle, request, size, head?.format ?? 0, head?.commit ?? 0, head?.fileSize ?? 0, head?.epoch ?? 0,
      head?.digest ?? 0, writer, flags,
    )
    for (const piece of pieces) {
      module.HEAPU8.set(piece, at)
      at += piece.length
    }
    module._pmo_image_done(handle, request)
    this.frames.wake()
  }

  // ---- Blocks ----

  async load(request: number, name: string): Promise<void> {
    if (!(await this.usable)) return this.hand(request, undefined, [], 1)
    await this.removals.get(name)
    try {
      const writable = await this.lock(name)
      const { head, pieces, blocks, rescued } = await this.stored(name)
      this.hand(request, head, pieces, (writable ? 1 : 0) | (marks.has(name) ? 2 : 0) | (rescued ? 4 : 0))
      if (writable && head && blocks > checkpointBlocks)
        window.setTimeout(() => void this.checkpoint(name, head, pieces).catch(() => {}), checkpointPause)
    } catch (error) {
      this.reconnect()
      this.release(name)
      this.failed(request, error)
    }
  }

  // What is stored of it is damaged, and held by this window.
  async loadSecond(request: number, name: string): Promise<void> {
    const copy = marks.wasRemoved(name) ? undefined : await this.second.read(name).catch(() => undefined)
    this.hand(request, copy?.head, copy ? [copy.bytes] : [], 1)
  }

  // From the second copy, where IndexedDB has lost what it had or does not answer.
  private async stored(name: string): Promise<Stored & { rescued: boolean }> {
    let failure: unknown
    const first = await this.read(name)
      .catch(() => {
        this.reconnect()
        return this.read(name)
      })
      .catch((error: unknown) => void (failure = error))
    if (first?.head) return { ...first, rescued: false }
    if (isNewer(failure)) throw failure // nothing is lost
    // What the second copy does not tell just now may well be there: it is not taken for nothing.
    const copy = marks.wasRemoved(name) ? undefined : await this.second.read(name).catch((error: unknown) => {
      if (marks.has(name)) throw failure ?? error
      return undefined
    })
    if (copy) return { head: copy.head, pieces: [copy.bytes], blocks: 0, rescued: true }
    if (first) return { ...first, rescued: false }
    throw failure
  }

  private async read(name: string): Promise<Stored> {
    const transaction = (await this.open()).transaction(['heads', 'images', 'blocks'])
    const [head, image] = await within(
      Promise.all([transaction.objectStore('heads').get(name), transaction.objectStore('images').get(name)]), 4 * patience)
    if (!head) return { head, pieces: [], blocks: 0 }
    this.known = true
    const store = transaction.objectStore('blocks')
    const requests: Promise<Bytes[]>[] = []
    const range = (from: number, to: number): IDBKeyRange => IDBKeyRange.bound([name, from], [name, to])
    const keys = image ? store.getAllKeys(range(0, head.blockCount - 1)) : Promise.resolve([])
    for (let from = 0; from < head.blockCount; from += chunk)
      requests.push(store.getAll(range(from, Math.min(from + chunk, head.blockCount) - 1)))
    const blocks = (await within(Promise.all(requests), 8 * patience)).flat()
    if (!image) return { head, pieces: blocks, blocks: blocks.length }
    const above = (await keys).map((key, index): Block => ({ number: key[1], bytes: blocks[index]! }))
    return { head, pieces: [changed(image, head, above).bytes], blocks: blocks.length }
  }

  // Only what was checked by nobody but is still exactly what is stored: the head tells.
  private async checkpoint(name: string, loaded: Head, pieces: Bytes[]): Promise<void> {
    const transaction = (await this.open()).transaction(['heads', 'images', 'blocks'], 'readwrite', { durability: 'strict' })
    const head = await transaction.objectStore('heads').get(name)
    if (head?.commit === loaded.commit && head.epoch === loaded.epoch && head.writer === loaded.writer) {
      void transaction.objectStore('images').put(joined(pieces), name).catch(() => {})
      void transaction.objectStore('blocks').delete(allOf(name)).catch(() => {})
    }
    await transaction.done
  }

  write(request: number, name: string, write: Write): Promise<void> {
    return this.report(request, this.makingRoom(() => this.put(name, write)))
  }

  private makingRoom<T>(work: () => Promise<T>): Promise<T> {
    return work().catch(async (error: unknown) => {
      if (!isQuota(error)) throw error
      await this.dropOldSnapshots()
      return work()
    })
  }

  // Who holds the lock writes alone. Without one only the comparison with the stored head tells whether a write counts.
  private async put(name: string, write: Write): Promise<Outcome> {
    const first = this.putFirst(name, write)
    const there = first.then((outcome) => outcome === Outcome.done, () => false)
    const second = this.second.write(name, write.base, write.next, write.blocks, this.locks.has(name), there, async () => {
      const { head, pieces } = await this.read(name)
      return head && { head, bytes: joined(pieces) }
    })
    const outcome = await first
    if (outcome !== Outcome.done) return outcome
    if (!marks.has(name)) marks.set(name, 'had')
    await second
    if (this.removed && !this.second.has(name)) {
      this.findSecondAnew() // what answers here in vain, or not at all, may do so for ever
      throw new Error('one copy is not enough')
    }
    this.say({ kind: 'changed', name })
    return outcome
  }

  // Everything is asked for at once, without waiting for the head: an abort takes all of it back.
  private async putFirst(name: string, { base, next, blocks }: Write): Promise<Outcome> {
    const database = await this.open()
    const whole = blocks.length >= next.blockCount
    const transaction = database.transaction(['heads', 'blocks', 'images'], 'readwrite', { durability: 'strict' })
    const finished = transaction.done
    finished.catch(() => {}) // reported below
    try {
      const heads = transaction.objectStore('heads')
      const store = transaction.objectStore('blocks')
      const stored = heads.get(name)
      for (const block of blocks) void store.put(block.bytes, [name, block.number]).catch(() => {})
      const head = await stored
      const verdict = admission(head, base, next)
      if (verdict !== Outcome.done) {
        const nothing = verdict === Outcome.gone && (await heads.count()) === 0
        transaction.abort()
        if (nothing) this.isEmpty()
        return verdict
      }
      if (whole) void transaction.objectStore('images').delete(name).catch(() => {}) // every block is newer
      if (!head || head.blockCount > next.blockCount) void store.delete(allOf(name, next.blockCount)).catch(() => {})
      void heads.put(next, name).catch(() => {})
      transaction.commit()
    } catch (error) {
      attempt(() => transaction.abort()) // or what was put so far would be committed by itself
      throw error
    }
    await finished
    this.known = true
    return Outcome.done
  }

  // A database of the same name is loaded only when the old one is gone.
  // What was laid aside as damaged stays when something else is to take its place.
  remove(name: string, damaged: boolean): Promise<void> {
    const removal = this.erase(name, damaged).finally(() => this.removals.delete(name))
    this.removals.set(name, removal)
    return removal
  }

  private async erase(name: string, damaged: boolean): Promise<void> {
    if (await this.second.remove(name)) marks.remove(name)
    else marks.set(name, 'removed')
    try {
      const transaction = (await this.open()).transaction(
        ['heads', 'images', 'blocks', 'snapshots', 'snapshotImages', 'quarantine'], 'readwrite')
      void transaction.objectStore('heads').delete(name)
      void transaction.objectStore('images').delete(name)
      for (const store of ['blocks', 'snapshots', 'snapshotImages', ...(damaged ? [] : (['quarantine'] as const))] as const)
        void transaction.objectStore(store).delete(allOf(name))
      await transaction.done
    } catch {
      this.reconnect() // it comes back into the list of projects, and can be removed again
    }
    this.release(name)
  }

  // What only the second copy has counts, too, and of what only earlier states are left. First whether that is all.
  async listNames(request: number): Promise<void> {
    const stored = within(this.open().then(async (database) => {
      const states = await database.getAllKeys('snapshots')
      return [...(await database.getAllKeys('heads')), ...states.map(([name]) => name)]
    }), 2 * patience)
    const copied = this.second.names().then((names) => names.filter((name) => !marks.wasRemoved(name)))
    const found = await Promise.allSettled([stored, copied])
    const names = found.flatMap((part) => (part.status === 'fulfilled' ? part.value : []))
    this.listed(request, [found.some((part) => part.status === 'rejected') ? 'some' : 'all', ...new Set(names)])
  }

  // ---- Snapshots ----

  putSnapshot(request: number, name: string, info: SnapshotInfo, image: Bytes, keep: number): Promise<void> {
    const put = async (): Promise<Outcome> => {
      const transaction = (await this.open()).transaction(['snapshots', 'snapshotImages', 'quarantine'], 'readwrite', { durability: 'strict' })
      if (keep === 1) void transaction.objectStore('quarantine').delete(allOf(name)).catch(() => {})
      const infos = transaction.objectStore('snapshots')
      const images = transaction.objectStore('snapshotImages')
      const key: [string, number] = [name, info.id]
      const finished = transaction.done
      finished.catch(() => {}) // told below
      const kept = infos.getAllKeys(allOf(name))
      for (const put of [infos.put(info, key), images.put(image, key)]) put.catch(() => {})
      const old = (await kept).filter((other) => other[1] !== info.id)
      for (const other of old.slice(0, Math.max(0, old.length + 1 - keep))) {
        void infos.delete(other).catch(() => {})
        void images.delete(other).catch(() => {})
      }
      await finished
      return Outcome.done
    }
    const time = 2 * patience + image.length / bytesPerMillisecond
    return this.report(request, within(this.makingRoom(put), time))
  }

  async listSnapshots(request: number, name: string): Promise<void> {
    const infos = await within(this.open().then((database) => database.getAll('snapshots', allOf(name))), 2 * patience)
      .catch((): SnapshotInfo[] => [])
    this.listed(request, infos.map(({ id, commit, bytes, digest, reason }) => [id, commit, bytes, digest, reason].join(' ')))
  }

  async getSnapshot(request: number, name: string, id: number): Promise<void> {
    try {
      const image = await within(this.open().then((database) => database.get('snapshotImages', [name, id])), 8 * patience)
      if (!image) throw new Error('no such snapshot')
      this.hand(request, undefined, [image], 1)
    } catch (error) {
      this.failed(request, error)
    }
  }

  // Space is short: the newest snapshot of every database is enough.
  private async dropOldSnapshots(): Promise<void> {
    const transaction = (await this.open()).transaction(['snapshots', 'snapshotImages'], 'readwrite')
    const keys = await transaction.objectStore('snapshots').getAllKeys()
    for (const [index, key] of keys.entries()) {
      if (keys[index + 1]?.[0] !== key[0]) continue
      void transaction.objectStore('snapshots').delete(key).catch(() => {})
      void transaction.objectStore('snapshotImages').delete(key).catch(() => {})
    }
    await transaction.done
  }

  // The last damaged image of a database, for whoever wants to save something from it.
  quarantine(request: number, name: string): Promise<void> {
    const lay = async (): Promise<Outcome> => {
      const transaction = (await this.open()).transaction(['heads', 'images', 'blocks', 'quarantine'], 'readwrite', { durability: 'strict' })
      const aside = transaction.objectStore('quarantine')
      const head = await transaction.objectStore('heads').get(name)
      if (!head) return Outcome.done // there is nothing, and what was laid aside before stays
      void aside.delete(allOf(name))
      void aside.put(head, [name, -1])
      const image = await transaction.objectStore('images').get(name)
      if (image) void aside.put(image, [name, -2])
      let cursor = await transaction.objectStore('blocks').openCursor(allOf(name))
      while (cursor) {
        void aside.put(cursor.value, cursor.key)
        cursor = await cursor.continue()
      }
      await transaction.done
      return Outcome.done
    }
    return this.report(request, within(lay(), 8 * patience))
  }

  // Everything that is stored, without the module: for the page that says that the application has stopped.
  async images(): Promise<{ name: string; image: Blob }[]> {
    const names = await (await this.open()).getAllKeys('heads')
    const images: { name: string; image: Blob }[] = []
    let failure: unknown
    for (const name of names) // one that cannot be read keeps nobody from the others
      await this.stored(name).then(({ pieces }) => images.push({ name, image: new Blob(pieces) })).catch((error: unknown) => void (failure = error))
    if (failure && !images.length) throw failure
    return images
  }

  // ---- Attached files ----

  putBlob(request: number, hash: string, number: number): Promise<void> {
    const content = this.contents.get(number)
    const put = async (): Promise<Outcome> => {
      await this.files.put(hash, content)
      return Outcome.done
    }
    return this.report(request, put().catch(async (error: unknown) => {
      if (isQuota(error)) await this.dropOldSnapshots()
      else this.reconnect()
      return put()
    }))
  }

  // Its number and size; nothing when it is not there.
  async getBlob(request: number, hash: string, second: boolean): Promise<void> {
    const content = await this.files.get(hash, second).catch(() => undefined)
    this.listed(request, content ? [`${this.contents.keep(content)} ${content.size}`] : [])
  }

  // How many bytes the browser still gives to this site.
  async room(request: number): Promise<void> {
    const storage = navigator.storage as StorageManager | undefined
    const { quota, usage } = (await storage?.estimate?.().catch(() => undefined)) ?? {}
    this.listed(request, quota === undefined ? [] : [String(Math.max(0, quota - (usage ?? 0)))])
  }

  async readContent(request: number, number: number, from: number, size: number): Promise<void> {
    try {
      this.hand(request, undefined, [new Uint8Array(await this.contents.get(number).slice(from, from + size).arrayBuffer())], 1)
    } catch (error) {
      this.failed(request, error)
    }
  }

  async findUnused(request: number, grace: number): Promise<void> {
    this.listed(request, await this.files.unused(grace, false).catch((): string[] => []))
  }

  // ---- Windows ----

  // True when this window may write the database; the lock is held until release().
  // A page that is just being closed or reloaded gives its locks back a moment later.
  private async lock(name: string, milliseconds = lockPatience): Promise<boolean> {
    while (this.asked.has(name)) if (await this.asked.get(name)) return true // never wait for ourselves
    if (this.locks.has(name) || !navigator.locks) return true
    const answer = this.request(name, milliseconds).finally(() => this.asked.delete(name))
    this.asked.set(name, answer)
    return answer
  }

  private request(name: string, milliseconds: number): Promise<boolean> {
    return new Promise((answered) => {
      navigator.locks
        .request(lockName(name), { signal: AbortSignal.timeout(milliseconds) }, () => {
          return new Promise<void>((release) => {
            this.locks.set(name, release)
            answered(true)
          })
        })
        .catch(() => answered(this.requestAtOnce(name))) // not in time; or nobody has it, and this page was slow
    })
  }

  private requestAtOnce(name: string): Promise<boolean> {
    return new Promise((answered) => {
      void navigator.locks.request(lockName(name), { ifAvailable: true }, (lock) => {
        answered(lock !== null)
        return lock ? new Promise<void>((release) => this.locks.set(name, release)) : undefined
      }).catch(() => answered(false))
    })
  }

  release(name: string): void {
    this.locks.get(name)?.()
    this.locks.delete(name)
  }

  async take(request: number, name: string): Promise<void> {
    this.say({ kind: 'wanted', name })
    const ours = await this.lock(name, takeOverPatience)
    this.answer(request, ours ? Outcome.done : Outcome.lost)
  }

  private say(message: Message): void {
    this.windows?.postMessage(message)
  }

  private hear({ kind, name }: Message): void {
    if (kind === 'removed') return this.tellOfStores(true)
    const ours = this.locks.has(name)
    if (kind === 'wanted' ? ours : !ours) this.tellOfWindow(kind, name)
  }

  private tellOfWindow(kind: 'wanted' | 'changed', name: string): void {
    this.page.module._pmo_other_window(this.page.handle, kind === 'wanted' ? 1 : 0, this.page.send1(name))
    this.frames.wake()
  }

  after(request: number, milliseconds: number): void {
    window.setTimeout(() => this.page.module._pmo_after(this.page.handle, request), milliseconds)
  }
}
