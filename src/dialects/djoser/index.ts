export type { FieldDescription, FieldSet, ReadFields, WireErrors, WireValues } from '../drf/field-set.ts'
export type { Permission, PermissionInput } from '../drf/permissions.ts'
export type { StandardIssue, StandardResult, StandardSchema } from '../drf/standard-schema.ts'
export type { SchemeName } from '../drf/view.ts'
export { djoser } from './djoser.ts'
export type { DjoserMailInput, DjoserMailTemplate, MailSite } from './mail-template.ts'
export type {
  DjoserAccount,
  DjoserAction,
  DjoserConstant,
  DjoserInput,
  DjoserMail,
  DjoserOptions,
  DjoserSerializers,
  Generation,
  PermissionName,
  PermissionOption,
} from './options.ts'
