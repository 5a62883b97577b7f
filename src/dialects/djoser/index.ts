export { djoser } from './djoser.ts'
export type { DjoserMailInput, DjoserMailTemplate } from './mail-template.ts'
export type {
  DjoserAccount,
  DjoserAction,
  DjoserConstant,
  DjoserInput,
  DjoserMail,
  DjoserOptions,
  DjoserSerializers,
  PermissionName,
  PermissionOption,
} from './options.ts'
