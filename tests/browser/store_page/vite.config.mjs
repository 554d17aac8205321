// Builds the page into build/store_page; the module comes from the target store_page.
import { resolve } from 'node:path'

const here = import.meta.dirname
const wasm = resolve(here, '../../../build/wasm')

export default {
  root: here,
  base: './',
  configFile: false,
  logLevel: 'error',
  resolve: {
    alias: {
      'store-module-wasm': `${resolve(wasm, 'store_page.wasm')}?url`,
      'store-module': resolve(wasm, 'store_page.mjs'),
      idb: resolve(here, '../../../web/node_modules/idb'),
    },
  },
  build: { outDir: resolve(here, '../../../build/store_page'), emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
}
