// Builds and serves the store page, and opens Chromium on it: shared by the storage test and the kill loop.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import config from './vite.config.mjs'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const require = createRequire(join(root, 'web/package.json'))
export const { chromium } = require('playwright-core')

const types = { html: 'text/html', js: 'text/javascript', wasm: 'application/wasm' }

export function chromiumPath() {
  const found = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path && existsSync(path))
  if (!found) throw new Error('No Chromium found: install the package chromium, or set CHROMIUM to its path.')
  return found
}

export const chromiumArguments = ['--no-sandbox', '--disable-background-networking', '--disable-component-update']

export async function buildPage() {
  if (!existsSync(join(root, 'build/wasm/store_page.mjs'))) throw new Error('build the target store_page first: ./pmo compile wasm store_page')
  const { build } = await import(pathToFileURL(join(root, 'web/node_modules/vite/dist/node/index.js')))
  await build(config)
}

// told: called with the parameters of every report of the page.
export async function servePage(told = () => {}) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost')
    if (url.pathname === '/report') {
      told(Object.fromEntries(url.searchParams))
      return void response.end()
    }
    if (url.pathname === '/empty') return void response.setHeader('Content-Type', 'text/html').end()
    const file = join(root, 'build/store_page', url.pathname === '/' ? 'index.html' : url.pathname)
    if (!existsSync(file)) return void response.writeHead(404).end()
    response.setHeader('Content-Type', types[file.split('.').pop()] ?? 'application/octet-stream')
    response.end(readFileSync(file))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections() }) }
}

// A browser of its own process group, so that it can be killed whole.
export function startBrowser(profile, url) {
  return spawn(chromiumPath(), ['--headless', '--disable-gpu', `--user-data-dir=${profile}`, '--no-first-run', ...chromiumArguments, url], {
    detached: true,
    stdio: 'ignore',
  })
}
