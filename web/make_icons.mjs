// Draws the PNG icons from public/icon.svg with Chromium:  node make_icons.mjs  (their result is in the repository).
import { readFileSync, writeFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const drawing = readFileSync(new URL('public/icon.svg', import.meta.url), 'utf8')
// A maskable icon is cut to any shape by the system: full background, the drawing within the safe middle.
const maskable = drawing.replace('rx="14"', 'rx="0"').replace('viewBox="0 0 64 64"', 'viewBox="-8 -8 80 80" style="background:#2563eb"')
const pictures = [['icon-180', drawing, 180], ['icon-192', drawing, 192], ['icon-512', drawing, 512], ['icon-maskable-512', maskable, 512]]

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
for (const [name, svg, size] of pictures) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
  writeFileSync(new URL(`public/${name}.png`, import.meta.url), await page.screenshot({ omitBackground: true }))
}
await browser.close()
