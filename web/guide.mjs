// The user guide as web pages: docs/guide/LANGUAGE/NAME.md becomes guide/LANGUAGE/NAME.html. The page README.md is the table of
// contents: what it lists, under which headings and in which order, is the navigation of all.
// Pictures are made from the sample project (tests/browser/guide.mjs) and not kept in the repository: they stand in comments,
// so that who reads the Markdown itself misses none, and one that is not there yet is left out.

import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Marked } from 'marked'

export const guideSource = resolve(import.meta.dirname, '../docs/guide')
export const guidePictures = resolve(import.meta.dirname, '../build/guide/pictures')
export const guideLanguages = ['en', 'zh']

const words = {
  en: { tag: 'en', app: 'PMO Desk', guide: 'User guide', contents: 'Contents', here: 'On this page', back: 'Back', on: 'On', other: '中文' },
  zh: { tag: 'zh-CN', app: 'PMO 工作台', guide: '用户指南', contents: '目录', here: '本页内容', back: '上一页', on: '下一页', other: 'English' },
}
const otherLanguage = { en: 'zh', zh: 'en' }
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"

const read = (language, name) => readFileSync(join(guideSource, language, `${name}.md`), 'utf8')
const addressOf = (name) => (name === 'README' ? 'index.html' : `${name}.html`)
const escaped = (text) => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)

export function guideNames(language) {
  return readdirSync(join(guideSource, language)).filter((file) => file.endsWith('.md')).map((file) => file.slice(0, -3)).sort()
}

// [{ title, pages: [{ name, title }] }], from the lists of README.md
export function guideContents(language) {
  const sections = []
  for (const line of read(language, 'README').split('\n')) {
    const heading = /^## (.*)/.exec(line), entry = /^- \[([^\]]*)\]\((\w+)\.md\)/.exec(line)
    if (heading) sections.push({ title: heading[1], pages: [] })
    if (entry) sections.at(-1).pages.push({ name: entry[2], title: entry[1] })
  }
  return sections
}

// Width and height of a PNG, so that nothing moves while pictures are loading.
function sizeOf(picture) {
  const head = readFileSync(picture)
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) }
}

// An address as Markdown has it, as the page needs it.
const linked = (address) => address.replace(/(\w+)\.md(?=#|$)/, (_, name) => addressOf(name))

// <a id="simulation"></a> before a heading: what the application calls the place (its page's name), in every language.
const anchor = /^<a id="(\w+)"><\/a>\n+#+ (.*)$/gm

export const anchorsOf = (text) => new Map([...text.matchAll(anchor)].map(([, id, heading]) => [heading, id]))

function toHtml(text, pictures) {
  const headings = []
  const anchors = anchorsOf(text)
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text: plain }) {
        const id = anchors.get(plain) ?? `h${headings.length}`
        headings.push({ id, depth, title: this.parser.parseInline(tokens) })
        return `<h${depth} id="${id}">${headings.at(-1).title}</h${depth}>\n`
      },
      link({ href, tokens }) {
        return `<a href="${escaped(linked(href))}">${this.parser.parseInline(tokens)}</a>`
      },
      image({ href, text: caption }) {
        const picture = join(pictures, href.replace('../pictures/', ''))
        if (!existsSync(picture)) return ''
        const { width, height } = sizeOf(picture)
        return `<a href="${escaped(href)}"><img src="${escaped(href)}" alt="${escaped(caption)}" width="${width}" height="${height}" loading="lazy"></a><span>${escaped(caption)}</span>`
      },
      table(token) {
        const row = (cells, tag) => `<tr>${cells.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join('')}</tr>`
        return `<div class="table"><table><thead>${row(token.header, 'th')}</thead><tbody>${token.rows.map((cells) => row(cells, 'td')).join('')}</tbody></table></div>\n`
      },
    },
  })
  const html = marked.parse(text.replace(/^<a id=.*\n+/gm, '').replace(/^<!-- (!\[.*\)) -->$/gm, '$1')).replace(/<p>(<a href="[^"]*"><img .*?)<\/p>/g, '<figure>$1</figure>').replace(/<p><\/p>\n?/g, '')
  return { html, headings }
}

function navigation(language, current) {
  const entry = ({ name, title }) => `<li><a href="${addressOf(name)}"${name === current ? ' aria-current="page"' : ''}>${escaped(title)}</a></li>`
  return guideContents(language).map(({ title, pages }) => `<h2>${escaped(title)}</h2><ul>${pages.map(entry).join('')}</ul>`).join('')
}

function ways(language, current) {
  const pages = guideContents(language).flatMap((section) => section.pages)
  const at = pages.findIndex((page) => page.name === current)
  const way = (page, label, sign) => (page ? `<a class="${sign}" href="${addressOf(page.name)}"><small>${label}</small>${escaped(page.title)}</a>` : '<span></span>')
  return `<nav class="ways">${way(pages[at - 1], words[language].back, 'back')}${way(pages[at + 1], words[language].on, 'on')}</nav>`
}

function page(language, name, pictures) {
  const { tag, app, guide, contents, here, other } = words[language]
  const { html, headings } = toHtml(read(language, name), pictures)
  const title = headings[0].title.replace(/<[^>]*>/g, '')
  const parts = headings.filter((heading) => heading.depth === 2)
  const onThisPage = parts.length < 2 || name === 'README' ? ''
    : `<nav class="here"><h2>${here}</h2><ul>${parts.map((part) => `<li><a href="#${part.id}">${part.title}</a></li>`).join('')}</ul></nav>`
  const menu = navigation(language, name)
  return `<!doctype html>
<html lang="${tag}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – ${app}</title>
<link rel="icon" href="../../icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="../guide.css">
</head>
<body>
<header><a href="index.html"><b>${app}</b> ${guide}</a><a href="../${otherLanguage[language]}/${addressOf(name)}" hreflang="${words[otherLanguage[language]].tag}">${other}</a></header>
<div class="frame">
<details class="menu"><summary>${contents}</summary>${menu}</details>
<nav class="side">${menu}</nav>
<main>
${html.replace(/<\/h1>\n(<p>.*?<\/p>\n)?/, (beginning) => beginning + onThisPage)}${name === 'README' ? '' : ways(language, name)}
</main>
</div>
</body>
</html>
`
}

// [{ path: 'en/risk.html', html }], with those pictures that are in the folder.
export function guidePages(pictures = guidePictures) {
  return guideLanguages.flatMap((language) =>
    guideNames(language).map((name) => ({ path: `${language}/${addressOf(name)}`, html: page(language, name, pictures) })))
}

export function writeGuide(folder, pictures = guidePictures) {
  for (const { path, html } of guidePages(pictures)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), html)
  }
  cpSync(resolve(import.meta.dirname, 'guide.css'), join(folder, 'guide.css'))
  if (existsSync(pictures)) cpSync(pictures, join(folder, 'pictures'), { recursive: true })
}

