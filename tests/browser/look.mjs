// Opens the built application, does a few steps, and saves pictures: to look at the product while working on it.
//
//   ./pmo build && node tests/browser/look.mjs [OPTIONS] [STEP ...]
//
//   --language en|zh-CN     browser language (en); `both` takes pictures in both
//   --theme light|dark      system scheme (light); `both` takes pictures in both
//   --size 1440x900         of the window in CSS pixels
//   --density 1             device pixels per CSS pixel (1.25, 1.5, 2)
//   --query '?check'        appended to the address
//   --out build/pictures    where pictures go
//   --name look             beginning of their names
//   --touch                 the device has a touch screen
//   --clip x,y,w,h          only a part of the window
//   --scale 1               enlarges the picture afterwards, without smoothing: to judge sharpness
//
// Steps, done in order; names are those of `items` (spoken name, label, or what follows ### in the label):
//   click:NAME  double:NAME  right:NAME  hover:NAME  drag:FROM>TO  at:X,Y (click there)  move:X,Y  wheel:DY
//   type:TEXT  compose:TEXT (as an input method would)  press:KEY  wait:MS
//   open:FILE (dropped on the page)  shot[:NAME]  items (prints what is on the screen)  state (prints it)
// A picture is taken at the end unless the last step is shot, items or state.
//
// Examples
//   node tests/browser/look.mjs --language zh-CN --theme both
//   node tests/browser/look.mjs click:tasks wait:300 'compose:项目管理' press:Enter shot:after items

import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const { values: options, positionals: steps } = parseArgs({
  allowPositionals: true,
  options: {
    language: { type: 'string', default: 'en' },
    theme: { type: 'string', default: 'light' },
    size: { type: 'string', default: '1440x900' },
    density: { type: 'string', default: '1' },
    query: { type: 'string', default: '' },
    out: { type: 'string' },
    name: { type: 'string', default: 'look' },
    touch: { type: 'boolean', default: false },
    clip: { type: 'string' },
    scale: { type: 'string', default: '1' },
  },
})
if (options.out) process.env.PMO_PICTURES = resolve(options.out)
const { closeBrowser, openApp } = await import('./harness.mjs')

const numbers = (text) => text.split(/[,x]/).map(Number)

const actions = {
  click: (app, name) => app.click(name),
  double: (app, name) => app.click(name, { count: 2 }),
  right: (app, name) => app.click(name, { button: 'right' }),
  hover: (app, name) => app.hover(name),
  drag: (app, names) => app.drag(...names.split('>')),
  at: async (app, place) => {
    const [x, y] = numbers(place)
    await app.page.mouse.move(x, y)
    await app.idle()
    await app.page.mouse.click(x, y)
    await app.idle()
  },
  move: (app, place) => app.page.mouse.move(...numbers(place)),
  wheel: (app, amount) => app.page.mouse.wheel(0, Number(amount)),
  type: (app, text) => app.type(text),
  compose: (app, text) => app.compose(text),
  press: (app, keys) => app.press(...keys.split(' ')),
  wait: (app, milliseconds) => app.page.waitForTimeout(Number(milliseconds)),
  open: (app, path) => app.drop(basename(path), readFileSync(path)),
  items: async (app) => {
    for (const { role, name, label, value, visible, ...state } of await app.items())
      if (visible) console.log([role, name, value && `= ${value}`, label !== name && `(${label})`, visible.map(Math.round)].filter(Boolean).join(' '))
  },
  state: async (app) => console.log(JSON.stringify(await app.state(), null, 2)),
}

async function take(app, name) {
  const [x, y, width, height] = options.clip ? numbers(options.clip) : []
  const path = await app.screenshot(name, options.clip ? { x, y, width, height } : undefined)
  if (Number(options.scale) !== 1) await enlarge(app, path, Number(options.scale))
  console.log(path)
}

// In a page of the same browser: no image library is needed.
async function enlarge(app, path, scale) {
  const page = await app.context.newPage()
  const data = readFileSync(path).toString('base64')
  await page.setContent(`<body style="margin:0"><img src="data:image/png;base64,${data}" style="image-rendering:pixelated;zoom:${scale}">`)
  await page.locator('img').screenshot({ path })
  await page.close()
}

const all = { language: ['en', 'zh-CN'], theme: ['light', 'dark'] }
const chosen = (name) => (options[name] === 'both' ? all[name] : [options[name]])
const [width, height] = numbers(options.size)
for (const language of chosen('language')) {
  for (const theme of chosen('theme')) {
    const variant = [options.name, ...(options.language === 'both' ? [language] : []), ...(options.theme === 'both' ? [theme] : [])].join('-')
    const app = await openApp({
      draws: true,
      language, theme, size: { width, height }, density: Number(options.density), query: options.query, touch: options.touch,
    })
    try {
      let last = ''
      for (const step of steps) {
        const [, verb, argument = ''] = /^(\w+)(?::(.*))?$/s.exec(step) ?? []
        last = verb
        if (verb === 'shot') await take(app, argument ? `${variant}-${argument}` : variant)
        else if (actions[verb]) await actions[verb](app, argument)
        else throw new Error(`Unknown step: ${step}`)
      }
      if (!['shot', 'items', 'state'].includes(last)) await take(app, variant)
      for (const error of app.errors) console.log('console error:', error)
    } catch (error) {
      console.error(error.message)
      await take(app, `${variant}-failed`)
      process.exitCode = 1
    } finally {
      await app.close()
    }
  }
}
await closeBrowser()
