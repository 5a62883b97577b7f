import type { AtomicStep, StepAnswer, StepRequest } from './atomic-step.ts'

/** Runs a step to its end on a driver that is awaited. A failure is raised inside the step, at the statement that failed. */
export async function driveStep<T>(
  step: AtomicStep<T>,
  run: (request: StepRequest) => Promise<StepAnswer>,
): Promise<T> {
  let state = step.next()
  while (!state.done) {
    let given: StepAnswer
    try {
      given = await run(state.value)
    } catch (error) {
      state = step.throw(error)
      continue
    }
    state = step.next(given)
  }
  return state.value
}
