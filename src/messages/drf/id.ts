import { attributeName } from './attribute-name.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

const attributes = {
  username: 'nama pengguna',
  email: 'alamat email',
  firstName: 'nama depan',
  lastName: 'nama belakang',
  other: 'data akun',
}

/** Indonesian. */
export const id: DrfMessages = {
  language: 'id',
  fieldErrors: {
    required: () => 'Bidang ini wajib diisi.',
    unknown_field: () => 'Bidang ini tidak ada.',
    not_writable: () => 'Bidang ini hanya dapat dibaca.',
    not_text: () => 'Bukan string yang valid.',
    not_number: () => 'Dibutuhkan angka yang valid.',
    not_boolean: () => 'Harus berupa nilai boolean yang valid.',
    not_date: ({ format }) =>
      `Format tanggal dan waktu salah.${format === undefined ? '' : ` Gunakan salah satu format ini: ${format}.`}`,
    not_json: () => 'Nilai harus berupa JSON yang valid.',
    not_a_choice: ({ input }) =>
      input === undefined ? 'Bukan pilihan yang valid.' : `"${input}" bukan pilihan yang valid.`,
    too_long: ({ maxLength }) =>
      maxLength === undefined
        ? 'Nilai ini terlalu panjang.'
        : `Pastikan bidang ini tidak lebih dari ${maxLength} karakter.`,
    too_small: ({ min }) =>
      min === undefined ? 'Nilai ini terlalu kecil.' : `Pastikan nilai ini lebih besar dari atau sama dengan ${min}.`,
    too_large: ({ max }) =>
      max === undefined ? 'Nilai ini terlalu besar.' : `Pastikan nilai ini lebih kecil dari atau sama dengan ${max}.`,
    null_characters: () => 'Karakter null tidak diizinkan.',
    surrogate_characters: ({ codePoint }) =>
      `Karakter pengganti tidak diizinkan${codePoint === undefined ? '' : `: ${codePoint}`}.`,
    email_invalid: () => 'Masukkan alamat email yang valid.',
    username_invalid: () =>
      'Masukkan nama pengguna yang valid. Nilai ini hanya boleh berisi huruf, angka, dan karakter @/./+/-/_.',
    username_reserved: () => 'Nama pengguna ini tidak dapat digunakan. Silakan pilih yang lain.',
    taken: ({ model, field }) =>
      model === undefined || field === undefined ? 'Bidang ini harus unik.' : `${model} dengan ${field} ini sudah ada.`,
    password_too_short: ({ minLength }) =>
      `Kata sandi ini terlalu pendek.${minLength === undefined ? '' : ` Kata sandi harus berisi setidaknya ${minLength} karakter.`}`,
    password_too_long: () => 'Kata sandi ini terlalu panjang.',
    password_too_common: () => 'Kata sandi ini terlalu umum.',
    password_entirely_numeric: () => 'Kata sandi ini seluruhnya terdiri dari angka.',
    password_too_similar: ({ attribute }) => `Kata sandi terlalu mirip dengan ${attributeName(attributes, attribute)}.`,
    password_context_word: () => 'Kata sandi ini berisi nama situs ini.',
    wrong_password: () => 'Kata sandi salah.',
    differs: () => 'Kedua bidang kata sandi tidak cocok.',
    custom: ({ message }) => (message === undefined ? 'Nilai tidak valid.' : `${message}`),
  },
  fields: {
    notNull: 'Bidang ini tidak boleh null.',
    notBlank: 'Bidang ini tidak boleh kosong.',
    minLength: (minLength) => `Pastikan bidang ini berisi setidaknya ${minLength} karakter.`,
    notAnInteger: 'Dibutuhkan bilangan bulat yang valid.',
    numberTooLong: 'String terlalu panjang untuk sebuah angka.',
    usernameTaken: 'Pengguna dengan nama pengguna tersebut sudah ada.',
  },
  requests: {
    noData: 'Tidak ada data yang diberikan',
    invalidData: (type) => `Data tidak valid. Diharapkan kamus, tetapi diterima ${type}.`,
    jsonParseError: (detail) => `Kesalahan penguraian JSON - ${detail}`,
    multipartParseError: (detail) => `Kesalahan penguraian formulir multipart - ${detail}`,
    malformed: 'Permintaan cacat.',
    unsupportedMediaType: (type) => `Jenis media "${type}" dalam permintaan tidak didukung.`,
    notAcceptable: 'Tidak dapat memenuhi header Accept permintaan.',
    methodNotAllowed: (method) => `Metode "${method}" tidak diizinkan.`,
    notFound: 'Tidak ditemukan.',
    noMatch: (model) => `Tidak ada ${model} yang cocok dengan kueri.`,
    invalidPage: 'Halaman tidak valid.',
    throttled: (wait) => `Permintaan dibatasi.${wait === null ? '' : ` Diperkirakan tersedia dalam ${wait} detik.`}`,
    payloadTooLarge: 'Permintaan terlalu besar.',
    serverError: 'Terjadi kesalahan pada server.',
    unavailable: 'Layanan sementara tidak tersedia.',
  },
  authentication: {
    credentialsMissing: 'Kredensial autentikasi tidak diberikan.',
    credentialsIncorrect: 'Kredensial autentikasi salah.',
    permissionDenied: 'Anda tidak memiliki izin untuk melakukan tindakan ini.',
    invalidToken: 'Token tidak valid.',
    userInactiveOrDeleted: 'Pengguna tidak aktif atau telah dihapus.',
    tokenHeader: {
      noCredentials: 'Header token tidak valid. Kredensial tidak diberikan.',
      containsSpaces: 'Header token tidak valid. Token tidak boleh berisi spasi.',
      invalidCharacters: 'Header token tidak valid. Token tidak boleh berisi karakter yang tidak valid.',
    },
    basicHeader: {
      noCredentials: 'Header Basic tidak valid. Kredensial tidak diberikan.',
      containsSpaces: 'Header Basic tidak valid. Kredensial tidak boleh berisi spasi.',
      notBase64: 'Header Basic tidak valid. Kredensial tidak dikodekan base64 dengan benar.',
    },
    invalidUsernameOrPassword: 'Nama pengguna atau kata sandi tidak valid.',
    cannotLogIn: 'Tidak dapat masuk dengan kredensial yang diberikan.',
    userDisabled: 'Akun pengguna dinonaktifkan.',
  },
  jwt: {
    headerNeedsTwoValues: 'Header Authorization harus berisi dua nilai yang dipisahkan spasi',
    notValidForAnyType: 'Token yang diberikan tidak valid untuk jenis token apa pun',
    invalid: 'Token tidak valid',
    expired: 'Token sudah kedaluwarsa',
    wrongType: 'Jenis token salah',
    blacklisted: 'Token ada dalam daftar hitam',
    noType: 'Token tidak memiliki jenis',
    noId: 'Token tidak memiliki id',
    missingClaim: (claim) => `Token tidak memiliki klaim "${claim}"`,
    noUserIdentification: 'Token tidak berisi identifikasi pengguna yang dapat dikenali',
    userNotFound: 'Pengguna tidak ditemukan',
    userInactive: 'Pengguna tidak aktif',
    noActiveAccount: 'Tidak ditemukan akun aktif dengan kredensial yang diberikan',
    noActiveAccountForToken: 'Tidak ditemukan akun aktif untuk token yang diberikan.',
  },
  csrf: csrfWords,
}
