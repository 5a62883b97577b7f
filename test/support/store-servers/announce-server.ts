import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

/** What tests must know of the server that was started for them. */
export interface AnnouncedServer {
  readonly url: string
  /** Files say here which places are migrated, because each test file may run in a process of its own. */
  readonly placesFolder: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    storeServer: AnnouncedServer
  }
}

/** Tells the tests of the project where the server is. What it gives ends the server and leaves nothing behind. */
export function announceServer(project: TestProject, url: string, remove: () => Promise<void>): () => Promise<void> {
  const placesFolder = mkdtempSync(join(tmpdir(), 'portress-places-'))
  project.provide('storeServer', { url, placesFolder })
  return async () => {
    rmSync(placesFolder, { recursive: true, force: true })
    await remove()
  }
}
