// The storage where it is used: the module over IndexedDB in Chromium, on a profile on disk. Rows for run.mjs:
//   acknowledge   from the beginning of a commit of 3 KB until it is kept, in a database of 5 MB: by IndexedDB alone, and
//                 by both copies, which is what "Saved" means
//   open          until the database answers: out of single blocks, and the next time, when they are one record
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPage, chromium, chromiumArguments, chromiumPath, servePage } from '../browser/store_page/serve.mjs'

const commits = 300
const sizes = [5, 50, 200] // MB

// In the page: fills the database, a megabyte a commit.
async function fill({ megabytes }) {
  const { store } = window
  if (!(await store.load())) throw new Error('the database could not be opened')
  for (let count = 1; count <= megabytes; count++) {
    if (!store.commit(count, 3000) || !store.grow(1e6)) throw new Error('a commit was refused')
    await store.saved()
  }
}

// In the page: the times of commits, each awaited. Polls by messages, because timers wait at least 4 ms.
async function acknowledge({ commits, durability }) {
  const { store } = window
  const original = IDBDatabase.prototype.transaction
  IDBDatabase.prototype.transaction = function (names, mode, options) {
    return original.call(this, names, mode, options?.durability ? { durability } : options)
  }
  const channel = new MessageChannel()
  const turn = () => new Promise((resolve) => ((channel.port1.onmessage = resolve), channel.port2.postMessage(0)))
  const times = []
  for (let count = 1001; count <= 1000 + commits; count++) {
    const start = performance.now()
    store.commit(count, 3000)
    while (store.state() !== 'saved') await turn()
    times.push(performance.now() - start)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  IDBDatabase.prototype.transaction = original
  return times.sort((a, b) => a - b)
}

async function openTime() {
  const start = performance.now()
  if (!(await window.store.load())) throw new Error('the database could not be opened')
  if (window.store.count() < 1) throw new Error('the database is empty')
  return performance.now() - start
}

export async function measurePage() {
  await buildPage()
  const server = await servePage()
  const result = { acknowledge: [], open: [] }
  try {
    for (const megabytes of sizes) {
      const profile = mkdtempSync(join(tmpdir(), 'pmo-bench-'))
      const context = await chromium.launchPersistentContext(profile, { executablePath: chromiumPath(), args: chromiumArguments, headless: true })
      const visit = async ({ alone = false } = {}) => {
        const page = await context.newPage()
        if (alone) await page.addInitScript(() => delete window.caches)
        await page.goto(server.url)
        await page.waitForFunction(() => window.store)
        return page
      }
      try {
        const filler = await visit()
        await filler.evaluate(fill, { megabytes })
        await filler.close()
        if (megabytes === sizes[0])
          for (const [alone, durability] of [[true, 'relaxed'], [true, 'strict'], [false, 'strict']]) {
            const page = await visit({ alone })
            await page.evaluate(() => window.store.load())
            const times = await page.evaluate(acknowledge, { commits, durability })
            result.acknowledge.push({ by: alone ? 'IndexedDB' : 'both copies', durability, commits, p50_ms: times[commits / 2], p99_ms: times[Math.floor(commits * 0.99)] })
            await page.close()
          }
        const times = []
        for (let opening = 0; opening < 4; opening++) {
          const page = await visit()
          times.push(await page.evaluate(openTime))
          if (opening === 0) await page.waitForTimeout(4000 + 30 * megabytes) // nobody writes: the blocks become one record
          await page.close()
        }
        const [blocks, ...record] = times
        result.open.push({ megabytes, out_of_blocks_ms: blocks, out_of_one_record_ms: record.sort((a, b) => a - b)[1] })
      } finally {
        await context.close()
        rmSync(profile, { recursive: true, force: true })
      }
    }
  } finally {
    await server.close()
  }
  return result
}

if (process.argv[1] === import.meta.filename) console.log(JSON.stringify(await measurePage(), null, 2))
