import { ja as drf } from '../drf/ja.ts'
import type { DjoserMessages } from './djoser-messages.ts'

/** Japanese. */
export const ja: DjoserMessages = {
  language: drf.language,
  cannotLogIn: drf.authentication.cannotLogIn,
  tokenInvalid: 'このユーザーに対して無効なトークンです。',
  userIdInvalid: 'ユーザー ID が正しくないか、ユーザーが存在しません。',
  tokenStale: 'このユーザーに対して古くなったトークンです。',
  passwordsDiffer: drf.fieldErrors.differs({}),
  fieldsDiffer: (field) => `二つの ${field} が一致しません。`,
  passwordInvalid: drf.fieldErrors.wrong_password({}),
  emailUnknown: 'このメールアドレスのユーザーは存在しません。',
  cannotCreate: 'アカウントを作成できません。',
  mails: {
    activation: {
      subject: (siteName) => `${siteName} のアカウントの有効化`,
      reason: (siteName) => `${siteName} のアカウントがまだ有効化されていないため、このメールをお送りしています。`,
      instruction: '有効化するには、次のページを開いてください:',
    },
    confirmation: {
      subject: (siteName) => `${siteName} - アカウントが作成され、有効になりました！`,
      reason: (siteName) => `${siteName} のアカウントが作成され、ご利用いただけるようになりました。`,
    },
    passwordReset: {
      subject: (siteName) => `${siteName} のパスワードの再設定`,
      reason: (siteName) =>
        `${siteName} のアカウントについて、おそらくお客様ご自身から新しいパスワードのご要望があったため、このメールをお送りしています。`,
      instruction: '新しいパスワードを設定するには、次のページを開いてください:',
    },
    passwordChanged: {
      subject: (siteName) => `${siteName} - パスワードが変更されました！`,
      reason: (siteName) => `${siteName} のアカウントのパスワードが変更されました。`,
    },
    usernameReset: {
      subject: (siteName) => `${siteName} のユーザー名の再設定`,
      reason: (siteName) =>
        `${siteName} のアカウントについて、おそらくお客様ご自身から新しいユーザー名のご要望があったため、このメールをお送りしています。`,
      instruction: '新しいユーザー名を設定するには、次のページを開いてください:',
    },
    usernameChanged: {
      subject: (siteName) => `${siteName} - ユーザー名が変更されました！`,
      reason: (siteName) => `${siteName} のアカウントのユーザー名が変更されました。`,
    },
  },
  mail: {
    username: (username) => `お忘れの場合のために、お客様のユーザー名: ${username}`,
    thanks: 'ご利用いただきありがとうございます。',
    team: (siteName) => `${siteName} チーム`,
  },
}
