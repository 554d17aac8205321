// The contents of attached files in IndexedDB and in the second copy, and which project refers to which. The rules of A1 to
// A3 in storage/blob_store.h.

import type { IDBPDatabase } from 'idb'
import type { SecondCopy } from './second_copy'
import type { Schema } from './store'

interface Connection {
  open(): Promise<IDBPDatabase<Schema>>
  reconnect(): void
}

export class AttachedFiles {
  private readonly loose = new Map<string, Blob>() // where nothing is kept

  constructor(private readonly usable: Promise<boolean>, private readonly connection: Connection, private readonly second: SecondCopy) {}

  async put(hash: string, content: Blob): Promise<void> {
    if (!(await this.usable)) return void this.loose.set(hash, content)
    const transaction = (await this.connection.open()).transaction(['attachments', 'attachmentAges'], 'readwrite', { durability: 'strict' })
    void transaction.objectStore('attachments').put(content, hash).catch(() => {})
    void transaction.objectStore('attachmentAges').put(Date.now(), hash).catch(() => {})
    await transaction.done
    await this.second.putFile(hash, content)
  }

  async get(hash: string, second: boolean): Promise<Blob | undefined> {
    const loose = this.loose.get(hash)
    if (loose) return loose
    if (second) return this.second.getFile(hash)
    return (await this.usable) ? (await this.connection.open()).get('attachments', hash) : undefined
  }

  // What a project refers to, as far as it is there and can be read: for the page that says that the application has stopped.
  async of(project: string): Promise<{ hash: string; content: Blob }[]> {
    const found: { hash: string; content: Blob }[] = []
    for (const hash of (await (await this.connection.open()).get('attachmentUses', project)) ?? []) {
      const content = (await this.readable(hash, false)) ?? (await this.readable(hash, true))
      if (content) found.push({ hash, content })
    }
    return found
  }

  // A browser that was killed may have the entry and not its file.
  private async readable(hash: string, second: boolean): Promise<Blob | undefined> {
    try {
      const content = await this.get(hash, second)
      await content?.slice(0, 1).arrayBuffer()
      return content
    } catch {
      return undefined
    }
  }

  // A list that cannot be written leaves the one before, which keeps too much rather than too little: contents are
  // collected after a time of grace only.
  async refer(project: string, contents: string[]): Promise<void> {
    if (!(await this.usable)) return
    const write = async (): Promise<void> => {
      const transaction = (await this.connection.open()).transaction(['attachmentUses', 'attachmentAges'], 'readwrite', { durability: 'strict' })
      const uses = transaction.objectStore('attachmentUses')
      const before = (await uses.get(project)) ?? []
      for (const hash of before)
        if (!contents.includes(hash)) void transaction.objectStore('attachmentAges').put(Date.now(), hash).catch(() => {})
      void (contents.length ? uses.put(contents, project) : uses.delete(project)).catch(() => {})
      await transaction.done
    }
    await write().catch(() => this.connection.reconnect())
  }

  // The same rule as MemoryBlobs::discard in storage/blob_store.cpp.
  async discard(hash: string): Promise<void> {
    this.loose.delete(hash)
    if (!(await this.usable)) return
    const drop = async (): Promise<void> => {
      const transaction = (await this.connection.open()).transaction(['attachments', 'attachmentAges', 'attachmentUses'], 'readwrite', { durability: 'strict' })
      const used = (await transaction.objectStore('attachmentUses').getAll()).flat().includes(hash)
      if (!used) for (const store of ['attachments', 'attachmentAges'] as const) void transaction.objectStore(store).delete(hash)
      await transaction.done
      if (!used) await this.second.removeFile(hash)
    }
    await drop().catch(() => {}) // it is collected later
  }

  // The same rule as MemoryBlobs::unused in storage/blob_store.cpp.
  async unused(grace: number, remove: boolean): Promise<string[]> {
    if (!(await this.usable)) return []
    const transaction = (await this.connection.open()).transaction(['attachments', 'attachmentAges', 'attachmentUses'], 'readwrite')
    const used = new Set((await transaction.objectStore('attachmentUses').getAll()).flat())
    const ages = transaction.objectStore('attachmentAges')
    const unused: string[] = []
    for (const hash of await ages.getAllKeys())
      if (!used.has(hash) && ((await ages.get(hash)) ?? 0) + grace < Date.now()) unused.push(hash)
    for (const hash of remove ? unused : []) {
      void transaction.objectStore('attachments').delete(hash)
      void ages.delete(hash)
    }
    await transaction.done
    return unused
  }

  async collect(grace: number): Promise<void> {
    for (const hash of await this.unused(grace, true).catch((): string[] => [])) await this.second.removeFile(hash)
  }
}
