import { cs as drf } from '../drf/cs.ts'
import { bothGenerations } from './both-generations.ts'
import type { RestAuthMessages } from './rest-auth-messages.ts'

/** Czech. */
export const cs: RestAuthMessages = {
  language: drf.language,
  login: {
    mustInclude: {
      username: 'Je nutné uvést „username“ a „password“.',
      email: 'Je nutné uvést „email“ a „password“.',
      either: 'Je nutné uvést „username“ nebo „email“ a k tomu „password“.',
    },
    cannotLogIn: drf.authentication.cannotLogIn,
    emailNotVerified: 'E-mailová adresa není ověřena.',
  },
  logout: {
    done: 'Odhlášení proběhlo úspěšně.',
    notLoggedIn: 'K odhlášení musíte být přihlášeni. Zkontrolujte, zda se odesílá token.',
    tokenRemains:
      'Cookies ani seznam zneplatněných tokenů nejsou zapnuty, a token proto nebyl na serveru smazán. ' +
      'Zajistěte prosím jeho smazání na straně klienta.',
    noRefreshInCookie: 'V cookies chybí obnovovací token.',
    noRefreshInBody: 'V datech požadavku chybí obnovovací token.',
  },
  passwords: {
    saved: 'Nové heslo bylo uloženo.',
    resetSent: 'E-mail pro obnovení hesla byl odeslán.',
    resetDone: 'Heslo bylo obnoveno; od této chvíle platí nové.',
    oldPasswordWrong: {
      first: 'Neplatné heslo',
      second: 'Vaše staré heslo není správné. Zadejte je prosím znovu.',
    },
    invalidValue: 'Neplatná hodnota',
    differ: bothGenerations(drf.fieldErrors.differs({})),
  },
  registration: {
    verificationSent: 'Ověřovací e-mail byl odeslán.',
    ok: 'V pořádku',
    emailTaken: bothGenerations('Uživatel s touto e-mailovou adresou je již zaregistrován.'),
    passwordsDiffer: drf.fieldErrors.differs({}),
    usernameRefused: drf.fieldErrors.username_reserved({}),
    passwordTooShort: bothGenerations((minLength) => drf.fieldErrors.password_too_short({ minLength })),
  },
  social: {
    inputMissing: 'Neúplné zadání. Je vyžadován access_token nebo code.',
    valueIncorrect: 'Nesprávná hodnota',
    exchangeFailed: 'Kód se nepodařilo vyměnit za přístupový token',
    noPrivateAccess: (host) => `Chybí přístup k soukromým údajům na „${host}“.`,
    noPasswordSet: 'Váš účet nemá nastavené heslo.',
  },
  noRefreshToken: 'Nebyl nalezen platný obnovovací token.',
  mails: {
    passwordReset: {
      subject: {
        first: (siteName) => `Obnovení hesla na ${siteName}`,
        second: (siteName) => `[${siteName}] Obnovení hesla`,
      },
      reason: (siteName) => `Někdo požádal o nové heslo k vašemu účtu na ${siteName}.`,
      instruction: 'Pokud jste to byli vy, zvolte si je na této stránce; pokud ne, nemusíte nic dělat:',
      username: (username) => `Vaše uživatelské jméno je ${username}.`,
    },
    confirmEmail: {
      subject: bothGenerations((siteName) => `[${siteName}] Potvrďte prosím svou e-mailovou adresu`),
      reason: (siteName) => `Tato adresa byla uvedena u účtu na ${siteName}.`,
      instruction: 'Potvrďte na této stránce, že patří vám; pokud účet není váš, nemusíte nic dělat:',
    },
    accountExists: {
      subject: bothGenerations((siteName) => `[${siteName}] Účet již existuje`),
      reason: (siteName) => `Někdo se pokusil založit na ${siteName} účet s touto adresou, která již účet má.`,
      instruction: 'Pokud jste to byli vy a heslo jste zapomněli, požádejte zde o nové:',
    },
    thanks: (siteName) => `Děkujeme, že používáte ${siteName}!`,
  },
}
