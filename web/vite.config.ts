// Builds dist/, a folder that any static host can serve, from the page, the host and the compiled module.
// PMO_WASM_DIR: where the compiler left pmo_web.mjs and pmo_web.wasm.

import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { guideNames, guideSource, writeGuide } from './guide.mjs'
import { iconDrawings } from './icons.mjs'

const here = import.meta.dirname
const wasmDirectory = resolve(here, process.env['PMO_WASM_DIR'] ?? '../build/wasm')
const glue = resolve(wasmDirectory, 'pmo_web.mjs')
if (!existsSync(glue)) throw new Error(`No pmo_web.mjs in ${wasmDirectory}: build the target pmo_web first, or set PMO_WASM_DIR.`)
const wasm = resolve(wasmDirectory, 'pmo_web.wasm')

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'", // printed reports carry their own style
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "frame-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

// Icons of app/ui/icons.h, as drawings.
function icons(): Plugin {
  const header = resolve(here, '../app/ui/icons.h')
  return {
    name: 'pmo-icons',
    resolveId: (id) => (id === 'virtual:icons' ? '\0virtual:icons' : null),
    load(id) {
      if (id !== '\0virtual:icons') return null
      this.addWatchFile(header)
      const nodes = JSON.parse(readFileSync(resolve(here, 'node_modules/lucide-static/icon-nodes.json'), 'utf8'))
      return `export default ${JSON.stringify(iconDrawings(readFileSync(header, 'utf8'), nodes))}`
    },
  }
}

// The policy (not while developing: Vite's own client needs more), and an early start for the download of the module.
function pageHead(): Plugin {
  return {
    name: 'pmo-page-head',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, context) {
        const module = Object.keys(context.bundle ?? {}).find((name) => name.endsWith('.wasm'))
        return [
          { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy }, injectTo: 'head-prepend' },
          { tag: 'link', attrs: { rel: 'preload', href: `./${module}`, as: 'fetch', type: 'application/wasm', crossorigin: 'anonymous' }, injectTo: 'head' },
        ]
      },
    },
  }
}

// The pages of the user guide, beside the application.
function guide(): Plugin {
  return {
    name: 'pmo-guide',
    apply: 'build',
    writeBundle: () => writeGuide(resolve(here, '../dist/guide')),
  }
}

// What the page keeps for use without a network (host/guide.ts): names, and a mark that changes with the texts.
function guideFacts() {
  const hash = createHash('sha256')
  const pages = guideNames('en')
  for (const language of ['en', 'zh']) for (const name of pages) hash.update(readFileSync(resolve(guideSource, language, `${name}.md`)))
  return { pages: pages.map((name) => (name === 'README' ? 'index' : name)), mark: hash.digest('hex').slice(0, 12) }
}

// Compressed copies for hosts that serve them (web/serve.mjs does). Not for the service worker: hosts compress for it.
function compressed(): Plugin {
  return {
    name: 'pmo-compressed',
    apply: 'build',
    enforce: 'post',
    closeBundle() {
      const folder = resolve(here, '../dist')
      for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(html|js|css|wasm|svg|webmanifest)$/.test(file)) continue
        const bytes = readFileSync(resolve(folder, file))
        writeFileSync(resolve(folder, `${file}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }))
      }
    },
  }
}

const name = 'PMO Desk · PMO 工作台'

export default defineConfig({
  root: here,
  base: './',
  resolve: { alias: { 'pmo-module-wasm': `${wasm}?url`, 'pmo-module': glue } },
  define: { __WASM_BYTES__: JSON.stringify(statSync(wasm).size), __GUIDE__: JSON.stringify(guideFacts()) },
  build: {
    outDir: resolve(here, '../dist'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
  plugins: [
    icons(),
    pageHead(),
    guide(),
    VitePWA({
      registerType: 'prompt',
      injectRegister: false,
      includeAssets: [],
      includeManifestIcons: false, // they lie in the folder and are found there
      workbox: {
        globIgnores: ['guide/**'], // kept later and for one language (host/guide.ts): a first visit stays small
        globPatterns: ['**/*.{html,js,css,wasm,svg,png,webmanifest}'],
        maximumFileSizeToCacheInBytes: 32 << 20,
        dontCacheBustURLsMatching: /assets\//,
        cleanupOutdatedCaches: true,
        ignoreURLParametersMatching: [/.*/], // settings in the address do not make another page
        navigateFallback: 'index.html',
        navigateFallbackDenylist: [/\/guide\//],
        runtimeCaching: [
          {
            urlPattern: ({ url, sameOrigin }) => sameOrigin && url.pathname.includes('/guide/'),
            handler: 'NetworkFirst',
            options: { cacheName: 'pmo-desk-guide', networkTimeoutSeconds: 3 },
          },
        ],
      },
      manifest: {
        id: './',
        name,
        short_name: 'PMO Desk',
        description: 'The whole project-management office in one web page. 一个网页里的完整项目管理办公室。',
        start_url: './',
        scope: './',
        display: 'standalone',
        background_color: '#f6f7f9',
        theme_color: '#ffffff',
        categories: ['business', 'productivity'],
        icons: [
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
        file_handlers: [
          {
            action: './',
            accept: { 'application/json': ['.json'], 'application/xml': ['.xml'], 'text/plain': ['.xer'] },
          },
        ],
        launch_handler: { client_mode: 'focus-existing' },
      },
    }),
    compressed(),
  ],
})
