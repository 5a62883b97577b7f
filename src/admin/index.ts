export { html } from 'hono/html'
export { admin } from './admin.ts'
export type {
  AdminOptions,
  AdminPage,
  AdminPageInput,
  AdminText,
  AdminUserOptions,
  ColumnValue,
  FieldWidget,
  UserAction,
  UserActionInput,
  UserColumn,
  UserColumnName,
  UserFieldset,
  UserFilter,
  UserFilterChoice,
  UserFilterName,
} from './options.ts'
