import { attributeName } from './attribute-name.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

// In the dative, which "resembles" asks for.
const attributes = {
  username: 'kullanıcı adınıza',
  email: 'e-posta adresinize',
  firstName: 'adınıza',
  lastName: 'soyadınıza',
  other: 'hesap bilgilerinize',
}

/** Turkish. */
export const tr: DrfMessages = {
  language: 'tr',
  fieldErrors: {
    required: () => 'Bu alan zorunludur.',
    unknown_field: () => 'Böyle bir alan yok.',
    not_writable: () => 'Bu alan salt okunurdur.',
    not_text: () => 'Geçerli bir metin değil.',
    not_number: () => 'Geçerli bir sayı gerekli.',
    not_boolean: () => 'Geçerli bir mantıksal değer olmalıdır.',
    not_date: ({ format }) =>
      `Tarih ve saat biçimi yanlış.${format === undefined ? '' : ` Şu biçimlerden birini kullanın: ${format}.`}`,
    not_json: () => 'Değer geçerli bir JSON olmalıdır.',
    not_a_choice: ({ input }) =>
      input === undefined ? 'Geçerli bir seçenek değil.' : `“${input}” geçerli bir seçenek değil.`,
    too_long: ({ maxLength }) =>
      maxLength === undefined ? 'Bu değer çok uzun.' : `Bu alan en fazla ${maxLength} karakter içerebilir.`,
    too_small: ({ min }) => (min === undefined ? 'Bu değer çok küçük.' : `Bu değer ${min} veya daha büyük olmalıdır.`),
    too_large: ({ max }) => (max === undefined ? 'Bu değer çok büyük.' : `Bu değer ${max} veya daha küçük olmalıdır.`),
    null_characters: () => 'Null karakterlere izin verilmez.',
    surrogate_characters: ({ codePoint }) =>
      `Vekil karakterlere izin verilmez${codePoint === undefined ? '' : `: ${codePoint}`}.`,
    email_invalid: () => 'Geçerli bir e-posta adresi girin.',
    username_invalid: () =>
      'Geçerli bir kullanıcı adı girin. Yalnızca harf, rakam ve @/./+/-/_ karakterlerini içerebilir.',
    username_reserved: () => 'Bu kullanıcı adı kullanılamaz. Lütfen başka bir ad seçin.',
    taken: ({ model, field }) =>
      model === undefined || field === undefined
        ? 'Bu alanın değeri benzersiz olmalıdır.'
        : `${field} alanında bu değere sahip bir ${model} zaten var.`,
    password_too_short: ({ minLength }) =>
      `Bu parola çok kısa.${minLength === undefined ? '' : ` En az ${minLength} karakter içermelidir.`}`,
    password_too_long: () => 'Bu parola çok uzun.',
    password_too_common: () => 'Bu parola çok yaygın.',
    password_entirely_numeric: () => 'Bu parola yalnızca rakamlardan oluşuyor.',
    password_too_similar: ({ attribute }) => `Parola ${attributeName(attributes, attribute)} çok benziyor.`,
    password_context_word: () => 'Bu parola bu sitenin adını içeriyor.',
    wrong_password: () => 'Geçersiz parola.',
    differs: () => 'Girilen iki parola birbiriyle eşleşmiyor.',
    custom: ({ message }) => (message === undefined ? 'Geçersiz değer.' : `${message}`),
  },
  fields: {
    notNull: 'Bu alan null olamaz.',
    notBlank: 'Bu alan boş bırakılamaz.',
    minLength: (minLength) => `Bu alan en az ${minLength} karakter içermelidir.`,
    notAnInteger: 'Geçerli bir tam sayı gerekli.',
    numberTooLong: 'Metin, sayı olmak için çok uzun.',
    usernameTaken: 'Bu ada sahip bir kullanıcı zaten var.',
  },
  requests: {
    noData: 'Veri gönderilmedi',
    invalidData: (type) => `Geçersiz veri. Sözlük bekleniyordu, ancak ${type} alındı.`,
    jsonParseError: (detail) => `JSON ayrıştırma hatası - ${detail}`,
    multipartParseError: (detail) => `Multipart form ayrıştırma hatası - ${detail}`,
    malformed: 'İsteğin biçimi bozuk.',
    unsupportedMediaType: (type) => `İstekteki “${type}” içerik türü desteklenmiyor.`,
    notAcceptable: 'İsteğin Accept başlığı karşılanamadı.',
    methodNotAllowed: (method) => `“${method}” yöntemine izin verilmiyor.`,
    notFound: 'Bulunamadı.',
    noMatch: (model) => `Sorguyla eşleşen bir ${model} yok.`,
    invalidPage: 'Geçersiz sayfa.',
    throttled: (wait) =>
      `İstek sınırı aşıldı.${wait === null ? '' : ` ${wait} saniye sonra yeniden deneyebilirsiniz.`}`,
    payloadTooLarge: 'İstek çok büyük.',
    serverError: 'Sunucuda bir hata oluştu.',
    unavailable: 'Hizmet geçici olarak kullanılamıyor.',
  },
  authentication: {
    credentialsMissing: 'Kimlik doğrulama bilgileri verilmedi.',
    credentialsIncorrect: 'Kimlik doğrulama bilgileri hatalı.',
    permissionDenied: 'Bu işlemi yapma izniniz yok.',
    invalidToken: 'Geçersiz belirteç.',
    userInactiveOrDeleted: 'Kullanıcı etkin değil veya silinmiş.',
    tokenHeader: {
      noCredentials: 'Geçersiz belirteç başlığı. Kimlik bilgileri verilmedi.',
      containsSpaces: 'Geçersiz belirteç başlığı. Belirteç boşluk içermemelidir.',
      invalidCharacters: 'Geçersiz belirteç başlığı. Belirteç geçersiz karakter içermemelidir.',
    },
    basicHeader: {
      noCredentials: 'Geçersiz Basic başlığı. Kimlik bilgileri verilmedi.',
      containsSpaces: 'Geçersiz Basic başlığı. Kimlik bilgileri boşluk içermemelidir.',
      notBase64: 'Geçersiz Basic başlığı. Kimlik bilgileri base64 ile doğru kodlanmamış.',
    },
    invalidUsernameOrPassword: 'Geçersiz kullanıcı adı veya parola.',
    cannotLogIn: 'Girilen bilgilerle oturum açılamıyor.',
    userDisabled: 'Kullanıcı hesabı devre dışı.',
  },
  jwt: {
    headerNeedsTwoValues: 'Authorization başlığı, boşlukla ayrılmış iki değer içermelidir',
    notValidForAnyType: 'Verilen belirteç hiçbir belirteç türü için geçerli değil',
    invalid: 'Belirteç geçersiz',
    expired: 'Belirtecin süresi dolmuş',
    wrongType: 'Belirtecin türü yanlış',
    blacklisted: 'Belirteç kara listede',
    noType: 'Belirtecin türü yok',
    noId: 'Belirtecin kimliği yok',
    missingClaim: (claim) => `Belirteçte “${claim}” bilgisi yok`,
    noUserIdentification: 'Belirteç, tanınabilir bir kullanıcı kimliği içermiyor',
    userNotFound: 'Kullanıcı bulunamadı',
    userInactive: 'Kullanıcı etkin değil',
    noActiveAccount: 'Verilen bilgilerle eşleşen etkin bir hesap bulunamadı',
    noActiveAccountForToken: 'Verilen belirteç için etkin bir hesap bulunamadı.',
  },
  csrf: csrfWords,
}
