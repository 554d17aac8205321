// The storage in a real browser: reload, two windows, taking over, a damaged image, lost data. The store page stands for
// the product here (tests/browser/store_page); random crashes are simulated in tests/unit/vfs, real ones in kill.mjs.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPage, chromium, chromiumArguments, chromiumPath, servePage } from './store_page/serve.mjs'

const tests = []
const test = (name, body) => tests.push({ name, body })

async function open(context, url) {
  const page = await context.newPage()
  await page.goto(url)
  await page.waitForFunction(() => window.store)
  return page
}

const load = (page) => page.evaluate(() => window.store.load())
const commit = (page, count) => page.evaluate((n) => window.store.commit(n, 20_000), count)
const count = (page) => page.evaluate(() => window.store.count())
const state = (page) => page.evaluate(() => window.store.state())
const saved = (page) => page.evaluate(() => window.store.saved())
const until = (page, wanted) => page.waitForFunction((n) => window.store.count() === n, wanted)

// Changes what is stored behind the storage's back.
const meddle = (page, store, name) => page.evaluate(([storeName, what]) => new Promise((resolve, reject) => {
  const opening = indexedDB.open('pmo-desk')
  opening.onsuccess = () => {
    const transaction = opening.result.transaction(storeName, 'readwrite')
    const blocks = transaction.objectStore(storeName)
    if (what === 'clear') blocks.clear()
    else {
      const request = blocks.openCursor()
      request.onsuccess = () => {
        const bytes = request.result.value
        bytes[200] ^= 1
        request.result.update(bytes)
      }
    }
    transaction.oncomplete = () => { opening.result.close(); resolve() }
    transaction.onabort = () => reject(transaction.error)
  }
}), [store, name])

test('what was saved is there after a reload', async (context, url) => {
  const page = await open(context, url)
  assert.equal(await load(page), true)
  for (let n = 1; n <= 5; n++) assert.equal(await commit(page, n), true)
  await saved(page)
  const again = await open(context, url)
  await page.close()
  await load(again)
  assert.equal(await count(again), 5)
})

test('a second window reads along, takes over, and the first one then only reads', async (context, url) => {
  const first = await open(context, url)
  await load(first)
  await commit(first, 1)
  await saved(first)
  const second = await open(context, url)
  await load(second)
  assert.equal(await state(second), 'read only')
  assert.equal(await commit(second, 9), false)
  await commit(first, 2)
  await until(second, 2)

  await commit(first, 3)
  assert.equal(await second.evaluate(() => window.store.takeOver()), true)
  assert.equal(await count(second), 3)
  assert.equal(await commit(second, 4), true)
  await saved(second)
  assert.equal(await state(first), 'read only')
  assert.equal(await commit(first, 9), false)
  await until(first, 4)
})

// As Chromium does it when it finds its own files damaged.
const loseDatabase = (page) => page.evaluate(() => new Promise((resolve, reject) => {
  const deletion = indexedDB.deleteDatabase('pmo-desk')
  deletion.onsuccess = resolve
  deletion.onerror = () => reject(deletion.error)
}))
const loseSecondCopy = (page) => page.evaluate(async () => {
  for (const name of await caches.keys()) await caches.delete(name)
})

for (const { copy, left } of [{ copy: 'the second copy', left: 2 }, { copy: 'the snapshot', left: 1 }])
  test(`a damaged image is replaced by ${copy}, and said so`, async (context, url) => {
    const page = await open(context, url)
    await load(page)
    await commit(page, 1)
    await saved(page)
    await page.evaluate(() => window.store.snapshot())
    await commit(page, 2)
    await saved(page)
    await meddle(page, 'blocks', 'bend')
    if (copy === 'the snapshot') await loseSecondCopy(page)
    await page.close()
    const again = await open(context, url)
    assert.equal(await load(again), true)
    assert.equal(await count(again), left)
    assert.equal(await again.evaluate(() => window.store.noticed()), true)
    assert.equal(await again.evaluate(() => window.store.intact()), true)
    assert.equal(await commit(again, 3), true)
    await saved(again)
  })

// Waits until a state of the database was set aside.
async function stateIsKept(page) {
  const states = () => page.evaluate(() => new Promise((resolve) => {
    const opening = indexedDB.open('pmo-desk')
    opening.onsuccess = () => {
      opening.result.transaction('snapshotImages').objectStore('snapshotImages').count().onsuccess = (event) => {
        opening.result.close()
        resolve(event.target.result)
      }
    }
  }))
  for (let tries = 0; !(await states()) && tries < 200; tries++) await page.waitForTimeout(50)
  assert.ok((await states()) > 0, 'the state was set aside')
}

test('data removed by the browser is noticed', async (context, url) => {
  const page = await open(context, url)
  await load(page)
  await commit(page, 1)
  await saved(page)
  await meddle(page, 'blocks', 'clear')
  await meddle(page, 'heads', 'clear')
  await commit(page, 2) // the open window writes everything again
  await saved(page)
  assert.equal(await page.evaluate(() => window.store.removed()), true)
  await stateIsKept(page)
  await meddle(page, 'blocks', 'clear')
  await meddle(page, 'heads', 'clear')
  await loseSecondCopy(page)
  await page.close()
  const again = await open(context, url) // the state that was set aside is left
  await load(again)
  assert.equal(await count(again), 2)
  assert.equal(await again.evaluate(() => window.store.noticed()), true)
  await saved(again)
  for (const store of ['blocks', 'heads', 'snapshots', 'snapshotImages']) await meddle(again, store, 'clear')
  await loseSecondCopy(again)
  await again.close()
  const last = await open(context, url)
  await load(last)
  assert.equal(await count(last), -1)
  assert.equal(await last.evaluate(() => window.store.noticed()), true)
})

test('what the browser has lost comes back from the second copy', async (context, url) => {
  let page = await open(context, url)
  const reopened = async (lose) => {
    await saved(page)
    await page.close()
    const visitor = await context.newPage()
    await visitor.goto(new URL('empty', url).href)
    await lose(visitor)
    await visitor.close()
    page = await open(context, url)
    assert.equal(await load(page), true)
    assert.equal(await page.evaluate(() => window.store.intact()), true)
    return page.evaluate(() => window.store.noticed())
  }
  await load(page)
  for (let n = 1; n <= 20; n++) {
    await commit(page, n)
    if (n % 3) await saved(page)
  }
  assert.equal(await reopened(loseDatabase), true)
  assert.equal(await count(page), 20)
  assert.equal(await reopened(loseSecondCopy), false) // it had been written back
  assert.equal(await count(page), 20)
  for (let n = 21; n <= 60; n++) { // more than lies behind one image
    await page.evaluate((at) => window.store.commit(at, 900_000), n)
    await saved(page)
  }
  assert.equal(await reopened(loseDatabase), true)
  assert.equal(await count(page), 60)
})

test('the second copy does not grow from visit to visit', async (context, url) => {
  let n = 0
  for (let visit = 0; visit < 3; visit++) {
    const page = await open(context, url)
    await load(page)
    n = await page.evaluate(async (last) => {
      for (const end = last + 150; last < end; await window.store.saved()) await window.store.commit(++last, 300)
      return last
    }, n)
    await page.close()
  }
  const page = await open(context, url)
  const entries = () => page.evaluate(async () => (await (await caches.open('pmo-desk-second-copy')).keys()).length)
  for (let tries = 0; (await entries()) > 300 && tries < 50; tries++) await page.waitForTimeout(100)
  assert.ok((await entries()) <= 300, `${await entries()} entries for ${n} commits`)
  await loseDatabase(page)
  await load(page)
  assert.equal(await count(page), n)
})

// An IndexedDB whose opening fails, as it does in Chromium when its files are damaged or held by somebody.
const refuseToOpen = (page) => page.addInitScript(() => {
  IDBFactory.prototype.open = () => {
    throw new DOMException('Internal error opening backing store for indexedDB.open.', 'UnknownError')
  }
})

test('without a database everything stays in memory, and that is the state', async (context, url) => {
  const page = await context.newPage()
  await refuseToOpen(page)
  await page.goto(url)
  await page.waitForFunction(() => window.store)
  assert.equal(await load(page), true)
  assert.equal(await commit(page, 1), true)
  await page.waitForFunction(() => window.store.state() === 'memory only')
})

test('a database that held something and does not open is not taken for an empty one', async (context, url) => {
  const page = await open(context, url)
  await load(page)
  await commit(page, 3)
  await saved(page)
  await page.close()
  const refused = async () => {
    const later = await context.newPage()
    await refuseToOpen(later)
    await later.goto(url)
    await later.waitForFunction(() => window.store)
    return later
  }
  const later = await refused()
  assert.equal(await load(later), true) // from the second copy
  assert.equal(await count(later), 3)
  await later.waitForFunction(() => window.store.state() === 'not saved')
  await loseSecondCopy(later)
  await later.close()
  const last = await refused()
  assert.equal(await load(last), false)
  await last.close()
  const again = await open(context, url)
  await load(again)
  assert.equal(await count(again), 3)
})

test('a newer version that opens gets everything, and the older window only reads from then on', async (context, url) => {
  const page = await open(context, url)
  await load(page)
  await commit(page, 1)
  await saved(page)
  const visitor = await context.newPage()
  await visitor.goto(new URL('empty', url).href)
  await commit(page, 2) // is not written yet
  await visitor.evaluate(() => new Promise((resolve, reject) => {
    const opening = indexedDB.open('pmo-desk', 1000)
    opening.onsuccess = () => { opening.result.close(); resolve() }
    opening.onerror = () => reject(opening.error)
  }))
  assert.equal(await state(page), 'read only')
  assert.equal(await commit(page, 3), false)
  const heads = await visitor.evaluate(() => new Promise((resolve) => {
    const opening = indexedDB.open('pmo-desk')
    opening.onsuccess = () => {
      opening.result.transaction('heads').objectStore('heads').get('counter').onsuccess = (event) => {
        opening.result.close()
        resolve(event.target.result.commit)
      }
    }
  }))
  assert.ok(heads >= 2, 'the last commit was written before')
  const older = await open(context, url) // of the version that cannot read it any more
  assert.equal(await load(older), false) // not even from the second copy, which may fall behind
})

test('no space left is told, and saving goes on when there is some', async (context, url) => {
  const page = await open(context, url)
  await load(page)
  await commit(page, 1)
  await saved(page)
  // The second block of every write finds the disk full.
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put
    window.free = () => (IDBObjectStore.prototype.put = put)
    let puts = 0
    IDBObjectStore.prototype.put = function (...given) {
      if (++puts % 2 === 0) throw new DOMException('full', 'QuotaExceededError')
      return put.apply(this, given)
    }
  })
  await commit(page, 2)
  await page.waitForFunction(() => window.store.state() === 'not saved')
  const other = await open(context, url) // finds the last state that was saved, whole
  await load(other)
  assert.equal(await count(other), 1)
  await other.close()
  await page.evaluate(() => window.free())
  await saved(page)
  await page.close()
  const again = await open(context, url)
  await load(again)
  assert.equal(await count(again), 2)
})

// As Chromium does on a full disk: everything is gone, and what the page had reached it with only fails from then on.
test('when everything was removed under the page, it is written again without a reload', async (context, url) => {
  const page = await open(context, url)
  await load(page)
  await commit(page, 1)
  await saved(page)
  const cacheIsThere = () => page.evaluate(async () => (await (await caches.open('pmo-desk-second-copy')).keys()).length)
  for (let tries = 0; !(await cacheIsThere()) && tries < 100; tries++) await page.waitForTimeout(50)
  const fails = (where, what) => page.evaluate(([type, names]) => {
    for (const name of names) window[type].prototype[name] = () => Promise.reject(new DOMException('Internal error.', 'UnknownError'))
  }, [where, what])
  await fails('Cache', ['put', 'match', 'keys', 'delete'])
  await fails('CacheStorage', ['open'])
  await page.evaluate(() => {
    IDBFactory.prototype.open = () => { throw new DOMException('Internal error.', 'UnknownError') }
  })
  const visitor = await context.newPage()
  await visitor.goto(new URL('empty', url).href)
  await visitor.evaluate(() => caches.delete('pmo-desk-second-copy'))
  await visitor.evaluate(() => new Promise((resolve, reject) => {
    const removal = indexedDB.deleteDatabase('pmo-desk')
    removal.onsuccess = resolve
    removal.onerror = () => reject(removal.error)
  }))
  await page.waitForFunction(() => window.store.removed()) // without a change
  await commit(page, 2)
  await saved(page)
  const kept = () => visitor.evaluate(async () => (await (await caches.open('pmo-desk-second-copy')).keys()).length)
  for (let tries = 0; !(await kept()) && tries < 100; tries++) await page.waitForTimeout(50)
  assert.ok((await kept()) > 0)
  await stateIsKept(visitor)
  await page.close()
  const again = await open(context, url)
  assert.equal(await load(again), true)
  assert.equal(await count(again), 2)
})

test('a full disk is told as one, also when what follows fails without a reason', async (context, url) => {
  const page = await open(context, url)
  await load(page)
  await commit(page, 1)
  await saved(page)
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype
    window.free = () => (IDBObjectStore.prototype.put = put)
    let puts = 0
    IDBObjectStore.prototype.put = () => {
      throw new DOMException(puts++ ? 'Internal error.' : 'IO error: 000003.log: FILE_ERROR_NO_SPACE', 'UnknownError')
    }
  })
  await commit(page, 2)
  await page.waitForFunction(() => window.store.reason() === 'storage.quota')
  await page.waitForTimeout(2_000)
  assert.equal(await page.evaluate(() => window.store.reason()), 'storage.quota')
  await page.evaluate(() => window.free())
  await saved(page)
})

test('a large database is folded into one record after loading, and stays what it was', async (context, url) => {
  let page = await open(context, url)
  await load(page)
  const again = async () => {
    const next = await open(context, url)
    await page.close()
    page = next
    assert.equal(await load(page), true)
    assert.equal(await page.evaluate(() => window.store.intact()), true)
  }
  for (let n = 1; n <= 30; n++) await page.evaluate((at) => window.store.commit(at, 120_000), n)
  await saved(page)
  await again()
  const records = (store) => page.evaluate((name) => new Promise((resolve) => {
    const opening = indexedDB.open('pmo-desk')
    opening.onsuccess = () => {
      opening.result.transaction(name).objectStore(name).count().onsuccess = (event) => {
        opening.result.close()
        resolve(event.target.result)
      }
    }
  }), store)
  for (let tries = 0; (await records('blocks')) > 0 && tries < 100; tries++) await page.waitForTimeout(100)
  assert.equal(await records('images'), 1)
  assert.equal(await records('blocks'), 0)
  await again()
  assert.equal(await count(page), 30)
  for (let n = 31; n <= 34; n++) await commit(page, n)
  await saved(page)
  await again()
  assert.equal(await count(page), 34)
})

test('a large file is hashed, kept twice and handed out without going through memory', async (context, url) => {
  const page = await open(context, url)
  await load(page)
  const [hash, grown] = await page.evaluate(async () => {
    const part = new Uint8Array(1 << 20).map((_, index) => (index * 31 + (index >> 8)) & 255)
    window.file = new File(Array.from({ length: 60 }, () => part), 'model.ifc')
    const before = window.store.memory()
    return [await window.store.keep(window.file), window.store.memory() - before]
  })
  const part = Buffer.from(Uint8Array.from({ length: 1 << 20 }, (_, index) => (index * 31 + (index >> 8)) & 255))
  const wanted = createHash('sha256')
  for (let count = 0; count < 60; count++) wanted.update(part)
  assert.equal(hash, wanted.digest('hex'))
  assert.ok(grown < 16 << 20, `memory has grown by ${grown} bytes`)
  const again = () => page.evaluate(async (name) => {
    const told = await window.store.fetch(name)
    if (told !== 'found') return told
    const blob = window.store.fetched()
    const same = await Promise.all([blob, window.file].map(async (one) => new Uint8Array(await crypto.subtle.digest('SHA-256', await one.arrayBuffer())).join()))
    return blob.size === window.file.size && same[0] === same[1]
  }, hash)
  assert.equal(await again(), true)
  const inFirst = (what) => page.evaluate(([name, change]) => new Promise((done) => {
    const opening = indexedDB.open('pmo-desk')
    opening.onsuccess = () => {
      const store = opening.result.transaction('attachments', 'readwrite').objectStore('attachments')
      const asked = change === 'count' ? store.count() : change === 'damage' ? store.put(new Blob(['something else']), name) : store.delete(name)
      asked.transaction.oncomplete = () => { opening.result.close(); done(asked.result) }
    }
  }), [hash, what])
  await inFirst('damage') // the second copy has it, and the first one gets it back
  assert.equal(await again(), true)
  await inFirst('lose')
  assert.equal(await again(), true)
  for (let tries = 0; (await inFirst('count')) !== 1 && tries < 200; tries++) await page.waitForTimeout(50)
  assert.equal(await inFirst('count'), 1)
  assert.equal(await page.evaluate(() => window.store.fetch('0'.repeat(64))), 'error.attachment.missing')
})

await buildPage()
const profile = mkdtempSync(join(tmpdir(), 'pmo-storage-'))
const context = await chromium.launchPersistentContext(profile, {
  executablePath: chromiumPath(), args: [...chromiumArguments, '--disable-gpu'], headless: true,
})
context.setDefaultTimeout(30_000)
let failed = 0
for (const { name, body } of tests.filter(({ name }) => name.includes(process.argv[2] ?? ''))) {
  const server = await servePage() // an address of its own, and so a store of its own
  const began = Date.now()
  try {
    await body(context, server.url)
    console.log(`ok    ${name} (${Date.now() - began} ms)`)
  } catch (error) {
    failed++
    console.log(`FAIL  ${name}\n${error.stack}`)
  }
  for (const page of context.pages().slice(1)) await page.close()
  await server.close()
}
await context.close()
rmSync(profile, { recursive: true, force: true })
process.exitCode = failed ? 1 : 0
