/** A password that every rule accepts. */
export const PASSWORD = 'plum-tart-4-breakfast'

export const OTHER_PASSWORD = 'cherry-pie-5-supper'
