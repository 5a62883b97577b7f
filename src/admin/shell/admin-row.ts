import type { Exchange } from '../../http/exchange.ts'
import type { Route } from '../../http/route.ts'
import { confirmIfGiven, needsProof, writeConfirm } from '../entry/confirm-page.ts'
import type { AdminSetup } from '../setup.ts'
import { type AdminForm, readAdminForm } from './admin-form.ts'
import { type AdminCall, callOf } from './admin-visit.ts'
import { assertCsrfValue } from './csrf-value.ts'

/** A page that is only looked at. */
export interface ShownPage {
  readonly path: string
  readonly show: (call: AdminCall) => Promise<Response>
}

/** A page with a form. */
export interface FormPage extends ShownPage {
  readonly submit: (call: AdminCall, form: AdminForm) => Promise<Response>
}

/** A form whose page is another one. */
export interface SubmittedForm {
  readonly path: string
  readonly submit: (call: AdminCall, form: AdminForm) => Promise<Response>
}

/** Makes the rows of a page: for operators alone, and a form only with the value that was made for this browser. */
export function rowsOf(setup: AdminSetup, page: ShownPage | FormPage | SubmittedForm): readonly Route[] {
  const { path } = page
  const rows: Route[] = []
  if ('show' in page) {
    const { show } = page
    const run = async (exchange: Exchange): Promise<Response> => show(await callOf(exchange, setup))
    rows.push({ method: 'GET', path, guard: 'session', run })
  }
  if ('submit' in page) {
    const { submit } = page
    const run = async (exchange: Exchange): Promise<Response> => {
      const call = await callOf(exchange, setup)
      const form = await readAdminForm(exchange)
      assertCsrfValue(exchange, form)
      return submitConfirmed(call, form, submit)
    }
    rows.push({ method: 'POST', path, guard: 'session', run })
  }
  return rows
}

/** What is dangerous asks for the operator's password first, where the command says that it is too long ago. */
async function submitConfirmed(call: AdminCall, form: AdminForm, submit: SubmittedForm['submit']): Promise<Response> {
  try {
    return (await confirmIfGiven(call, form)) ?? (await submit(call, form))
  } catch (error) {
    if (needsProof(error)) return writeConfirm(call, form)
    throw error
  }
}
