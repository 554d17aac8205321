// window.store: the storage of the product on a page of its own. With ?count it commits as fast as it can and reports to
// the server what has been acknowledged, until somebody kills the browser.

import createModule from 'store-module'
import wasmAddress from 'store-module-wasm'
import type { FrameLoop } from '../../../web/host/frames'
import { Contents } from '../../../web/host/contents'
import { HostCalls, type Parts } from '../../../web/host/host_calls'
import { Page, type PmoModule } from '../../../web/host/module'
import { BlockStore } from '../../../web/host/store'

interface TestModule extends PmoModule {
  _test_load(page: number): void
  _test_take_over(page: number): void
  _test_loaded(page: number): number
  _test_commit(page: number, count: number, bytes: number): number
  _test_grow(page: number, bytes: number): number
  _test_count(page: number): number
  _test_intact(page: number): number
  _test_state(page: number): number
  _test_noticed(page: number): number
  _test_reason(page: number): number
  _test_removed(page: number): number
  _test_snapshot(page: number): void
  _test_keep(page: number, content: number, size: number): void
  _test_fetch(page: number, length: number): void
  _test_fetched(page: number): number
  _test_told(page: number): number
}

const states = ['saved', 'saving', 'not saved', 'read only', 'memory only']
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))
const report = (fields: Record<string, string | number>): Promise<Response> =>
  fetch('report?' + new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)])))

async function start() {
  const host = new HostCalls()
  const module = (await createModule({ host, locateFile: () => wasmAddress })) as TestModule
  const page = new Page(module)
  const frames = { wake() {} } as unknown as FrameLoop
  const contents = new Contents(page)
  const store = new BlockStore(page, frames, contents)
  host.connect({ page, frames, contents, store } as Parts)
  const { handle } = page
  const settled = async (): Promise<boolean> => {
    while (module._test_loaded(handle) === 0) await pause(2)
    return module._test_loaded(handle) === 1
  }
  const told = async (): Promise<string> => {
    for (;;) {
      const length = module._test_told(handle)
      if (length) return page.text(module._pmo_inbox(handle, length), length)
      await pause(5)
    }
  }
  const api = {
    async load() {
      module._test_load(handle)
      return settled()
    },
    async takeOver() {
      module._test_take_over(handle)
      return settled()
    },
    commit: (count: number, bytes = 3000) => module._test_commit(handle, count, bytes) === 1,
    grow: (bytes: number) => module._test_grow(handle, bytes) === 1,
    count: () => module._test_count(handle),
    intact: () => module._test_intact(handle) === 1,
    state: () => states[module._test_state(handle)],
    reason() {
      const length = module._test_reason(handle)
      return page.text(module._pmo_inbox(handle, length), length)
    },
    removed: () => module._test_removed(handle) === 1,
    noticed: () => module._test_noticed(handle) === 1,
    snapshot: () => module._test_snapshot(handle),
    async keep(content: Blob) {
      module._test_keep(handle, contents.keep(content), content.size)
      return told()
    },
    async fetch(hash: string) {
      module._test_fetch(handle, page.send1(hash))
      return told()
    },
    fetched: () => contents.get(module._test_fetched(handle)),
    memory: () => module.HEAPU8.length,
    async saved() {
      while (api.state() !== 'saved') await pause(1)
    },
  }
  return api
}

declare global {
  interface Window {
    store?: Awaited<ReturnType<typeof start>>
  }
}

// A commit that was refused is none: only what went through can be acknowledged.
async function count(store: Awaited<ReturnType<typeof start>>): Promise<void> {
  const from = Math.max(store.count(), 0)
  await report({ found: from, intact: store.intact() ? 1 : 0, state: store.state()!, rescued: store.noticed() ? 1 : 0 })
  for (let next = from + 1; ; next++) {
    if (!store.commit(next, 200 + ((next * 7907) % 9000))) {
      void report({ refused: next, state: store.state()! })
      await pause(20)
      next--
      continue
    }
    if (next % 3 === 0) await pause(next % 7)
    if (next % 5 === 0) await store.saved()
    if (store.state() === 'saved') void report({ acknowledged: next })
  }
}

void start().then(async (store) => {
  window.store = store
  if (!new URLSearchParams(location.search).has('count')) return
  if (!(await store.load())) return void report({ failed: 1 })
  await count(store)
}, (error) => report({ failed: String(error) }))
