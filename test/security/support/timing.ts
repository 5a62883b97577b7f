import { quantile } from './measure.ts'

/** How long each try of one class took, in milliseconds. */
export interface Samples {
  /** Of all threads of this process: what the work itself cost, however busy the machine is. */
  readonly cpu: readonly number[]
  /** As a client sees it. */
  readonly wall: readonly number[]
}

/** One try of a class; `index` says the how-manieth. */
export type Try = (index: number) => Promise<unknown>

/**
 * Tries the classes one by one, in another order each round, so that whatever else the machine does falls on all of
 * them alike.
 */
export async function interleave<K extends string>(
  classes: Readonly<Record<K, Try>>,
  { rounds, warmUps }: { readonly rounds: number; readonly warmUps: number },
): Promise<Readonly<Record<K, Samples>>> {
  const names = Object.keys(classes) as K[]
  const taken = Object.fromEntries(names.map((name) => [name, { cpu: [], wall: [] }])) as unknown as Record<
    K,
    { cpu: number[]; wall: number[] }
  >
  for (let round = 0; round < rounds + warmUps; round += 1) {
    for (const name of shuffled(names)) {
      const began = performance.now()
      const cpuBefore = process.cpuUsage()
      await classes[name](round)
      const { user, system } = process.cpuUsage(cpuBefore)
      if (round < warmUps) continue
      taken[name].cpu.push((user + system) / 1000)
      taken[name].wall.push(performance.now() - began)
    }
  }
  return taken
}

function shuffled<T>(values: readonly T[]): readonly T[] {
  return values
    .map((value) => ({ value, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value)
}

export interface Tolerance {
  /** How far the medians may lie apart, in milliseconds or as a share of the first, whichever is more. */
  readonly milliseconds: number
  readonly share: number
}

/**
 * What tells two classes apart: the probability that a try of one takes longer than one of the other (AUC), or their
 * medians. An empty list: a stranger could not.
 *
 * The band of the AUC around one half is 0.1, as for 300 samples, where that is four standard deviations; for fewer
 * samples it is as many deviations wide. Nor is the tolerance of the medians ever less than four standard errors of
 * their difference. So a quiet machine is held to the tolerance, and a busy one does not take equal classes for
 * different ones.
 */
export function tellApart(a: readonly number[], b: readonly number[], tolerance: Tolerance): readonly string[] {
  const deviation = Math.sqrt((a.length + b.length + 1) / (12 * a.length * b.length))
  const auc = areaUnderCurve(a, b)
  const [medianOfA, medianOfB] = [quantile(a, 0.5), quantile(b, 0.5)]
  const error = Math.hypot(errorOfMedian(a), errorOfMedian(b))
  const allowed = Math.max(tolerance.milliseconds, tolerance.share * medianOfA, 4 * error)
  const isFar = Math.abs(medianOfA - medianOfB) > allowed
  const isTold = Math.abs(auc - 0.5) > Math.max(0.1, 4 * deviation)
  if (!(isFar || isTold)) return []
  return [`AUC ${auc.toFixed(2)}, medians ${medianOfA.toFixed(2)} and ${medianOfB.toFixed(2)} ms`]
}

/** From the quartiles, which a few tries that were held up do not move. */
export function errorOfMedian(values: readonly number[]): number {
  const deviation = (quantile(values, 0.75) - quantile(values, 0.25)) / 1.349
  return (1.2533 * deviation) / Math.sqrt(values.length)
}

/** P(a > b) + ½ P(a = b). */
function areaUnderCurve(a: readonly number[], b: readonly number[]): number {
  let wins = 0
  for (const x of a) for (const y of b) wins += x > y ? 1 : x === y ? 0.5 : 0
  return wins / (a.length * b.length)
}

/** The verdict of two runs out of three. A protection that works passes; one that is off fails each of them. */
export async function majority(run: () => Promise<readonly string[]>): Promise<readonly string[]> {
  const first = await run()
  const second = await run()
  if (first.length === 0 && second.length === 0) return []
  if (first.length > 0 && second.length > 0) return second
  return run()
}
