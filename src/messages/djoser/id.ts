import { id as drf } from '../drf/id.ts'
import type { DjoserMessages } from './djoser-messages.ts'

/** Indonesian. */
export const id: DjoserMessages = {
  language: drf.language,
  cannotLogIn: drf.authentication.cannotLogIn,
  tokenInvalid: 'Token tidak valid untuk pengguna ini.',
  userIdInvalid: 'Id pengguna tidak valid atau pengguna tidak ada.',
  tokenStale: 'Token sudah usang untuk pengguna ini.',
  passwordsDiffer: drf.fieldErrors.differs({}),
  fieldsDiffer: (field) => `Kedua bidang ${field} tidak cocok.`,
  passwordInvalid: drf.fieldErrors.wrong_password({}),
  emailUnknown: 'Pengguna dengan email tersebut tidak ada.',
  cannotCreate: 'Tidak dapat membuat akun.',
  mails: {
    activation: {
      subject: (siteName) => `Aktivasi akun di ${siteName}`,
      reason: (siteName) => `Anda menerima email ini karena akun Anda di ${siteName} menunggu untuk diaktifkan.`,
      instruction: 'Untuk mengaktifkannya, silakan buka halaman ini:',
    },
    confirmation: {
      subject: (siteName) => `${siteName} - Akun Anda berhasil dibuat dan diaktifkan!`,
      reason: (siteName) => `Akun Anda di ${siteName} telah dibuat dan kini sudah aktif.`,
    },
    passwordReset: {
      subject: (siteName) => `Pengaturan ulang kata sandi di ${siteName}`,
      reason: (siteName) =>
        `Anda menerima email ini karena seseorang, mungkin Anda sendiri, meminta kata sandi baru untuk akun Anda di ${siteName}.`,
      instruction: 'Untuk memilih kata sandi baru, silakan buka halaman ini:',
    },
    passwordChanged: {
      subject: (siteName) => `${siteName} - Kata sandi Anda berhasil diubah!`,
      reason: (siteName) => `Kata sandi akun Anda di ${siteName} telah diubah.`,
    },
    usernameReset: {
      subject: (siteName) => `Pengaturan ulang nama pengguna di ${siteName}`,
      reason: (siteName) =>
        `Anda menerima email ini karena seseorang, mungkin Anda sendiri, meminta nama pengguna baru untuk akun Anda di ${siteName}.`,
      instruction: 'Untuk memilih nama pengguna baru, silakan buka halaman ini:',
    },
    usernameChanged: {
      subject: (siteName) => `${siteName} - Nama pengguna Anda berhasil diubah!`,
      reason: (siteName) => `Nama pengguna akun Anda di ${siteName} telah diubah.`,
    },
  },
  mail: {
    username: (username) => `Nama pengguna Anda, jika Anda lupa: ${username}`,
    thanks: 'Terima kasih telah bersama kami!',
    team: (siteName) => `Tim ${siteName}`,
  },
}
