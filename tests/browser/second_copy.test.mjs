// The second copy of the databases (web/host/second_copy.ts) over a simulated Cache Storage: answers come in any order,
// fail, fail although they took effect, come far too late or never; the page is killed at every point, and the first copy
// is lost with it or not. After every event: what can be put together is exactly one committed state, at least the last
// one that both copies had. The same runs with a fault put in must notice it.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { join } from 'node:path'

const root = fileURLToPath(new URL('../../', import.meta.url))
const source = join(root, 'web/host/second_copy.ts')
const events = Number(process.env.PMO_CRASH_POINTS ?? 4_000)
const blockSize = 16 * 1024
const nothing = { format: 1, commit: 0, fileSize: 0, blockCount: 0, epoch: 0, writer: '', digest: 0 }
const keyOf = ({ commit, epoch, writer }) => [commit, epoch, writer].join('.')
// The rule of admission() in storage/vfs/page_mirror.h.
const admits = (stored, base, next) => keyOf(stored) === keyOf(base) ||
  (stored.epoch === next.epoch && stored.writer === next.writer && base.commit <= stored.commit && stored.commit <= next.commit)

// The class, with the browser's things as parameters. A new image is due after few steps, so that the runs get there.
async function build(from, to) {
  const { build } = await import(pathToFileURL(join(root, 'web/node_modules/vite/dist/node/index.js')))
  const exchanges = [['steps >= 256 +', 'steps >= 4 +'], ...(from ? [[from, to]] : [])]
  for (const [text] of exchanges) assert.ok(readFileSync(source, 'utf8').includes(text), `the source does not say ${text}`)
  const exchange = { name: 'exchange', enforce: 'pre', transform: (code, id) => (id.endsWith('second_copy.ts') ? exchanges.reduce((all, [text, other]) => all.replace(text, other), code) : undefined) }
  const [{ output }] = await build({ configFile: false, logLevel: 'error', root: join(root, 'web'), plugins: [exchange],
    build: { write: false, minify: false, lib: { entry: source, formats: ['iife'], name: 'Host' } } })
  return new Function('window', 'caches', 'location', 'Response', 'Date', `${output[0].code}; return Host.SecondCopy`)
}

class Answer {
  constructor(bytes) {
    this.bytes = bytes
  }
  async arrayBuffer() {
    return this.bytes.slice().buffer
  }
}

class Simulation {
  constructor(make, seed, { faults }) {
    Object.assign(this, { make, state: seed * 2654435761 + 1, faults, stormy: false })
    this.entries = new Map() // of the cache
    this.first = { head: nothing, bytes: new Uint8Array() }
    this.states = new Map([[keyOf(nothing), { head: nothing, bytes: new Uint8Array(), before: null }]])
    this.kept = nothing // the last state that both copies had
    this.acknowledged = nothing
    this.crashes = this.rescues = this.images = this.opened = 0
    this.begin(nothing)
  }

  random(below = 1) {
    this.state = (this.state + 0x6d2b79f5) | 0
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t)
    return (((t ^ (t >>> 14)) >>> 0) / 4294967296) * below
  }
  chance = (of) => this.random() < of

  // ---- the page ----

  begin(head) {
    Object.assign(this, { now: 0, timers: [], pending: [], slow: [], troubled: -Infinity, flying: false, retry: 0 })
    this.writer = `w${Math.floor(this.random(1e9))}`
    this.epoch = head.epoch + 1
    this.stored = this.first.head
    this.mine = { head, bytes: this.states.get(keyOf(head)).bytes }
    this.dirty = new Set(head.commit && !this.stored.commit ? this.blocksOf(head) : [])
    const window = {
      caches: true,
      setTimeout: (run, delay) => this.timers.push({ at: this.now + delay, run }) && this.timers.at(-1),
      clearTimeout: (timer) => (this.timers = this.timers.filter((other) => other !== timer)),
    }
    this.copy = this.over(window, (...asked) => this.ask(...asked), { now: () => this.now })
  }

  over(window, ask, Date) {
    const address = (request) => request.url ?? request
    const cache = {
      put: (request, response) => ask(() => void (this.entries.set(address(request), response.bytes), this.images += address(request).split('/').length === 7)),
      delete: (request) => ask(() => this.entries.delete(address(request))),
      keys: () => ask(() => [...this.entries.keys()].map((url) => ({ url }))),
      match: (request) => ask(() => this.entries.has(address(request)) ? new Answer(this.entries.get(address(request))) : undefined),
    }
    const SecondCopy = this.make(window, { open: async () => (this.opened++, cache) }, { href: 'http://localhost/' }, Answer, Date)
    return new SecondCopy()
  }

  ask(take) {
    return new Promise((done, failed) => this.pending.push({ take, done, failed }))
  }

  // The first copy takes it, unless that was given up and another write was there meanwhile.
  put(mine, base) {
    if (!admits(this.first.head, base, mine.head)) throw new Error('overtaken')
    this.first = mine
  }

  within(promise, milliseconds) {
    return new Promise((done, failed) => {
      const timer = { at: this.now + milliseconds, run: () => failed(new Error('no answer')) }
      this.timers.push(timer)
      promise.then(done, failed).finally(() => (this.timers = this.timers.filter((other) => other !== timer)))
    })
  }

  blocksOf = (head) => Array.from({ length: head.blockCount }, (_, number) => number)

  // A commit: some blocks change, the file grows or shrinks.
  commit() {
    const size = this.chance(0.7) && this.mine.head.fileSize ? this.mine.head.fileSize : 1 + Math.floor(this.random(2.2) ** 2 * blockSize)
    const head = { ...nothing, commit: this.mine.head.commit + 1, fileSize: size, blockCount: Math.ceil(size / blockSize), epoch: this.epoch, writer: this.writer }
    const bytes = new Uint8Array(size)
    bytes.set(this.mine.bytes.subarray(0, size))
    for (const number of this.blocksOf(head)) {
      const isNew = (number + 1) * blockSize > this.mine.head.fileSize
      if (!isNew && number * blockSize < size && this.chance(0.6) && size === this.mine.head.fileSize) continue
      bytes[number * blockSize] = 1 + this.random(255)
      bytes[Math.min(size, (number + 1) * blockSize) - 1] = 1 + this.random(255)
      this.dirty.add(number)
    }
    this.states.set(keyOf(head), { head, bytes, before: this.mine.head })
    this.mine = { head, bytes }
  }

  // As MirrorHost and BlockStore.put do it: one flush in flight, everything that is not acknowledged, both copies at once.
  async flush() {
    const { mine, stored: base, copy } = this
    const next = mine.head
    const numbers = [...this.dirty].filter((number) => number < next.blockCount)
    const blocks = numbers.map((number) => ({ number, bytes: mine.bytes.slice(number * blockSize, (number + 1) * blockSize) }))
    const began = this.now, sent = new Set(this.dirty)
    this.flying = true
    this.dirty.clear()
    try {
      const first = this.within(this.ask(() => this.put(mine, base)), 10_000)
      const there = first.then(() => true, () => false)
      const second = copy.write('db', base, next, blocks, true, there, () => this.ask(() => this.first.head.commit ? this.first : undefined))
      await first
      if (copy !== this.copy) return
      this.stored = next
      await second
      if (copy !== this.copy) return
      this.acknowledged = next
      if (this.troubled + 30_000 < began) this.kept = next
    } catch {
      if (copy !== this.copy) return
      for (const number of sent) this.dirty.add(number)
      this.retry = this.now + 200 + this.random(2000)
    } finally {
      if (copy === this.copy) this.flying = false
    }
  }

  // ---- what happens ----

  run() {
    const [event] = this.pending.splice(Math.floor(this.random(this.pending.length)), 1)
    if (this.chance(0.02)) this.stormy = !this.stormy && this.faults
    const fate = this.stormy && this.chance(0.3) ? Math.floor(this.random(4)) : -1
    if (fate >= 0) this.troubled = this.now + 5_000 // by then it has failed
    if (fate === 0) return event.failed(new Error('QuotaExceededError'))
    if (fate === 1) return this.take(event), event.failed(new Error('no answer'))
    if (fate === 2) return this.slow.push(event)
    if (fate === 3) return // never
    this.take(event)
  }

  take(event) {
    try {
      event.done(event.take())
    } catch (error) {
      event.failed(error)
    }
  }

  happen(event) {
    try {
      event.take()
    } catch {}
  }

  advance() {
    this.now = Math.max(this.now, Math.min(...this.timers.map((timer) => timer.at), this.now + 1 + this.random(40_000)))
    for (const timer of this.timers.filter(({ at }) => at <= this.now)) {
      this.timers = this.timers.filter((other) => other !== timer)
      this.troubled = this.now
      timer.run()
    }
  }

  // The page is killed: what it asked for happens or not, and nobody goes on. (A browser takes what another page asks for
  // in turn, so nothing of it happens after the next page has looked.)
  async crash() {
    this.crashes++
    for (const event of [...this.pending, ...this.slow])
      if (this.chance(0.5)) this.happen(event)
    if (this.chance(0.4)) this.first = { head: nothing, bytes: new Uint8Array() }
    const lost = !this.first.head.commit
    let head = this.first.head
    if (lost) {
      head = (await this.readable())?.head ?? nothing
      this.rescues += head.commit > 0
    } else assert.ok(this.descends(head, this.acknowledged), 'the first copy is older than what was acknowledged')
    this.acknowledged = head
    if (lost) this.kept = head
    this.begin(head)
  }

  async step() {
    const dirty = this.dirty.size > 0 || this.stored.commit !== this.mine.head.commit
    if (this.slow.length && this.chance(0.02)) {
      const [event] = this.slow.splice(Math.floor(this.random(this.slow.length)), 1)
      this.take(event)
    } else if (!this.flying && dirty && this.retry <= this.now && this.chance(0.6)) void this.flush()
    else if (this.chance(0.15)) this.commit()
    else if (this.pending.length) this.run()
    else this.advance()
    await new Promise((resolve) => setImmediate(resolve))
    await this.check()
    if (this.chance(0.01)) await this.crash()
  }

  // ---- what must hold ----

  descends(head, from) {
    for (let at = head; at; at = this.states.get(keyOf(at)).before) if (keyOf(at) === keyOf(from)) return true
    return false
  }

  // What another page would find now.
  readable() {
    return this.over({ caches: true, setTimeout: () => 0, clearTimeout: () => {} }, async (take) => take(), Date).read('db')
  }

  async check() {
    const found = await this.readable()
    if (!found) return assert.equal(this.kept.commit, 0, 'nothing is left of what both copies had')
    const state = this.states.get(keyOf(found.head))
    assert.ok(state, 'a state that was never committed')
    assert.equal(Buffer.compare(found.bytes, state.bytes), 0, `${keyOf(found.head)} is not what was committed`)
    assert.ok(this.descends(found.head, this.kept), `${keyOf(found.head)} is older than ${keyOf(this.kept)}, which both copies had`)
  }
}

async function runs(make, howMany) {
  const all = { points: 0, crashes: 0, rescues: 0, images: 0 }
  for (let seed = 1; all.points < howMany; seed++) {
    const simulation = new Simulation(make, seed, { faults: seed % 3 > 0 })
    try {
      for (let count = 0; count < 500; count++, all.points++) await simulation.step()
    } catch (error) {
      error.message = `seed ${seed}: ${error.message}`
      throw error
    }
    for (const name of ['crashes', 'rescues', 'images']) all[name] += simulation[name]
  }
  return all
}

test('whatever fails and whenever the page is killed, both copies make a committed state, at least the acknowledged one', async () => {
  const { points, crashes, rescues, images } = await runs(await build(), events)
  console.log(`points=${points} crashes=${crashes} rescued=${rescues} images=${images} lost=0 damaged=0`)
  assert.ok(crashes > points / 500 && rescues > 0 && images > crashes)
})

test('many short visits end in a new image, too', async () => {
  const simulation = new Simulation(await build(), 1, { faults: false })
  let most = 0
  for (let visit = 0; visit < 40; visit++) {
    simulation.commit()
    void simulation.flush()
    await settle(simulation)
    most = Math.max(most, simulation.entries.size)
    simulation.begin(simulation.first.head)
  }
  assert.ok(most < 10, `${most} entries`)
  await simulation.check()
})

// Answers everything, one after the other.
async function settle(simulation) {
  for (let idle = 0; idle < 5; idle = simulation.pending.length ? 0 : idle + 1) {
    while (simulation.pending.length) simulation.run()
    await new Promise((resolve) => setImmediate(resolve))
  }
}

test('what is being written when a database is removed does not stay', async () => {
  const simulation = new Simulation(await build(), 1, { faults: false })
  simulation.commit()
  void simulation.flush()
  const removed = simulation.copy.remove('db')
  await settle(simulation)
  assert.equal(await removed, true)
  assert.equal(simulation.entries.size, 0)
})

test('the names of what is kept, and whether everything is', async () => {
  const simulation = new Simulation(await build(), 1, { faults: false })
  let changes = 0
  simulation.copy.onChange = () => changes++
  simulation.commit()
  void simulation.flush()
  await settle(simulation)
  const names = simulation.copy.names()
  await settle(simulation)
  assert.deepEqual(await names, ['db'])
  assert.equal(simulation.copy.complete, true)
  simulation.commit()
  void simulation.flush()
  simulation.take(simulation.pending.shift()) // the first copy has it; there is no room for the second
  for (let turns = 0; turns < 50; turns++) {
    for (const event of simulation.pending.splice(0)) event.failed(new Error('QuotaExceededError'))
    await new Promise((resolve) => setImmediate(resolve))
  }
  assert.equal(simulation.copy.complete, false)
  assert.equal(changes, 1)
})

// A cache so slow that an image takes longer than its writer waits: it gets there all the same, and no second one is begun.
test('an image of a large database may take longer than a write is waited for', async () => {
  const simulation = new Simulation(await build(), 1, { faults: false })
  const head = (commit) => ({ ...nothing, commit, fileSize: 200 << 20, blockCount: 12_800, epoch: 1, writer: 'w' })
  const block = [{ number: 0, bytes: new Uint8Array(blockSize).fill(7) }]
  const begun = Promise.resolve(true)
  const write = (base, next) => simulation.copy.write('db', base, next, block, true, begun, async () => ({ head: head(2), bytes: new Uint8Array(10) }))
  let answered = 0
  void write(nothing, head(1)).then(() => answered++)
  void write(head(1), head(2)).then(() => answered++)
  await pass(simulation, 0)
  simulation.run() // what is there; the image is on its way
  await pass(simulation, 0)
  await pass(simulation, 6_000)
  assert.equal(answered, 2) // nobody waits any longer
  assert.equal(simulation.copy.complete, true)
  await settle(simulation)
  assert.equal(simulation.images, 1)
  assert.equal(simulation.copy.complete, true)
})

// Lets so much time pass, with everything that is due.
async function pass(simulation, milliseconds) {
  simulation.now += milliseconds
  for (const timer of simulation.timers.filter(({ at }) => at <= simulation.now)) {
    simulation.timers = simulation.timers.filter((other) => other !== timer)
    timer.run()
  }
  for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve))
}

test('what could not be written gets there by itself when there is room, over a new way to the cache', async () => {
  const simulation = new Simulation(await build(), 1, { faults: false })
  const opened = simulation.opened
  simulation.commit()
  void simulation.flush()
  await new Promise((resolve) => setImmediate(resolve))
  simulation.take(simulation.pending.shift()) // the first copy has it
  const refuse = async () => {
    for (let turns = 0; turns < 50; turns++) {
      for (const event of simulation.pending.splice(0)) event.failed(new Error('QuotaExceededError'))
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  await refuse()
  assert.equal(simulation.copy.complete, false)
  await pass(simulation, 31_000)
  await refuse()
  assert.equal(simulation.copy.complete, false)
  await pass(simulation, 31_000)
  assert.equal(simulation.pending.length, 0) // not before a longer rest is over
  await pass(simulation, 31_000)
  await settle(simulation)
  assert.equal(simulation.copy.complete, true)
  assert.ok(simulation.opened >= opened + 2)
  assert.equal(keyOf((await simulation.readable()).head), keyOf(simulation.first.head))
})

test('what was removed by the browser is written anew, whole', async () => {
  const simulation = new Simulation(await build(), 1, { faults: false })
  simulation.commit()
  void simulation.flush()
  await settle(simulation)
  simulation.entries.clear()
  simulation.copy.openAnew()
  simulation.commit()
  void simulation.flush()
  await settle(simulation)
  assert.equal(keyOf((await simulation.readable()).head), keyOf(simulation.mine.head))
})

test('a cache that falls silent is not read for ever', async () => {
  const simulation = new Simulation(await build(), 1, { faults: false })
  const asked = [simulation.copy.read('db'), simulation.copy.names(), simulation.copy.getFile('0'), simulation.copy.remove('db')]
    .map((answer) => answer.then(String, (error) => error.message))
  await pass(simulation, 0)
  await pass(simulation, 60_000)
  assert.deepEqual(await Promise.all(asked), ['no answer', 'no answer', 'no answer', 'false'])
})

const mutations = {
  'a step is written whatever lies before it': ['if (tip !== keyOf(base) || everything) {', 'if (!tip) {'],
  'the image is read before it is there': ['if (await first) await this.renew', 'await this.renew'],
  'the old image goes before the new one is there': ['const key = keyOf(image.head)\n', 'const key = keyOf(image.head)\n    for (const request of await this.entries(cache, name)) await cache.delete(request)\n'],
  'what was given up goes on removing': ['(effort.over || !newerToo)', '!newerToo'],
  'a new image takes later steps with it': ['whole, false, effort', 'whole, true, effort'],
  'a step says that it leads to where it began': ['packed(next, blocks)', 'packed(base, blocks)'],
}

for (const [what, [from, to]] of Object.entries(mutations))
  test(`noticed: ${what}`, async () => {
    const make = await build(from, to)
    await assert.rejects(runs(make, 20 * events), /older than|nothing is left|never committed|not what was committed/)
  })
