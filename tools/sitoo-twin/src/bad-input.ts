/** The caller of the admin interface sent something that cannot be used; answered with 400. */
export class BadInput extends Error {}
