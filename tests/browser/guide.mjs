// Makes the pictures of the user guide (docs/guide) from the sample project, in both languages: build/guide/pictures, from
// where the next build of the page takes them. `./pmo guide` does both.
//   ./pmo build && ./pmo shell -- node tests/browser/guide.mjs [NAME ...]      some of them only

import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { guidePictures } from '../../web/guide.mjs'

const size = { width: 1280, height: 720 }
const middle = { x: 216, y: 56, width: 1064, height: 664 } // without rail and top bar
const languages = { en: 'en', zh: 'zh-CN' }
const words = {
  en: { mine: 'Ground water is higher than surveyed', theirs: 'Ground water 40 cm above the survey', added: 'Crane permit ends in May' },
  zh: { mine: '地下水位高于勘察资料', theirs: '地下水位比勘察资料高 40 厘米', added: '塔吊许可证五月到期' },
}

// ---- What leads to a picture --------------------------------------------------------------------------------------------

const page = (desk, name, ...steps) => async (app, known) => {
  await app.openPage(name, desk)
  for (const step of steps) await step(app, known)
}
const click = (name) => (app) => app.click(name)
const press = (...keys) => (app) => app.press(...keys)
const whole = (step) => Object.assign(step, { whole: true })
const withDetails = (step) => Object.assign(step, { details: true })

const rows = async (app) => (await app.items()).filter((item) => ['row', 'treeitem'].includes(item.role) && item.visible)
const select = (number) => async (app) => {
  const [x, y, , height] = (await rows(app))[number].visible
  await app.page.mouse.move(x + 160, y + height / 2)
  await app.idle()
  await app.page.mouse.click(x + 160, y + height / 2)
  await app.idle()
}
const writeFirst = async (app, text) => {
  await select(0)(app)
  await app.press('F2')
  await app.press('Control+a')
  await app.type(text)
  await app.press('Enter')
}
const bundleOf = async (app) => {
  await app.click('project.menu')
  return app.download(() => app.click('project.export'))
}

// The messages in the corner go by frames, and a page at rest draws none.
const withoutMessages = async (app) => {
  for (let turn = 0; turn < 300 && (await app.find('toast')); turn++) await app.page.mouse.move(600 + (turn % 2), 400)
}

// A colleague takes the bundle, changes the record that is changed here too, adds another, and sends it back.
async function takeBack(app, { language, own, start }) {
  await app.openPage('issues', 'manager')
  const sent = await bundleOf(app)
  const colleague = await start()
  await colleague.drop(sent.name, sent.text)
  await colleague.waitFor('dialog.import')
  await colleague.click('import', { role: 'button' })
  await colleague.waitFor('project.menu')
  await colleague.openPage('issues', 'manager')
  await writeFirst(colleague, own.theirs)
  await colleague.click('add')
  await colleague.type(own.added)
  await colleague.press('Enter')
  await writeFirst(app, own.mine)
  const back = await bundleOf(colleague)
  await colleague.close()
  await app.drop(back.name, back.text)
  await app.waitFor('dialog.import')
}

// In the order in which they are made, in one application. With the rail and the top bar where `whole` says so.
export const pictures = {
  overview: whole(page('risk', 'desk.risk')),
  inbox: page(null, 'inbox', click('everybody')),
  table: whole(withDetails(page('manager', 'issues', select(1)))),
  reports: page(null, 'reports'),
  tasks: page('manager', 'tasks', select(0), press('PageDown'), press('PageDown'), press('PageDown'), press('Control+g')),
  why: withDetails(page('manager', 'tasks', select(0), press('Control+End'), press('ArrowUp', 'ArrowUp'), press('Control+g'))),
  meeting: withDetails(page('coordinator', 'meetings', select(1))),
  earned_value: page('controller', 'earned_value'),
  baselines: page('controller', 'baselines'),
  schedule_quality: page('controller', 'schedule_quality'),
  risks: page('risk', 'risks'),
  simulation: page('risk', 'simulation', click('run_first')),
  quality_analysis: page('quality', 'quality_analysis'),
  budget_overview: page('finance', 'budget_overview'),
  resource_load: page('resources', 'resource_load'),
  levelling: page('resources', 'levelling', click('compute_first')),
  raci: page('resources', 'raci'),
  stakeholder_map: page('communications', 'stakeholder_map'),
  offer_comparison: page('procurement', 'offer_comparison'),
  supply_outlook: page('procurement', 'supply_outlook'),
  change_impact: page('change', 'change_impact'),
  documents: page('documents', 'documents'),
  competency_gaps: page('training', 'competency_gaps'),
  calendars: page('administrator', 'calendars'),
  gantt_load: page('manager', 'tasks', click('gantt.load'), click('gantt.fit')),
  portfolio: page('administrator', 'portfolio'),
  export: whole(async (app) => {
    await app.click('project.menu')
    await app.click('project.export_with')
  }),
  merge: whole(async (app, known) => {
    await app.click('cancel')
    await takeBack(app, known)
  }),
  conflicts: async (app) => {
    await app.click('import', { role: 'button' })
    await app.openPage('conflicts', 'administrator')
    await withoutMessages(app)
  },
  history: page('administrator', 'history'),
  start: whole(async (app) => {
    await app.click('project.menu')
    await app.click('project.close')
  }),
}

// ---- Making them --------------------------------------------------------------------------------------------------------

async function make(language, wanted, app, start) {
  await app.click('start.sample')
  await app.waitFor('project.menu')
  let details = false
  for (const [name, lead] of Object.entries(pictures)) {
    if (wanted.length && !wanted.includes(name)) continue
    if (details !== Boolean(lead.details)) await app.click('inspector.toggle')
    details = Boolean(lead.details)
    await lead(app, { language, own: words[language], start })
    await app.page.mouse.move(size.width - 4, size.height / 2)
    await app.screenshot(`${language}-${name}`, lead.whole ? undefined : middle)
  }
  await app.close()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(guidePictures, { recursive: true })
  process.env.PMO_PICTURES = guidePictures
  const harness = await import('./harness.mjs')
  try {
    const making = []
    for (const [language, tag] of Object.entries(languages)) { // one after the other, because the first one starts the browser
      const start = () => harness.openApp({ language: tag, size, draws: true })
      making.push(make(language, process.argv.slice(2), await start(), start))
    }
    await Promise.all(making)
  } finally {
    await harness.closeBrowser()
  }
  console.log(guidePictures)
}
