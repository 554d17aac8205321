// Prints what the page costs: bytes, start, glyphs, frames while nothing happens.  node tests/browser/measure.mjs [--json]
// Start times are from the first request to the first frame drawn; the median of five visits each.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { closeBrowser, dist, openApp } from './harness.mjs'

const visits = 5
const idleMilliseconds = 5000
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

// What a first visit transfers: everything that the page and the service worker ask for, each file once; of the user guide the
// texts in one language.
function transferred() {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((file) => file.isFile() && !file.name.endsWith('.br'))
  const size = (file) => {
    const bytes = readFileSync(join(file.parentPath, file.name))
    return file.name.endsWith('.png') ? bytes.length : brotliCompressSync(bytes).length
  }
  const comes = (file) => !/guide\/(en|pictures)$/.test(file.parentPath)
  return files.filter(comes).reduce((sum, file) => sum + size(file), 0)
}

async function visit(query) {
  const app = await openApp({ query, size: { width: 1440, height: 900 }, draws: true, worker: true })
  const first = (await app.state()).platform
  await app.page.waitForFunction(() => window.pmo.state().platform.offlineReady)
  await app.goOffline()
  await app.reload()
  const second = (await app.state()).platform
  await app.page.waitForTimeout(idleMilliseconds / visits)
  const before = (await app.state()).platform.frames
  await app.page.waitForTimeout(idleMilliseconds / visits)
  const idleFrames = (await app.state()).platform.frames - before
  await app.close()
  await closeBrowser() // the next visit is a first one again
  return { first, second, idleFrames }
}

async function measure(query) {
  const rounds = []
  for (let i = 0; i < visits; i++) rounds.push(await visit(query))
  const milliseconds = (which) => Math.round(median(rounds.map((round) => round[which].interactive)))
  const glyphs = rounds[0].first
  return {
    firstVisit: milliseconds('first'),
    secondVisitOffline: milliseconds('second'),
    glyphs: glyphs.glyphs,
    microsecondsPerGlyph: Math.round(median(rounds.map((round) => (round.first.glyphMilliseconds / round.first.glyphs) * 1000))),
    idleFrames: rounds.reduce((sum, round) => sum + round.idleFrames, 0),
  }
}

const result = { transferredBytes: transferred(), application: await measure(''), check: await measure('?check') }
if (process.argv.includes('--json')) {
  console.log(JSON.stringify(result, null, 2))
} else {
  console.log(`first visit, all files (brotli)   ${(result.transferredBytes / 1024).toFixed(0)} KiB`)
  for (const name of ['application', 'check']) {
    const row = result[name]
    console.log(`${name}: first visit ${row.firstVisit} ms, second visit offline ${row.secondVisitOffline} ms, ` +
      `${row.glyphs} glyphs at ${row.microsecondsPerGlyph} µs, ${row.idleFrames} frames while idle`)
  }
}
