import { tr as drf } from '../drf/tr.ts'
import { bothGenerations } from './both-generations.ts'
import type { RestAuthMessages } from './rest-auth-messages.ts'

/** Turkish. */
export const tr: RestAuthMessages = {
  language: drf.language,
  login: {
    mustInclude: {
      username: '“username” ve “password” gönderilmelidir.',
      email: '“email” ve “password” gönderilmelidir.',
      either: '“username” veya “email” ile birlikte “password” gönderilmelidir.',
    },
    cannotLogIn: drf.authentication.cannotLogIn,
    emailNotVerified: 'E-posta adresi doğrulanmamış.',
  },
  logout: {
    done: 'Oturum başarıyla kapatıldı.',
    notLoggedIn: 'Oturumu kapatmak için önce oturum açmış olmalısınız. Belirtecin gönderildiğini kontrol edin.',
    tokenRemains:
      'Ne çerezler ne de kara liste etkin; bu nedenle belirteç sunucu tarafında silinmedi. ' +
      'Lütfen istemci tarafında silindiğinden emin olun.',
    noRefreshInCookie: 'Çerezlerde yenileme belirteci yok.',
    noRefreshInBody: 'İstek verilerinde yenileme belirteci yok.',
  },
  passwords: {
    saved: 'Yeni parola kaydedildi.',
    resetSent: 'Parola sıfırlama e-postası gönderildi.',
    resetDone: 'Parola sıfırlandı ve yenisiyle değiştirildi.',
    oldPasswordWrong: {
      first: 'Geçersiz parola',
      second: 'Eski parolanızı yanlış girdiniz. Lütfen yeniden girin.',
    },
    invalidValue: 'Geçersiz değer',
    differ: bothGenerations(drf.fieldErrors.differs({})),
  },
  registration: {
    verificationSent: 'Doğrulama e-postası gönderildi.',
    ok: 'Tamam',
    emailTaken: bothGenerations('Bu e-posta adresiyle kayıtlı bir kullanıcı zaten var.'),
    passwordsDiffer: drf.fieldErrors.differs({}),
    usernameRefused: drf.fieldErrors.username_reserved({}),
    passwordTooShort: bothGenerations((minLength) => drf.fieldErrors.password_too_short({ minLength })),
  },
  social: {
    inputMissing: 'Hatalı girdi. access_token veya code gerekli.',
    valueIncorrect: 'Hatalı değer',
    exchangeFailed: 'Kod, erişim belirteciyle değiştirilemedi',
    noPrivateAccess: (host) => `“${host}” üzerindeki özel kaynaklara erişim yok.`,
    noPasswordSet: 'Hesabınız için belirlenmiş bir parola yok.',
  },
  noRefreshToken: 'Geçerli bir yenileme belirteci bulunamadı.',
  mails: {
    passwordReset: {
      subject: {
        first: (siteName) => `${siteName} parolanızı sıfırlama`,
        second: (siteName) => `[${siteName}] Parola sıfırlama`,
      },
      reason: (siteName) => `Birisi ${siteName} hesabınız için yeni bir parola istedi.`,
      instruction:
        'Bu siz değilseniz hiçbir şey yapmanız gerekmez. Sizseniz yeni parolanızı bu sayfada belirleyebilirsiniz:',
      username: (username) => `Kullanıcı adınız: ${username}`,
    },
    confirmEmail: {
      subject: bothGenerations((siteName) => `[${siteName}] Lütfen e-posta adresinizi onaylayın`),
      reason: (siteName) => `Bu adres bir ${siteName} hesabı için girildi.`,
      instruction:
        'Hesap size ait değilse hiçbir şey yapmanız gerekmez. Size aitse adresin de sizin olduğunu bu sayfada onaylayın:',
    },
    accountExists: {
      subject: bothGenerations((siteName) => `[${siteName}] Hesap zaten var`),
      reason: (siteName) =>
        `Birisi bu adresle bir ${siteName} hesabı açmaya çalıştı, ancak bu adresle açılmış bir hesap zaten var.`,
      instruction: 'Bu sizseniz ve parolanızı unuttuysanız buradan yeni bir parola isteyebilirsiniz:',
    },
    thanks: (siteName) => `${siteName} sitesini kullandığınız için teşekkür ederiz!`,
  },
}
