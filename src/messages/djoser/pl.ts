import { pl as drf } from '../drf/pl.ts'
import type { DjoserMessages } from './djoser-messages.ts'

/** Polish. */
export const pl: DjoserMessages = {
  language: drf.language,
  cannotLogIn: drf.authentication.cannotLogIn,
  tokenInvalid: 'Niepoprawny token dla tego użytkownika.',
  userIdInvalid: 'Niepoprawny identyfikator użytkownika lub użytkownik nie istnieje.',
  tokenStale: 'Nieaktualny token dla tego użytkownika.',
  passwordsDiffer: drf.fieldErrors.differs({}),
  fieldsDiffer: (field) => `Wartości w dwóch polach ${field} nie są zgodne.`,
  passwordInvalid: drf.fieldErrors.wrong_password({}),
  emailUnknown: 'Użytkownik o podanym adresie e-mail nie istnieje.',
  cannotCreate: 'Nie można utworzyć konta.',
  mails: {
    activation: {
      subject: (siteName) => `Aktywacja konta w serwisie ${siteName}`,
      reason: (siteName) => `Otrzymują Państwo tę wiadomość, ponieważ konto w serwisie ${siteName} czeka na aktywację.`,
      instruction: 'Aby je aktywować, proszę otworzyć tę stronę:',
    },
    confirmation: {
      subject: (siteName) => `${siteName} - Konto zostało pomyślnie utworzone i aktywowane!`,
      reason: (siteName) => `Konto w serwisie ${siteName} zostało utworzone i jest już aktywne.`,
    },
    passwordReset: {
      subject: (siteName) => `Resetowanie hasła w serwisie ${siteName}`,
      reason: (siteName) =>
        `Otrzymują Państwo tę wiadomość, ponieważ ktoś, prawdopodobnie Państwo, poprosił o nowe hasło do konta w serwisie ${siteName}.`,
      instruction: 'Aby wybrać nowe hasło, proszę otworzyć tę stronę:',
    },
    passwordChanged: {
      subject: (siteName) => `${siteName} - Hasło zostało pomyślnie zmienione!`,
      reason: (siteName) => `Hasło do konta w serwisie ${siteName} zostało zmienione.`,
    },
    usernameReset: {
      subject: (siteName) => `Resetowanie nazwy użytkownika w serwisie ${siteName}`,
      reason: (siteName) =>
        `Otrzymują Państwo tę wiadomość, ponieważ ktoś, prawdopodobnie Państwo, poprosił o nową nazwę użytkownika konta w serwisie ${siteName}.`,
      instruction: 'Aby wybrać nową nazwę użytkownika, proszę otworzyć tę stronę:',
    },
    usernameChanged: {
      subject: (siteName) => `${siteName} - Nazwa użytkownika została pomyślnie zmieniona!`,
      reason: (siteName) => `Nazwa użytkownika konta w serwisie ${siteName} została zmieniona.`,
    },
  },
  mail: {
    username: (username) => `Nazwa użytkownika, na wypadek jej zapomnienia: ${username}`,
    thanks: 'Dziękujemy, że są Państwo z nami!',
    team: (siteName) => `Zespół ${siteName}`,
  },
}
