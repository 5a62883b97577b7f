import { describe } from 'vitest'
import { validatorConformance } from '../testing/validator-conformance.ts'
import { notEntirelyNumeric } from './not-entirely-numeric.ts'

describe('notEntirelyNumeric', () => {
  const code = 'password_entirely_numeric'
  validatorConformance({
    newValidator: notEntirelyNumeric,
    refuses: [
      { password: '98127340983', code },
      { password: '١٢٣٤٥٦٧٨', code },
      { password: '²³¹⁴⁵⁶⁷⁸', code },
      { password: '①②③④⑤⑥⑦⑧', code },
      { password: '\u{1f101}\u{1f102}123456', code },
    ],
    accepts: [
      { password: '' },
      { password: '1234567 8' },
      { password: '½½½½½½½½' },
      { password: 'ⅧⅧⅧⅧ' },
      { password: '1234567a' },
    ],
  })
})
