import { zhHans as drf } from '../drf/zh-hans.ts'
import { bothGenerations } from './both-generations.ts'
import type { RestAuthMessages } from './rest-auth-messages.ts'

/** Chinese in simplified characters. */
export const zhHans: RestAuthMessages = {
  language: drf.language,
  login: {
    mustInclude: {
      username: '必须提供“username”和“password”。',
      email: '必须提供“email”和“password”。',
      either: '必须提供“username”或“email”，以及“password”。',
    },
    cannotLogIn: drf.authentication.cannotLogIn,
    emailNotVerified: '电子邮件地址尚未验证。',
  },
  logout: {
    done: '已成功退出登录。',
    notLoggedIn: '您需要先登录才能退出。请检查是否已传递令牌。',
    tokenRemains: 'Cookie 和黑名单均未启用，因此服务器端的令牌未被删除。请确保在客户端删除该令牌。',
    noRefreshInCookie: 'Cookie 中没有刷新令牌。',
    noRefreshInBody: '请求数据中没有刷新令牌。',
  },
  passwords: {
    saved: '新密码已保存。',
    resetSent: '重置密码的邮件已发送。',
    resetDone: '密码已重置为新密码。',
    oldPasswordWrong: {
      first: '密码错误',
      second: '旧密码输入有误，请重新输入。',
    },
    invalidValue: '值无效',
    differ: bothGenerations(drf.fieldErrors.differs({})),
  },
  registration: {
    verificationSent: '验证邮件已发送。',
    ok: '成功',
    emailTaken: bothGenerations('已有用户使用此电子邮件地址注册。'),
    passwordsDiffer: drf.fieldErrors.differs({}),
    usernameRefused: drf.fieldErrors.username_reserved({}),
    passwordTooShort: bothGenerations((minLength) => drf.fieldErrors.password_too_short({ minLength })),
  },
  social: {
    inputMissing: '输入有误。需要提供 access_token 或 code。',
    valueIncorrect: '值不正确',
    exchangeFailed: '无法用授权码换取访问令牌',
    noPrivateAccess: (host) => `无法访问“${host}”上的私有资源。`,
    noPasswordSet: '您的账户尚未设置密码。',
  },
  noRefreshToken: '未找到有效的刷新令牌。',
  mails: {
    passwordReset: {
      subject: {
        first: (siteName) => `重置您在 ${siteName} 的密码`,
        second: (siteName) => `[${siteName}] 重置密码`,
      },
      reason: (siteName) => `有人为您在 ${siteName} 的账户申请了新密码。`,
      instruction: '如果不是您本人，则无需任何操作。如果是，请在此页面设置新密码：',
      username: (username) => `您的用户名：${username}`,
    },
    confirmEmail: {
      subject: bothGenerations((siteName) => `[${siteName}] 请确认您的电子邮件地址`),
      reason: (siteName) => `有人为 ${siteName} 的账户填写了此地址。`,
      instruction: '如果该账户不是您的，则无需任何操作。如果是，请在此页面确认该地址属于您：',
    },
    accountExists: {
      subject: bothGenerations((siteName) => `[${siteName}] 账户已存在`),
      reason: (siteName) => `有人尝试使用此地址在 ${siteName} 注册账户，但该地址已有账户。`,
      instruction: '如果是您本人且忘记了密码，请在此申请新密码：',
    },
    thanks: (siteName) => `感谢您使用 ${siteName}！`,
  },
}
