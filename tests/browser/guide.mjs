// Makes the user guide with its pictures: every desk of the sample project, in both languages, from the built page.
//   ./pmo build && ./pmo shell -- node tests/browser/guide.mjs      build/guide/en/manager.md, pictures/manager.png ...
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const out = join(root, 'build/guide')
rmSync(out, { recursive: true, force: true })
cpSync(join(root, 'docs/guide'), out, { recursive: true })
process.env.PMO_PICTURES = join(out, 'pictures')
mkdirSync(process.env.PMO_PICTURES, { recursive: true })
const { closeBrowser, openApp } = await import('./harness.mjs')

// The page that shows best what a desk is for; the desk's overview where none is named.
const shown = {
  manager: 'tasks', controller: 'earned_value', risk: 'risks', quality: 'quality_analysis', finance: 'budget_overview', resources: 'resource_load',
  communications: 'stakeholder_map', procurement: 'offer_comparison', change: 'change_impact', training: 'competency_gaps', administrator: 'calendars',
}

for (const [folder, language] of [['en', 'en'], ['zh', 'zh-CN']]) {
  const app = await openApp({ language, size: { width: 1280, height: 720 } })
  await app.screenshot(`${folder}-start`)
  await app.click('start.sample')
  await app.waitFor('project.menu')
  for (const file of readdirSync(join(out, folder))) {
    const desk = file.replace('.md', '')
    if (desk === 'README') continue
    if (desk !== 'start') {
      await app.openPage(shown[desk] ?? `desk.${desk}`, desk)
      await app.screenshot(`${folder}-${desk}`)
    }
    const path = join(out, folder, file)
    const text = readFileSync(path, 'utf8')
    const heading = text.slice(2, text.indexOf('\n'))
    writeFileSync(path, text.replace('\n\n', `\n\n![${heading}](../pictures/${folder}-${desk}.png)\n\n`))
  }
  await app.close()
}
await closeBrowser()
console.log(out)
