// Measures IndexedDB as the storage uses it, for the choices in docs/storage.md: block sizes, durability.
//   ./pmo shell -- node tests/bench/indexeddb.mjs
// A commit changes eight scattered places of 4 KiB; the database is an image of 5 and of 50 MB.

import { createServer } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const { chromium } = createRequire(new URL('../../web/package.json', import.meta.url))('playwright-core')
const commits = Number(process.argv[2] ?? 150)

async function measure({ blockKiB, durability, imageMB, commits }) {
  const blockSize = blockKiB * 1024
  const blocks = (imageMB << 20) / blockSize
  const ask = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const done = (transaction) => new Promise((resolve, reject) => {
    transaction.oncomplete = resolve
    transaction.onabort = () => reject(transaction.error)
  })
  const name = `bench-${blockKiB}-${durability}-${imageMB}`
  const opening = indexedDB.open(name, 1)
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('blocks')
    opening.result.createObjectStore('heads')
  }
  const database = await ask(opening)
  const bytes = () => crypto.getRandomValues(new Uint8Array(blockSize < 65536 ? blockSize : 65536))
  const fill = performance.now()
  for (let from = 0; from < blocks; from += 256) {
    const transaction = database.transaction('blocks', 'readwrite')
    for (let n = from; n < Math.min(blocks, from + 256); n++) transaction.objectStore('blocks').put(bytes(), ['p', n])
    await done(transaction)
  }
  const filled = performance.now() - fill

  const times = []
  for (let commit = 0; commit < commits; commit++) {
    const places = new Set()
    for (let i = 0; i < 8; i++) places.add(Math.floor(Math.random() * imageMB * 256))
    const changed = new Map([...places].map((place) => [Math.floor((place * 4) / blockKiB), bytes()]))
    const start = performance.now()
    const transaction = database.transaction(['blocks', 'heads'], 'readwrite', { durability })
    await ask(transaction.objectStore('heads').get('p'))
    for (const [number, content] of changed) transaction.objectStore('blocks').put(content, ['p', number])
    transaction.objectStore('heads').put({ commit }, 'p')
    transaction.commit?.()
    await done(transaction)
    times.push(performance.now() - start)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  times.sort((a, b) => a - b)

  database.close()
  const start = performance.now()
  const again = await ask(indexedDB.open(name, 1))
  const store = again.transaction('blocks').objectStore('blocks')
  const requests = []
  for (let from = 0; from < blocks; from += 256) requests.push(ask(store.getAll(IDBKeyRange.bound(['p', from], ['p', from + 255]))))
  const image = new Uint8Array(imageMB << 20)
  let at = 0
  for (const piece of (await Promise.all(requests)).flat()) {
    image.set(piece, at)
    at += piece.length
  }
  const loaded = performance.now() - start
  again.close()
  await new Promise((resolve) => (indexedDB.deleteDatabase(name).onsuccess = resolve))
  const quantile = (q) => times[Math.min(times.length - 1, Math.floor(times.length * q))]
  return { blockKiB, durability, imageMB, p50: quantile(0.5), p99: quantile(0.99), load: loaded, fill: filled }
}

// The image as one record, as a checkpoint keeps it.
async function measureWhole(imageMB) {
  const ask = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const opening = indexedDB.open('whole', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('images')
  const database = await ask(opening)
  const image = new Uint8Array(imageMB << 20)
  for (let at = 0; at < image.length; at += 65536) crypto.getRandomValues(image.subarray(at, at + 65536))
  let start = performance.now()
  const transaction = database.transaction('images', 'readwrite', { durability: 'strict' })
  transaction.objectStore('images').put(image, 'p')
  await new Promise((resolve) => (transaction.oncomplete = resolve))
  const put = performance.now() - start
  database.close()
  start = performance.now()
  const again = await ask(indexedDB.open('whole', 1))
  const read = await ask(again.transaction('images').objectStore('images').get('p'))
  new Uint8Array(imageMB << 20).set(read)
  const load = performance.now() - start
  again.close()
  await new Promise((resolve) => (indexedDB.deleteDatabase('whole').onsuccess = resolve))
  return { put, load }
}

const server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<!doctype html>'))
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const profile = mkdtempSync(join(tmpdir(), 'pmo-bench-'))
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
  headless: true,
})
const page = context.pages()[0] ?? (await context.newPage())
await page.goto(`http://127.0.0.1:${server.address().port}/`)
console.log(`Chromium ${context.browser()?.version() ?? (await page.evaluate(() => navigator.userAgent.match(/Chrome\/(\S+)/)[1]))}`)
console.log('| block | image | strict p50 | strict p99 | relaxed p50 | relaxed p99 | load |\n|---|---|---|---|---|---|---|')
for (const imageMB of [5, 50])
  for (const blockKiB of [4, 8, 16, 64]) {
    const relaxed = await page.evaluate(measure, { blockKiB, imageMB, durability: 'relaxed', commits })
    const strict = await page.evaluate(measure, { blockKiB, imageMB, durability: 'strict', commits })
    const ms = (value) => `${value.toFixed(1)} ms`
    console.log(`| ${blockKiB} KiB | ${imageMB} MB | ${ms(strict.p50)} | ${ms(strict.p99)} | ${ms(relaxed.p50)} | ${ms(relaxed.p99)} | ${ms((strict.load + relaxed.load) / 2)} |`)
  }
for (const imageMB of [5, 50]) {
  const { put, load } = await page.evaluate(measureWhole, imageMB)
  console.log(`| one record | ${imageMB} MB | ${put.toFixed(1)} ms (all of it) | | | | ${load.toFixed(1)} ms |`)
}
await context.close()
server.close()
rmSync(profile, { recursive: true, force: true })
