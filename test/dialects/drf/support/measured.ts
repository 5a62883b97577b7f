import { type Samples, type Tolerance, tellApart } from '../../../security/support/timing.ts'

export const ROUNDS = { rounds: 20, warmUps: 3 } as const

const CPU: Tolerance = { milliseconds: 2, share: 0.03 }

/** On a busy machine medians of the clock wander; the order of classes that take turns does not. */
const WALL: Tolerance = { milliseconds: 50, share: 1 }

/** Compares every class with the first. */
export function faultsOf(samples: Readonly<Record<string, Samples>>): readonly string[] {
  const [[reference, expected] = ['', undefined], ...others] = Object.entries(samples)
  if (expected === undefined) return ['nothing was measured']
  return others.flatMap(([name, { cpu, wall }]) => [
    ...tellApart(expected.cpu, cpu, CPU).map((fault) => `${name} and ${reference}, CPU: ${fault}`),
    ...tellApart(expected.wall, wall, WALL).map((fault) => `${name} and ${reference}, clock: ${fault}`),
  ])
}
