// The databases in IndexedDB: blocks of each database's image, and a head that says which commit they are.
//
//   store    key                 value
//   blocks   [name, number]      Uint8Array of 16 KiB, the last one of a database shorter
//   heads    name                { format, commit, fileSize, blockCount, writer }
//
// One write is one transaction: read the head, compare, put the changed blocks, delete those beyond the end, put the
// head. It counts when the transaction is complete; a transaction that aborts, or never answers, changes nothing that
// the module relies on: it sends everything again. A head that somebody else wrote fences this window off.
// One window writes a database: it holds the exclusive Web Lock of its name.

import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { FrameLoop } from './frames'
import type { Page } from './module'

interface Head {
  format: number
  commit: number
  fileSize: number
  blockCount: number
  writer: string
}

interface Schema extends DBSchema {
  blocks: { key: [string, number]; value: Uint8Array<ArrayBuffer> }
  heads: { key: string; value: Head }
}

export interface Write {
  commit: number
  fileSize: number
  blockCount: number
  blocks: { number: number; bytes: Uint8Array<ArrayBuffer> }[]
}

const enum Outcome { done, quota, lost, fenced }

const databaseName = 'pmo-desk'
const format = 1
const patience = 15_000 // milliseconds until a silent database counts as lost
const chunk = 256 // blocks a request while loading

const allOf = (name: string, from = 0): IDBKeyRange => IDBKeyRange.bound([name, from], [name, Number.MAX_SAFE_INTEGER])

function within<T>(promise: Promise<T>): Promise<T> {
  let timer = 0
  const late = new Promise<never>((_, reject) => {
    timer = window.setTimeout(() => reject(new Error('no answer')), patience)
  })
  return Promise.race([promise, late]).finally(() => window.clearTimeout(timer))
}

export class BlockStore {
  private readonly writer = crypto.randomUUID()
  private connection: Promise<IDBPDatabase<Schema>> | null = null
  private readonly locks = new Map<string, () => void>() // name -> release
  private readonly available = typeof indexedDB !== 'undefined'

  constructor(private readonly page: Page, private readonly frames: FrameLoop) {
    void this.askForProtection()
  }

  private async askForProtection(): Promise<void> {
    const storage = navigator.storage as StorageManager | undefined
    const isProtected = (await storage?.persisted?.()) || (await storage?.persist?.().catch(() => false)) || false
    this.page.module._pmo_storage(this.page.handle, this.available ? 1 : 0, isProtected ? 1 : 0)
    this.frames.wake()
  }

  private open(): Promise<IDBPDatabase<Schema>> {
    this.connection ??= within(
      openDB<Schema>(databaseName, 1, {
        upgrade(database) {
          database.createObjectStore('blocks')
          database.createObjectStore('heads')
        },
        blocking: () => this.forget(),
        terminated: () => this.forget(),
      }),
    ).catch((error: unknown) => {
      this.connection = null
      throw error
    })
    return this.connection
  }

  // The next call opens anew: a connection that failed once tends to fail for ever.
  private forget(): void {
    void this.connection?.then((database) => database.close(), () => {})
    this.connection = null
  }

  // True when this window may write the database; the lock is held until release().
  private lock(name: string): Promise<boolean> {
    if (this.locks.has(name) || !navigator.locks) return Promise.resolve(true) // without locks the fence remains
    return new Promise((answered) => {
      void navigator.locks.request(`pmo-desk ${name}`, { ifAvailable: true }, (lock) => {
        if (!lock) return answered(false)
        return new Promise<void>((release) => {
          this.locks.set(name, release)
          answered(true)
        })
      })
    })
  }

  async load(request: number, name: string): Promise<void> {
    const { module, handle } = this.page
    try {
      const writable = await this.lock(name)
      const { head, blocks } = await this.read(name)
      const start = module._pmo_image(handle, request, head?.fileSize ?? 0, head?.commit ?? 0, writable ? 1 : 0)
      let at = start
      for (const block of blocks) {
        module.HEAPU8.set(block, at)
        at += block.length
      }
      module._pmo_image_done(handle, request)
    } catch (error) {
      this.forget()
      const reason = error instanceof Error ? error.message : String(error)
      module._pmo_image_failed(handle, request, this.page.send1(reason))
    }
    this.frames.wake()
  }

  private async read(name: string): Promise<{ head: Head | undefined; blocks: Uint8Array<ArrayBuffer>[] }> {
    const database = await this.open()
    const transaction = database.transaction(['heads', 'blocks'])
    const head = await within(transaction.objectStore('heads').get(name))
    const blocks: Uint8Array<ArrayBuffer>[] = []
    if (head) {
      const store = transaction.objectStore('blocks')
      for (let from = 0; from < head.blockCount; from += chunk) {
        const to = Math.min(from + chunk, head.blockCount) - 1
        blocks.push(...(await within(store.getAll(IDBKeyRange.bound([name, from], [name, to])))))
      }
    }
    const size = blocks.reduce((sum, block) => sum + block.length, 0)
    if (head && (blocks.length !== head.blockCount || size !== head.fileSize)) throw new Error('damaged')
    return { head, blocks }
  }

  async write(request: number, name: string, write: Write, expected: number): Promise<void> {
    let outcome = Outcome.done
    try {
      outcome = await within(this.put(name, write, expected))
    } catch (error) {
      const quota = error instanceof DOMException && error.name === 'QuotaExceededError'
      outcome = quota ? Outcome.quota : Outcome.lost
      if (!quota) this.forget()
    }
    this.page.module._pmo_written(this.page.handle, request, outcome)
    this.frames.wake()
  }

  private async put(name: string, write: Write, expected: number): Promise<Outcome> {
    const database = await this.open()
    const transaction = database.transaction(['heads', 'blocks'], 'readwrite', { durability: 'strict' })
    const finished = transaction.done
    finished.catch(() => {}) // reported below
    const heads = transaction.objectStore('heads')
    const head = await heads.get(name)
    if (head && head.commit !== expected && head.writer !== this.writer) {
      transaction.abort()
      return Outcome.fenced
    }
    const store = transaction.objectStore('blocks')
    const { commit, fileSize, blockCount } = write
    for (const block of write.blocks) void store.put(block.bytes, [name, block.number]).catch(() => {})
    if (head && head.blockCount > blockCount) void store.delete(allOf(name, blockCount)).catch(() => {})
    void heads.put({ format, commit, fileSize, blockCount, writer: this.writer }, name).catch(() => {})
    await finished
    return Outcome.done
  }

  release(name: string): void {
    this.locks.get(name)?.()
    this.locks.delete(name)
  }

  async remove(name: string): Promise<void> {
    try {
      const database = await this.open()
      const transaction = database.transaction(['heads', 'blocks'], 'readwrite')
      void transaction.objectStore('heads').delete(name)
      void transaction.objectStore('blocks').delete(allOf(name))
      await transaction.done
    } catch {
      this.forget() // its blocks stay behind; without a place in the list nobody opens them
    }
    this.release(name)
  }

  after(request: number, milliseconds: number): void {
    window.setTimeout(() => this.page.module._pmo_after(this.page.handle, request), milliseconds)
  }
}
