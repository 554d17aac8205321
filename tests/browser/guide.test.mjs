// The user guide stays true: its words are those of the interface, its links lead somewhere, its pictures are made, both
// languages say the same; and the application opens it, without a network too.

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { anchorsOf, guideContents, guideLanguages, guideNames, guidePages, guideSource } from '../../web/guide.mjs'
import { pictures } from './guide.mjs'
import { assert, run, test } from './harness.mjs'

const root = new URL('../../', import.meta.url)
const textOf = (language, name) => readFileSync(join(guideSource, language, `${name}.md`), 'utf8')
const everyPage = (visit) => {
  for (const language of guideLanguages) for (const name of guideNames(language)) visit(language, name, textOf(language, name))
}
const all = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1])

// [{ en, zh }] of all catalogues, and of the words that the page shows before the application runs.
function wordsOfInterface() {
  const folder = new URL('app/words/catalogue/', root)
  const lines = readdirSync(folder).flatMap((file) => readFileSync(new URL(file, folder), 'utf8').split('\n'))
  const words = lines.map((line) => /^([a-z0-9_.]+) = (.*?) \| (.*)$/.exec(line)).filter((match) => match && !/^(format|cli)\./.test(match[1]))
  const page = readFileSync(new URL('web/host/words.ts', root), 'utf8')
  return [...words.map(([, , en, zh]) => ({ en, zh })),
    ...[...page.matchAll(/en: '(.*?)',\s*'zh-CN': '(.*?)'/g)].map(([, en, zh]) => ({ en, zh }))]
}

// A text with its gaps filled in; {0:move/moves} becomes one of the two. What is nearly all gap fits everything and so says
// nothing.
function filledIn(text) {
  const fixed = text.replace(/\{\d[^}]*\}/g, '')
  if (fixed === text || (fixed.match(/\p{L}/gu) ?? []).length < 2) return null
  const literal = text.replace(/[.*+?^$()[\]\\|]/g, '\\$&')
  return new RegExp(`^${literal.replace(/\{\d:([^/}]*)\/([^}]*)\}/g, '(?:$1|$2)').replace(/\{\d\}/g, '.+')}$`)
}

// "All {0}" as one speaks of it: All.
const withoutNumber = (text) => text.replace(/[ ：:（(]*\{0\}.*$/, '')

// "The file is damaged. …": the beginning of a longer text. What stands in quotes is somebody's own.
function begins(bold, texts) {
  const start = /^(.{8,}?) ?…+$/.exec(bold)?.[1], plain = (text) => text.replace(/“[^”]*”/g, '“”')
  return start !== undefined && texts.some((text) => plain(text).startsWith(plain(start)))
}

test('what the guide sets in bold stands in the interface, word for word', () => {
  const words = wordsOfInterface()
  const unknown = []
  for (const language of guideLanguages) {
    const known = new Set(words.flatMap((word) => [word[language], withoutNumber(word[language])]))
    const patterns = words.map((word) => filledIn(word[language])).filter(Boolean)
    for (const name of guideNames(language))
      for (const bold of all(textOf(language, name), /\*\*(.+?)\*\*/g))
        if (!known.has(bold) && !patterns.some((pattern) => pattern.test(bold)) && !begins(bold, words.map((word) => word[language]))) unknown.push(`${language}/${name}: ${bold}`)
  }
  assert.deepEqual(unknown, [])
})

test('the glossary holds pairs of the catalogues', () => {
  const pairs = new Set(wordsOfInterface().map(({ en, zh }) => `${en} = ${zh}`))
  for (const language of guideLanguages) {
    const rows = [...textOf(language, 'glossary').matchAll(/^\| (.*?) \| (.*?) \| .* \|$/gm)].filter(([, first]) => !['term', '术语'].includes(first))
    assert.ok(rows.length > 40)
    const wrong = rows.map(([, first, second]) => (language === 'en' ? `${first} = ${second}` : `${second} = ${first}`)).filter((pair) => !pairs.has(pair))
    assert.deepEqual(wrong, [])
  }
})

test('links lead to pages and places that are there, and the contents name every page', () => {
  everyPage((language, name, text) => {
    for (const link of all(text, /(?<!!)\[[^\]]*\]\(([^)]*)\)/g)) {
      const [, page] = /^(\w+)\.md$/.exec(link) ?? []
      assert.ok(page && existsSync(join(guideSource, language, `${page}.md`)), `${language}/${name}.md leads to ${link}`)
    }
  })
  for (const language of guideLanguages) {
    const listed = guideContents(language).flatMap((section) => section.pages.map((page) => page.name))
    assert.deepEqual(listed.toSorted(), guideNames(language).filter((name) => name !== 'README'))
  }
})

test('both languages have the same pages, headings, places and pictures', () => {
  assert.deepEqual(guideNames('zh'), guideNames('en'))
  const outline = (language, name) => {
    const text = textOf(language, name)
    return {
      headings: all(text, /^(#+) /gm), places: [...anchorsOf(text).values()], tables: all(text, /^(\|[-|]+\|)$/gm),
      rows: text.split('\n').filter((line) => line.startsWith('|')).length, steps: all(text, /^(\d+|-)[. ]/gm),
      pictures: all(text, /!\[[^\]]*\]\(\.\.\/pictures\/(?:en|zh)-(\w+)\.png\)/g),
    }
  }
  for (const name of guideNames('en')) assert.deepEqual(outline('zh', name), outline('en', name), name)
})

test('every picture that the guide shows is made, and every one that is made is shown', () => {
  for (const language of guideLanguages) {
    const shown = guideNames(language).flatMap((name) => all(textOf(language, name), /!\[[^\]]+\]\(\.\.\/pictures\/([\w-]+\.png)\)/g))
    assert.deepEqual(shown.toSorted(), Object.keys(pictures).map((name) => `${language}-${name}.png`).toSorted())
  }
})

// Beside Chinese punctuation Markdown may take ** for text.
test('the pages hold no marks of Markdown', () => {
  for (const { path, html } of guidePages()) assert.doesNotMatch(html, /\*\*|\]\(|\{#|<p><a id/, path)
})

// The page of the guide that an action of the application opens.
async function opened(app, action) {
  const [page] = await Promise.all([app.context.waitForEvent('page'), action()])
  await page.waitForLoadState()
  const errors = []
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  return { page, errors }
}

test('F1 opens the guide at the desk that is on the screen, in the language, and without a network', async ({ start }) => {
  const app = await start({ language: 'zh-CN', worker: true })
  await app.click('start.sample')
  await app.waitFor('project.menu')
  await app.openPage('simulation', 'risk')
  const { page } = await opened(app, () => app.press('F1'))
  assert.match(page.url(), /\/guide\/zh\/risk\.html#simulation$/)
  assert.equal(await page.locator('h1').innerText(), '风险管理')
  await page.click('text=English')
  assert.match(page.url(), /\/guide\/en\/risk\.html$/)
  await page.close()
  // Every page in the user's language is kept a few seconds after the start, though only one was opened.
  // (waitForFunction takes the promise of an answer for a yes.)
  const kept = () => app.page.evaluate(async () => Boolean(await (await caches.open('pmo-desk-guide')).match('guide/zh/glossary.html')))
  for (let tries = 0; !(await kept()) && tries < 300; tries++) await app.page.waitForTimeout(100)
  await app.reload() // under the worker's control
  await app.goOffline()
  const offline = await opened(app, () => app.click('help'))
  await offline.page.click('text=术语表 >> visible=true')
  assert.equal(await offline.page.locator('h1').innerText(), '术语表')
  assert.deepEqual(offline.errors.filter((error) => !error.includes('icon.svg')), [])
})

await run()
