/** Injection tokens of things that are not classes of ours. */
export const SETTINGS = Symbol('Settings');
export const CONFIGURATION = Symbol('Configuration');
