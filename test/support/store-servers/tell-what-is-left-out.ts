import { chosenStores, storeNames } from './store-projects.ts'

/** Says it in one line before the tests. */
export function setup(): void {
  const chosen = chosenStores()
  const leftOut = storeNames().filter((name) => !chosen.includes(name))
  if (leftOut.length === 0) return
  process.stderr.write(`Left out: commands and dialects on ${leftOut.join(', ')}, which \`npm run test:stores\` runs\n`)
}
