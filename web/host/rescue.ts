// What is handed out when the application has stopped, without the module: every project's database with the files attached
// to it, in an archive that PMO Desk opens again (storage/open_file.cpp). Of several projects each is an archive of its own
// inside the one that is downloaded. What has no room in a zip file of the plain form stays behind; opening names it.

import type { BlockStore } from './store'
import { zip } from './zip'

type Part = { name: string; data: Blob }

const most = 2 ** 32 - 2 ** 24 // bytes, without Zip64
const projectMark = 'project-'

export async function rescue(store: BlockStore): Promise<Part> {
  const images = await store.images()
  const list = images.filter(({ name }) => !name.startsWith(projectMark)).map(database)
  let room = most - images.reduce((sum, { image }) => sum + image.size, 0)
  const projects: { name: string; parts: Part[] }[] = []
  for (const one of images.filter(({ name }) => name.startsWith(projectMark))) {
    const parts = [database(one)]
    for (const { hash, content } of await store.files.of(one.name.slice(projectMark.length)).catch(() => [])) {
      if (content.size > room) continue
      room -= content.size
      parts.push({ name: `attachments/${hash}`, data: content })
    }
    projects.push({ name: one.name, parts })
  }
  const files = projects.length === 1 ? projects[0]!.parts : await Promise.all(projects.map(packed))
  return { name: `PMO Desk ${new Date().toISOString().slice(0, 10)}.zip`, data: await zip([...files, ...list]) }
}

function database({ name, image }: { name: string; image: Blob }): Part {
  return { name: `${name}.sqlite`, data: image }
}

async function packed({ name, parts }: { name: string; parts: Part[] }): Promise<Part> {
  return parts.length === 1 ? parts[0]! : { name: `${name}.zip`, data: await zip(parts) }
}
