import { ka as drf } from '../drf/ka.ts'
import type { DjoserMessages } from './djoser-messages.ts'

/** Georgian. */
export const ka: DjoserMessages = {
  language: drf.language,
  cannotLogIn: drf.authentication.cannotLogIn,
  tokenInvalid: 'ტოკენი ამ მომხმარებლისთვის არასწორია.',
  userIdInvalid: 'მომხმარებლის იდენტიფიკატორი არასწორია ან მომხმარებელი არ არსებობს.',
  tokenStale: 'ტოკენი ამ მომხმარებლისთვის მოძველებულია.',
  passwordsDiffer: drf.fieldErrors.differs({}),
  fieldsDiffer: (field) => `ორი ველი ${field} ერთმანეთს არ ემთხვევა.`,
  passwordInvalid: drf.fieldErrors.wrong_password({}),
  emailUnknown: 'მომხმარებელი ამ ელფოსტით არ არსებობს.',
  cannotCreate: 'ანგარიშის შექმნა შეუძლებელია.',
  mails: {
    activation: {
      subject: (siteName) => `ანგარიშის აქტივაცია საიტზე ${siteName}`,
      reason: (siteName) => `თქვენ იღებთ ამ წერილს, რადგან თქვენი ანგარიში საიტზე ${siteName} აქტივაციას ელოდება.`,
      instruction: 'მის გასააქტიურებლად გთხოვთ, გახსნათ ეს გვერდი:',
    },
    confirmation: {
      subject: (siteName) => `${siteName} - თქვენი ანგარიში წარმატებით შეიქმნა და გააქტიურდა!`,
      reason: (siteName) => `თქვენი ანგარიში საიტზე ${siteName} შეიქმნა და ამიერიდან აქტიურია.`,
    },
    passwordReset: {
      subject: (siteName) => `პაროლის აღდგენა საიტზე ${siteName}`,
      reason: (siteName) =>
        `თქვენ იღებთ ამ წერილს, რადგან ვიღაცამ, სავარაუდოდ თქვენ, მოითხოვა ახალი პაროლი თქვენი ანგარიშისთვის საიტზე ${siteName}.`,
      instruction: 'ახალი პაროლის ასარჩევად გთხოვთ, გახსნათ ეს გვერდი:',
    },
    passwordChanged: {
      subject: (siteName) => `${siteName} - თქვენი პაროლი წარმატებით შეიცვალა!`,
      reason: (siteName) => `თქვენი ანგარიშის პაროლი საიტზე ${siteName} შეიცვალა.`,
    },
    usernameReset: {
      subject: (siteName) => `მომხმარებლის სახელის აღდგენა საიტზე ${siteName}`,
      reason: (siteName) =>
        `თქვენ იღებთ ამ წერილს, რადგან ვიღაცამ, სავარაუდოდ თქვენ, მოითხოვა მომხმარებლის ახალი სახელი თქვენი ანგარიშისთვის საიტზე ${siteName}.`,
      instruction: 'მომხმარებლის ახალი სახელის ასარჩევად გთხოვთ, გახსნათ ეს გვერდი:',
    },
    usernameChanged: {
      subject: (siteName) => `${siteName} - თქვენი მომხმარებლის სახელი წარმატებით შეიცვალა!`,
      reason: (siteName) => `თქვენი ანგარიშის მომხმარებლის სახელი საიტზე ${siteName} შეიცვალა.`,
    },
  },
  mail: {
    username: (username) => `თქვენი მომხმარებლის სახელი, თუ დაგავიწყდათ: ${username}`,
    thanks: 'გმადლობთ, რომ ჩვენთან ხართ!',
    team: (siteName) => `${siteName}-ის გუნდი`,
  },
}
