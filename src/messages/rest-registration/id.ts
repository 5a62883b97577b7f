import { id as drf } from '../drf/id.ts'
import type { RestRegistrationMessages } from './rest-registration-messages.ts'

/** Indonesian. */
export const id: RestRegistrationMessages = {
  language: drf.language,
  done: {
    loggedIn: 'Berhasil masuk',
    loggedOut: 'Berhasil keluar',
    userVerified: 'Pengguna berhasil diverifikasi',
    passwordChanged: 'Kata sandi berhasil diubah',
    resetLinkSent: 'Tautan untuk mengatur ulang telah dikirim',
    resetLinkSentIfExists: 'Tautan untuk mengatur ulang telah dikirim jika pengguna tersebut ada',
    passwordReset: 'Kata sandi berhasil diatur ulang',
    emailLinkSent: 'Surel berisi tautan untuk mendaftarkan alamat telah dikirim',
    emailVerified: 'Alamat surel berhasil diverifikasi',
  },
  refused: {
    userNotFound: 'Pengguna tidak ditemukan',
    loginInvalid: 'Nama masuk atau kata sandi salah.',
    emailTaken: 'Alamat surel ini sudah terdaftar.',
    userWithoutEmail: 'Pengguna tanpa alamat surel tidak dapat diverifikasi',
    tokenError: 'Token autentikasi tidak dapat diproses',
    tokenNotProvided: 'Token autentikasi tidak dapat diberikan',
    tokenNotRevoked: 'Token autentikasi tidak dapat dicabut',
    tokenNotFound: 'Token autentikasi tidak ditemukan',
    signatureExpired: 'Tanda tangan sudah kedaluwarsa',
    signatureInvalid: 'Tanda tangan tidak benar',
  },
  fields: {
    passwordsDiffer: 'Kata sandi tidak cocok',
    oldPasswordWrong: 'Kata sandi lama salah',
  },
  mails: {
    register: {
      subject: 'Silakan verifikasi akun Anda',
      reason: (siteName, email) => `Sebuah akun di ${siteName} telah dibuka dengan alamat ${email}.`,
      instruction: 'Apakah itu Anda? Lanjutkan di sini; jika bukan, biarkan semuanya seperti semula:',
    },
    resetPassword: {
      subject: 'Tautan untuk mengatur ulang kata sandi Anda',
      reason: (siteName) => `Seseorang meminta kata sandi baru untuk akun Anda di ${siteName}.`,
      instruction: 'Apakah itu Anda? Pilih kata sandi di halaman ini; jika bukan, biarkan semuanya seperti semula:',
    },
    registerEmail: {
      subject: 'Silakan verifikasi alamat surel baru',
      reason: (siteName, email) => `Seseorang ingin memakai ${email} untuk sebuah akun di ${siteName} mulai sekarang.`,
      instruction: 'Apakah itu Anda? Konfirmasikan di sini; jika bukan, biarkan semuanya seperti semula:',
    },
    registerEmailTaken: {
      subject: 'Alamat surel Anda sudah digunakan',
      reason: (siteName, email) => `Seseorang ingin memakai ${email} untuk sebuah akun di ${siteName}.`,
      instruction: 'Sudah ada akun dengan alamat ini, jadi tidak ada yang diubah.',
    },
  },
}
