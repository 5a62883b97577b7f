import { describe } from 'vitest'
import { BUILT_IN_MIGRATIONS } from '../../src/stores/mongodb/built-in-migrations.ts'
import { useMongodb } from '../support/use-mongodb.ts'
import { storeRaces } from './store-races.ts'

const server = useMongodb('races of two processes on MongoDB')

describe('two processes with ten connections each', () => {
  storeRaces({
    newLocation: () => server().createDatabase(),
    migrations: {
      builtIn: BUILT_IN_MIGRATIONS.map(({ name }) => name),
      file: (number) => [
        `${String(number).padStart(4, '0')}_collection.json`,
        JSON.stringify({ commands: [{ create: `collection_${number}` }] }),
      ],
    },
  })
})
