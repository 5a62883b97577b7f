import { attributeName } from './attribute-name.ts'
import { counted } from './counted.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

// `me` is a tag that no registry has; the language counts as Serbian in Latin letters does.
const rules = 'sr-Latn'
const characters = counted(rules, { one: 'karakter', other: 'karaktera' })
const seconds = counted(rules, { one: 'sekundu', few: 'sekunde', other: 'sekundi' })

const attributes = {
  username: 'korisničkom imenu',
  email: 'adresi e-pošte',
  firstName: 'imenu',
  lastName: 'prezimenu',
  other: 'podacima naloga',
}

/** Montenegrin. */
export const me: DrfMessages = {
  language: 'me',
  fieldErrors: {
    required: () => 'Ovo polje je obavezno.',
    unknown_field: () => 'Ovo polje ne postoji.',
    not_writable: () => 'Ovo polje se može samo čitati.',
    not_text: () => 'Nije ispravan tekst.',
    not_number: () => 'Potreban je ispravan broj.',
    not_boolean: () => 'Mora biti ispravna logička vrijednost.',
    not_date: ({ format }) =>
      `Datum i vrijeme su u pogrešnom formatu.${format === undefined ? '' : ` Koristite jedan od ovih formata: ${format}.`}`,
    not_json: () => 'Vrijednost mora biti ispravan JSON.',
    not_a_choice: ({ input }) => (input === undefined ? 'Nije ispravan izbor.' : `„${input}” nije ispravan izbor.`),
    too_long: ({ maxLength }) =>
      maxLength === undefined
        ? 'Ova vrijednost je predugačka.'
        : `Ovo polje može imati najviše ${characters(maxLength)}.`,
    too_small: ({ min }) =>
      min === undefined ? 'Ova vrijednost je premala.' : `Ova vrijednost mora biti veća ili jednaka ${min}.`,
    too_large: ({ max }) =>
      max === undefined ? 'Ova vrijednost je prevelika.' : `Ova vrijednost mora biti manja ili jednaka ${max}.`,
    null_characters: () => 'Nulti karakteri nijesu dozvoljeni.',
    surrogate_characters: ({ codePoint }) =>
      `Surogat karakteri nijesu dozvoljeni${codePoint === undefined ? '' : `: ${codePoint}`}.`,
    email_invalid: () => 'Unesite ispravnu adresu e-pošte.',
    username_invalid: () => 'Unesite ispravno korisničko ime. Može sadržati samo slova, cifre i karaktere @/./+/-/_.',
    username_reserved: () => 'Ovo korisničko ime se ne može koristiti. Molimo izaberite drugo.',
    taken: ({ model, field }) =>
      model === undefined || field === undefined
        ? 'Vrijednost ovog polja mora biti jedinstvena.'
        : `${model} sa ovom vrijednošću polja ${field} već postoji.`,
    password_too_short: ({ minLength }) =>
      `Ova lozinka je prekratka.${minLength === undefined ? '' : ` Mora sadržati najmanje ${characters(minLength)}.`}`,
    password_too_long: () => 'Ova lozinka je predugačka.',
    password_too_common: () => 'Ova lozinka je previše uobičajena.',
    password_entirely_numeric: () => 'Ova lozinka se sastoji samo od cifara.',
    password_too_similar: ({ attribute }) => `Lozinka je previše slična ${attributeName(attributes, attribute)}.`,
    password_context_word: () => 'Ova lozinka sadrži naziv ovog sajta.',
    wrong_password: () => 'Neispravna lozinka.',
    differs: () => 'Lozinke u dva polja se ne podudaraju.',
    custom: ({ message }) => (message === undefined ? 'Neispravna vrijednost.' : `${message}`),
  },
  fields: {
    notNull: 'Ovo polje ne može biti null.',
    notBlank: 'Ovo polje ne može biti prazno.',
    minLength: (minLength) => `Ovo polje mora imati najmanje ${characters(minLength)}.`,
    notAnInteger: 'Potreban je ispravan cijeli broj.',
    numberTooLong: 'Tekst je predugačak za broj.',
    usernameTaken: 'Korisnik sa tim korisničkim imenom već postoji.',
  },
  requests: {
    noData: 'Nijesu dostavljeni podaci',
    invalidData: (type) => `Neispravni podaci. Očekivan je rječnik, a primljeno je ${type}.`,
    jsonParseError: (detail) => `Greška pri čitanju JSON-a - ${detail}`,
    multipartParseError: (detail) => `Greška pri čitanju multipart obrasca - ${detail}`,
    malformed: 'Neispravan zahtjev.',
    unsupportedMediaType: (type) => `Nepodržan tip sadržaja „${type}” u zahtjevu.`,
    notAcceptable: 'Nije moguće ispuniti zaglavlje Accept iz zahtjeva.',
    methodNotAllowed: (method) => `Metoda „${method}” nije dozvoljena.`,
    notFound: 'Nije pronađeno.',
    noMatch: (model) => `Nijedan objekat ${model} ne odgovara upitu.`,
    invalidPage: 'Neispravna stranica.',
    throttled: (wait) => `Zahtjev je ograničen.${wait === null ? '' : ` Biće ponovo moguć za ${seconds(wait)}.`}`,
    payloadTooLarge: 'Zahtjev je prevelik.',
    serverError: 'Došlo je do greške na serveru.',
    unavailable: 'Usluga je privremeno nedostupna.',
  },
  authentication: {
    credentialsMissing: 'Podaci za autentifikaciju nijesu dostavljeni.',
    credentialsIncorrect: 'Netačni podaci za autentifikaciju.',
    permissionDenied: 'Nemate dozvolu da izvršite ovu radnju.',
    invalidToken: 'Neispravan token.',
    userInactiveOrDeleted: 'Korisnik je neaktivan ili obrisan.',
    tokenHeader: {
      noCredentials: 'Neispravno zaglavlje tokena. Podaci za prijavu nijesu dostavljeni.',
      containsSpaces: 'Neispravno zaglavlje tokena. Token ne smije sadržati razmake.',
      invalidCharacters: 'Neispravno zaglavlje tokena. Token ne smije sadržati neispravne karaktere.',
    },
    basicHeader: {
      noCredentials: 'Neispravno zaglavlje Basic. Podaci za prijavu nijesu dostavljeni.',
      containsSpaces: 'Neispravno zaglavlje Basic. Podaci za prijavu ne smiju sadržati razmake.',
      notBase64: 'Neispravno zaglavlje Basic. Podaci za prijavu nijesu ispravno kodirani u base64.',
    },
    invalidUsernameOrPassword: 'Neispravno korisničko ime ili lozinka.',
    cannotLogIn: 'Prijava sa dostavljenim podacima nije moguća.',
    userDisabled: 'Korisnički nalog je onemogućen.',
  },
  jwt: {
    headerNeedsTwoValues: 'Zaglavlje Authorization mora sadržati dvije vrijednosti razdvojene razmakom',
    notValidForAnyType: 'Dati token nije važeći ni za jedan tip tokena',
    invalid: 'Token nije ispravan',
    expired: 'Token je istekao',
    wrongType: 'Token je pogrešnog tipa',
    blacklisted: 'Token je na crnoj listi',
    noType: 'Token nema tip',
    noId: 'Token nema identifikator',
    missingClaim: (claim) => `Token nema tvrdnju „${claim}”`,
    noUserIdentification: 'Token ne sadrži prepoznatljivu oznaku korisnika',
    userNotFound: 'Korisnik nije pronađen',
    userInactive: 'Korisnik je neaktivan',
    noActiveAccount: 'Nije pronađen aktivan nalog sa datim podacima',
    noActiveAccountForToken: 'Nije pronađen aktivan nalog za dati token.',
  },
  csrf: csrfWords,
}
