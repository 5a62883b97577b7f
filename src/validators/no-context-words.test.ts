import { describe } from 'vitest'
import { validatorConformance } from '../testing/validator-conformance.ts'
import { noContextWords } from './no-context-words.ts'

const context = { siteWords: ['Acme Corp'], username: 'bobby-tables', email: 'robert.smith+news@example.org' }

describe('noContextWords', () => {
  const code = 'password_context_word'
  validatorConformance({
    newValidator: noContextWords,
    // ASVS 6.1.2, 6.2.11
    refuses: [
      'Acme2024!',
      'acmecorp-2024',
      'ＡＣＭＥ２０２４！',
      '2024Acme Corp!!',
      'emca2024!',
      'acmeACMEacme1',
      'bobby-tables',
      'selbat-ybbob',
      'BobbyTables99!',
      'xXbobbyX2024',
      'robert.smith1',
      'htims.trebor1',
      'RobertSmith77',
    ].map((password) => ({ password, code, context })),
    accepts: [
      { password: 'Acme2024!' },
      { password: 'the acme of perfection', context },
      { password: 'correct horse battery', context },
      { password: '92837465012', context },
      { password: 'example2024!', context },
      // Names of one or two letters are in every other password.
      { password: '4l7#93!5260', context: { siteWords: ['X', ''], username: '4l', email: '7@x.example' } },
    ],
  })
})
