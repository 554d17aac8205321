// The kill loop: Chromium on one lasting profile counts in a database and reports what was acknowledged; it is killed at
// a random moment, started again, and must find at least that, undamaged.
//   node tests/browser/kill.mjs [KILLS]      prints kills=N acknowledged=M lost=0 damaged=0 rescued=R silent=0 refused=0
// rescued: how often the browser had lost its database and everything came back from the second copy.
// Every life is a line in build/kills.log; the profile is kept as it was found at the first loss.
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildPage, servePage, startBrowser } from './store_page/serve.mjs'

const kills = Number(process.argv[2] ?? 20)
const diary = fileURLToPath(new URL('../../build/kills.log', import.meta.url))
let told = () => {}
await buildPage()
const server = await servePage((report) => told(report))
const profile = mkdtempSync(join(tmpdir(), 'pmo-kill-'))
const result = { kills: 0, acknowledged: 0, lost: 0, damaged: 0, rescued: 0, silent: 0, refused: 0 }
let newest = 0 // the last count acknowledged so far

rmSync(diary, { force: true })
const note = (line) => appendFileSync(diary, `${new Date().toISOString()} ${result.kills + 1}: ${line}\n`)

// Whoever stops the loop stops its browser, too: it is a process group of its own.
let running
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    if (running && running.exitCode === null && running.signalCode === null) process.kill(-running.pid, 'SIGKILL')
    process.exit(1)
  })

function gone(browser) {
  return new Promise((resolve) => {
    if (browser.exitCode !== null || browser.signalCode !== null) return resolve()
    browser.once('exit', resolve)
    process.kill(-browser.pid, 'SIGKILL')
  })
}

// What the page found when it had loaded. A loss is counted once, not again in every later life.
function compare({ found, intact, state, rescued }) {
  note(`found ${found}, ${newest} was acknowledged, ${state}${rescued === '1' ? ', rescued' : ''}${intact === '1' ? '' : ', damaged'}`)
  if (rescued === '1') result.rescued++
  if (intact !== '1') result.damaged++
  if (Number(found) >= newest) return
  console.error(`found ${found}, but ${newest} was acknowledged`)
  if (result.lost++ === 0) cpSync(profile, `${profile}-lost`, { recursive: true })
  newest = Number(found)
}

function acknowledge(report) {
  newest = Math.max(newest, Number(report.acknowledged))
  result.acknowledged++
}

// One life: from the start to a moment drawn at random. Mostly after the page has told what it found; one of five ends
// before that, while the browser starts or opens its database.
async function live() {
  const browser = (running = startBrowser(profile, `${server.url}?count`))
  await new Promise((resolve) => {
    const early = Math.random() < 0.2
    const late = setTimeout(() => {
      if (!early) result.silent++
      note(early ? 'ended early' : 'silent')
      resolve()
    }, early ? Math.random() * 900 : 30_000)
    told = (report) => {
      if (report.acknowledged) return acknowledge(report)
      if (report.refused) {
        result.refused++
        return note(`refused ${report.refused}, ${report.state}`)
      }
      clearTimeout(late)
      if (report.failed) {
        result.damaged++
        note(`could not load: ${report.failed}`)
        console.error(`the page could not load: ${report.failed}`)
        return resolve()
      }
      compare(report)
      setTimeout(resolve, 30 + Math.random() * 1200)
    }
  })
  await gone(browser)
  told = (report) => { if (report.acknowledged) acknowledge(report) }
  result.kills++
}

while (result.kills < kills) {
  await live()
  if (result.kills % 20 === 0) console.error(JSON.stringify(result))
}
await server.close()
rmSync(profile, { recursive: true, force: true })
console.log(Object.entries(result).map(([name, count]) => `${name}=${count}`).join(' '))
process.exitCode = result.lost || result.damaged || result.silent === result.kills ? 1 : 0
