import { openApp } from './harness.mjs'
const [language, theme, size, from, to] = process.argv.slice(2)
const [width, height] = size.split('x').map(Number)
const app = await openApp({ language, theme, size: { width, height } })
await app.click('start.sample'); await app.waitFor('project.menu')
const desks = ['manager','coordinator','controller','risk','quality','finance','resources','communications','procurement','change','documents','training','administrator'].slice(+from, +to)
async function reach(name) {
  await app.page.mouse.move(100, height/2)
  for (const turn of [0, -3000, ...Array(14).fill(300)]) { if (turn) await app.page.mouse.wheel(0, turn); const f = await app.find(name); if (f && f.visible[3] > 16) return true }
}
if (+from === 0) for (const p of ['inbox','recent','reports','portfolio']) if (await reach('page.'+p)) { await app.click('page.'+p); await app.screenshot(`tour-${language}-${theme}-${height}-00-${p}`) }
for (const desk of desks) {
  if (!(await app.find('page.desk.'+desk))) { await reach('desk.'+desk); await app.click('desk.'+desk) }
  const pages = [...new Set((await app.items()).filter(i => i.label?.includes('###page.')).map(i => i.label.split('###page.')[1]))].filter(p => !['inbox','recent','reports','portfolio'].includes(p))
  let n = 0
  for (const p of pages) { if (!(await reach('page.'+p))) continue; await app.click('page.'+p); await app.page.mouse.move(width/2, 20); await app.screenshot(`tour-${language}-${theme}-${height}-${desk}-${String(n++).padStart(2,'0')}-${p}`) }
}
await app.close()
