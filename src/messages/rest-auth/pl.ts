import { pl as drf } from '../drf/pl.ts'
import { bothGenerations } from './both-generations.ts'
import type { RestAuthMessages } from './rest-auth-messages.ts'

/** Polish. */
export const pl: RestAuthMessages = {
  language: drf.language,
  login: {
    mustInclude: {
      username: 'Należy podać „username” i „password”.',
      email: 'Należy podać „email” i „password”.',
      either: 'Należy podać „username” lub „email” oraz „password”.',
    },
    cannotLogIn: drf.authentication.cannotLogIn,
    emailNotVerified: 'Adres e-mail nie został zweryfikowany.',
  },
  logout: {
    done: 'Wylogowano pomyślnie.',
    notLoggedIn: 'Aby się wylogować, trzeba być zalogowanym. Proszę sprawdzić, czy token jest przekazywany.',
    tokenRemains:
      'Nie włączono ani plików cookie, ani czarnej listy, dlatego token nie został usunięty po stronie serwera. ' +
      'Proszę dopilnować, aby został usunięty po stronie klienta.',
    noRefreshInCookie: 'W plikach cookie nie ma tokena odświeżania.',
    noRefreshInBody: 'W danych zapytania nie ma tokena odświeżania.',
  },
  passwords: {
    saved: 'Nowe hasło zostało zapisane.',
    resetSent: 'Wysłano wiadomość e-mail umożliwiającą zresetowanie hasła.',
    resetDone: 'Hasło zostało zresetowane i zastąpione nowym.',
    oldPasswordWrong: {
      first: 'Nieprawidłowe hasło',
      second: 'Stare hasło zostało podane błędnie. Proszę podać je ponownie.',
    },
    invalidValue: 'Niepoprawna wartość',
    differ: bothGenerations(drf.fieldErrors.differs({})),
  },
  registration: {
    verificationSent: 'Wysłano wiadomość e-mail z prośbą o weryfikację.',
    ok: 'OK',
    emailTaken: bothGenerations('Użytkownik z tym adresem e-mail jest już zarejestrowany.'),
    passwordsDiffer: drf.fieldErrors.differs({}),
    usernameRefused: drf.fieldErrors.username_reserved({}),
    passwordTooShort: bothGenerations((minLength) => drf.fieldErrors.password_too_short({ minLength })),
  },
  social: {
    inputMissing: 'Niepoprawne dane wejściowe. Wymagane jest access_token lub code.',
    valueIncorrect: 'Niewłaściwa wartość',
    exchangeFailed: 'Nie udało się wymienić kodu na token dostępu',
    noPrivateAccess: (host) => `Brak dostępu do prywatnych zasobów „${host}”.`,
    noPasswordSet: 'To konto nie ma ustawionego hasła.',
  },
  noRefreshToken: 'Nie znaleziono ważnego tokena odświeżania.',
  mails: {
    passwordReset: {
      subject: {
        first: (siteName) => `Resetowanie hasła w serwisie ${siteName}`,
        second: (siteName) => `[${siteName}] Resetowanie hasła`,
      },
      reason: (siteName) => `Ktoś poprosił o nowe hasło do Państwa konta w serwisie ${siteName}.`,
      instruction:
        'Jeśli to nie Państwo, nie trzeba nic robić. W przeciwnym razie nowe hasło można wybrać na tej stronie:',
      username: (username) => `Państwa nazwa użytkownika: ${username}`,
    },
    confirmEmail: {
      subject: bothGenerations((siteName) => `[${siteName}] Proszę potwierdzić adres e-mail`),
      reason: (siteName) => `Ten adres podano dla konta w serwisie ${siteName}.`,
      instruction:
        'Jeśli to nie Państwa konto, nie trzeba nic robić. W przeciwnym razie proszę potwierdzić na tej stronie, że adres należy do Państwa:',
    },
    accountExists: {
      subject: bothGenerations((siteName) => `[${siteName}] Konto już istnieje`),
      reason: (siteName) =>
        `Ktoś próbował założyć konto w serwisie ${siteName} z tym adresem, ale takie konto już istnieje.`,
      instruction: 'Jeśli to Państwo i nie pamiętają Państwo hasła, o nowe można poprosić tutaj:',
    },
    thanks: (siteName) => `Dziękujemy za korzystanie z serwisu ${siteName}!`,
  },
}
