// The kill loop: Chromium on one lasting profile counts in a database and reports what was acknowledged; it is killed at
// a random moment, started again, and must find at least that, undamaged.
//   node tests/browser/kill.mjs [KILLS]      prints kills=N acknowledged=M lost=0 damaged=0
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPage, servePage, startBrowser } from './store_page/serve.mjs'

const kills = Number(process.argv[2] ?? 20)
let told = () => {}
await buildPage()
const server = await servePage((report) => told(report))
const profile = mkdtempSync(join(tmpdir(), 'pmo-kill-'))
const result = { kills: 0, acknowledged: 0, lost: 0, damaged: 0, silent: 0 }
let newest = 0 // the last count acknowledged so far

function gone(browser) {
  return new Promise((resolve) => {
    if (browser.exitCode !== null || browser.signalCode !== null) return resolve()
    browser.once('exit', resolve)
    process.kill(-browser.pid, 'SIGKILL')
  })
}

// One life: from the start to a moment drawn at random after the page has told what it found.
async function live() {
  const browser = startBrowser(profile, `${server.url}?count`)
  await new Promise((resolve) => {
    const late = setTimeout(() => {
      result.silent++
      resolve()
    }, 30_000)
    told = (report) => {
      if (report.failed) {
        result.damaged++
        console.error(`the page could not load: ${report.failed}`)
        clearTimeout(late)
        return resolve()
      }
      if (report.acknowledged) {
        newest = Math.max(newest, Number(report.acknowledged))
        result.acknowledged++
      }
      if (report.found === undefined) return
      clearTimeout(late)
      if (report.intact !== '1') result.damaged++
      if (Number(report.found) < newest) {
        result.lost++
        console.error(`found ${report.found}, but ${newest} was acknowledged`)
      }
      setTimeout(resolve, 30 + Math.random() * 1200)
    }
  })
  await gone(browser)
  told = (report) => { if (report.acknowledged) newest = Math.max(newest, Number(report.acknowledged)) }
  result.kills++
}

while (result.kills < kills) {
  await live()
  if (result.kills % 20 === 0) console.error(JSON.stringify(result))
}
await server.close()
rmSync(profile, { recursive: true, force: true })
console.log(`kills=${result.kills} acknowledged=${result.acknowledged} lost=${result.lost} damaged=${result.damaged} silent=${result.silent}`)
process.exitCode = result.lost || result.damaged || result.silent === result.kills ? 1 : 0
